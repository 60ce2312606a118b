"""Orders of the stage that are paid for, agreed, sewn, accepted; and what has become of everybody's money."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from clothingline.earnings import service as earnings
from clothingline.earnings.models import Earning
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.kit.clock import advance_business_time, business_now
from clothingline.kit.ids import new_id, show
from clothingline.ledger import chart
from clothingline.ledger import service as ledgers
from clothingline.orders.events import OrderAccepted, OrderConfirmed
from clothingline.orders.models import Order
from clothingline.payments import tasks as paying
from clothingline.payments.models import Dispute, Payment
from clothingline.production.events import JobPassed
from tests.payments.stage import Scene, bring, checked_out, ledger, payments, tell

Drain = Callable[[], Awaitable[None]]
PRICE, TRANSPORT, LABOUR = 1_131_400, 27_000, (400_000, 150_000)
CLOTH = 290_363  # 725 cm at Rp 40,050 a metre: 290,362.5
BRAND = PRICE - sum(LABOUR) - CLOTH - TRANSPORT


async def paid(provider: FakeProvider, drain: Drain, scene: Scene) -> Scene:
    """Its first instalment has arrived."""
    await paying.open_payment(order_id=str(scene.order), quote_id=str(scene.quote))
    payment = (await payments(scene))[-1]
    await provider.pay(str(payment.charge))
    await drain()
    return scene


async def confirmed(provider: FakeProvider, drain: Drain, **given: Any) -> Scene:
    """Everybody has accepted, past the undo."""
    scene = await paid(provider, drain, await checked_out(**given))
    await bring(scene, "all_accepted", OrderConfirmed(scene.order))
    await drain()
    return scene


async def accepted(scene: Scene, drain: Drain) -> None:
    """The consumer has accepted the goods."""
    await bring(scene, "accept", OrderAccepted(scene.order))
    await drain()


async def passed(scene: Scene, drain: Drain, *numbers: int) -> None:
    """These of its jobs have passed inspection."""
    for number in numbers:
        await tell(JobPassed(scene.jobs[number], scene.order))
    await drain()


async def shared(provider: FakeProvider, drain: Drain, **given: Any) -> Scene:
    """An order that was paid, sewn and accepted: everybody's share is released."""
    scene = await confirmed(provider, drain, **given)
    await passed(scene, drain, *range(len(scene.jobs)))
    await accepted(scene, drain)
    return scene


async def pass_time(**step: float) -> None:
    """Move business time forward; nothing else happens."""
    async with db.transaction() as session:
        await advance_business_time(session, by=timedelta(**step))


async def earning_of(scene: Scene, source_type: str, source_id: UUID | None = None) -> Earning:
    """The one earning of this source, as it is now."""
    async with db.transaction() as session:
        query = select(Earning).where(Earning.order_id == scene.order, Earning.source_type == source_type)
        rows = (await session.scalars(query)).all()
        [row] = [row for row in rows if source_id in (None, row.source_id)]
        return row


async def balance(kind: str, organisation: UUID) -> int:
    """What stands on a party's account of this kind."""
    return (await ledger()).get(f"{kind}:{show('org', organisation)}", 0)


async def escrow(scene: Scene) -> int:
    """What the order holds."""
    return -(await ledger()).get(f"escrow:{scene.code}", 0)


async def fund(amount: int) -> None:
    """The programme gives so much to the guarantee fund."""
    async with db.transaction() as session:
        lines = [(chart.CAPITAL, amount), (chart.GUARANTEE, -amount)]
        await ledgers.book_all(session, [ledgers.Posting("funding", new_id(), "book", tuple(lines))])


async def owe(scene: Scene, debtor: UUID, amount: int, *, decided: bool = False) -> None:
    """This party owes the fund so much; `decided` by an account, which of them does not matter here."""
    async with db.transaction() as session:
        order = await session.get_one(Order, scene.order)
        verdict = scene.consumer if decided else None
        cause = ("refund", new_id())
        posting = await earnings.owe(
            session, order=order, debtor=debtor, cause=cause, amount_idr=amount, verdict_by=verdict
        )
        await ledgers.book_all(session, [posting])


async def dispute(scene: Scene, amount: int) -> UUID:
    """A chargeback of the order's first payment has set so much of its escrow aside."""
    dispute_id, told = new_id(), {"amount_idr": amount, "held_idr": amount, "fee_idr": 0}
    async with db.transaction() as session:
        order = await session.get_one(Order, scene.order)
        payment = (await session.scalars(select(Payment).where(Payment.order_id == scene.order))).first()
        assert payment is not None
        payment.disputed_idr += amount
        session.add(Dispute(id=dispute_id, payment_id=payment.id, provider_id=str(dispute_id), state="open", **told))
        lines = [
            (chart.clearing("dispute", dispute_id), amount),
            (chart.PROVIDER, -amount),
            (chart.escrow(order), amount),
            (chart.disputed(dispute_id), -amount),
        ]
        await ledgers.book_all(session, [ledgers.Posting("dispute", dispute_id, "open", tuple(lines))])
    return dispute_id


async def now() -> datetime:
    """Business time."""
    async with db.transaction() as session:
        return await business_now(session)
