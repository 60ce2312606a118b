"""What the provider is asked about when it has told us nothing, or nothing final."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.clock import business_time
from clothingline.kit.events import emit
from clothingline.payments.events import RefundAsked
from clothingline.payments.machines import ARRIVED, ASKABLE
from clothingline.payments.models import Dispute, Payment, Refund

FIRST, LONGEST = timedelta(minutes=1), timedelta(hours=1)
# The money of a payment that has ended may have been on its way; after that only a notice tells of it.
AFTERWARDS = timedelta(hours=1)
DISPUTES_EVERY = timedelta(days=1)


async def take_to_ask(session: AsyncSession, *, limit: int = 10) -> list[Payment]:
    """Payments about which the provider is to be asked now, the longest unasked first; each is noted as asked.

    Those that wait, have just ended, or arrived with a fee that is not counted, with a charge. The time between two
    questions doubles from a minute to an hour.
    """
    just_ended = and_(Payment.state == "expired", Payment.state_at > business_time() - AFTERWARDS)
    uncounted = and_(Payment.state.in_(ARRIVED), Payment.fee_idr.is_(None))
    unclear = or_(Payment.state.in_(ASKABLE), just_ended, uncounted)
    return await _take(session, Payment, and_(unclear, Payment.charge.is_not(None), _paused(Payment)), limit)


async def call_refunds(session: AsyncSession, *, limit: int = 50) -> int:
    """Let the provider be asked about refunds that are not settled, with the same pauses; returns how many."""
    going = Refund.state.in_(("approved", "sent", "needs_reconciliation"))
    taken = await _take(session, Refund, and_(going, _paused(Refund)), limit, asked=Refund.asked + 1)
    for refund in taken:
        payment = await session.get_one(Payment, refund.payment_id)
        await emit(session, RefundAsked(refund.id, payment.order_id, refund.asked))
    return len(taken)


async def take_disputes_to_ask(session: AsyncSession, *, limit: int = 10) -> list[Dispute]:
    """Open chargebacks about which nothing was asked for a day; each is noted as asked."""
    due = func.coalesce(Dispute.asked_at, Dispute.state_at) + DISPUTES_EVERY <= business_time()
    return await _take(session, Dispute, and_(Dispute.state == "open", due), limit)


def _paused(model: Any) -> ColumnElement[bool]:
    last = func.coalesce(model.asked_at, model.state_at)
    pause = func.greatest(FIRST, func.least(last - model.state_at, LONGEST))
    return last + pause <= business_time()


async def _take(session: AsyncSession, model: Any, due: ColumnElement[bool], limit: int, **more: Any) -> list[Any]:
    last = func.coalesce(model.asked_at, model.state_at)
    ids = select(model.id).where(due).order_by(last).limit(limit).with_for_update(skip_locked=True)
    taken = update(model).where(model.id.in_(ids)).values(asked_at=business_time(), **more).returning(model)
    return list(await session.scalars(taken))
