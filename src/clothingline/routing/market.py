"""Everything that can be chosen from, as rows of one moment: makers, brands, lots, and what of each is free."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.brands import queries as brands
from clothingline.brands import service as brand_weeks
from clothingline.brands.models import Brand
from clothingline.certification import queries as certification
from clothingline.kit.weeks import WeekKey, monday_of
from clothingline.materials import queries as materials
from clothingline.materials.models import Lot
from clothingline.suppliers import queries as suppliers
from clothingline.tailors import queries as tailors
from clothingline.tailors import service as tailor_weeks
from clothingline.tailors.models import Tailor

FEWEST_WEEKS, MOST_WEEKS, SPARE_WEEKS = 6, 30, 3


@dataclass(frozen=True)
class Own:
    """What one order has already set aside; it counts as free for that order itself."""

    seconds: Mapping[WeekKey, int] = field(default_factory=dict)
    pieces: Mapping[WeekKey, int] = field(default_factory=dict)
    cloth: Mapping[UUID, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Market:
    """Rows of one moment. `mondays[0]` begins the current week; `seconds` and `pieces` are free amounts by (party,
    Monday); `stores` the suppliers' places in millionths of a degree."""

    today: date
    mondays: tuple[date, ...]
    makers: Sequence[Tailor]
    skills_until: Mapping[UUID, Mapping[str, date]]
    seconds: Mapping[WeekKey, int]
    brands: Sequence[Brand]
    pieces: Mapping[WeekKey, int]
    lots: Sequence[Lot]
    stores: Mapping[UUID, tuple[int, int]]
    own: Own = field(default_factory=Own)

    def day(self, calendar_day: date) -> int:
        """Day number of a date: days since the first Monday."""
        return (calendar_day - self.mondays[0]).days

    def date(self, day: int) -> date:
        """Date of a day number."""
        return self.mondays[0] + timedelta(days=day)


async def load(session: AsyncSession, *, today: date, until: date, own: Own | None = None) -> Market:
    """The market from the current week to some weeks after `until`. Eight statements at most."""
    mondays = weeks_between(today, until)
    makers = await tailors.list_makers(session)
    houses = await brands.list_brands_for_matching(session)
    return Market(
        today=today,
        mondays=mondays,
        makers=makers,
        skills_until=await certification.skills_until(session),
        seconds=await _seconds(session, makers, mondays),
        brands=houses,
        pieces=await _pieces(session, houses, mondays),
        lots=await materials.list_lots_for_matching(session),
        stores=await suppliers.places(session),
        own=own or Own(),
    )


def weeks_between(today: date, until: date) -> tuple[date, ...]:
    """Mondays from the current week on, enough to hold `until` with some weeks to spare, at most `MOST_WEEKS`."""
    monday = monday_of(today)
    count = min(max((until - monday).days // 7 + 1 + SPARE_WEEKS, FEWEST_WEEKS), MOST_WEEKS)
    return tuple(monday + timedelta(weeks=week) for week in range(count))


async def _seconds(session: AsyncSession, makers: Sequence[Tailor], mondays: Sequence[date]) -> Mapping[WeekKey, int]:
    free = await tailors.free_seconds(session, mondays=mondays)
    if len(free) >= len(makers) * len(mondays):
        return free
    await tailor_weeks.ensure_weeks(session, tailors=makers, mondays=mondays)
    return await tailors.free_seconds(session, mondays=mondays)


async def _pieces(session: AsyncSession, houses: Sequence[Brand], mondays: Sequence[date]) -> Mapping[WeekKey, int]:
    free = await brands.free_pieces(session, mondays=mondays)
    if len(free) >= len(houses) * len(mondays):
        return free
    await brand_weeks.ensure_weeks(session, brands=houses, mondays=mondays)
    return await brands.free_pieces(session, mondays=mondays)
