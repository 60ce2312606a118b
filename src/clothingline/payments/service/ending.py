"""Giving up: payments that end, instalments that are dropped, and what had arrived for them."""

from uuid import UUID

from sqlalchemy import ColumnElement
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.clock import business_time
from clothingline.kit.events import emit
from clothingline.kit.states import move
from clothingline.orders import queries as orders
from clothingline.orders.models import Order
from clothingline.payments.events import ChargeAbandoned, PaymentExpired
from clothingline.payments.models import INSTALMENT, PAYMENT, Instalment, Payment
from clothingline.payments.service.refunding import refund_all


async def expire_overdue(session: AsyncSession, *, payment_id: UUID) -> bool:
    """End a payment whose time is over, and tell its order; False when it is not so (any more).

    A set of parts is paid as a whole or not at all: the others end too, and what had arrived of them goes back.
    """
    payment = await session.get_one(Payment, payment_id)
    order = await orders.get_order_by_id(session, payment.order_id, lock=True)
    expired = await expire_payments(session, Payment.id == payment_id, Payment.expires_at <= business_time())
    if expired:
        expired += await drop_due(session, order)
    await tell_expired(session, order, expired)
    return bool(expired)


async def tell_expired(session: AsyncSession, order: Order, expired: list[Payment]) -> None:
    """The order will not be paid by these."""
    for payment in expired:
        await emit(session, PaymentExpired(payment.id, order.id, payment.quote_id), audience=[order.consumer_id])


async def expire_payments(session: AsyncSession, *where: ColumnElement[bool]) -> list[Payment]:
    """End payments that were not paid; money that still arrives for them goes back."""
    expired = await move(session, PAYMENT, Payment, "expire", *where)
    for payment in expired:
        if payment.charge is not None:
            await emit(session, ChargeAbandoned(payment.id, payment.order_id))
    return expired


async def drop_due(session: AsyncSession, order: Order) -> list[Payment]:
    """Nothing that the locked order owes is waited for any more; returns the payments that ended by it."""
    dropped = await move(session, INSTALMENT, Instalment, "drop", Instalment.order_id == order.id)
    if not dropped:
        return []
    parts = Payment.instalment_id.in_([one.id for one in dropped])
    expired = await expire_payments(session, parts)
    await refund_all(session, order, parts, Payment.state == "captured", reason="incomplete")
    return expired
