"""What an object that was fetched from the provider means for our rows."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.integrations.payments import Charge, Dispute, MoneyBack
from clothingline.kit import alarms
from clothingline.kit.ids import show
from clothingline.kit.states import move
from clothingline.orders import queries as orders
from clothingline.orders.models import Order
from clothingline.payments import queries
from clothingline.payments.errors import RefundUnderWay
from clothingline.payments.machines import ARRIVED
from clothingline.payments.models import PAYMENT, Instalment, Payment, ProviderNotice
from clothingline.payments.service.capturing import note_fee, take_in
from clothingline.payments.service.disputing import follow_dispute
from clothingline.payments.service.fitting import (
    dispute_fault,
    find_fault,
    refund_fault,
    strange,
    told_otherwise,
)
from clothingline.payments.service.instalments import ask_for, call_for
from clothingline.payments.service.noticing import decide, quarantine, sound
from clothingline.payments.service.opening import follow_charge
from clothingline.payments.service.returning import note_answer, of_reference

OPEN = "open"
"""What is said of an object that is not final. No verdict: its notices stay open, and it is asked for again."""

MISFIT = "charge_does_not_fit"
"""Name of the alarm for a payment whose charge is not what was asked for; it ends when it is."""


async def settle(session: AsyncSession, *, notice_id: UUID, charge: Charge) -> str:
    """Act on the fetched charge of a notice, once; returns the verdict (`NoticeVerdict.verdict`), or `OPEN`.

    Nothing is paid unless object, reference, charge, order, amount, captured, currency, account, mode and status agree
    with what was asked for. Money that comes too late is booked and goes back.
    """
    notice = await session.get_one(ProviderNotice, notice_id)
    payment = await queries.find_payment_by_reference(session, charge.reference)
    if payment is None:
        return await quarantine(session, notice_id=notice_id, reason="reference")
    if fault := told_otherwise(notice, charge) or await find_fault(session, payment, charge):
        return await quarantine(session, notice_id=notice_id, reason=fault)
    verdict = await _weigh(session, payment, charge)
    if verdict != OPEN:
        await decide(session, notice_id, verdict, payment_id=payment.id, subject=("payment", payment.id))
    return verdict


async def settle_asked(session: AsyncSession, *, payment_id: UUID, charge: Charge) -> str:
    """Act on the charge of a payment that we asked for without a notice; its open notices get the same verdict.

    Nothing is paid, and the alarm sounds, for one that does not fit.
    """
    payment = await session.get_one(Payment, payment_id, populate_existing=True)
    if fault := await find_fault(session, payment, charge):
        return await sound(session, MISFIT, show("pay", payment_id), fault)
    await alarms.clear(session, name=MISFIT, subject=show("pay", payment_id))
    verdict = await _weigh(session, payment, charge)
    if verdict != OPEN:
        for notice_id in await queries.list_open_notices(session, "charge", charge.id):
            await decide(session, notice_id, verdict, payment_id=payment_id, subject=("payment", payment_id))
    return verdict


async def _weigh(session: AsyncSession, payment: Payment, charge: Charge) -> str:
    order = await orders.get_order_by_id(session, payment.order_id, lock=True)
    instalment = await queries.get_instalment_for_update(session, payment.instalment_id)
    locked = await queries.get_payment_for_update(session, payment.id)
    if locked.state in ARRIVED:
        await note_fee(session, locked, charge)
        return "repeated"
    if charge.status == "paid":
        return await take_in(session, order, instalment, locked, charge)
    if charge.status == "expired":
        await _renew(session, order, instalment, locked)
        return "unpaid"
    await follow_charge(session, order, locked, charge)
    return OPEN


async def _renew(session: AsyncSession, order: Order, instalment: Instalment, payment: Payment) -> None:
    """A charge that ended at the provider without a deadline of ours: the instalment is asked for by a new one."""
    this = Payment.id == payment.id
    endless = payment.expires_at is None and instalment.state == "due"
    if endless and await move(session, PAYMENT, Payment, "expire", this):
        await call_for(session, order, await ask_for(session, instalment))


async def settle_refund_notice(session: AsyncSession, *, notice_id: UUID, back: MoneyBack) -> str:
    """Act on the fetched refund of a notice, once; returns the verdict, or `OPEN`."""
    notice = await session.get_one(ProviderNotice, notice_id)
    refund = await of_reference(session, back.reference)
    if refund is None:
        return await quarantine(session, notice_id=notice_id, reason="reference")
    payment = await session.get_one(Payment, refund.payment_id)
    fault = "object" if notice.object != back.id else strange(notice) or refund_fault(refund, payment, back)
    if fault is not None:
        return await quarantine(session, notice_id=notice_id, reason=fault)
    verdict = await note_answer(session, refund_id=refund.id, back=back)
    if verdict != OPEN:
        await decide(session, notice_id, verdict, payment_id=payment.id, subject=("refund", refund.id))
    return verdict


async def settle_dispute_notice(session: AsyncSession, *, notice_id: UUID, dispute: Dispute, charge: Charge) -> str:
    """Act on the fetched chargeback of a notice, once; returns the verdict.

    Of money that we had not heard of it tells too: its charge, fetched as well, is settled first. Raises
    `RefundUnderWay` while it is open whether the money went back already.
    """
    notice = await session.get_one(ProviderNotice, notice_id)
    payment = await queries.find_payment_by_charge(session, dispute.charge)
    if payment is None:
        return await quarantine(session, notice_id=notice_id, reason="charge")
    if payment.state not in ARRIVED:
        await settle_asked(session, payment_id=payment.id, charge=charge)
        await session.refresh(payment)
    fault = "object" if notice.object != dispute.id else strange(notice) or dispute_fault(payment, dispute)
    if fault is not None:
        return await quarantine(session, notice_id=notice_id, reason=fault)
    verdict, row = await follow_dispute(session, payment_id=payment.id, dispute=dispute)
    if row is None:
        if verdict == "exceeds" and await queries.is_refund_under_way(session, payment.id):
            raise RefundUnderWay
        return await quarantine(session, notice_id=notice_id, reason=verdict)
    await decide(session, notice_id, verdict, payment_id=payment.id, subject=("dispute", row))
    return verdict
