"""The exact pass: every order's cheapest plan at prices, and the lower bound that follows."""

from __future__ import annotations

from clothingline.matching.index import Index, Remaining
from clothingline.matching.quote import best_plans
from clothingline.matching.result import PRICE_UNIT, Plan, Prices
from clothingline.matching.wish import Wish

from .pool import Pool

COLUMNS = 4
"""Plans that a single piece adds to the pool in a pass; a run adds one, for each of its splits is a search."""


class Pricer:
    """Finds the cheapest plans at prices in all that the problem offers, and enters them into the pool."""

    def __init__(self, index: Index, pool: Pool) -> None:
        self.index = index
        self.pool = pool
        self.free = Remaining.of(index.problem)
        self.at_zero: list[int] = []
        """The value of each order at zero prices; no price makes an order cheaper."""

    def bound(self, prices: Prices | None) -> int:
        """A lower bound on the cost of every matching, in whole rupiah; `None` stands for zero prices."""
        values = [self._value(order, prices) for order in range(len(self.index.problem.orders))]
        if prices is None:
            self.at_zero = values
        worth = prices.worth(self.index.problem) if prices is not None else 0
        return -((worth - sum(values)) // PRICE_UNIT)

    def _value(self, order: int, prices: Prices | None) -> int:
        reserve = PRICE_UNIT * int(self.index.problem.orders.reserve_idr[order])
        if prices is not None and self._unmoved(order, prices, reserve):
            return self.at_zero[order]
        columns = COLUMNS if self.index.problem.orders.pieces[order] == 1 else 1
        plans = best_plans(self.index, self.free, Wish(order, prices), columns)
        self.pool.add(plans)
        return min([reserve, *(priced(plan, prices) for plan in plans[:1])])

    def _unmoved(self, order: int, prices: Prices, reserve: int) -> bool:
        """Whether a known plan (or none at all) still has the value of zero prices, below which no price can lead."""
        known = (priced(plan, prices) for plan in self.pool.plans[order].values())
        return self.at_zero[order] == reserve or any(value == self.at_zero[order] for value in known)


def priced(plan: Plan, prices: Prices | None) -> int:
    """The cost of a plan with what it uses at these prices, in thousandths of a rupiah."""
    return PRICE_UNIT * plan.cost + (prices.of(plan) if prices is not None else 0)
