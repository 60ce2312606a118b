"""Setting time aside: held behind a quote or an offer, booked when it is accepted, released when it falls through."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.db import Trip, trip
from clothingline.kit.ids import show
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
    async with session.begin_nested(), trip(session) as going:
        await send_time(going, claim=claim, tailor_id=tailor_id, weeks=weeks)


async def send_time(going: Trip, *, claim: UUID, tailor_id: UUID, weeks: Mapping[date, int]) -> None:
    """The same on a trip, in weeks that are open; after `CapacityTaken` the caller gives up all of the trip."""
    await TIME.hold(going, claim=claim, party=tailor_id, weeks=weeks, refuse=partial(_taken, tailor_id))


def _taken(tailor_id: UUID, monday: date, free: int) -> CapacityTaken:
    return CapacityTaken(tailor=show("tlr", tailor_id), monday=monday, free_seconds=free)


async def book_time(session: AsyncSession, *, claim: UUID) -> None:
    """What is held for the claim becomes booked."""
    await TIME.book(session, claim=claim)


async def unbook_time(session: AsyncSession, *, claim: UUID) -> None:
    """What is booked for the claim is only held again."""
    await TIME.unbook(session, claim=claim)


async def release_time(session: AsyncSession, *, claim: UUID) -> None:
    """What is held or booked for the claim becomes free."""
    await TIME.release(session, claim=claim)
