"""Days off: they change what a week holds, and never take work away."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Reach
from clothingline.kit.errors import Invalid
from clothingline.kit.events import emit
from clothingline.kit.weeks import monday_of
from clothingline.tailors import queries
from clothingline.tailors.errors import DayIsBooked, DayOffExists, DayOffNotFound
from clothingline.tailors.events import DayOffAdded, DayOffRemoved
from clothingline.tailors.models import TIME, Tailor, TailorDayOff
from clothingline.tailors.seasons import Season
from clothingline.tailors.service.opening import declare_again
from clothingline.tailors.working_time import seconds_on

FARTHEST_DAYS = 730


async def add_day_off(
    session: AsyncSession,
    *,
    tailor_id: UUID,
    day: date,
    reason: str | None,
    left_permille: int = 0,
    today: date,
    reach: Reach,
    by: UUID | None = None,
) -> TailorDayOff:
    """Close on a day, or work only so many ‰ of it; a day that was marked otherwise is marked anew.

    Raises `DayIsBooked` when the week's work would not fit any more, `DayOffExists`, `Invalid`.
    """
    _check_day(day, today)
    tailor = await queries.get_tailor_for_update(session, tailor_id, reach)
    row = await session.get(TailorDayOff, (tailor.id, day))
    if row is not None and row.left_permille == left_permille:
        raise DayOffExists(day=day)
    if row is None:
        row = TailorDayOff(tailor_id=tailor.id, day=day)
        session.add(row)
    row.reason, row.left_permille = reason, left_permille
    await session.flush()
    await _declare_week_again(session, tailor, day)
    await emit(session, DayOffAdded(tailor.id, day.isoformat()), by=by, audience=[tailor.id])
    return row


def _check_day(day: date, today: date) -> None:
    if not 0 <= (day - today).days <= FARTHEST_DAYS:
        raise Invalid(
            "/day", "Pilih hari dari hari ini sampai dua tahun lagi", "Choose a day within two years from today"
        )


async def _declare_week_again(session: AsyncSession, tailor: Tailor, day: date) -> None:
    opened = await TIME.loads(session, parties=[tailor.id], mondays=[monday_of(day)])
    if await declare_again(session, tailor=tailor, mondays=[key[1] for key in opened]) is not None:
        raise DayIsBooked(day=day)


async def remove_day_off(
    session: AsyncSession, *, tailor_id: UUID, day: date, reach: Reach, by: UUID | None = None
) -> None:
    """Open on a day after all. Raises `DayOffNotFound`."""
    tailor = await queries.get_tailor_for_update(session, tailor_id, reach)
    await session.delete(await queries.get_day_off(session, tailor_id=tailor.id, day=day))
    await session.flush()
    await _declare_week_again(session, tailor, day)
    await emit(session, DayOffRemoved(tailor.id, day.isoformat()), by=by, audience=[tailor.id])


async def close_season(
    session: AsyncSession, *, tailor_id: UUID, season: Season, today: date, reach: Reach, by: UUID | None = None
) -> list[date]:
    """Close on every day of these weeks on which there would be work; days that are marked already stay as they are.

    All or none: raises `DayIsBooked` for the first week whose work would not fit any more, `DayOffExists` when no day
    is left to close, `Invalid`. Returns the days.
    """
    tailor = await queries.get_tailor_for_update(session, tailor_id, reach)
    closed = await _days_to_close(session, tailor, season, today)
    if not closed:
        raise DayOffExists(day=season.first)
    for day in closed:
        _check_day(day, today)
    session.add_all([TailorDayOff(tailor_id=tailor.id, day=day, reason=season.reason) for day in closed])
    await session.flush()
    await _tell(session, tailor, closed, DayOffAdded, by)
    return closed


async def _days_to_close(session: AsyncSession, tailor: Tailor, season: Season, today: date) -> list[date]:
    found = await queries.days_off_of(session, tailor_ids=[tailor.id], since=season.first, until=season.last)
    away = found[tailor.id]
    open_days = [day for day in season.days() if day >= today and day not in away.parts]
    return [day for day in open_days if seconds_on(tailor, day, away)]


async def open_season(
    session: AsyncSession, *, tailor_id: UUID, season: Season, today: date, reach: Reach, by: UUID | None = None
) -> list[date]:
    """Work on the days that `close_season` has closed and that are still to come. Raises `DayOffNotFound` for none."""
    tailor = await queries.get_tailor_for_update(session, tailor_id, reach)
    since = max(season.first, today)
    own = await queries.list_days_off(session, tailor_id=tailor.id, since=since)
    rows = [one for one in own if one.day <= season.last and one.reason == season.reason]
    if not rows:
        raise DayOffNotFound
    for row in rows:
        await session.delete(row)
    await session.flush()
    days = [row.day for row in rows]
    await _tell(session, tailor, days, DayOffRemoved, by)
    return days


async def _tell(
    session: AsyncSession,
    tailor: Tailor,
    days: Sequence[date],
    happened: type[DayOffAdded | DayOffRemoved],
    by: UUID | None,
) -> None:
    """The weeks of these days are declared again, and each day is an event."""
    for monday in sorted({monday_of(day) for day in days}):
        await _declare_week_again(session, tailor, next(day for day in days if monday_of(day) == monday))
    for day in days:
        await emit(session, happened(tailor.id, day.isoformat()), by=by, audience=[tailor.id])
