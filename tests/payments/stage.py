"""An order with everything that payments look at, as rows: agreed prices of makers, cloth and transport."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.models import Account
from clothingline.earnings.models import Earning
from clothingline.kit import db, ids, states
from clothingline.kit.clock import business_now, local_date
from clothingline.kit.events import Happening, emit
from clothingline.kit.weeks import monday_of
from clothingline.ledger.models import LedgerAccount, LedgerEntry
from clothingline.materials.models import RESERVATION, Lot, Reservation
from clothingline.orders.events import OrderCheckedOut
from clothingline.orders.models import ORDER, QUOTE, Order, OrderLine, Quote
from clothingline.orders.waterfall import Agreed, Part
from clothingline.payments.models import NoticeVerdict, Payment, Refund
from clothingline.production.models import Job
from clothingline.routing.models import OFFER, Offer, Plan, PlanShare, Solution
from tests.parties import make_brand, make_design, make_lot, make_supplier, make_tailor
from tests.payments.pricing import cloth_price, freeze, reprice

PATH = (
    "price",
    "checkout",
    "pay",
    "all_accepted",
    "first_cut",
    "all_packed",
    "last_dispatch",
    "last_delivered",
    "accept",
)


@dataclass
class Scene:
    """Ids of one order and of those who have a share in it."""

    order: UUID
    code: str
    quote: UUID
    consumer: UUID
    brand: UUID
    supplier: UUID
    tailors: list[UUID]
    jobs: list[UUID] = field(default_factory=list)


async def checked_out(
    *,
    price: int = 1_131_400,
    deposit: int | None = None,
    pays: tuple[int, ...] = (400_000, 150_000),
    transport: int = 27_000,
    cloth_cm: int = 725,
    consumer: str | None = None,
    fee_permille: int = 0,
    ppn: int = 0,
) -> Scene:
    """An order that waits for its first instalment; its offers are accepted, so that only money is missing.

    Its price is frozen in lines: `fee_permille` of it for the platform, `ppn` for the state by a taxable brand.
    """
    async with db.transaction() as session:
        scene = await _order(session, price, deposit or price, len(pays), consumer)
        lot = await make_lot(session, scene.supplier, price_idr=40_050)
        plan = await _plan(session, scene, lot.id, price, transport, cloth_cm)
        await _cloth(session, scene, plan, lot.id, cloth_cm)
        makers = zip(scene.tailors, pays, strict=True)
        labour = [await _sewing(session, scene, plan, tailor, pay) for tailor, pay in makers]
        cloth = [Part(scene.supplier, "lot", lot.id, cloth_price(cloth_cm))]
        agreed = Agreed(price, transport, cloth, labour, scene.brand, ppn_idr=ppn)
        await freeze(session, scene.order, scene.quote, agreed, fee_permille)
    return scene


async def _order(session: AsyncSession, price: int, deposit: int, makers: int, consumer: str | None) -> Scene:
    brand, supplier = await make_brand(session), await make_supplier(session)
    tailors = [(await make_tailor(session)).id for _ in range(makers)]
    design = await make_design(session, brand.id)
    account = ids.read("acc", consumer) if consumer else (await _account(session)).id
    today = local_date(await business_now(session))
    order = Order(
        consumer_id=account,
        brand_id=brand.id,
        state="draft",
        needed_by=today + timedelta(days=60),
        price_idr=price,
        deposit_idr=deposit,
        promise_on=today + timedelta(days=40),
        recipient="Rina Kartika",
        street="Jl. Braga 1",
        regency_code="36.71",
    )
    session.add(order)
    await session.flush()
    session.add(_line(order.id, design.id))
    quote = Quote(
        order_id=order.id, order_version=1, version=1, state="offered", expires_at=order.created_at + timedelta(days=1)
    )
    session.add(quote)
    await session.flush()
    await states.move(session, QUOTE, Quote, "accept", Quote.id == quote.id)
    for event in PATH[:2]:
        await states.move(session, ORDER, Order, event, Order.id == order.id)
    return Scene(order.id, order.code, quote.id, account, brand.id, supplier.id, tailors)


async def _account(session: AsyncSession) -> Account:
    account = Account(phone=f"+62{uuid4().int % 10**11}", name="Rina Kartika")
    session.add(account)
    await session.flush()
    return account


def _line(order: UUID, design: UUID) -> OrderLine:
    return OrderLine(
        order_id=order,
        design_id=design,
        design_version=1,
        options={},
        sizes={"M": 5},
        pieces=5,
        standard_seconds=1320,
        cloth_cm=145,
        skills=[],
    )


async def _plan(session: AsyncSession, scene: Scene, lot: UUID, price: int, transport: int, cloth_cm: int) -> Plan:
    solution = Solution(order_id=scene.order, params_version="test", problem=b"", legend={})
    session.add(solution)
    await session.flush()
    today = local_date(await business_now(session))
    parts = [{"code": "transport", "amount": transport, "paid": True}]
    plan = Plan(
        order_id=scene.order,
        label="balanced",
        brand_id=scene.brand,
        lot_id=lot,
        cloth_cm=cloth_cm,
        price_idr=price,
        cost_idr=price,
        bound_idr=price,
        parts=parts,
        usual_on=today,
        promise_on=today,
        timeline={},
        cut_week=monday_of(today),
        solution_id=solution.id,
        number=0,
        state="adopted",
    )
    session.add(plan)
    await session.flush()
    return plan


async def _cloth(session: AsyncSession, scene: Scene, plan: Plan, lot: UUID, cm: int) -> None:
    held = Reservation(claim=scene.order, lot_id=lot, cm=cm, price_idr=40_050, state="held")
    session.add(held)
    await session.flush()
    for event in ("request", "confirm"):
        await states.move(session, RESERVATION, Reservation, event, Reservation.id == held.id)
    await session.execute(update(Lot).where(Lot.id == lot).values(reserved_cm=cm))
    await _accepted(session, plan, "supplier", scene.supplier, 0, claim=scene.order, reservation_id=held.id)


async def _sewing(session: AsyncSession, scene: Scene, plan: Plan, tailor: UUID, pay: int) -> Part:
    share = PlanShare(
        plan_id=plan.id, tailor_id=tailor, pieces=1, sizes={}, pay_idr=pay, weeks={}, due_on=plan.promise_on
    )
    session.add(share)
    await session.flush()
    offer = await _accepted(session, plan, "tailor", tailor, pay, claim=share.id, share_id=share.id)
    scene.jobs.append(await make_job(session, offer))
    return Part(tailor, "share", share.id, pay)


async def make_job(session: AsyncSession, offer: Offer) -> UUID:
    """The job of an accepted offer."""
    job = Job(
        order_id=offer.order_id,
        offer_id=offer.id,
        tailor_id=offer.organisation_id,
        pieces=1,
        sizes={},
        pay_idr=offer.pay_idr,
        due_on=offer.due_on,
        state="accepted",
    )
    session.add(job)
    await session.flush()
    return job.id


async def _accepted(session: AsyncSession, plan: Plan, kind: str, organisation: UUID, pay: int, **given: Any) -> Offer:
    now = await business_now(session)
    values = {"pieces": 1, "sizes": {}, "due_on": plan.promise_on, "expires_at": now + timedelta(days=1)}
    offer = Offer(
        order_id=plan.order_id,
        plan_id=plan.id,
        kind=kind,
        organisation_id=organisation,
        pay_idr=pay,
        state="sent",
        **(values | given),
    )
    session.add(offer)
    await session.flush()
    [moved] = await states.move(session, OFFER, Offer, "accept", Offer.id == offer.id, accepted_at=now)
    return moved


async def bring(scene: Scene, event: str, *happenings: Happening, **values: Any) -> None:
    """Take the order through the events of its machine up to and with `event`, and tell what happened last."""
    async with db.transaction() as session:
        for step in PATH[: PATH.index(event) + 1] if event in PATH else [event]:
            await states.move(session, ORDER, Order, step, Order.id == scene.order)
        if "price_idr" in values:
            await reprice(session, scene.order, scene.quote, values["price_idr"])
        if values:
            await session.execute(update(Order).where(Order.id == scene.order).values(**values))
        for one in happenings:
            await emit(session, one)


async def tell(happening: Happening) -> None:
    """Something has happened."""
    async with db.transaction() as session:
        await emit(session, happening)


async def order_state(scene: Scene) -> tuple[str, int]:
    """State of the order, and the rupiah that it counts as paid."""
    async with db.transaction() as session:
        order = await session.get_one(Order, scene.order)
        return order.state, order.paid_idr


async def payments(scene: Scene) -> list[Payment]:
    """Payments of the order, oldest first."""
    async with db.transaction() as session:
        query = select(Payment).where(Payment.order_id == scene.order).order_by(Payment.id)
        return list(await session.scalars(query))


async def refunds() -> list[tuple[str, int, str]]:
    """(reason, rupiah, state) of every refund, oldest first."""
    async with db.transaction() as session:
        rows = await session.scalars(select(Refund).order_by(Refund.id))
        return [(row.reason, row.amount_idr, row.state) for row in rows]


async def earnings(scene: Scene) -> dict[str, list[tuple[int, str]]]:
    """(rupiah, state) of the order's earnings by source, the largest first."""
    found: dict[str, list[tuple[int, str]]] = {}
    async with db.transaction() as session:
        query = select(Earning).where(Earning.order_id == scene.order).order_by(Earning.amount_idr.desc())
        for row in await session.scalars(query):
            found.setdefault(row.source_type, []).append((row.amount_idr, row.state))
    return found


async def ledger() -> dict[str, int]:
    """Balance by account, those at zero left out."""
    async with db.transaction() as session:
        query = select(LedgerAccount.code, LedgerEntry.amount).join(LedgerEntry)
        found: dict[str, int] = {}
        for code, amount in (await session.execute(query)).all():
            found[code] = found.get(code, 0) + amount
    return {code: amount for code, amount in found.items() if amount}


async def open_payment(scene: Scene, drain: Callable[[], Awaitable[None]]) -> Payment:
    """Check the order out and let the provider open its charge."""
    await tell(OrderCheckedOut(scene.order, scene.quote))
    await drain()
    return (await payments(scene))[-1]


async def verdicts() -> list[tuple[str, str | None]]:
    """(verdict, reason) of every notice, oldest first."""
    async with db.transaction() as session:
        rows = await session.execute(select(NoticeVerdict.verdict, NoticeVerdict.reason).order_by(NoticeVerdict.id))
        return [(row.verdict, row.reason) for row in rows]
