"""How full a workshop's week is."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Reach
from clothingline.kit.weeks import monday_of
from clothingline.tailors.models import TIME


@dataclass(frozen=True)
class WeekLoad:
    """Whole hours of a week: what the workshop can sew, and what accepted work takes of it."""

    declared: int
    booked: int


async def load_of_week(session: AsyncSession, reach: Reach, *, today: date) -> WeekLoad | None:
    """The load of the week of a day; None where nothing was ever planned in it."""
    loads = (await TIME.loads(session, parties=reach.tailors, mondays=[monday_of(today)])).values()
    if not loads:
        return None
    return WeekLoad(sum(load.declared for load in loads) // 3600, sum(load.booked for load in loads) // 3600)
