"""Quotes of a problem of any size, by the kernels: what `quote` answers, without tables of all pairs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from .kernels.tables import DUE, MILLI, PIECES, READY, RESERVE
from .params import Params
from .plans import plan_of
from .problem import Problem
from .quote import offered
from .quote import quote as quote_by_tables
from .result import Plan, Prices
from .search.asking import COST, Aim, Asker
from .search.plans import Plans
from .wish import Wish
from .world import Whole, lay, more_orders

ANY = 1 << 59
"""A value that no plan reaches."""
HEAVY = 1 << 58
"""What all defects of an order may weigh at most."""


LARGE = 2_000_000
"""Pairs of brands with makers, or with lots, from which on tables of all pairs take more time and room than laying the
problem."""


def large(problem: Problem) -> bool:
    """Whether a problem is answered without tables of all pairs."""
    return len(problem.brands) * max(len(problem.makers), len(problem.lots)) > LARGE


def quote(problem: Problem, params: Params, order: int, k: int, prices: Prices | None = None) -> list[Plan]:
    """The best `k` plans of one order in what the problem leaves free, best first, then alternatives that are not among
    them: see `quote.quote`, which answers exactly. In a large problem the spreads of long runs are good ones."""
    alone = problem.with_orders(problem.orders.only(order))
    if not large(problem) or len(alone.orders.pins):
        return quote_by_tables(problem, params, order, k, prices)
    return [replace(plan, order=order) for plan in Seeker(alone, params).quote(0, k, prices)]


@dataclass(eq=False)
class Seeker:
    """A problem that is laid once and asked often. Spreads of long runs over several makers are good, not always the
    best; everything else is exact."""

    problem: Problem
    params: Params
    asker: Asker = field(init=False)
    plans: Plans = field(init=False)

    def __post_init__(self) -> None:
        """Lay the problem."""
        self.asker = Asker(lay(self.problem, self.params), exact=True)
        self.plans = Plans(self.asker)
        self._rows = np.argsort(self.asker.laid.numbers.order)
        self._last: tuple[Prices, Whole] | None = None

    def quote(self, order: int, k: int, prices: Prices | None = None) -> list[Plan]:
        """The best `k` plans of an order and its alternatives, with labels; none when nothing is feasible."""
        price = self.price(prices)
        found = self.best(order, k, price)
        others = list(self.others(order, price)) if found else []
        return offered(self.problem, Wish(order, prices), found, others) if found else []

    def price(self, prices: Prices | None) -> Whole:
        """Prices of the problem as the kernels read them; the last ones are kept, for bounds follow them."""
        if prices is None:
            return self.asker.zero
        if self._last is None or self._last[0] is not prices:
            self._last = prices, self._row(prices)
        return self._last[1]

    def _row(self, prices: Prices) -> Whole:
        row = self.inside(prices.second, prices.piece, prices.cm)
        inside, numbers = self.asker.split(row), self.asker.laid.numbers
        inside.large_piece[:], inside.large_cm[:] = prices.large_piece[numbers.brand], prices.large_cm[numbers.lot]
        return row

    def inside(self, second: Whole, piece: Whole, cm: Whole) -> Whole:
        """Tables of the problem as one row of the world; nothing for large parts."""
        row, numbers = np.zeros_like(self.asker.free), self.asker.laid.numbers
        inside = self.asker.split(row)
        inside.second[:], inside.piece[:], inside.cm[:] = second[numbers.maker], piece[numbers.brand], cm[numbers.lot]
        return row

    def best(self, order: int, k: int, price: Whole, aim: Aim = COST, limit: int | None = None) -> list[Plan]:
        """The best `k` plans of an order by an aim, best first; without a limit (thousandths of a rupiah) those that
        are worth no more than the reserve."""
        row = self._rows[order : order + 1]
        below = MILLI * self.asker.world.order[row, RESERVE] + 1 if limit is None else np.array([limit])
        found = self.asker.ask(row, self.asker.free, price, below, k, aim=aim)
        columns = self.plans.add(row, found, self.asker.free, price)
        return [plan_of(self.problem, self.params, self.plans.choice(int(column))) for column in columns]

    def best_of(self, alone: Problem, left: Whole, k: int) -> list[Plan]:
        """The best `k` plans in what is left (things,) of the one order of a problem, which stands here in the place of
        the only one that was laid: it may differ in days, reserve, brand, makers at most and least share."""
        numbers, only = self.asker.laid.numbers, np.zeros(1, dtype=np.int64)
        self.asker.change(order=more_orders(alone, numbers, alone.orders, only, only))
        below = MILLI * self.asker.world.order[:, RESERVE] + 1
        found = self.asker.ask(only, left, self.asker.zero, below, k)
        columns = self.plans.add(only, found, left, self.asker.zero)
        return [plan_of(alone, self.params, self.plans.choice(int(column))) for column in columns]

    def others(self, order: int, price: Whole) -> Iterator[Plan]:
        """The plan with the lowest paid price, one of those that are delivered first, and the one with the fewest
        expected defects."""
        ask = self.asker.world.order[self._rows[order]]
        ppm = max(int(self.problem.makers.defect_ppm.max(initial=1)), 1)
        weight = min(int(MILLI) * (int(ask[RESERVE]) + 1), HEAVY // (ppm * int(ask[PIECES])))
        yield from self.best(order, 1, price, Aim(steer=0), ANY)
        yield from self._soonest(order, price, int(ask[READY]), int(ask[DUE]))
        yield from self.best(order, 1, price, Aim(ppm=weight), ANY)

    def _soonest(self, order: int, price: Whole, early: int, due: int) -> list[Plan]:
        """The best plan among those that are delivered first: that there is one is monotone in the deadline."""
        best, late = list[Plan](), due
        while early <= late:
            middle = (early + late) // 2
            found = self.best(order, 1, price, Aim(early=due - middle))
            if found:
                best, late = found, found[0].delivery_day - 1
            else:
                early = middle + 1
        return best
