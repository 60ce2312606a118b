"""Matchings that hold: insert orders one after the other into what is left, and try again around what collides."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..choices import Wish
from ..index import Index, Remaining
from ..quote import best_plans
from ..result import Plan, Prices
from .bound import priced
from .pool import Pool, use_of


class Solution:
    """A matching in the making: plans by order, what is left, and the cost with the reserves of unmatched orders."""

    def __init__(self, index: Index, pool: Pool) -> None:
        self.index = index
        self.pool = pool
        self.left = Remaining.of(index.problem)
        self.plans: list[Plan | None] = [None] * len(index.problem.orders)
        self.cost = int(index.problem.orders.reserve_idr.sum())

    def put(self, order: int, plan: Plan | None) -> None:
        """Give an order a plan, or none, and take back the one that it had."""
        old = self.plans[order]
        for each, times in ((old, -1), (plan, 1)):
            if each is not None:
                self.left.take(each, times)
                self.cost += times * (each.cost - int(self.index.problem.orders.reserve_idr[order]))
        self.plans[order] = plan

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


def filled(index: Index, pool: Pool, orders: list[int], prices: Prices | None) -> Solution:
    """All orders inserted in a given order."""
    solution = Solution(index, pool)
    for order in orders:
        solution.insert(order, prices)
    return solution


def by_need(index: Index, pool: Pool) -> list[int]:
    """Orders by what is lost for each second of work when they stay unmatched, the greatest loss first."""
    orders = index.problem.orders
    cheapest = cheapest_known(pool)
    work = orders.standard_seconds * orders.pieces
    loss = [
        0 if cost is None else (int(orders.reserve_idr[order]) - cost) * 1_000 // int(work[order])
        for order, cost in enumerate(cheapest)
    ]
    return sorted(range(len(orders)), key=lambda order: (-loss[order], order))


def polish(solution: Solution, draw: np.random.Generator, prices: Prices | None) -> bool:
    """Take out one order and some that hold what it wants, give them the best plans of all in another order; undo when
    that is worse. True when the cost fell. New plans enter the pool."""
    before = solution.cost
    old = {order: solution.plans[order] for order in _neighbours(solution, draw)}
    for order in old:
        solution.put(order, None)
    for order in draw.permutation(list(old)):
        solution.insert(int(order), prices if draw.integers(2) else None)
    if solution.cost > before:
        solution.put_all(old)
    return solution.cost < before


def _neighbours(solution: Solution, draw: np.random.Generator) -> list[int]:
    """An order that does not have its best known plan (any order when all have), and up to four that hold what its
    plans need."""
    wanting = _wanting(solution)
    seed = int(draw.choice(wanting)) if wanting else int(draw.integers(len(solution.plans)))
    problem, plans = solution.index.problem, solution.plans
    things = {thing for plan in solution.pool.plans[seed].values() for thing, _ in use_of(problem, plan)}
    holders = [
        order
        for order, plan in enumerate(plans)
        if plan is not None and order != seed and any(thing in things for thing, _ in use_of(problem, plan))
    ]
    return [seed, *(int(order) for order in draw.permutation(holders)[: int(draw.integers(1, 5))])]


def _wanting(solution: Solution) -> list[int]:
    cheapest = cheapest_known(solution.pool)
    return [
        order
        for order, (plan, cost) in enumerate(zip(solution.plans, cheapest, strict=True))
        if cost is not None and (plan is None or plan.cost > cost)
    ]


def cheapest_known(pool: Pool) -> list[int | None]:
    """The cost of each order's cheapest plan in the pool."""
    return [min((plan.cost for plan in mine.values()), default=None) for mine in pool.plans]
