"""Opening weeks: what a brand declares for each, from its weekly pieces and the calendar."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.brands import queries
from clothingline.brands.models import PIECES, Brand
from clothingline.brands.working_time import pieces_in_week
from clothingline.kit.weeks import SUNDAY, WeekKey
from clothingline.reference.queries import days_off_by_decree


async def ensure_weeks(session: AsyncSession, *, brands: Sequence[Brand], mondays: Sequence[date]) -> None:
    """Open the weeks that are not open yet; an open week stays as it is."""
    if missing := await PIECES.missing(session, parties=[one.id for one in brands], mondays=mondays):
        await PIECES.open(session, await _declarations(session, missing))


async def _declarations(session: AsyncSession, missing: Collection[WeekKey]) -> dict[WeekKey, int]:
    # Capacity is read under a shared lock: a change of it waits, and then sees these weeks.
    brands = {one.id: one for one in await queries.list_brands_shared(session, {key[0] for key in missing})}
    mondays = [key[1] for key in missing]
    decrees = await days_off_by_decree(session, since=min(mondays), until=max(mondays) + SUNDAY)
    return {(one, monday): pieces_in_week(brands[one], monday, decrees) for one, monday in missing}


async def declare_again(session: AsyncSession, *, brand: Brand, mondays: Collection[date]) -> date | None:
    """Recompute open weeks of a brand that the caller has locked.

    Answers the first Monday whose load would not fit any more (the caller then refuses), None when all fit.
    """
    if not mondays:
        return None
    decrees = await days_off_by_decree(session, since=min(mondays), until=max(mondays) + SUNDAY)
    declared = {monday: pieces_in_week(brand, monday, decrees) for monday in mondays}
    return await PIECES.declare(session, party=brand.id, declared=declared)
