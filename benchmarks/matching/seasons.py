"""Seasons: half a year of the pilot, week after week, in which work is offered, done and paid, and capacity moves on.

Each week's orders are routed together against what the next weeks have left. Every maker accepts, and sews what it was
offered; an order without a plan goes elsewhere. Brands, cloth and makers are those of one instance for all weeks.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.matching import land
from benchmarks.matching.instances import instance
from benchmarks.matching.sizes import PILOT
from clothingline.matching import Matching, Orders, Params, Problem, fairness
from clothingline.matching.columns import specs

Whole = NDArray[np.int64]
AHEAD = 8
"""Weeks that a routing sees."""


@dataclass(frozen=True)
class Season:
    """All there is in `weeks` weeks and the `AHEAD` after them; an order's days count from the week it comes in."""

    problem: Problem
    weeks: int
    comes: Whole
    """The week (orders,) in which each order comes."""

    @property
    def declared(self) -> Whole:
        """Seconds (makers,) that makers declare free in the season."""
        return np.asarray(self.problem.makers.free_seconds[:, : self.weeks].sum(axis=1))


@dataclass(frozen=True)
class Policy:
    """How a week's orders are matched: with the credit when its weight is not zero."""

    name: str
    params: Params
    match: Callable[[Problem, Params], Matching]


@dataclass(frozen=True)
class Lived:
    """A season under a policy: the matching of every week; of each maker (makers,) the sewing pay in rupiah, the
    seconds that it was offered, and those that would have been its share."""

    matchings: tuple[Matching, ...]
    earned: Whole
    offered: Whole
    share: Whole


def season(seed: int, *, weeks: int, a_week: int) -> Season:
    """The pilot's brands, makers and lots with so many orders a week; certificates are renewed in time."""
    size = replace(PILOT, name="season", orders=weeks * a_week, weeks=weeks + AHEAD)
    problem = instance(size, seed, land.neighbourhood(seed))
    until = np.where(problem.makers.skill_until >= 0, 7 * size.weeks, -1).astype(np.int32)
    without = np.zeros(len(problem.makers), dtype=np.int64)
    problem = problem.with_columns({"makers": {"skill_until": until, "fair_credit": without}})
    return Season(problem, weeks, np.arange(len(problem.orders)) % weeks)


def lived(season: Season, policy: Policy) -> Lived:
    """Week after week: match what came, take what the plans use, pay the makers."""
    room = _Room.of(season)
    matchings = []
    for week in range(season.weeks):
        problem = room.problem(week)
        found = policy.match(problem, policy.params)
        room.take(week, problem, found)
        matchings.append(found)
    share = fairness.shares(season.problem.makers, room.offers(since=0), season.declared)
    return Lived(tuple(matchings), room.earned, room.offered, share)


@dataclass
class _Room:
    """What is left of a season, and what was offered in it. `past`: rows of (week, maker, skills needed, seconds)."""

    season: Season
    seconds: Whole
    pieces: Whole
    cm: Whole
    earned: Whole
    offered: Whole
    past: list[tuple[int, int, int, int]] = field(default_factory=list)

    @classmethod
    def of(cls, season: Season) -> "_Room":
        makers, brands, lots = season.problem.makers, season.problem.brands, season.problem.lots
        earned, offered = np.zeros((2, len(makers)), dtype=np.int64)
        free = makers.free_seconds.copy()
        return cls(season, free, brands.free_pieces.copy(), lots.available_cm.copy(), earned, offered)

    def problem(self, week: int) -> Problem:
        """The orders that come in a week, against what the next weeks have left."""
        whole, ahead = self.season.problem, slice(week, week + AHEAD)
        came = np.flatnonzero(self.season.comes == week)
        return Problem(
            Orders(**_rows(whole.orders, came)),
            whole.brands.with_columns(free_pieces=self.pieces[:, ahead].copy()),
            whole.lots.with_columns(available_cm=self.cm.copy()),
            whole.makers.with_columns(free_seconds=self.seconds[:, ahead].copy(), fair_credit=self._credit(week)),
        )

    def _credit(self, week: int) -> Whole:
        """Of the weeks that count, this one among them."""
        since = max(week + 1 - fairness.WEEKS, 0)
        makers = self.season.problem.makers
        return fairness.credit(makers, self.offers(since=since), makers.free_seconds[:, since : week + 1].sum(axis=1))

    def offers(self, *, since: int) -> fairness.Offered:
        """What was offered from a week on."""
        rows = np.array([row[1:] for row in self.past if row[0] >= since], dtype=np.int64).reshape(-1, 3)
        return fairness.Offered(rows[:, 0], rows[:, 1].astype(np.uint64), rows[:, 2])

    def take(self, week: int, problem: Problem, found: Matching) -> None:
        """Use what the plans use, and pay for it."""
        for plan in found.plans:
            if plan is None:
                continue
            self.cm[plan.lot] -= plan.cloth_cm
            self.pieces[plan.brand, week + plan.cut_start_day // 7] -= problem.orders.pieces[plan.order]
            for share in plan.shares:
                used = sum(seconds for _, seconds in share.seconds)
                self.earned[share.maker] += share.pay_idr
                self.offered[share.maker] += used
                self.past.append((week, share.maker, int(problem.orders.need_skills[plan.order]), used))
                for later, seconds in share.seconds:
                    self.seconds[share.maker, week + later] -= seconds
        assert min(self.cm.min(), self.pieces.min(), self.seconds.min()) >= 0, "a policy took more than there is"


def _rows(orders: Orders, rows: Whole) -> Mapping[str, Any]:
    """The columns of some orders; nothing is pinned or forbidden in a season."""
    return {name: getattr(orders, name)[rows] for name, spec in specs(orders).items() if spec.per_row}
