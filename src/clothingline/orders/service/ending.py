"""Orders that end, or fall back to a draft."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.events import emit
from clothingline.kit.states import move
from clothingline.orders.errors import AlreadyCut, OrderStateConflict
from clothingline.orders.events import OrderCancelled
from clothingline.orders.models import ORDER, QUOTE, Order, Quote
from clothingline.orders.service.quoting import forget_price


async def cancel_order(session: AsyncSession, *, order: Order, by: UUID | None) -> Order:
    """End an order of which nothing is cut; what was set aside and paid comes back by reactions.

    Raises `AlreadyCut` or `OrderStateConflict`. The order's row is locked by the caller.
    """
    if order.line.cut_at is not None:
        raise AlreadyCut
    moved = await move(session, ORDER, Order, "cancel", Order.id == order.id, by=by, timer_at=None)
    if not moved:
        raise OrderStateConflict(state=order.state)
    await move(session, QUOTE, Quote, "withdraw", Quote.order_id == order.id, by=by)
    audience = [order.consumer_id] if order.brand_id is None else [order.consumer_id, order.brand_id]
    await emit(session, OrderCancelled(order.id), by=by, audience=audience)
    return moved[0]


async def unprice_order(session: AsyncSession, *, order: Order) -> bool:
    """An unpaid order becomes a draft again: its quote ends. False when it was paid or ended meanwhile."""
    waiting = (Order.id == order.id, Order.paid_idr == 0)
    moved = await move(session, ORDER, Order, "unprice", *waiting)
    if not moved:
        return False
    await move(session, QUOTE, Quote, "expire", Quote.order_id == order.id)
    await forget_price(session, order_id=order.id)
    return True
