"""Refunds that people decide: asked for, approved by as many as the amount needs, rejected, or tried anew."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit import alarms
from clothingline.kit.events import emit
from clothingline.kit.ids import new_id, show
from clothingline.kit.states import move
from clothingline.orders.models import Order
from clothingline.payments import queries
from clothingline.payments.errors import (
    RefundDecided,
    RefundExceeds,
    RefundRepeated,
    RefundUnknown,
    SecondOfficerNeeded,
)
from clothingline.payments.events import RefundApproved, RefundAsked, RefundRejected, RefundRequested
from clothingline.payments.models import REFUND, Payment, Refund
from clothingline.payments.service.refunding import lock_payment, send_back, set_aside
from clothingline.settings import PaymentSettings


@dataclass(frozen=True)
class Limits:
    """From which rupiah on an officer approves what the system asks for, and from which on two people do."""

    officer_from_idr: int
    two_people_from_idr: int

    @classmethod
    def of(cls, chosen: PaymentSettings) -> "Limits":
        """Those of the settings."""
        return cls(chosen.refund_officer_from_idr, chosen.refund_two_people_from_idr)


async def request_refund(
    session: AsyncSession,
    *,
    payment_id: UUID,
    reason: str,
    limits: Limits,
    amount_idr: int | None = None,
    case: tuple[str, UUID] | None = None,
    by: UUID | None = None,
) -> Refund:
    """Ask that money goes back, all that is left without `amount_idr`; it does where no (other) person is needed.

    Below the limits the system, or the officer `by`, is enough. `case`: kind and id of what decided it. Raises
    `PaymentUnknown`, `RefundExceeds`, `RefundRepeated`, `EscrowShort`.
    """
    order, payment = await lock_payment(session, payment_id)
    amount = amount_idr or payment.left_idr
    if not 0 < amount <= payment.left_idr:
        raise RefundExceeds(left_idr=payment.left_idr)
    if await queries.find_refund_for_reason(session, payment_id, reason) is not None:
        raise RefundRepeated
    refund = Refund(id=new_id(), payment_id=payment_id, amount_idr=amount, reason=reason, approved_by=by)
    refund.case_type, refund.case_id = case or (None, None)
    enough = amount < limits.officer_from_idr if by is None else not _needs_two(payment, amount, limits)
    if enough:
        return await send_back(session, order, refund, by=by)
    refund.state, refund.state_by = "requested", by
    session.add(refund)
    await emit(session, RefundRequested(refund.id, order.id), by=by)
    return refund


async def approve_refund(session: AsyncSession, *, refund_id: UUID, limits: Limits, by: UUID) -> Refund:
    """An officer approves what was asked for, or that what has failed is tried anew; above the limit two people do.

    Raises `RefundUnknown`, `RefundDecided`, `SecondOfficerNeeded`, `RefundExceeds`, `EscrowShort`.
    """
    order, payment, refund = await _locked(session, refund_id)
    if refund.state == "failed":
        return await _try_anew(session, order, refund, by)
    if refund.state != "requested":
        raise RefundDecided
    if not _needs_two(payment, refund.amount_idr, limits):
        return await _approve(session, order, refund, by=by, approved_by=refund.approved_by or by)
    if refund.approved_by == by:
        raise SecondOfficerNeeded
    if refund.approved_by is not None:
        return await _approve(session, order, refund, by=by, second_by=by)
    refund.approved_by = by
    await session.flush()
    return refund


async def _approve(session: AsyncSession, order: Order, refund: Refund, *, by: UUID, **people: UUID) -> Refund:
    taken = await set_aside(session, order, refund, step=refund.step)
    [moved] = await move(session, REFUND, Refund, "approve", Refund.id == refund.id, by=by, **people, **taken)
    await emit(session, RefundApproved(refund.id, order.id), by=by, audience=[order.consumer_id])
    return moved


async def _try_anew(session: AsyncSession, order: Order, refund: Refund, by: UUID) -> Refund:
    """Another act under another reference: the first one is known to have done nothing."""
    taken = await set_aside(session, order, refund, step=refund.step + 1)
    new = {"step": refund.step + 1, "asked": refund.asked + 1, "provider_id": None, "sent_at": None, "failure": None}
    [moved] = await move(session, REFUND, Refund, "retry", Refund.id == refund.id, by=by, **new, **taken)
    await emit(session, RefundAsked(refund.id, order.id, moved.asked), by=by)
    await alarms.clear(session, name="refund_failed", subject=show("rfd", refund.id))
    return moved


async def reject_refund(session: AsyncSession, *, refund_id: UUID, by: UUID) -> Refund:
    """An officer decides that money does not go back. Raises `RefundUnknown`, `RefundDecided`."""
    order, _, _ = await _locked(session, refund_id)
    moved = await move(session, REFUND, Refund, "reject", Refund.id == refund_id, by=by)
    if not moved:
        raise RefundDecided
    await emit(session, RefundRejected(refund_id, order.id), by=by)
    return moved[0]


def _needs_two(payment: Payment, amount_idr: int, limits: Limits) -> bool:
    """The limit is one of the payment: many small refunds need as many people as a large one."""
    return payment.refunded_idr + amount_idr >= limits.two_people_from_idr


async def _locked(session: AsyncSession, refund_id: UUID) -> tuple[Order, Payment, Refund]:
    found = await session.get(Refund, refund_id)
    if found is None:
        raise RefundUnknown
    order, payment = await lock_payment(session, found.payment_id)
    return order, payment, await queries.get_refund_for_update(session, refund_id)
