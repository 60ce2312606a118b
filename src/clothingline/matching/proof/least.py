"""The least value of any plan of one order at the prices, or a lower bound on it, entry by entry.

An entry is a place and a step before the due day. Its bound is raised while it is the least of all: from its brand's
earliest day to its own day, and, where that is asked for, to the exact value.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from clothingline.matching.params import Params
from clothingline.matching.problem import Problem
from clothingline.matching.result import Prices

from .able import Able
from .outlook import Outlook
from .places import MILLI, Places, Real, Whole, brands_of, places
from .programme import exact
from .sewing import NEVER, Hands, Legs, Offers, Size, hands_of, legs_of, offers, sewing, single

CHUNK = 1 << 15
"""Numbers that one array of offers holds at most, unless a single entry has more."""
FEW = 1 << 10
"""Pairs of brand and maker that are reckoned at once."""
EARLIEST, OWN_DAY, EXACT = range(3)
"""What the bound of an entry knows."""


@dataclass(frozen=True)
class Scene:
    """A problem at its prices, with what is known of all its orders."""

    problem: Problem
    params: Params
    prices: Prices
    able: Able
    outlook: Outlook

    @staticmethod
    def of(problem: Problem, params: Params, prices: Prices) -> Scene:
        """The scene of a problem."""
        able = Able(problem)
        return Scene(problem, params, prices, able, Outlook(problem, params, prices, able))

    def groups(self, order: int) -> Iterator[tuple[float, Whole, Whole]]:
        """The brands of an order with the makers who may reach them, and what no plan there is below, ascending: all of
        them at once as long as they are few, else one by one."""
        brands = brands_of(self.problem, order)
        if len(brands) * len(self.able.having(self.able.need(order)).maker) <= FEW:
            yield -NEVER, brands, self.able.makers(order)
            return
        floors = self.outlook.floors(order, brands)
        for at in np.argsort(floors, kind="stable"):
            yield float(floors[at]), brands[at : at + 1], self.able.makers(order, int(brands[at]))


@dataclass(frozen=True)
class Crew:
    """The makers of an order: those who are free to take any share, and the pinned ones with their pieces."""

    size: Size
    free: tuple[Hands, Legs]
    pinned: tuple[tuple[int, Hands, Legs], ...]
    widest: int
    params: Params

    def offers(self, brand: Whole, day: Whole, delivery: Whole) -> Offers:
        """Of the free makers."""
        return offers(*self.free, brand, day, delivery)

    def sewing(self, brand: Whole, day: Whole, delivery: Whole) -> Real:
        """The lower bound S (E,) at entries, the pinned shares among it; in chunks, for room is large."""
        step = max(CHUNK // self.widest, 1)
        parts = [slice(at, at + step) for at in range(0, len(brand), step)]
        return np.concatenate([np.zeros(0), *(self._sewing(brand[p], day[p], delivery[p]) for p in parts)])

    def _sewing(self, brand: Whole, day: Whole, delivery: Whole) -> Real:
        value = self.promised(brand, day, delivery)
        if self.size.pieces and self.size.most:
            value += sewing(self.offers(brand, day, delivery), self.size, self.params)
        return value if self.size.most or not self.size.pieces else np.full(len(brand), NEVER)

    def promised(self, brand: Whole, day: Whole, delivery: Whole) -> Real:
        """The exact value (E,) of the pinned shares."""
        value = np.zeros(len(brand))
        for pieces, hands, legs in self.pinned:
            value += single(offers(hands, legs, brand, day, delivery), pieces)
        return value


def crew(scene: Scene, order: int, brands: Whole, makers: Whole) -> Crew | None:
    """The makers of an order at its brands; None when a pinned one may not sew it, or too many are pinned."""
    o = scene.problem.orders
    pins = {int(maker): int(pieces) for _, maker, pieces in o.pins[o.pins[:, 0] == order]}
    if not np.isin(list(pins), makers).all() or len(pins) > o.max_makers[order]:
        return None

    def of(some: Whole) -> tuple[Hands, Legs]:
        hands = hands_of(scene.problem, scene.params, scene.prices, order, some)
        return hands, legs_of(scene.problem, scene.params, order, brands, some)

    rest = int(o.pieces[order]) - sum(pins.values())
    free = makers[~np.isin(makers, list(pins))]
    most = min(int(o.max_makers[order]) - len(pins), rest, len(free))
    size = Size(rest, most, min(int(o.min_lot[order]), max(rest, 1)))
    pinned = tuple((pieces, *of(np.array([maker]))) for maker, pieces in pins.items())
    return Crew(size, of(free), pinned, max(len(free) * scene.problem.weeks, 1), scene.params)


@dataclass(eq=False)
class Entries:
    """`brand`, `day`, `delivery`, `base` (E,): place and risk; `bound` (E,) with what it `knows` (E,)."""

    crew: Crew
    brand: Whole
    day: Whole
    delivery: Whole
    base: Real
    bound: Real
    knows: Whole

    def least(self, reserve: float, goal: int) -> float:
        """The least value of all, or the reserve. `goal`: what the bound of the least entry must know."""
        while len(self.bound):
            at = int(self.bound.argmin())
            if self.bound[at] >= reserve or self.knows[at] >= goal:
                return min(float(self.bound[at]), reserve)
            if self.knows[at] == EARLIEST:
                self._own_days()
            else:
                self._exactly(at, reserve)
        return reserve

    def _own_days(self) -> None:
        """Reckon on their own days those entries that are the least of all that know only the earliest day."""
        waiting = np.flatnonzero(self.knows == EARLIEST)
        count = min(max(CHUNK // self.crew.widest, 1), len(waiting))
        some = waiting[np.argpartition(self.bound[waiting], count - 1)[:count]]
        self.bound[some] = self.base[some] + self.crew.sewing(self.brand[some], self.day[some], self.delivery[some])
        self.knows[some] = OWN_DAY

    def _exactly(self, at: int, reserve: float) -> None:
        """Reckon an entry exactly, as far as it is below what is known of all others."""
        one = (self.brand[at : at + 1], self.day[at : at + 1], self.delivery[at : at + 1])
        known = self.bound[self.knows == EXACT].min(initial=reserve)
        base = self.base[at] + self.crew.promised(*one)[0]
        self.knows[at] = EXACT
        if self.crew.size.shared:
            value = exact(self.crew.offers(*one), self.crew.size, self.crew.params, float(known - base))
            self.bound[at] = self.bound[at] if value is None else base + value


def least_value(scene: Scene, order: int, goal: int) -> int:
    """The least of the reserve and any plan of an order, as far as the goal asks."""
    least = float(MILLI * int(scene.problem.orders.reserve_idr[order]))
    for floor, brands, makers in scene.groups(order):
        if floor >= least:
            break
        where = places(scene.problem, scene.params, scene.prices, order, brands)
        those = crew(scene, order, where.brands, makers)
        if those is not None and len(where.brand):
            least = entries(scene, order, where, those).least(least, goal)
    return int(np.floor(least))


def entries(scene: Scene, order: int, where: Places, those: Crew) -> Entries:
    """Every place and step; a brand's earliest day stands for its other days."""
    o, params = scene.problem.orders, scene.params
    early = np.arange(params.cushion_days + 1)
    risk = MILLI * params.lateness_idr_per_day * int(o.pieces[order]) * (params.cushion_days - early)
    deliveries = int(o.due_day[order]) - early
    first = np.flatnonzero(np.diff(where.brand, prepend=-1))
    of = np.searchsorted(where.brand[first], where.brand)
    soonest = np.broadcast_arrays(where.brand[first, None], where.day[first, None], deliveries)
    floor = those.sewing(*(a.ravel() for a in soonest)).reshape(len(first), len(early))[of]
    base = where.value[:, None] + risk
    columns = np.broadcast_arrays(where.brand[:, None], where.day[:, None], deliveries, base)
    brand, day, delivery, base = (a.ravel() for a in columns)
    knows = np.full(floor.shape, EARLIEST)
    knows[first] = OWN_DAY
    return Entries(those, brand, day, delivery, base, base + floor.ravel(), knows.ravel())
