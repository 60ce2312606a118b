"""How full a brand's next weeks are: pieces declared, held and booked, and what each maker brings back in them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Date, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.models import Organisation
from clothingline.brands.models import BrandWeek
from clothingline.kit.access import Reach
from clothingline.kit.weeks import monday_of
from clothingline.orders.models import Order
from clothingline.production.models import Job

WEEKS: Final = 8
_OVER = ("cancelled", "handed_over")


@dataclass(frozen=True)
class Week:
    """Pieces of one week; a week that nobody has asked for yet is not open and has no numbers."""

    monday: date
    declared: int | None
    held: int
    booked: int

    @property
    def free(self) -> int | None:
        """What can still be taken."""
        return None if self.declared is None else self.declared - self.held - self.booked


def mondays_from(today: date) -> list[date]:
    """This week and those after it."""
    return [monday_of(today) + timedelta(weeks=step) for step in range(WEEKS)]


async def list_weeks(session: AsyncSession, reach: Reach, *, today: date) -> list[Week]:
    """The next eight weeks of the caller's brands together. One statement."""
    sums = [func.sum(column) for column in (BrandWeek.declared, BrandWeek.held, BrandWeek.booked)]
    mondays = mondays_from(today)
    query = select(BrandWeek.monday, *sums).where(BrandWeek.brand_id.in_(reach.brands), BrandWeek.monday.in_(mondays))
    known = {monday: amounts for monday, *amounts in await session.execute(query.group_by(BrandWeek.monday))}
    return [
        Week(monday, *(int(one) for one in known[monday])) if monday in known else Week(monday, None, 0, 0)
        for monday in mondays
    ]


async def pieces_by_maker(session: AsyncSession, reach: Reach, *, today: date) -> dict[str, dict[date, int]]:
    """Pieces of the caller's orders by the maker that sews them and the week in which they are due. One statement."""
    monday = cast(func.date_trunc("week", Job.due_on), Date)
    query = (
        select(Organisation.name, monday, func.sum(Job.pieces))
        .join(Organisation, Organisation.id == Job.tailor_id)
        .join(Order, Order.id == Job.order_id)
        .where(Order.brand_id.in_(reach.brands), Job.state.not_in(_OVER), monday.in_(mondays_from(today)))
        .group_by(Organisation.name, monday)
        .order_by(Organisation.name)
    )
    found: dict[str, dict[date, int]] = defaultdict(dict)
    for name, week, pieces in await session.execute(query):
        found[name][week] = int(pieces)
    return dict(found)
