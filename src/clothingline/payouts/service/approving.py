"""Who says that a payout may leave: nobody is asked below the limit, two different people above it."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import and_, or_, update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.earnings import service as earnings
from clothingline.kit import alarms
from clothingline.kit.events import emit
from clothingline.kit.ids import show
from clothingline.kit.states import move
from clothingline.ledger import service as ledger
from clothingline.payouts import postings, queries
from clothingline.payouts.errors import PayoutNotWaiting, SecondPersonNeeded
from clothingline.payouts.events import PayoutApproved, PayoutWithdrawn
from clothingline.payouts.models import PAYOUT, Payout
from clothingline.reference.calendar import FIVE_DAY_WEEK, WorkingCalendar
from clothingline.settings import settings

OFFICE = WorkingCalendar(weekdays=FIVE_DAY_WEEK)


async def approve_small(session: AsyncSession, payout: Payout) -> Payout:
    """Approve a payout below the limit; the payout as it stands now."""
    limit = settings().payouts.two_people_from_idr
    moved = await move(session, PAYOUT, Payout, "approve", Payout.id == payout.id, Payout.amount_idr < limit)
    for one in moved:
        await emit(session, PayoutApproved(one.id), audience=[one.payee_id])
    return moved[0] if moved else payout


async def approve(session: AsyncSession, *, payout_id: UUID, by: UUID) -> Payout:
    """A person agrees: the first of two above the limit, otherwise the payout may leave.

    Raises `PayoutUnknown`, `PayoutNotWaiting`, or `SecondPersonNeeded` for whoever agreed already.
    """
    payout = await queries.get_payout_for_update(session, payout_id)
    if payout.state != "draft":
        raise PayoutNotWaiting(state=payout.state)
    if payout.approved_by == by:
        raise SecondPersonNeeded
    if await _sign_first(session, payout_id, by):
        return await queries.get_payout_for_update(session, payout_id)
    return await _let_go(session, payout, by)


async def _sign_first(session: AsyncSession, payout_id: UUID, by: UUID) -> bool:
    limit = settings().payouts.two_people_from_idr
    unsigned = (Payout.state == "draft", Payout.approved_by.is_(None), Payout.amount_idr >= limit)
    signed = update(Payout).where(Payout.id == payout_id, *unsigned).values(approved_by=by).returning(Payout.id)
    return await session.scalar(signed) is not None


async def _let_go(session: AsyncSession, payout: Payout, by: UUID) -> Payout:
    signed = {"second_by": by} if payout.approved_by else {"approved_by": by}
    limit = settings().payouts.two_people_from_idr
    enough = or_(Payout.amount_idr < limit, and_(Payout.approved_by.is_not(None), Payout.approved_by != by))
    moved = await move(session, PAYOUT, Payout, "approve", Payout.id == payout.id, enough, by=by, **signed)
    if not moved:
        raise PayoutNotWaiting(state=payout.state)
    await emit(session, PayoutApproved(payout.id), by=by, audience=[payout.payee_id])
    return moved[0]


def overdue_since(today: date) -> date:
    """A draft of this day or before has waited for longer than the working days in which it is to be approved."""
    day, patience = today, settings().payouts.draft_working_days
    while OFFICE.add_working_days(day, patience) >= today:
        day -= timedelta(days=1)
    return day


async def withdraw(session: AsyncSession, *, payout_id: UUID, why: str) -> bool:
    """A payout that has not left will not leave: its earnings are available again, for a payout with another key."""
    moved = await move(session, PAYOUT, Payout, "withdraw", Payout.id == payout_id, failure=why)
    for payout in moved:
        ids = await queries.list_earning_ids(session, payout_id)
        await earnings.back_to_available(session, ids=ids, event="unbatch")
        await ledger.book_all(session, [postings.unbatch(payout)])
        await emit(session, PayoutWithdrawn(payout_id), audience=[payout.payee_id])
        await alarms.sound(session, name="payout_withdrawn", subject=show("org", payout.payee_id), detail={"why": why})
    return bool(moved)
