"""Opening weeks: what a workshop declares for each, from its hours, days off and the calendar."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.tailors import queries
from clothingline.tailors.models import Tailor, TailorWeek
from clothingline.tailors.queries import WeekKey
from clothingline.tailors.working_time import seconds_in_week

SUNDAY = timedelta(days=6)


async def ensure_weeks(session: AsyncSession, *, tailors: Sequence[Tailor], mondays: Sequence[date]) -> None:
    """Open the weeks that are not open yet; an open week stays as it is."""
    wanted = {(tailor.id, monday) for tailor in tailors for monday in mondays}
    known = await queries.list_loads(session, tailor_ids=[one.id for one in tailors], mondays=mondays)
    if missing := wanted - known.keys():
        rows = await _declarations(session, missing)
        await session.execute(insert(TailorWeek).on_conflict_do_nothing(), rows)


async def _declarations(session: AsyncSession, missing: Collection[WeekKey]) -> list[dict[str, Any]]:
    # Hours and days off are read under a shared lock: a day off that is being added waits, and then sees these weeks.
    ids, mondays = {key[0] for key in missing}, [key[1] for key in missing]
    tailors = {one.id: one for one in await queries.list_tailors_shared(session, ids)}
    days_off = await queries.days_off_of(session, tailor_ids=ids, since=min(mondays), until=max(mondays) + SUNDAY)
    return [
        {"tailor_id": one, "monday": monday, "declared": seconds_in_week(tailors[one], monday, days_off[one])}
        for one, monday in sorted(missing)
    ]


async def declare_again(session: AsyncSession, *, tailor: Tailor, mondays: Collection[date]) -> date | None:
    """Recompute open weeks of a workshop that the caller has locked.

    Answers the first Monday whose load would not fit any more (the caller then refuses), None when all fit.
    """
    if not mondays:
        return None
    until = max(mondays) + SUNDAY
    days_off = await queries.days_off_of(session, tailor_ids=[tailor.id], since=min(mondays), until=until)
    for monday in sorted(mondays):
        declared = seconds_in_week(tailor, monday, days_off[tailor.id])
        if not await _declare(session, tailor, monday, declared):
            return monday
    return None


async def _declare(session: AsyncSession, tailor: Tailor, monday: date, declared: int) -> bool:
    statement = (
        update(TailorWeek)
        .where(TailorWeek.tailor_id == tailor.id, TailorWeek.monday == monday)
        .where(TailorWeek.held + TailorWeek.booked <= declared)
        .values(declared=declared)
        .returning(TailorWeek.monday)
        .execution_options(synchronize_session=False)
    )
    return (await session.execute(statement)).first() is not None
