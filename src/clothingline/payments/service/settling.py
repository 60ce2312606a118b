"""What a charge that was fetched from the provider means for our payment."""

from uuid import UUID

import structlog
from prometheus_client import Counter
from sqlalchemy import or_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.integrations.payments import Charge
from clothingline.kit.clock import business_time
from clothingline.kit.errors import Conflict
from clothingline.kit.events import emit
from clothingline.kit.ids import new_id, show
from clothingline.kit.money import RUPIAH
from clothingline.kit.states import move
from clothingline.ledger import chart
from clothingline.ledger import service as ledger
from clothingline.orders import queries as orders
from clothingline.orders import service as ordering
from clothingline.orders.models import Order
from clothingline.payments import queries
from clothingline.payments.errors import PaymentLate
from clothingline.payments.events import NoticeQuarantined, PaymentCaptured, PaymentCapturedLate, PaymentExpired
from clothingline.payments.models import PAYMENT, NoticeVerdict, Payment
from clothingline.payments.service.refunding import refund_payment

log = structlog.get_logger("payments")
QUARANTINED = Counter("payment_notices_quarantined_total", "Genuine notices that fit no payment, by reason", ["reason"])


OPEN = "open"
"""What is said of a charge that may still be paid. No verdict: its notices stay open, and it is asked for again."""


async def settle(session: AsyncSession, *, notice_id: UUID, charge: Charge) -> str:
    """Act on the fetched charge of a notice, once; returns the verdict (`NoticeVerdict.verdict`), or `OPEN`.

    Nothing is paid unless reference, charge, currency and amount equal what was asked for. Money that comes too late is
    booked and goes back.
    """
    payment = await queries.find_payment_by_reference(session, charge.reference)
    if payment is None or (fault := _fault(payment, charge)) is not None:
        return await quarantine(session, notice_id=notice_id, reason="reference" if payment is None else str(fault))
    verdict = await _weigh(session, payment, charge)
    if verdict != OPEN:
        await _decide(session, notice_id, verdict, payment_id=payment.id)
    return verdict


async def settle_asked(session: AsyncSession, *, payment_id: UUID, charge: Charge) -> str:
    """Act on the charge of a payment that we asked for without a notice; its open notices get the same verdict.

    Nothing is paid, and the alarm sounds, for one that does not fit.
    """
    payment = await session.get_one(Payment, payment_id)
    fault = "reference" if charge.reference != show("pay", payment_id) else _fault(payment, charge)
    if fault is not None:
        return _sound("charge does not fit", fault, payment=str(payment_id))
    verdict = await _weigh(session, payment, charge)
    if verdict != OPEN:
        for notice_id in await queries.list_open_notices(session, charge.id):
            await _decide(session, notice_id, verdict, payment_id=payment_id)
    return verdict


async def _weigh(session: AsyncSession, payment: Payment, charge: Charge) -> str:
    order = await orders.get_order_by_id(session, payment.order_id, lock=True)
    return await _act(session, order, await queries.get_payment_for_update(session, payment.id), charge)


def _fault(payment: Payment, charge: Charge) -> str | None:
    if payment.charge not in (None, charge.id):
        return "charge"
    if charge.currency != RUPIAH:
        return "currency"
    return "amount" if charge.amount_idr != payment.amount_idr else None


async def _act(session: AsyncSession, order: Order, payment: Payment, charge: Charge) -> str:
    if payment.state in ("captured", "captured_late"):
        return "repeated"
    if charge.status != "paid":
        return "unpaid" if charge.status == "expired" else OPEN
    try:
        async with session.begin_nested():
            await _capture(session, order, payment, charge)
    except Conflict:
        await _capture_late(session, payment.id, charge)
        return "captured_late"
    return "captured"


async def _capture(session: AsyncSession, order: Order, payment: Payment, charge: Charge) -> None:
    this = Payment.id == payment.id
    await move(session, PAYMENT, Payment, "open", this, charge=charge.id, pay_url=charge.pay_url)
    in_time = or_(Payment.expires_at.is_(None), Payment.expires_at > business_time())
    if not await move(session, PAYMENT, Payment, "capture", this, in_time, captured_at=business_time()):
        raise PaymentLate
    await _book_arrival(session, order, payment)
    await _tell_order(session, payment)
    await emit(session, PaymentCaptured(payment.id, order.id), audience=[order.consumer_id])


async def _book_arrival(session: AsyncSession, order: Order, payment: Payment) -> None:
    lines = [(chart.PROVIDER, payment.amount_idr), (chart.escrow(order), -payment.amount_idr)]
    await ledger.book(session, source_type="payment", source_id=payment.id, kind="capture", lines=lines)


async def _tell_order(session: AsyncSession, payment: Payment) -> None:
    tell = ordering.record_balance if payment.instalment == "balance" else ordering.mark_paid
    await tell(session, order_id=payment.order_id, payment_id=payment.id, amount_idr=payment.amount_idr)


async def _capture_late(session: AsyncSession, payment_id: UUID, charge: Charge) -> None:
    # The failed savepoint may have changed rows in memory only: everything is read anew, under the locks still held.
    payment = await queries.get_payment_for_update(session, payment_id)
    order = await orders.get_order_by_id(session, payment.order_id)
    this, audience = Payment.id == payment_id, [order.consumer_id]
    if await move(session, PAYMENT, Payment, "expire", this):
        await emit(session, PaymentExpired(payment_id, order.id, payment.quote_id), audience=audience)
    await move(session, PAYMENT, Payment, "capture_late", this, charge=charge.id, captured_at=business_time())
    await _book_arrival(session, order, payment)
    await emit(session, PaymentCapturedLate(payment_id, order.id), audience=audience)
    await refund_payment(session, payment_id=payment_id, reason="late")


async def quarantine(session: AsyncSession, *, notice_id: UUID, reason: str) -> str:
    """A genuine notice that fits nothing: keep why, sound the alarm, pay nothing."""
    if await _decide(session, notice_id, "quarantined", reason=reason):
        await emit(session, NoticeQuarantined(notice_id))
        _sound("notice quarantined", reason, notice=str(notice_id))
    return "quarantined"


def _sound(what: str, reason: str, **named: str) -> str:
    QUARANTINED.labels(reason).inc()
    log.error(what, reason=reason, **named)
    return "quarantined"


async def _decide(
    session: AsyncSession, notice_id: UUID, verdict: str, *, payment_id: UUID | None = None, reason: str | None = None
) -> bool:
    statement = (
        insert(NoticeVerdict)
        .values(id=new_id(), notice_id=notice_id, payment_id=payment_id, verdict=verdict, reason=reason)
        .on_conflict_do_nothing(index_elements=["notice_id"])
        .returning(NoticeVerdict.id)
    )
    return await session.scalar(statement) is not None
