"""The only place that reads a clock.

Business time is the database's: `business_now()` in SQL, a real clock plus an offset that the demo, a simulation or a
test may move forward and production refuses. Durations are measured with the monotonic clock.
"""

import time
from datetime import date, datetime, timedelta, timezone

from sqlalchemy import DateTime, func, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.functions import Function

WIB = timezone(timedelta(hours=7), "WIB")


def business_time() -> Function[datetime]:
    """The SQL expression `business_now()`, for use inside a WHERE or a value."""
    return func.business_now(type_=DateTime(timezone=True))


async def business_now(session: AsyncSession) -> datetime:
    """Business time, read once; pass it on as the argument `now`."""
    now: datetime = (await session.execute(text("SELECT business_now()"))).scalar_one()
    return now


async def advance_business_time(session: AsyncSession, *, by: timedelta) -> datetime:
    """Move business time forward; the database raises in production and for a negative step."""
    statement = text("SELECT advance_business_now(:by)")
    moved: datetime = (await session.execute(statement, {"by": by})).scalar_one()
    return moved


def local_date(instant: datetime) -> date:
    """The calendar day of an instant in western Indonesian time, in which promises are written."""
    return instant.astimezone(WIB).date()


def milliseconds() -> int:
    """Milliseconds since 1970, for ids that sort by age."""
    return time.time_ns() // 1_000_000


def monotonic() -> float:
    """Seconds on a clock that never goes back, for durations only."""
    return time.monotonic()
