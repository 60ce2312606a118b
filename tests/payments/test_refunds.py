"""Money back to the consumer."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import select

from clothingline.integrations import payments as providers
from clothingline.integrations.payments import MoneyBack
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.orders.events import OrderCancelled, OrderConfirmed
from clothingline.payments import service, tasks
from clothingline.payments.models import Refund
from tests.payments.stage import Scene, bring, checked_out, earnings, ledger, payments, refunds, tell

Drain = Callable[[], Awaitable[None]]


async def paid(provider: FakeProvider, drain: Drain) -> Scene:
    scene = await checked_out()
    await tasks.open_payment(order_id=str(scene.order), quote_id=str(scene.quote))
    [payment] = await payments(scene)
    await provider.pay(str(payment.charge))
    await drain()
    return scene


async def test_a_cancelled_order_gets_back_everything_that_was_paid(provider: FakeProvider, drain: Drain) -> None:
    scene = await paid(provider, drain)
    await bring(scene, "cancel", OrderCancelled(scene.order))
    await drain()
    [payment] = await payments(scene)
    charge = await provider.fetch_charge(str(payment.charge))
    assert (charge.status, charge.refunded_idr) == ("paid", 1_131_400)
    assert (await refunds(), await ledger()) == ([("order_cancelled", 1_131_400, "settled")], {})


async def test_what_a_cancelled_order_would_have_earned_is_voided(provider: FakeProvider, drain: Drain) -> None:
    scene = await paid(provider, drain)
    await bring(scene, "all_accepted", OrderConfirmed(scene.order))
    await drain()
    await bring(scene, "cancel", OrderCancelled(scene.order))
    await drain()
    assert {state for rows in (await earnings(scene)).values() for _, state in rows} == {"voided"}


async def test_many_refunds_of_one_order_at_once_pay_back_once(provider: FakeProvider, drain: Drain) -> None:
    scene = await paid(provider, drain)
    await bring(scene, "cancel")
    await asyncio.gather(*(tasks.refund_order(order_id=str(scene.order)) for _ in range(6)))
    await tell(OrderCancelled(scene.order))
    await drain()
    [payment] = await payments(scene)
    assert (await provider.fetch_charge(str(payment.charge))).refunded_idr == 1_131_400
    assert (await refunds(), await ledger()) == ([("order_cancelled", 1_131_400, "settled")], {})


async def test_refunds_for_different_reasons_never_exceed_what_was_captured(
    provider: FakeProvider, drain: Drain
) -> None:
    scene = await paid(provider, drain)
    [payment] = await payments(scene)

    async def refund(reason: str) -> None:
        async with db.transaction() as session:
            await service.refund_payment(session, payment_id=payment.id, reason=reason)

    await asyncio.gather(*(refund(f"reason_{number}") for number in range(6)))
    assert [amount for _, amount, _ in await refunds()] == [1_131_400]


async def test_a_living_order_is_not_refunded(provider: FakeProvider, drain: Drain) -> None:
    scene = await paid(provider, drain)
    await tell(OrderCancelled(scene.order))
    await drain()
    assert (await refunds(), (await ledger())[f"escrow:{scene.code}"]) == ([], -1_131_400)


class LosesReplies(FakeProvider):
    """Pays back, and the answer is lost on the way, once."""

    lost = 0

    async def refund(self, charge_id: str, reference: str, amount_idr: int) -> MoneyBack:
        """Applied, but not heard of."""
        made = await super().refund(charge_id, reference, amount_idr)
        self.lost += 1
        if self.lost == 1:
            raise TimeoutError
        return made


async def test_a_refund_whose_answer_was_lost_is_asked_again_under_the_same_reference(
    provider: FakeProvider, drain: Drain
) -> None:
    scene = await paid(provider, drain)
    forgetful = LosesReplies(provider._deliver, pages_url="http://bayar.test", path=provider.books.path)
    providers.use(forgetful)
    async with db.transaction() as session:
        [payment] = await payments(scene)
        refund = await service.refund_payment(session, payment_id=payment.id, reason="forced")
        assert refund is not None
    send = {"refund_id": str(refund.id), "order_id": str(scene.order)}
    with pytest.raises(TimeoutError):
        await tasks.send_refund(**send)
    on_its_way = await ledger()
    await tasks.send_refund(**send)
    await tasks.send_refund(**send)
    async with db.transaction() as session:
        settled = (await session.scalars(select(Refund.state))).all()
    assert sorted(on_its_way.values()) == [-1_131_400, 1_131_400]
    assert (settled, await ledger(), forgetful.lost) == (["settled"], {}, 2)
