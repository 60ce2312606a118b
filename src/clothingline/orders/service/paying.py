"""What payments tell an order."""

from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.events import emit
from clothingline.kit.states import move
from clothingline.orders import queries
from clothingline.orders.errors import OrderStateConflict
from clothingline.orders.events import OrderPaid
from clothingline.orders.models import ORDER, QUOTE, Order, Quote


async def mark_paid(session: AsyncSession, *, order_id: UUID, payment_id: UUID, amount_idr: int) -> Order:
    """The first instalment has arrived in full: the quote is won and the order placed.

    Raises `OrderStateConflict` when the order waits for no payment or the amount is not its first instalment.
    """
    order = await queries.get_order_by_id(session, order_id, lock=True)
    moved = await move(
        session, ORDER, Order, "pay", Order.id == order_id, Order.deposit_idr == amount_idr, paid_idr=amount_idr
    )
    if not moved:
        raise OrderStateConflict(state=order.state, payment=payment_id)
    await move(session, QUOTE, Quote, "win", Quote.order_id == order_id)
    audience = [order.consumer_id] if order.brand_id is None else [order.consumer_id, order.brand_id]
    await emit(session, OrderPaid(order_id), audience=audience)
    return moved[0]


async def record_balance(session: AsyncSession, *, order_id: UUID, payment_id: UUID, amount_idr: int) -> Order:
    """The balance has arrived. Raises `OrderStateConflict` when it is more or less than what is still owed."""
    order = await queries.get_order_by_id(session, order_id, lock=True)
    statement = (
        update(Order)
        .where(Order.id == order_id, Order.paid_idr + amount_idr == Order.price_idr)
        .values(paid_idr=Order.paid_idr + amount_idr)
        .returning(Order)
        .execution_options(populate_existing=True)
    )
    found = (await session.scalars(statement)).one_or_none()
    if found is None:
        raise OrderStateConflict(state=order.state, payment=payment_id)
    return found
