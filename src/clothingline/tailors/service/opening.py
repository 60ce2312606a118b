"""Opening weeks: what a workshop declares for each, from its hours, days off and the calendar."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.weeks import SUNDAY, WeekKey
from clothingline.tailors import queries
from clothingline.tailors.models import TIME, Tailor
from clothingline.tailors.working_time import seconds_in_week


async def ensure_weeks(session: AsyncSession, *, tailors: Sequence[Tailor], mondays: Sequence[date]) -> None:
    """Open the weeks that are not open yet; an open week stays as it is."""
    if missing := await TIME.missing(session, parties=[one.id for one in tailors], mondays=mondays):
        await TIME.open(session, await _declarations(session, missing))


async def _declarations(session: AsyncSession, missing: Collection[WeekKey]) -> dict[WeekKey, int]:
    # Hours and days off are read under a shared lock: a day off that is being added waits, and then sees these weeks.
    ids, mondays = {key[0] for key in missing}, [key[1] for key in missing]
    tailors = {one.id: one for one in await queries.list_tailors_shared(session, ids)}
    days_off = await queries.days_off_of(session, tailor_ids=ids, since=min(mondays), until=max(mondays) + SUNDAY)
    return {(one, monday): seconds_in_week(tailors[one], monday, days_off[one]) for one, monday in missing}


async def declare_again(session: AsyncSession, *, tailor: Tailor, mondays: Collection[date]) -> date | None:
    """Recompute open weeks of a workshop that the caller has locked.

    Answers the first Monday whose load would not fit any more (the caller then refuses), None when all fit.
    """
    if not mondays:
        return None
    until = max(mondays) + SUNDAY
    days_off = await queries.days_off_of(session, tailor_ids=[tailor.id], since=min(mondays), until=until)
    declared = {monday: seconds_in_week(tailor, monday, days_off[tailor.id]) for monday in mondays}
    return await TIME.declare(session, party=tailor.id, declared=declared)
