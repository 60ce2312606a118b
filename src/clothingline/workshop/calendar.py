"""The next days of a workshop: open, closed by its own wish, or closed by a holiday or the week."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Reach
from clothingline.kit.weeks import Load, monday_of
from clothingline.tailors import queries as tailors
from clothingline.tailors.errors import TailorNotFound
from clothingline.tailors.models import TIME, Tailor, TailorDayOff
from clothingline.tailors.seasons import Season, next_seasons
from clothingline.tailors.working_time import closed_days, seconds_in_week

DAYS = 14
FRIDAY = 4


@dataclass(frozen=True)
class Day:
    """One day: `open`, `part` or `full` (the tailor said so), or `closed` with the reason in words."""

    day: date
    state: str
    why: str = ""


@dataclass(frozen=True)
class Week:
    """Whole hours of a week, and those of its days that are shown."""

    monday: date
    declared: int
    booked: int
    days: tuple[Day, ...]


async def own_workshop(session: AsyncSession, reach: Reach) -> Tailor:
    """The workshop of whoever asks. Raises `TailorNotFound`."""
    for tailor_id in sorted(reach.tailors):
        return await tailors.get_tailor(session, tailor_id, reach)
    raise TailorNotFound


async def next_weeks(session: AsyncSession, tailor: Tailor, *, today: date, language: str) -> list[Week]:
    """The next fourteen days, by week."""
    days = [today + timedelta(days=step) for step in range(DAYS)]
    mondays = sorted({monday_of(day) for day in days})
    until = mondays[-1] + timedelta(days=6)
    off = (await tailors.days_off_of(session, tailor_ids=[tailor.id], since=mondays[0], until=until))[tailor.id]
    own = {row.day: row for row in await tailors.list_days_off(session, tailor_id=tailor.id, since=today)}
    loads = await TIME.loads(session, parties=[tailor.id], mondays=mondays)
    found = []
    for monday in mondays:
        closed = {one.day: one.name for one in closed_days(tailor, monday, off, language)}
        load = loads.get((tailor.id, monday)) or Load(seconds_in_week(tailor, monday, off), 0, 0)
        shown = tuple(_day(day, own, closed) for day in days if monday_of(day) == monday)
        found.append(Week(monday, load.declared // 3600, load.booked // 3600, shown))
    return found


def _day(day: date, own: Mapping[date, TailorDayOff], closed: Mapping[date, str]) -> Day:
    if day in own and (day not in closed or not own[day].left_permille):
        return Day(day, state_of(own[day]))
    return Day(day, "closed", closed[day]) if day in closed else Day(day, "open")


def state_of(row: TailorDayOff | None) -> str:
    """What a tailor has said of a day, None for nothing."""
    if row is None:
        return "open"
    return "part" if row.left_permille else "full"


async def state_on(session: AsyncSession, tailor: Tailor, day: date) -> str:
    """What the tailor has said of a day so far."""
    return state_of(await session.get(TailorDayOff, (tailor.id, day)))


@dataclass(frozen=True)
class Holidays:
    """Weeks that can be closed at once, and whether the tailor has done so."""

    season: Season
    closed: bool


async def coming_holidays(session: AsyncSession, tailor: Tailor, *, today: date) -> Sequence[Holidays]:
    """The next of each of the great holidays. One statement."""
    own = await tailors.list_days_off(session, tailor_id=tailor.id, since=today)
    marked = {(row.day, row.reason) for row in own}
    return [
        Holidays(season, any((day, season.reason) in marked for day in season.days())) for season in next_seasons(today)
    ]
