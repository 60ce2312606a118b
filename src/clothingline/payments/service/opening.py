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


async def wish_first(
    session: AsyncSession, *, order_id: UUID, quote_id: UUID, now: datetime, minutes: int
) -> Payment | None:
    """The payment of an order that waits for its first instalment; None when it waits for none of this quote.

    What was asked for at an earlier price, or has run out of time, ends.
    """
    order = await orders.get_order_by_id(session, order_id, lock=True)
    quote = await orders.find_live_quote(session, order_id)
    if order.state != "pending_payment" or not order.deposit_idr or quote is None or quote.id != quote_id:
        return None
    stale = or_(Payment.amount_idr != order.deposit_idr, Payment.expires_at <= business_time())
    await expire_payments(session, Payment.order_id == order.id, Payment.instalment != "balance", stale)
    instalment = "full" if order.deposit_idr == order.price_idr else "deposit"
    expires_at = now + timedelta(minutes=minutes)
    return await _wish(session, order, instalment, order.deposit_idr, quote_id=quote_id, expires_at=expires_at)


async def wish_balance(session: AsyncSession, *, order_id: UUID) -> Payment | None:
    """The payment of what is still owed for a finished order, without a deadline; None when nothing is owed."""
    order = await orders.get_order_by_id(session, order_id, lock=True)
    owed = (order.price_idr or 0) - order.paid_idr
    if order.state != "ready" or owed <= 0:
        return None
    return await _wish(session, order, "balance", owed)


async def _wish(
    session: AsyncSession,
    order: Order,
    instalment: str,
    amount_idr: int,
    *,
    quote_id: UUID | None = None,
    expires_at: datetime | None = None,
) -> Payment | None:
    statement = insert(Payment).values(
        id=new_id(),
        order_id=order.id,
        quote_id=quote_id,
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


async def expire_overdue(session: AsyncSession, *, payment_id: UUID) -> bool:
    """End a payment whose time is over, and tell its order; False when it is not so (any more)."""
    over = (Payment.id == payment_id, Payment.expires_at <= business_time())
    expired = await expire_payments(session, *over)
    for payment in expired:
        order = await orders.get_order_by_id(session, payment.order_id)
        happening = PaymentExpired(payment.id, order.id, payment.quote_id)
        await emit(session, happening, audience=[order.consumer_id])
    return bool(expired)


async def expire_payments(session: AsyncSession, *where: ColumnElement[bool]) -> list[Payment]:
    """End payments that were not paid; money that still arrives for them goes back."""
    return await move(session, PAYMENT, Payment, "expire", *where)
