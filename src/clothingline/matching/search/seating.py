"""Matchings that hold: orders take plans that fit into what is left, and the local search improves on them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from clothingline.matching.kernels import seating
from clothingline.matching.kernels.moves import improve
from clothingline.matching.kernels.seating import Known, Seats
from clothingline.matching.kernels.tables import MILLI, RESERVE
from clothingline.matching.world import Whole

from .asking import Asker
from .plans import Plans

PATIENCE = 24
"""Brands that an order looks at for a plan in what is left."""
LOOK = 200
"""Orders that ask before the bounds are told again what is left."""
AT_ONCE = 64
"""Orders that look everywhere at the same time, at most; so few that they rarely want the same."""
TURNS = 2
"""How often orders whose plan was taken away by another ask again."""
RUINS = 40
"""Orders that ask anew, with some of those who hold what they want, after each turn of moves."""
WITH = 5
"""Orders that ask anew together are fewer than one and so many."""
TRIES = 20
"""Moves for each order in one iteration of the local search."""


@dataclass(eq=False)
class Seating:
    """A matching in the making."""

    asker: Asker
    plans: Plans
    promised: Whole
    """Orders (n,) of which something is promised: they are seated first and make room for nobody."""
    seats: Seats = field(init=False)

    def __post_init__(self) -> None:
        """Nobody has a plan yet."""
        self.seats = Seats(np.full(len(self.asker.world.order), -1, dtype=np.int64), self.asker.free.copy())

    @property
    def rank(self) -> tuple[int, int]:
        """What is compared, the smaller the better: promised orders without a plan, then the cost."""
        return int((self.seats.plan[self.promised] < 0).sum()), self.cost

    @property
    def cost(self) -> int:
        """The cost of all plans and the reserves of those without, in rupiah."""
        plan, reserve = self.seats.plan, self.asker.world.order[:, RESERVE]
        return int(self.plans.pool.cost[plan[plan >= 0]].sum() + reserve[plan < 0].sum())

    def copy(self) -> Seating:
        """The same plans, to go on from."""
        other = Seating(self.asker, self.plans, self.promised)
        other.seats.plan[:], other.seats.left[:] = self.seats.plan, self.seats.left
        return other

    def fill(self, price: Whole, guide: Whole) -> None:
        """Seat orders by what is lost at prices when they stay without a plan, the most first; each takes what is
        cheapest at the prices of `guide`, and where that does not fit what it finds in what is left."""
        known = self.plans.by_order()
        loss = MILLI * known.reserve - seating.cheapest(self.plans.pool, known, price)
        rank = np.argsort(-loss, kind="stable")
        first = np.isin(rank, self.promised)
        for orders in (rank[first], rank[~first]):
            seating.seat_first(self.plans.pool, known, guide, orders, self.seats)
            self._each(orders, guide)

    def ask(self, orders: Whole, guide: Whole) -> None:
        """Ask for plans in what is left for those orders that have none."""
        for _ in range(TURNS):
            self.asker.look(self.seats.left)
            if not len(self.insert(orders[self.seats.plan[orders] < 0], guide)):
                break

    def _each(self, orders: Whole, guide: Whole) -> None:
        """Let those who still have no plan look everywhere, a few at a time; whose plan another of them took away is
        among the next."""
        waiting, looked = orders[self.seats.plan[orders] < 0], LOOK
        few = min(max(len(waiting) // 50, 1), AT_ONCE)
        while len(waiting):
            if looked >= LOOK:
                self.asker.look(self.seats.left)
                looked = 0
            looked += few
            waiting = np.concatenate([self.insert(waiting[:few], guide, patience=0), waiting[few:]])

    def _take(self, columns: Whole) -> Whole:
        """Take new plans as far as they still fit; the orders (n,) whose plan did not."""
        pool, missed, reserve = self.plans.pool, list[int](), self.asker.world.order[:, RESERVE]
        for column in columns:
            order = pool.owner[column]
            if pool.cost[column] > reserve[order]:
                continue
            if seating.fits(pool, column, self.seats.left):
                seating.put(pool, self.seats, order, column)
            else:
                missed.append(order)
        return np.array(missed, dtype=np.int64)

    def improve(self, price: Whole, state: NDArray[np.uint64], slack: int) -> None:
        """Moves around random orders; a move may lose up to a random part of `slack` rupiah. Then some ask anew."""
        orders = np.setdiff1d(np.arange(len(self.seats.plan)), self.promised)
        if not len(orders):
            return
        known = self.plans.known(self.seats.plan)
        improve(self.plans.pool, known, price, self.seats, orders, state, TRIES * len(orders), slack)
        self.ask(orders, self.asker.zero)
        known, draw = self.plans.known(self.seats.plan), np.random.default_rng(int(state[0]))
        for order in draw.permutation(orders)[:RUINS]:
            self._again(self._around(known, int(order), draw), price, draw)

    def _around(self, known: Known, order: int, draw: np.random.Generator) -> Whole:
        """An order and some who hold what its known plans use, in random order."""
        columns = known.column[known.first[order] : known.first[order + 1]]
        at, _ = self.plans.uses(columns)
        things = np.unique(self.plans.pool.thing[at])
        users = np.concatenate([known.user[known.begin[t] : known.begin[t + 1]] for t in things] or [columns])
        holders = np.unique(self.plans.pool.owner[users[self.seats.plan[self.plans.pool.owner[users]] == users]])
        others = np.setdiff1d(holders, [order, *self.promised])
        chosen = draw.permutation(others)[: int(draw.integers(0, WITH))]
        return draw.permutation(np.array([order, *chosen], dtype=np.int64))

    def _again(self, orders: Whole, price: Whole, draw: np.random.Generator) -> None:
        """Take the plans of some orders away and let one after the other ask in what is left; undone when it does not
        pay (ruin and recreate after Schrimpf and others 2000)."""
        before, old = self.seats.plan[orders].copy(), self.cost_of(orders)
        at, _ = self.plans.uses(before[before >= 0])
        for order in orders:
            seating.put(self.plans.pool, self.seats, order, -1)
        self.asker.widen(self.seats.left, self.plans.pool.thing[at])
        for order in orders:
            self.insert(np.array([order]), price if draw.integers(2) else self.asker.zero)
        if self.cost_of(orders) > old:
            for plans in (np.full(len(orders), -1), before):
                for order, plan in zip(orders, plans, strict=True):
                    seating.put(self.plans.pool, self.seats, order, plan)

    def cost_of(self, orders: Whole) -> int:
        """The cost of some orders (n,): their plans, and the reserves of those without."""
        plan, reserve = self.seats.plan[orders], self.asker.world.order[orders, RESERVE]
        return int(np.where(plan < 0, reserve, self.plans.pool.cost[plan]).sum())

    def insert(self, orders: Whole, guide: Whole, patience: int = PATIENCE) -> Whole:
        """Give orders (n,) without a plan the best that is left for each alone at the prices of `guide`; those who
        found theirs taken by another of them."""
        limit = MILLI * self.asker.world.order[orders, RESERVE] + 1
        found = self.asker.ask(orders, self.seats.left, guide, limit, 1, patience)
        return self._take(self.plans.add(orders, found, self.seats.left, guide))
