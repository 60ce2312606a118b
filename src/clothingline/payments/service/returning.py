"""What becomes of a refund at the provider: sent under one reference, asked about while unclear, settled or failed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.earnings import service as earnings
from clothingline.integrations.payments import MoneyBack
from clothingline.kit import alarms
from clothingline.kit.clock import business_now, business_time
from clothingline.kit.events import emit
from clothingline.kit.ids import read, show
from clothingline.kit.states import move
from clothingline.ledger import chart
from clothingline.ledger import service as ledger
from clothingline.ledger.service import Posting
from clothingline.orders.models import Order
from clothingline.payments import queries
from clothingline.payments.events import RefundFailed, RefundSettled
from clothingline.payments.models import REFUND, Payment, Refund
from clothingline.payments.service.fitting import refund_fault
from clothingline.payments.service.noticing import decide, sound
from clothingline.payments.service.refunding import lock_payment
from clothingline.payments.service.squaring import repay_fund

DOUBT = timedelta(minutes=15)
"""So long after a refund was sent the provider's "there is none" is believed, and it is sent again as it was."""
OVER = ("refund_unclear", "refund_failed", "refund_does_not_fit")
"""Alarms about a refund that end when it has arrived."""


@dataclass(frozen=True)
class Sending:
    """What the provider is asked: `first` when it has not been asked before, `doubtful` while its word may be young."""

    refund: UUID
    reference: str
    charge: str
    amount_idr: int
    first: bool
    doubtful: bool


def reference_of(refund: Refund) -> str:
    """The provider's reference of a refund: a new one only for a new act, after the one before has failed."""
    name = show("rfd", refund.id)
    return f"{name}-{refund.step}" if refund.step else name


async def of_reference(session: AsyncSession, reference: str) -> Refund | None:
    """The refund that a reference of ours names."""
    try:
        return await session.get(Refund, read("rfd", reference.partition("-")[0]))
    except ValueError:
        return None


async def send_refund(session: AsyncSession, *, refund_id: UUID) -> Sending | None:
    """Note that the provider is being asked; None when there is nothing to ask (any more)."""
    first = await move(session, REFUND, Refund, "send", Refund.id == refund_id, sent_at=business_time())
    refund = await session.get_one(Refund, refund_id, populate_existing=True)
    if refund.state not in ("sent", "needs_reconciliation"):
        return None
    payment = await session.get_one(Payment, refund.payment_id)
    young = _is_young(refund, await business_now(session))
    doubtful = refund.state == "needs_reconciliation" and young
    said = (refund.id, reference_of(refund), str(payment.charge), refund.amount_idr)
    return Sending(*said, first=bool(first), doubtful=doubtful)


def _is_young(refund: Refund, now: datetime) -> bool:
    return refund.sent_at is not None and refund.sent_at > now - DOUBT


async def note_answer(session: AsyncSession, *, refund_id: UUID, back: MoneyBack) -> str:
    """Act on what the provider shows of a refund; returns the verdict: settled, failed, repeated, open, quarantined.

    What fits no refund of ours moves nothing, and the alarm sounds. Notices that waited for it get the same verdict.
    """
    found = await session.get_one(Refund, refund_id)
    order, payment = await lock_payment(session, found.payment_id)
    refund = await queries.get_refund_for_update(session, refund_id)
    if back.reference != reference_of(refund):
        return "repeated"
    if fault := refund_fault(refund, payment, back):
        return await sound(session, "refund_does_not_fit", show("rfd", refund_id), fault)
    verdict = await _act(session, order, refund, back)
    if verdict not in ("open", "repeated"):
        for notice_id in await queries.list_open_notices(session, "refund", back.id):
            await decide(session, notice_id, verdict, payment_id=payment.id, subject=("refund", refund_id))
    return verdict


async def _act(session: AsyncSession, order: Order, refund: Refund, back: MoneyBack) -> str:
    if refund.provider_id is None:
        await session.execute(update(Refund).where(Refund.id == refund.id).values(provider_id=back.id))
    if back.status == "settled":
        return "settled" if await _settle(session, order, refund) else "repeated"
    if back.status == "failed":
        return "failed" if await _fail(session, order, refund, "provider") else "repeated"
    return "open"


async def _settle(session: AsyncSession, order: Order, refund: Refund) -> bool:
    moved = await move(session, REFUND, Refund, "settle", Refund.id == refund.id)
    if moved:
        await _book(
            session, refund, "settle", [(_flight(refund), refund.amount_idr), (chart.PROVIDER, -refund.amount_idr)]
        )
        await emit(session, RefundSettled(refund.id, order.id), audience=[order.consumer_id])
        await alarms.clear_all(session, names=OVER, subject=show("rfd", refund.id))
        await repay_fund(session, order)
    return bool(moved)


async def refuse_refund(session: AsyncSession, *, refund_id: UUID, code: str) -> bool:
    """The provider has definitely done nothing and will not: the money stands where it stood. False when known."""
    found = await session.get_one(Refund, refund_id)
    order, _ = await lock_payment(session, found.payment_id)
    return await _fail(session, order, await queries.get_refund_for_update(session, refund_id), code)


async def _fail(session: AsyncSession, order: Order, refund: Refund, code: str) -> bool:
    this, settled = Refund.id == refund.id, refund.state == "settled"
    if not await move(session, REFUND, Refund, "come_back" if settled else "fail", this, failure=code):
        return False
    counted = update(Payment).where(Payment.id == refund.payment_id)
    await session.execute(counted.values(refunded_idr=Payment.refunded_idr - refund.amount_idr))
    uncovered = await earnings.uncover(session, order=order, cause=("refund", refund.id))
    await ledger.book_all(session, [await _undone(session, order, refund, settled), *uncovered])
    await emit(session, RefundFailed(refund.id, order.id))
    await alarms.sound(session, name="refund_failed", subject=show("rfd", refund.id), detail={"code": code})
    return True


async def _undone(session: AsyncSession, order: Order, refund: Refund, settled: bool) -> Posting:
    """The exact contrary of what was set aside; what the consumer's bank gave back comes to the provider instead."""
    if not settled:
        return await ledger.contrary(
            session, source_type="refund", source_id=refund.id, kind="reserve", step=refund.step
        )
    back = [(chart.escrow(order), -refund.from_escrow_idr), (chart.GUARANTEE, -refund.from_fund_idr)]
    said = tuple((account, amount) for account, amount in ((chart.PROVIDER, refund.amount_idr), *back) if amount)
    return Posting("refund", refund.id, "come_back", said, refund.step)


def _flight(refund: Refund) -> chart.Account:
    return chart.clearing("refund", refund.id)


async def _book(session: AsyncSession, refund: Refund, kind: str, lines: list[tuple[chart.Account, int]]) -> None:
    await ledger.book_all(session, [Posting("refund", refund.id, kind, tuple(lines), refund.step)])


async def doubt_refund(session: AsyncSession, *, refund_id: UUID) -> bool:
    """The answer was lost: from now on the provider is asked, and the refund is never sent under another reference."""
    moved = await move(session, REFUND, Refund, "doubt", Refund.id == refund_id)
    if moved:
        await alarms.sound(session, name="refund_unclear", subject=show("rfd", refund_id))
    return bool(moved)
