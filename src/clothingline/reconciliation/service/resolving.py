"""What becomes of a difference: two people agree, and what is money is booked by a new transaction."""

from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.events import emit
from clothingline.kit.states import move
from clothingline.ledger import chart
from clothingline.ledger import service as ledger
from clothingline.ledger.service import Posting
from clothingline.reconciliation import queries
from clothingline.reconciliation.errors import (
    AnotherPersonNeeded,
    AnotherProposal,
    DifferenceClosed,
    NothingToSuspend,
)
from clothingline.reconciliation.events import DifferenceResolved
from clothingline.reconciliation.models import DIFFERENCE, Difference


async def resolve(session: AsyncSession, *, difference_id: UUID, resolution: str, reason: str, by: UUID) -> Difference:
    """The first person proposes, another agrees; then money that no row of ours knows is booked into suspense.

    Raises `DifferenceUnknown`, `DifferenceClosed`, `AnotherPersonNeeded`, `AnotherProposal` and `NothingToSuspend`.
    """
    difference = await queries.get_difference_for_update(session, difference_id)
    if difference.state != "open":
        raise DifferenceClosed
    if resolution == "suspend" and difference.code != "unknown_object":
        raise NothingToSuspend
    if difference.resolved_by is None:
        return await _propose(session, difference, resolution, reason, by)
    if difference.resolved_by == by:
        raise AnotherPersonNeeded
    if difference.resolution != resolution:
        raise AnotherProposal(resolution=difference.resolution)
    return await _agree(session, difference, by)


async def _propose(session: AsyncSession, difference: Difference, resolution: str, reason: str, by: UUID) -> Difference:
    values = {"resolution": resolution, "reason": reason, "resolved_by": by}
    free = (Difference.id == difference.id, Difference.resolved_by.is_(None))
    await session.execute(update(Difference).where(*free).values(values))
    return await queries.get_difference_for_update(session, difference.id)


async def _agree(session: AsyncSession, difference: Difference, by: UUID) -> Difference:
    other = (Difference.id == difference.id, Difference.resolved_by != by)
    moved = await move(session, DIFFERENCE, Difference, "resolve", *other, by=by, second_by=by)
    if not moved:
        raise DifferenceClosed
    if difference.resolution == "suspend":
        await ledger.book_all(session, [_suspend(moved[0], by)])
    await emit(session, DifferenceResolved(difference.id), by=by)
    return moved[0]


def _suspend(difference: Difference, by: UUID) -> Posting:
    amount = int(difference.theirs_idr or 0)
    lines = ((chart.PROVIDER, amount), (chart.SUSPENSE, -amount))
    return Posting("difference", difference.id, "suspend", lines, by=by)
