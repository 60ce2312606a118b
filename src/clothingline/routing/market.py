"""Everything that can be chosen from, as rows of one moment: makers, brands, lots, and what of each is free."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.brands import queries as brands
from clothingline.brands import service as brand_weeks
from clothingline.brands.models import PIECES
from clothingline.brands.queries import House
from clothingline.certification import queries as certification
from clothingline.certification.queries import Proof
from clothingline.kit.db import trip
from clothingline.kit.weeks import WeekKey, monday_of
from clothingline.materials import queries as materials
from clothingline.materials.queries import Cloth
from clothingline.reference.calendar import WorkingCalendar
from clothingline.routing.sharing import ASKED, Asked, begin_of, first_monday
from clothingline.suppliers import queries as suppliers
from clothingline.suppliers.queries import Store
from clothingline.tailors import queries as tailors
from clothingline.tailors import service as tailor_weeks
from clothingline.tailors.models import TIME
from clothingline.tailors.queries import Maker

FEWEST_WEEKS, MOST_WEEKS, SPARE_WEEKS = 6, 30, 3


@dataclass(frozen=True)
class Own:
    """What one order has already set aside; it counts as free for that order itself, at the price that was agreed.

    `prices`: rupiah a metre by lot · `rates`: rupiah a standard minute by maker.
    """

    seconds: Mapping[WeekKey, int] = field(default_factory=dict)
    pieces: Mapping[WeekKey, int] = field(default_factory=dict)
    cloth: Mapping[UUID, int] = field(default_factory=dict)
    prices: Mapping[UUID, int] = field(default_factory=dict)
    rates: Mapping[UUID, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Market:
    """Rows of one moment, each kind by id. `mondays[0]` begins the current week; `seconds` and `pieces` are the free
    amounts of these weeks by party; `asked` and `declared` is what makers were offered and have declared in the weeks
    that count for a fair share."""

    today: date
    mondays: tuple[date, ...]
    makers: Sequence[Maker]
    proofs: Sequence[Proof]
    seconds: Mapping[UUID, Sequence[int]]
    brands: Sequence[House]
    pieces: Mapping[UUID, Sequence[int]]
    lots: Sequence[Cloth]
    stores: Sequence[Store]
    own: Own = field(default_factory=Own)
    asked: Sequence[Asked] = ()
    declared: Mapping[UUID, int] = field(default_factory=dict)

    def day(self, calendar_day: date) -> int:
        """Day number of a date: days since the first Monday."""
        return (calendar_day - self.mondays[0]).days

    def late_days(self, needed_by: date) -> int:
        """Days by which a wished day lies before everything that can still be done; 0 when it does not."""
        return max(self.ready_day - self.day(needed_by), 0)

    def date(self, day: int) -> date:
        """Date of a day number."""
        return self.mondays[0] + timedelta(days=day)

    @property
    def open(self) -> bool:
        """Whether every week of every party is opened."""
        return all(
            len(free.get(one.id, ())) == len(self.mondays)
            for parties, free in ((self.makers, self.seconds), (self.brands, self.pieces))
            for one in parties
        )

    @property
    def ready_day(self) -> int:
        """The day on which everybody who is asked today has had a working day to answer, so that cloth may be ordered.

        Before the days of Lebaran it lies behind them.
        """
        worked = WorkingCalendar()
        return self.day(worked.add_working_days(self.today, 1 if worked.is_working(self.today) else 2))


async def load(session: AsyncSession, *, today: date, until: date, own: Own | None = None) -> Market:
    """The market from the current week to some weeks after `until`, in one trip when all weeks are opened."""
    mondays = weeks_between(today, until)
    seen = await _look(session, today, mondays, own or Own())
    if seen.open:
        return seen
    await open_weeks(session, mondays=mondays)
    return await _look(session, today, mondays, own or Own())


def weeks_between(today: date, until: date) -> tuple[date, ...]:
    """Mondays from the current week on, enough to hold `until` with some weeks to spare, at most `MOST_WEEKS`."""
    monday = monday_of(today)
    count = min(max((until - monday).days // 7 + 1 + SPARE_WEEKS, FEWEST_WEEKS), MOST_WEEKS)
    return tuple(monday + timedelta(weeks=week) for week in range(count))


async def _look(session: AsyncSession, today: date, mondays: tuple[date, ...], own: Own) -> Market:
    span = {"first": mondays[0], "last": mondays[-1]}
    async with trip(session) as going:
        makers, proofs = await going.send(tailors.MAKERS), await going.send(certification.PROOFS)
        seconds, pieces = await going.send(TIME.free, **span), await going.send(PIECES.free, **span)
        houses, stores = await going.send(brands.HOUSES), await going.send(suppliers.STORES)
        lots, since = await going.send(materials.CLOTH), first_monday(mondays[0])
        asked = await going.send(ASKED, since=begin_of(since))
        declared = await going.send(TIME.declared, first=since, last=mondays[0])
    return Market(
        today=today,
        mondays=mondays,
        makers=await makers.rows(),
        proofs=await proofs.rows(),
        seconds=dict(await seconds.rows()),
        brands=await houses.rows(),
        pieces=dict(await pieces.rows()),
        lots=await lots.rows(),
        stores=await stores.rows(),
        own=own,
        asked=await asked.rows(),
        declared=dict(await declared.rows()),
    )


async def open_ahead(session: AsyncSession, *, today: date) -> bool:
    """Open every week that any question may look at. False when all were open."""
    mondays = weeks_between(today, date.max)
    if (await _look(session, today, mondays, Own())).open:
        return False
    await open_weeks(session, mondays=mondays)
    return True


async def open_weeks(session: AsyncSession, *, mondays: Sequence[date]) -> None:
    """Open these weeks of all makers and brands; those that are open stay as they are."""
    await tailor_weeks.ensure_weeks(session, tailors=await tailors.list_makers(session), mondays=mondays)
    await brand_weeks.ensure_weeks(session, brands=await brands.list_all_brands(session), mondays=mondays)
