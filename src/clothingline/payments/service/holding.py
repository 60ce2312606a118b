"""Money that the provider holds for us: how much of it is taken, and when it is let go."""

from uuid import UUID

from sqlalchemy import func, or_, update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.clock import business_time
from clothingline.orders import queries as orders
from clothingline.payments import queries
from clothingline.payments.models import Payment
from clothingline.payments.service.ending import expire_payments
from clothingline.payments.service.instalments import missing


async def decide_capture(session: AsyncSession, *, payment_id: UUID) -> Payment | None:
    """How much of held money is to be taken (`capture_idr`), once: what its instalment still needs.

    None when the payment is not held (any more). Money that nobody needs is let go.
    """
    found = await session.get_one(Payment, payment_id)
    await orders.get_order_by_id(session, found.order_id, lock=True)
    instalment = await queries.get_instalment_for_update(session, found.instalment_id)
    parts = await queries.list_parts_for_update(session, instalment.id)
    needed = missing(instalment, parts)
    if instalment.state != "due" or needed <= 0:
        await expire_payments(session, Payment.id == payment_id)
        return None
    return await _fix(session, payment_id, needed)


async def _fix(session: AsyncSession, payment_id: UUID, needed: int) -> Payment | None:
    in_time = or_(Payment.expires_at.is_(None), Payment.expires_at > business_time())
    held = update(Payment).where(Payment.id == payment_id, Payment.state == "authorised", in_time)
    unsaid = held.where(Payment.capture_idr.is_(None))
    await session.execute(unsaid.values(capture_idr=func.least(needed, Payment.amount_idr)))
    payment = await queries.get_payment_for_update(session, payment_id)
    return payment if payment.state == "authorised" and payment.capture_idr is not None else None
