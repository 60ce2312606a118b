"""Matchings that hold: orders take plans that fit into what is left, and the local search improves on them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from clothingline.matching.kernels import seating
from clothingline.matching.kernels.moves import improve
from clothingline.matching.kernels.seating import Seats
from clothingline.matching.kernels.tables import MILLI, RESERVE
from clothingline.matching.world import Whole

from .asking import Asker
from .plans import Plans

PATIENCE = 24
"""Brands that an order looks at for a plan in what is left."""
TURNS = 6
"""How often orders whose plan was taken away by another ask again."""
POLISHED = 40
"""Orders that ask for something better after each turn of moves."""
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
            self.ask(orders, guide)

    def ask(self, orders: Whole, guide: Whole) -> None:
        """Ask for plans in what is left for those orders that have none."""
        for _ in range(TURNS):
            waiting = orders[self.seats.plan[orders] < 0]
            limit = MILLI * self.asker.world.order[waiting, RESERVE] + 1
            found = self.asker.ask(waiting, self.seats.left, guide, limit, 1, PATIENCE)
            new = self.plans.add(waiting, found, self.seats.left, guide)
            if not self._take(new):
                break

    def _take(self, columns: Whole) -> int:
        """Take new plans as far as they still fit; how many did not."""
        pool, missed, reserve = self.plans.pool, 0, self.asker.world.order[:, RESERVE]
        for column in columns:
            order = pool.owner[column]
            if pool.cost[column] > reserve[order]:
                continue
            if seating.fits(pool, column, self.seats.left):
                seating.put(pool, self.seats, order, column)
            else:
                missed += 1
        return missed

    def improve(self, price: Whole, state: NDArray[np.uint64], slack: int) -> None:
        """Moves around random orders; a move may lose up to a random part of `slack` rupiah."""
        orders = np.setdiff1d(np.arange(len(self.seats.plan)), self.promised)
        if len(orders):
            known = self.plans.known(self.seats.plan)
            improve(self.plans.pool, known, price, self.seats, orders, state, TRIES * len(orders), slack)
            self.ask(orders, np.zeros_like(price))
            self.polish(orders[_some(state, len(orders))])

    def polish(self, orders: Whole) -> None:
        """Let orders, one after the other, ask for something better in what is left and what they have themselves."""
        pool, reserve, zero = self.plans.pool, self.asker.world.order[:, RESERVE], np.zeros_like(self.asker.free)
        for order in orders:
            old = int(self.seats.plan[order])
            now = int(reserve[order] if old < 0 else pool.cost[old])
            seating.put(pool, self.seats, order, -1)
            one, limit = np.array([order]), np.array([MILLI * now])
            found = self.asker.ask(one, self.seats.left, zero, limit, 1, PATIENCE)
            new = self.plans.add(one, found, self.seats.left, zero)
            pool = self.plans.pool
            better = len(new) > 0 and pool.cost[new[0]] < now
            seating.put(pool, self.seats, order, int(new[0]) if better else old)


def _some(state: NDArray[np.uint64], count: int) -> Whole:
    """Up to `POLISHED` places out of `count`, at random."""
    draw = np.random.default_rng(int(state[0]) % 2**32)
    return draw.permutation(count)[:POLISHED]
