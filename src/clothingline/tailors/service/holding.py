"""Setting time aside: held behind a quote or an offer, booked when it is accepted, released when it falls through."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.ids import show
from clothingline.kit.weeks import WeekFull
from clothingline.tailors.errors import CapacityTaken, TailorNotFound
from clothingline.tailors.models import TIME, Tailor
from clothingline.tailors.service.opening import ensure_weeks


async def hold_time(session: AsyncSession, *, claim: UUID, tailor_id: UUID, weeks: Mapping[date, int]) -> None:
    """Hold seconds by Monday for a claim; what the claim already holds in a week stays as it is.

    Raises `CapacityTaken` when a week has fewer free seconds; then nothing of this call remains.
    """
    tailor = await session.get(Tailor, tailor_id)
    if tailor is None:
        raise TailorNotFound
    await ensure_weeks(session, tailors=[tailor], mondays=list(weeks))
    try:
        await TIME.hold(session, claim=claim, party=tailor_id, weeks=weeks)
    except WeekFull as full:
        raise CapacityTaken(tailor=show("tlr", tailor_id), monday=full.monday, free_seconds=full.free) from full


async def book_time(session: AsyncSession, *, claim: UUID) -> None:
    """What is held for the claim becomes booked."""
    await TIME.book(session, claim=claim)


async def unbook_time(session: AsyncSession, *, claim: UUID) -> None:
    """What is booked for the claim is only held again."""
    await TIME.unbook(session, claim=claim)


async def release_time(session: AsyncSession, *, claim: UUID) -> None:
    """What is held or booked for the claim becomes free."""
    await TIME.release(session, claim=claim)
