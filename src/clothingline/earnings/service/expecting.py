"""What each party is owed: expected when the order is confirmed, earned when the thing is done, then available."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, or_, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.earnings import queries
from clothingline.earnings.events import EarningsReleased
from clothingline.earnings.models import EARNING, Earning
from clothingline.earnings.split import Owed, cloth_price, remainder, transport_price
from clothingline.kit.events import emit
from clothingline.kit.ids import new_id
from clothingline.kit.states import move
from clothingline.ledger import chart
from clothingline.ledger import service as ledger
from clothingline.ledger.errors import EscrowShort
from clothingline.orders import queries as orders
from clothingline.orders.models import Order
from clothingline.routing import queries as routing
from clothingline.routing.models import Plan

AGREED = ("confirmed", "in_production", "ready", "shipped", "delivered", "accepted")


async def expect(session: AsyncSession, *, order_id: UUID) -> Order:
    """Bring the expected earnings of an agreed order in line with its accepted offers; returns the order, locked.

    May be repeated at any time: what is earned already stays, what belongs to a replaced party is voided, and what was
    voided but is owed again (a brand to which nothing was left for a while) is expected once more.
    Raises `SplitExceedsPrice`.
    """
    order = await orders.get_order_by_id(session, order_id, lock=True)
    plan = await routing.find_adopted_plan(session, order_id)
    if plan is not None and order.state in AGREED:
        owed = await _owed(session, order, plan)
        kept = tuple_(Earning.source_type, Earning.source_id).in_([(one.source_type, one.source_id) for one in owed])
        await move(session, EARNING, Earning, "void", Earning.order_id == order_id, ~kept)
        await move(session, EARNING, Earning, "revive", Earning.order_id == order_id, kept)
        await _write(session, order_id, owed)
    return order


async def _owed(session: AsyncSession, order: Order, plan: Plan) -> list[Owed]:
    sewing = await queries.list_sewing(session, order.id)
    cloth = [
        Owed("reservation", cut.id, offer.organisation_id, cloth_price(cut.cm, cut.price_idr))
        for offer, cut in await queries.list_cloth(session, order.id)
    ]
    # A maker's pay is set aside from the acceptance on: the job, and the earning with it, may be made a moment later,
    # and its pay must not be the brand's until then.
    others = [offer.pay_idr for offer, _ in sewing] + [one.amount_idr for one in cloth]
    left = remainder(order.price_idr or 0, others=others, transport_idr=transport_price(plan.parts))
    jobs = [Owed("job", job_id, offer.organisation_id, offer.pay_idr) for offer, job_id in sewing if job_id]
    every = [*jobs, *cloth, Owed("order", order.id, plan.brand_id, left)]
    return [one for one in every if one.amount_idr > 0]


async def _write(session: AsyncSession, order_id: UUID, owed: Sequence[Owed]) -> None:
    if not owed:
        return
    rows = [{"id": new_id(), "order_id": order_id, "state": "expected", **vars(one)} for one in owed]
    statement = insert(Earning).values(rows)
    new = statement.excluded
    changed = or_(Earning.amount_idr != new.amount_idr, Earning.organisation_id != new.organisation_id)
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["source_type", "source_id"],
            set_={"amount_idr": new.amount_idr, "organisation_id": new.organisation_id},
            where=(Earning.state == "expected") & changed,
        )
    )


async def earn(session: AsyncSession, *, order_id: UUID, source_type: str, source_id: UUID | None = None) -> int:
    """Something was done: its earning is earned. All of that source type without a `source_id`. Returns how many."""
    await expect(session, order_id=order_id)
    done: list[ColumnElement[bool]] = [Earning.order_id == order_id, Earning.source_type == source_type]
    if source_id is not None:
        done.append(Earning.source_id == source_id)
    return len(await move(session, EARNING, Earning, "earn", *done))


async def release(session: AsyncSession, *, order_id: UUID) -> bool:
    """The order is accepted: every share leaves escrow, which is exactly empty afterwards. Raises `EscrowShort`.

    False when the order is not accepted, or was released before.
    """
    order = await expect(session, order_id=order_id)
    if order.state != "accepted":
        return False
    await move(session, EARNING, Earning, "earn", Earning.order_id == order_id)
    released = await move(session, EARNING, Earning, "release", Earning.order_id == order_id)
    if not released:
        return False
    await _pay_out(session, order, released)
    await emit(session, EarningsReleased(order_id), audience=sorted({one.organisation_id for one in released}))
    return True


async def _pay_out(session: AsyncSession, order: Order, released: Sequence[Earning]) -> None:
    escrow, plan = chart.escrow(order), await routing.find_adopted_plan(session, order.id)
    legs = transport_price(plan.parts) if plan else 0
    if await ledger.held(session, escrow) != sum(one.amount_idr for one in released) + legs:
        raise EscrowShort
    for one in sorted(released, key=lambda earning: earning.id):
        lines = [(escrow, one.amount_idr), (chart.payable(one.source_type, one.organisation_id), -one.amount_idr)]
        await ledger.book(session, source_type="earning", source_id=one.id, kind="release", lines=lines)
    if legs:
        lines = [(escrow, legs), (chart.transport(order), -legs)]
        await ledger.book(session, source_type="order", source_id=order.id, kind="transport", lines=lines)


async def void(session: AsyncSession, *, order_id: UUID) -> int:
    """Nothing was done: the expected earnings of an order end. Returns how many."""
    return len(await move(session, EARNING, Earning, "void", Earning.order_id == order_id))
