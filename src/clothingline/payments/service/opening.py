"""The provider knows the charge of a payment; and how it goes on there until the money is taken or not."""

from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.integrations.payments import Charge
from clothingline.kit.events import emit
from clothingline.kit.states import move
from clothingline.orders import queries as orders
from clothingline.orders.models import Order
from clothingline.payments.events import ChargeAbandoned, PaymentActionNeeded, PaymentAuthorised, PaymentOpened
from clothingline.payments.models import METHODS, PAYMENT, Payment


def known_of(charge: Charge) -> dict[str, Any]:
    """What a payment keeps of its charge."""
    kept = {
        "charge": charge.id,
        "pay_url": charge.pay_url,
        "redirect_url": charge.redirect_url,
        "account": charge.account,
        "livemode": charge.livemode,
    }
    return kept | ({"method": charge.method} if charge.method in METHODS else {})


async def record_charge(session: AsyncSession, *, payment_id: UUID, charge: Charge) -> bool:
    """The provider knows the charge: the consumer can pay. False when the payment ended or was open before.

    The charge of one that ended meanwhile is to be closed.
    """
    moved = await move(session, PAYMENT, Payment, "open", Payment.id == payment_id, **known_of(charge))
    for payment in moved:
        order = await orders.get_order_by_id(session, payment.order_id)
        await emit(session, PaymentOpened(payment.id, order.id), audience=[order.consumer_id])
    if not moved:
        await _abandon(session, payment_id, charge)
    return bool(moved)


async def _abandon(session: AsyncSession, payment_id: UUID, charge: Charge) -> None:
    ended = (Payment.id == payment_id, Payment.state == "expired", Payment.charge.is_(None))
    statement = update(Payment).where(*ended).values(**known_of(charge)).returning(Payment.order_id)
    order_id = await session.scalar(statement.execution_options(synchronize_session=False))
    if order_id is not None:
        await emit(session, ChargeAbandoned(payment_id, order_id))


async def follow_charge(session: AsyncSession, order: Order, payment: Payment, charge: Charge) -> None:
    """The charge is neither paid nor over: the payment of the locked order stands where its charge stands."""
    this, known = Payment.id == payment.id, known_of(charge)
    await move(session, PAYMENT, Payment, "open", this, **known)
    if charge.status == "open":
        await move(session, PAYMENT, Payment, "reopen", this, **known)
    elif charge.status == "processing":
        await move(session, PAYMENT, Payment, "process", this, **known)
    elif charge.status == "acting" and await move(session, PAYMENT, Payment, "act", this, **known):
        await emit(session, PaymentActionNeeded(payment.id, order.id), audience=[order.consumer_id])
    elif charge.status == "authorised" and await move(session, PAYMENT, Payment, "authorise", this, **known):
        await emit(session, PaymentAuthorised(payment.id, order.id), audience=[order.consumer_id])
