"""Asking for an instalment, and giving up when nothing arrives."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, or_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.integrations.payments import Charge
from clothingline.kit.clock import business_time
from clothingline.kit.events import emit
from clothingline.kit.ids import new_id
from clothingline.kit.states import move
from clothingline.orders import queries as orders
from clothingline.orders.models import Order
from clothingline.payments import queries
from clothingline.payments.events import PaymentExpired, PaymentOpened
from clothingline.payments.models import PAYMENT, Payment


async def wish_first(session: AsyncSession, *, order_id: UUID, now: datetime, minutes: int) -> Payment | None:
    """The payment of an order that waits for its first instalment; None when it waits for none.

    What was asked for at an earlier price, or has run out of time, ends.
    """
    order = await orders.get_order_by_id(session, order_id, lock=True)
    if order.state != "pending_payment" or not order.deposit_idr:
        return None
    stale = or_(Payment.amount_idr != order.deposit_idr, Payment.expires_at <= business_time())
    await expire_payments(session, Payment.order_id == order.id, Payment.instalment != "balance", stale)
    instalment = "full" if order.deposit_idr == order.price_idr else "deposit"
    return await _wish(session, order, instalment, order.deposit_idr, now + timedelta(minutes=minutes))


async def wish_balance(session: AsyncSession, *, order_id: UUID) -> Payment | None:
    """The payment of what is still owed for a finished order, without a deadline; None when nothing is owed."""
    order = await orders.get_order_by_id(session, order_id, lock=True)
    owed = (order.price_idr or 0) - order.paid_idr
    if order.state != "ready" or owed <= 0:
        return None
    return await _wish(session, order, "balance", owed, None)


async def _wish(
    session: AsyncSession, order: Order, instalment: str, amount_idr: int, expires_at: datetime | None
) -> Payment | None:
    statement = insert(Payment).values(
        id=new_id(),
        order_id=order.id,
        instalment=instalment,
        amount_idr=amount_idr,
        expires_at=expires_at,
        state="wished",
    )
    await session.execute(statement.on_conflict_do_nothing())
    return await queries.find_live_payment(session, order.id, instalment)


async def record_charge(session: AsyncSession, *, payment_id: UUID, charge: Charge) -> bool:
    """The provider knows the charge: the consumer can pay. False when the payment ended or was open before."""
    wished = Payment.id == payment_id
    moved = await move(session, PAYMENT, Payment, "open", wished, charge=charge.id, pay_url=charge.pay_url)
    for payment in moved:
        order = await orders.get_order_by_id(session, payment.order_id)
        await emit(session, PaymentOpened(payment.id, order.id), audience=[order.consumer_id])
    return bool(moved)


async def expire_overdue(session: AsyncSession) -> int:
    """End every payment whose time is over, and tell the orders; returns how many."""
    expired = await expire_payments(session, Payment.expires_at <= business_time())
    known = await queries.orders_of(session, [payment.order_id for payment in expired])
    for payment in expired:
        order = known[payment.order_id]
        await emit(session, PaymentExpired(payment.id, order.id), audience=[order.consumer_id])
    return len(expired)


async def expire_payments(session: AsyncSession, *where: ColumnElement[bool]) -> list[Payment]:
    """End payments that were not paid; money that still arrives for them goes back."""
    return await move(session, PAYMENT, Payment, "expire", *where)
