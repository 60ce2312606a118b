"""The days that the page about the date speaks of."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.reference.calendar import WorkingCalendar
from clothingline.reference.queries import days_off_by_decree

CALM_DAYS, SOON_DAYS = 60, 21
LOOK_AHEAD = timedelta(days=90)
LONG_REST_DAYS = 4
"""From so many days in a row on, a rest of everybody is told of."""


async def closed_days(session: AsyncSession, today: date) -> Sequence[tuple[date, date]]:
    """First and last day of the long rests ahead, such as those of Lebaran, in which nobody sews."""
    until = today + LOOK_AHEAD
    decreed = await days_off_by_decree(session, since=today, until=until)
    working = WorkingCalendar(days_off=decreed)
    days = [today + timedelta(days=n) for n in range(LOOK_AHEAD.days)]
    rests = [list(found) for works, found in groupby(days, key=working.is_working) if not works]
    return [(rest[0], rest[-1]) for rest in rests if len(rest) >= LONG_REST_DAYS]
