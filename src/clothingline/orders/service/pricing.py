"""The price of an order in lines: frozen at checkout, then changed only by differences that say why and by whom."""

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from sqlalchemy import func, insert, update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.failpoints import syncpoint
from clothingline.kit.ids import new_id
from clothingline.orders import queries
from clothingline.orders.errors import PriceNotFrozen
from clothingline.orders.models import Order, PriceLine
from clothingline.orders.waterfall import Lines, difference, reduced

Reason = Literal["frozen", "replacement", "change", "reduction"]


async def freeze_price(session: AsyncSession, *, order: Order, quote_id: UUID, lines: Lines) -> None:
    """Write down what the price that is taken consists of. The database refuses lines that do not add up."""
    await _append(session, order.id, quote_id, lines, "frozen", by=order.consumer_id)


async def adjust_price_lines(
    session: AsyncSession, *, order: Order, wanted: Lines, reason: Reason, by: UUID | None
) -> Lines:
    """Append what makes the lines the wanted ones, and the price their sum; returns the differences.

    For an order under its lock. Raises `PriceNotFrozen`.
    """
    frozen = await _frozen(session, order)
    deltas = difference(frozen.lines, wanted)
    await _append(session, order.id, frozen.quote_id, deltas, reason, by=by)
    await _reprice(session, order, price=sum(deltas.values()), paid=0)
    return deltas


async def reduce_price(
    session: AsyncSession,
    *,
    order: Order,
    amount_idr: int,
    bearers: Sequence[str],
    cause_id: UUID | None = None,
    by: UUID | None = None,
) -> Lines:
    """Money of the consumer went back: the price falls by it, and so does what counts as paid. Returns the differences.

    The codes in `bearers` lose in proportion to what they have; `cause_id` is what `restore_price` may undo. For an
    order under its lock. Raises `SplitExceedsPrice` when the bearers have less than that, `PriceNotFrozen`.
    """
    frozen = await _frozen(session, order)
    await syncpoint("orders.reduce:read")
    deltas = difference(frozen.lines, reduced(frozen.lines, amount_idr, bearers))
    await _append(session, order.id, frozen.quote_id, deltas, "reduction", by=by, cause_id=cause_id)
    await _reprice(session, order, price=-amount_idr, paid=-amount_idr)
    return deltas


async def restore_price(session: AsyncSession, *, order: Order, cause_id: UUID, by: UUID | None = None) -> int:
    """What went back for this cause has not arrived: price and payment are what they were. Returns the rupiah."""
    frozen = await queries.find_frozen_price(session, order.id)
    lost = await queries.sums_of_cause(session, order.id, cause_id)
    if frozen is None or not lost:
        return 0
    contrary = {claim: -amount for claim, amount in lost.items()}
    await _append(session, order.id, frozen.quote_id, contrary, "reduction", by=by, cause_id=cause_id)
    back = sum(contrary.values())
    await _reprice(session, order, price=back, paid=back)
    return back


async def _frozen(session: AsyncSession, order: Order) -> queries.Frozen:
    frozen = await queries.find_frozen_price(session, order.id)
    if frozen is None:
        raise PriceNotFrozen
    return frozen


async def _reprice(session: AsyncSession, order: Order, *, price: int, paid: int) -> None:
    """Change price and what counts as paid by these amounts; a deposit is never more than the price."""
    if price == 0:
        return
    values = {"price_idr": Order.price_idr + price, "paid_idr": Order.paid_idr + paid}
    deposit = func.least(Order.deposit_idr, Order.price_idr + price)
    changed = update(Order).where(Order.id == order.id).values(**values, deposit_idr=deposit)
    await session.execute(changed.execution_options(synchronize_session=False))
    await session.refresh(order, ["price_idr", "paid_idr", "deposit_idr"])


async def _append(
    session: AsyncSession,
    order_id: UUID,
    quote_id: UUID,
    lines: Lines,
    reason: Reason,
    *,
    by: UUID | None,
    cause_id: UUID | None = None,
) -> None:
    told = {"order_id": order_id, "quote_id": quote_id, "reason": reason, "by": by, "cause_id": cause_id}
    rows = [told | {"id": new_id(), "amount_idr": amount} | vars(claim) for claim, amount in lines.items()]
    if rows:
        await session.execute(insert(PriceLine).values(rows))
