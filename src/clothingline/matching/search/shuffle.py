"""Local search among known plans only: thousands of small moves on dense arrays."""

from __future__ import annotations

import numpy as np

from ..index import Remaining, Whole
from ..result import Plan
from .pool import Pool, identity, one_row, use_of
from .repair import Solution

MOVES = 400
"""Moves of one shuffle."""


class Shuffle:
    """Known plans as a dense table: `use` (plans, scarce things), `cost` (plans,), and the plans of each order."""

    def __init__(self, pool: Pool) -> None:
        problem = pool.problem
        free = Remaining.of(problem)
        self.plans = pool.listed()
        self.free = one_row(free.seconds, free.pieces, free.cm)
        self.use = np.zeros((len(self.plans), len(self.free)), dtype=np.int64)
        for row, plan in enumerate(self.plans):
            for thing, amount in use_of(problem, plan):
                self.use[row, thing] = amount
        self.cost = np.array([plan.cost for plan in self.plans], dtype=np.int64)
        self.reserve = problem.orders.reserve_idr
        owner = np.array([plan.order for plan in self.plans], dtype=np.int64)
        self.mine = [np.flatnonzero(owner == order) for order in range(len(problem.orders))]

    def run(self, solution: Solution, draw: np.random.Generator) -> bool:
        """Move from a solution; take over the best that is met. True when the cost fell."""
        rows = {identity(plan): row for row, plan in enumerate(self.plans)}
        now = [-1 if plan is None else rows[identity(plan)] for plan in solution.plans]
        left, cost = self.free - self.use[[row for row in now if row >= 0]].sum(axis=0), solution.cost
        best, best_cost = list(now), cost
        heat = max(1, cost // 1_000)
        for step in range(MOVES):
            trial, trial_left, trial_cost = self._move(now, left, cost, draw)
            if trial_cost <= cost + heat * (MOVES - step) // MOVES // 4:
                now, left, cost = trial, trial_left, trial_cost
            if cost < best_cost:
                best, best_cost = list(now), cost
        if best_cost < solution.cost:
            solution.put_all({order: self._plan(row) for order, row in enumerate(best)})
            return True
        return False

    def _plan(self, row: int) -> Plan | None:
        return self.plans[row] if row >= 0 else None

    def _move(
        self, now: list[int], left: Whole, cost: int, draw: np.random.Generator
    ) -> tuple[list[int], Whole, int]:
        """Give one order a known plan of its own choice, throw out who stands in the way, and insert those again."""
        order = int(draw.integers(len(now)))
        if not self.mine[order].size:
            return now, left, cost
        now, left = list(now), left.copy()
        cost += self._put(now, left, order, int(draw.choice(self.mine[order])))
        out = []
        while (left < 0).any():
            thing = int(np.flatnonzero(left < 0)[0])
            holders = [o for o, row in enumerate(now) if o != order and row >= 0 and self.use[row, thing]]
            out.append(holders[int(draw.integers(len(holders)))])
            cost += self._put(now, left, out[-1], -1)
        for other in draw.permutation(out):
            cost += self._put(now, left, int(other), self._best_fit(left, int(other)))
        return now, left, cost

    def _put(self, now: list[int], left: Whole, order: int, row: int) -> int:
        """Give an order another plan (−1 for none); returns the change of the cost."""
        before = self.reserve[order] if now[order] < 0 else self.cost[now[order]]
        if now[order] >= 0:
            left += self.use[now[order]]
        if row >= 0:
            left -= self.use[row]
        now[order] = row
        return int((self.reserve[order] if row < 0 else self.cost[row]) - before)

    def _best_fit(self, left: Whole, order: int) -> int:
        """The cheapest known plan of an order that fits, or −1."""
        rows = self.mine[order]
        fits = rows[(self.use[rows] <= left).all(axis=1)]
        return int(fits[self.cost[fits].argmin()]) if fits.size else -1
