"""Money arrives: in time it meets its instalment and stands in escrow, too late it goes back."""

from typing import Any
from uuid import UUID

from sqlalchemy import or_, update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.earnings import service as earnings
from clothingline.integrations.payments import Charge
from clothingline.kit.clock import business_time
from clothingline.kit.errors import Conflict
from clothingline.kit.events import emit
from clothingline.kit.states import move
from clothingline.ledger import chart
from clothingline.ledger import service as ledger
from clothingline.ledger.service import Posting
from clothingline.orders import queries as orders
from clothingline.orders import service as ordering
from clothingline.orders.models import Order
from clothingline.payments import queries
from clothingline.payments.errors import PaymentLate
from clothingline.payments.events import PaymentCaptured, PaymentCapturedLate
from clothingline.payments.models import INSTALMENT, PAYMENT, Instalment, Payment
from clothingline.payments.service.ending import drop_due, tell_expired
from clothingline.payments.service.instalments import ask_for, call_for, missing, wish_balance
from clothingline.payments.service.opening import known_of
from clothingline.payments.service.refunding import refund_payment


async def take_in(session: AsyncSession, order: Order, instalment: Instalment, payment: Payment, charge: Charge) -> str:
    """The charge of a payment that waits is paid; all three rows are locked. Returns captured or captured_late."""
    try:
        async with session.begin_nested():
            await _capture(session, order, instalment, payment.id, charge)
    except Conflict:
        await _capture_late(session, order.id, payment.id, charge)
        return "captured_late"
    return "captured"


async def _capture(
    session: AsyncSession, order: Order, instalment: Instalment, payment_id: UUID, charge: Charge
) -> None:
    this, known = Payment.id == payment_id, known_of(charge)
    await move(session, PAYMENT, Payment, "open", this, **known)
    in_time = or_(Payment.expires_at.is_(None), Payment.expires_at > business_time())
    moved = await move(session, PAYMENT, Payment, "capture", this, in_time, **known, **_arrived(charge))
    if not moved:
        raise PaymentLate
    await _book_arrival(session, order, moved[0])
    await _meet(session, order, instalment)
    await emit(session, PaymentCaptured(payment_id, order.id), audience=[order.consumer_id])


def _arrived(charge: Charge) -> dict[str, Any]:
    return {"captured_idr": charge.captured_idr, "fee_idr": charge.fee_idr, "captured_at": business_time()}


async def _book_arrival(session: AsyncSession, order: Order, payment: Payment) -> None:
    flight, amount = chart.clearing("charge", payment.id), payment.captured_idr
    arrival = Posting("payment", payment.id, "capture", ((flight, amount), (chart.escrow(order), -amount)))
    settled = [] if payment.fee_idr is None else [_settlement(payment, payment.fee_idr)]
    await ledger.book_all(session, [arrival, *settled])


def _settlement(payment: Payment, fee_idr: int) -> Posting:
    amount = payment.captured_idr
    lines = [
        (chart.PROVIDER, amount - fee_idr),
        (chart.PROVIDER_COST, fee_idr),
        (chart.clearing("charge", payment.id), -amount),
    ]
    return Posting("payment", payment.id, "settle", tuple((account, part) for account, part in lines if part))


async def note_fee(session: AsyncSession, payment: Payment, charge: Charge) -> bool:
    """The provider has counted its fee of a captured payment; False when it has not, or that was known."""
    if charge.fee_idr is None or charge.captured_idr != payment.captured_idr:
        return False
    unknown = update(Payment).where(Payment.id == payment.id, Payment.fee_idr.is_(None))
    noted = await session.scalar(unknown.values(fee_idr=charge.fee_idr).returning(Payment.id))
    return noted is not None and await ledger.book_all(session, [_settlement(payment, charge.fee_idr)]) > 0


async def _meet(session: AsyncSession, order: Order, instalment: Instalment) -> None:
    parts = await queries.list_parts_for_update(session, instalment.id)
    if missing(instalment, parts):
        wished = [one for one in await ask_for(session, instalment) if one not in parts]
        await call_for(session, order, wished)
        return
    if not await move(session, INSTALMENT, Instalment, "meet", Instalment.id == instalment.id):
        raise PaymentLate
    last = max(part.id for part in parts)
    tell = ordering.mark_paid if instalment.kind in ("full", "deposit") else ordering.record_balance
    await tell(session, order_id=order.id, payment_id=last, amount_idr=instalment.amount_idr)
    await earnings.after_capture(session, order_id=order.id)


async def _capture_late(session: AsyncSession, order_id: UUID, payment_id: UUID, charge: Charge) -> None:
    # The failed savepoint may have changed rows in memory only: everything is read anew, under the locks still held.
    order = await orders.get_order_by_id(session, order_id)
    payment = await queries.get_payment_for_update(session, payment_id)
    if payment.state != "expired":
        await tell_expired(session, order, await _give_up(session, order, payment))
    this = Payment.id == payment_id
    [late] = await move(session, PAYMENT, Payment, "capture_late", this, **known_of(charge), **_arrived(charge))
    await _book_arrival(session, order, late)
    await emit(session, PaymentCapturedLate(payment_id, order.id), audience=[order.consumer_id])
    await refund_payment(session, payment_id=payment_id, reason="late")


async def _give_up(session: AsyncSession, order: Order, payment: Payment) -> list[Payment]:
    """The order does not take the instalment of a live payment: its parts end, and what an order owes is asked anew."""
    expired = await move(session, PAYMENT, Payment, "expire", Payment.id == payment.id)
    expired += await drop_due(session, order)
    await call_for(session, order, await wish_balance(session, order_id=order.id))
    return expired
