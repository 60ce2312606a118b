"""Everything that can be chosen from, as rows of one moment: makers, brands, lots, and what of each is free."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Generic, Protocol, TypeVar
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from clothingline.brands.queries import House
from clothingline.certification.queries import Proof
from clothingline.kit.weeks import Free, WeekKey, monday_of
from clothingline.materials.queries import Cloth
from clothingline.reference.calendar import WorkingCalendar
from clothingline.routing.sharing import Asked
from clothingline.suppliers.queries import Store
from clothingline.tailors.queries import Maker

FEWEST_WEEKS, MOST_WEEKS, SPARE_WEEKS = 6, 30, 3
CLOSED = -1
"""Free amount of a week that is not opened."""


class Known(Protocol):
    """What has an id."""

    @property
    def id(self) -> UUID:
        """It."""
        ...


Row = TypeVar("Row", bound=Known)


@dataclass(frozen=True)
class Roll(Generic[Row]):
    """Rows in the order of their ids, the place `at` which each stands, and what is `free` of each: (rows, weeks), or
    (rows, 1) for what knows no weeks; `CLOSED` where a week is not opened. Nothing of it is ever changed in place."""

    rows: Sequence[Row]
    at: Mapping[UUID, int]
    free: NDArray[np.int64]

    @classmethod
    def of(cls, rows: Sequence[Row], free: Iterable[Free], *, weeks: int) -> "Roll[Row]":
        """All of them, in the order of their ids."""
        empty = cls((), {}, np.zeros((0, weeks), dtype=np.int64))
        return empty.renewed([row.id for row in rows], rows, free)

    def renewed(self, among: Collection[UUID], rows: Sequence[Row], free: Iterable[Free]) -> "Roll[Row]":
        """The roll on which these rows and amounts are all that is known of `among`.

        Where no row is another, the rows stay the same objects, so that what follows from them is still known.
        """
        before = [self.rows[self.at[one]] for one in sorted(among) if one in self.at]
        other = replace(self, free=self.free.copy()) if before == rows else self._with(set(among), rows)
        other.free[[other.at[one] for one in among if one in other.at]] = CLOSED
        for one in free:
            if one.party in other.at:
                other.free[other.at[one.party], one.weeks] = one.amounts
        return other

    def _with(self, among: set[UUID], rows: Sequence[Row]) -> "Roll[Row]":
        stay = [row for row in self.rows if row.id not in among]
        ordered = sorted([*stay, *rows], key=lambda row: row.id)
        at = {row.id: number for number, row in enumerate(ordered)}
        free = np.full((len(ordered), self.free.shape[1]), CLOSED, dtype=np.int64)
        free[[at[row.id] for row in stay]] = self.free[[self.at[row.id] for row in stay]]
        return Roll(ordered, at, free)

    def up_to(self, weeks: int) -> "Roll[Row]":
        """The roll with its first weeks alone."""
        return replace(self, free=np.ascontiguousarray(self.free[:, :weeks]))


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
    """Rows of one moment. `mondays[0]` begins the current week; makers have seconds free in these weeks, brands pieces,
    lots centimetres. By maker: what its certificates prove, what it was offered and what it has declared in the weeks
    that count for a fair share."""

    today: date
    mondays: tuple[date, ...]
    makers: Roll[Maker]
    brands: Roll[House]
    lots: Roll[Cloth]
    stores: Mapping[UUID, Store]
    proofs: Mapping[UUID, Sequence[Proof]]
    asked: Mapping[UUID, Sequence[Asked]]
    declared: Mapping[UUID, int]
    own: Own = field(default_factory=Own)

    def asking(self, *, until: date, own: Own) -> "Market":
        """The same market for one order: its weeks up to some after `until`, and what the order has set aside."""
        mondays = weeks_between(self.today, until)
        makers, brands = self.makers.up_to(len(mondays)), self.brands.up_to(len(mondays))
        return replace(self, mondays=mondays, makers=makers, brands=brands, own=own)

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
        return not any((roll.free == CLOSED).any() for roll in (self.makers, self.brands))

    @property
    def ready_day(self) -> int:
        """The day on which everybody who is asked today has had a working day to answer, so that cloth may be ordered.

        Before the days of Lebaran it lies behind them.
        """
        worked = WorkingCalendar()
        return self.day(worked.add_working_days(self.today, 1 if worked.is_working(self.today) else 2))


def weeks_between(today: date, until: date) -> tuple[date, ...]:
    """Mondays from the current week on, enough to hold `until` with some weeks to spare, at most `MOST_WEEKS`."""
    monday = monday_of(today)
    count = min(max((until - monday).days // 7 + 1 + SPARE_WEEKS, FEWEST_WEEKS), MOST_WEEKS)
    return tuple(monday + timedelta(weeks=week) for week in range(count))
