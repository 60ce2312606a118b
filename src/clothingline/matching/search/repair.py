"""Matchings that hold: insert orders one after the other into what is left, and try again around what collides
(ruin and recreate after Schrimpf and others 2000, ejection of who stands in the way)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from clothingline.matching.index import Index, Remaining
from clothingline.matching.problem import Problem
from clothingline.matching.quote import best_plans
from clothingline.matching.result import PRICE_UNIT, Plan, Prices
from clothingline.matching.wish import Wish

from .bound import priced
from .pool import Pool, one_row, use_of


class Solution:
    """A matching in the making: plans by order, what is left, and the cost with the reserves of unmatched orders."""

    def __init__(self, index: Index, pool: Pool) -> None:
        self.index = index
        self.pool = pool
        self.left = Remaining.of(index.problem)
        self.plans: list[Plan | None] = [None] * len(index.problem.orders)
        self.cost = int(index.problem.orders.reserve_idr.sum())
        self.pinned = pinned(index.problem)

    @property
    def rank(self) -> tuple[int, int]:
        """What is compared, the smaller the better: pinned orders without a plan, whatever they cost, then the cost."""
        return sum(self.plans[order] is None for order in self.pinned), self.cost

    def put(self, order: int, plan: Plan | None) -> None:
        """Give an order a plan, or none, and take back the one that it had."""
        old = self.plans[order]
        for each, times in ((old, -1), (plan, 1)):
            if each is not None:
                self.left.take(each, times)
                self.cost += times * (each.cost - int(self.index.problem.orders.reserve_idr[order]))
        self.plans[order] = plan

    def cost_of(self, order: int) -> int:
        """What an order costs now: its plan, or its reserve."""
        plan = self.plans[order]
        return int(self.index.problem.orders.reserve_idr[order]) if plan is None else plan.cost

    def short(self) -> set[int]:
        """The scarce things of which more is used than there is."""
        left = one_row(self.left.seconds, self.left.pieces, self.left.cm)
        return {int(thing) for thing in np.flatnonzero(left < 0)}

    def holders(self, things: set[int]) -> list[int]:
        """The orders whose plans use any of these scarce things."""
        problem = self.index.problem
        return [
            order
            for order, plan in enumerate(self.plans)
            if plan is not None and any(thing in things for thing, _ in use_of(problem, plan))
        ]

    def put_all(self, plans: Mapping[int, Plan | None]) -> None:
        """Give several orders other plans, which fit together."""
        for order in plans:
            self.put(order, None)
        for order, plan in plans.items():
            self.put(order, plan)

    def insert(self, order: int, prices: Prices | None) -> None:
        """Give an order its best plan in what is left: a known one when it fits and no other can be better."""
        known = min(self.pool.plans[order].values(), key=lambda plan: priced(plan, prices), default=None)
        if known is not None and prices is None and self.left.fits(known):
            self.put(order, known)
            return
        plans = best_plans(self.index, self.left, Wish(order, prices), 1)
        self.pool.add(plans)
        self.put(order, plans[0] if plans else None)


def pinned(problem: Problem) -> list[int]:
    """The orders of which a part stands already: their makers, brand or cloth have been promised."""
    orders = problem.orders
    stands = (orders.pin_brand >= 0) | (orders.pin_lot >= 0)
    stands[orders.pins[:, 0]] = True
    return [int(order) for order in np.flatnonzero(stands)]


def filled(index: Index, pool: Pool, orders: list[int], prices: Prices | None) -> Solution:
    """All orders inserted in a given order."""
    solution = Solution(index, pool)
    for order in orders:
        solution.insert(order, prices)
    return solution


def starts(index: Index, pool: Pool, prices: Prices | None) -> list[Solution]:
    """Matchings filled by different ranks: what is lost when an order stays unmatched, in all and for a second of work,
    each inserted with and without prices. Pinned orders come before all others."""
    orders = index.problem.orders
    cheapest = [min((priced(plan, prices) for plan in mine.values()), default=None) for mine in pool.plans]
    loss = np.array(
        [0 if c is None else PRICE_UNIT * int(r) - c for c, r in zip(cheapest, orders.reserve_idr, strict=True)]
    )
    later = np.ones(len(loss), dtype=np.int64)
    later[pinned(index.problem)] = 0
    ranks = [np.lexsort((-rank, later)) for rank in (loss, loss // (orders.standard_seconds * orders.pieces))]
    guides = (None,) if prices is None else (None, prices)
    return [filled(index, pool, [int(o) for o in rank], guide) for rank in ranks for guide in guides]


def retry(solution: Solution, draw: np.random.Generator, prices: Prices) -> bool:
    """One move of the local search; undone when it is worse. True when it is better. New plans enter the pool.

    Either an order gets a known plan that it wants and whoever stands in the way is thrown out, or the order and some
    that hold what it wants are taken out; then all are inserted again, each with the best plan of all.
    """
    before = solution.rank
    order = _chosen(solution, draw)
    out = _forced(solution, draw, prices, order) if draw.integers(2) else _ruined(solution, draw, order)
    for other in draw.permutation([other for other in out if solution.plans[other] is None]):
        solution.insert(int(other), prices if draw.integers(2) else None)
    if solution.rank > before:
        solution.put_all(out)
    return solution.rank < before


def _chosen(solution: Solution, draw: np.random.Generator) -> int:
    """An order that knows a cheaper plan than it has; any order when there is none."""
    wanting = [order for order in range(len(solution.plans)) if _wanted(solution, order)]
    return int(draw.choice(wanting)) if wanting else int(draw.integers(len(solution.plans)))


def _wanted(solution: Solution, order: int) -> list[Plan]:
    """Known plans of an order that are cheaper than its own."""
    now = solution.cost_of(order)
    return [plan for plan in solution.pool.plans[order].values() if plan.cost < now]


def _forced(solution: Solution, draw: np.random.Generator, prices: Prices, order: int) -> dict[int, Plan | None]:
    """Give an order a plan that it wants, most often the best at prices, and throw out others until it fits; what all
    of them had before."""
    wanted = sorted(_wanted(solution, order), key=lambda plan: priced(plan, prices))
    if not wanted:
        return _ruined(solution, draw, order)
    plan = wanted[min(int(draw.geometric(0.3)), len(wanted)) - 1]
    out = {order: solution.plans[order]}
    solution.put(order, plan)
    while short := solution.short():
        other = int(draw.choice([other for other in solution.holders(short) if other != order]))
        out[other] = solution.plans[other]
        solution.put(other, None)
    return out


def _ruined(solution: Solution, draw: np.random.Generator, order: int) -> dict[int, Plan | None]:
    """Take out an order and up to four that hold what its known plans need; what all of them had before."""
    known = solution.pool.plans[order].values()
    holders = solution.holders({thing for plan in known for thing, _ in use_of(solution.index.problem, plan)})
    near = [other for other in draw.permutation(holders) if other != order][: int(draw.integers(1, 5))]
    out = {int(each): solution.plans[int(each)] for each in [order, *near]}
    for each in out:
        solution.put(each, None)
    return out
