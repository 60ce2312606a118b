"""Mends a matching where it is farthest from its prices.

What a matching costs above the bound is the sum of what each order has above its least value at the prices (its
regret), and the worth of what stays idle. Few orders have most of the regret: long runs, for which nobody makes room
one at a time. So those with the most get, by force, the plan that prices give them; whoever stood in the way asks anew
in what is left, and what does not pay is undone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clothingline.matching.kernels import seating
from clothingline.matching.kernels.mending import force, regrets, worth_trying
from clothingline.matching.kernels.seating import Known
from clothingline.matching.kernels.tables import MILLI
from clothingline.matching.world import Whole

from .seating import Seating

PASSES = 2
"""How often regrets are reckoned anew."""
MENDED = 40
"""Orders with the most regret that are tried in a pass."""
TRIES = 3
"""Plans that are tried for each."""
MOST = 64
"""Orders that may have to make room for one."""


def mend(seats: Seating, price: Whole) -> None:
    """Try the orders with the most regret at prices (things,), the most first; the matching costs no more afterwards,
    and nobody to whom something is promised loses it."""
    stays = np.zeros(len(seats.seats.plan), dtype=np.bool_)
    stays[seats.promised] = True
    for _ in range(PASSES):
        before = seats.cost
        _pass(seats, price, stays)
        if seats.cost == before:
            break


def _pass(seats: Seating, price: Whole, stays: NDArray[np.bool_]) -> None:
    known = seats.plans.by_order()
    least = seating.cheapest(seats.plans.pool, known, price)
    regret = regrets(seats.plans.pool, known, price, least, seats.seats)
    mending = _Mending(seats, price, known, MILLI * known.reserve - least, stays)
    seats.asker.look(seats.seats.left)
    for order in np.argsort(-regret, kind="stable")[:MENDED]:
        if regret[order] > 0 and not stays[order]:
            mending.order(int(order))


@dataclass(frozen=True, eq=False)
class _Mending:
    """One pass: `loss` (orders,) is what each loses without a plan, in thousandths."""

    seats: Seating
    price: Whole
    known: Known
    loss: Whole
    stays: NDArray[np.bool_]

    def order(self, order: int) -> None:
        """Try the best plans of one order, until one pays."""
        now = int(self.seats.seats.plan[order])
        for column in worth_trying(self.seats.plans.pool, self.known, self.price, order, now, TRIES):
            if self._pays(order, int(column)):
                break

    def _pays(self, order: int, column: int) -> bool:
        seats, out = self.seats, np.empty(MOST, dtype=np.int64)
        before, pool = seats.seats.plan.copy(), seats.plans.pool
        saved = seats.cost_of(np.array([order])) - int(pool.cost[column])
        if saved <= 0:
            return False
        count = force(pool, seats.seats, order, column, self.loss, self.stays, out)
        away = out[: count if count >= 0 else -count - 1]
        touched = np.append(away, order)
        at, _ = seats.plans.uses(before[touched][before[touched] >= 0])
        seats.asker.widen(seats.seats.left, pool.thing[at])
        if count >= 0 and self._seated(away[np.argsort(-self.loss[away], kind="stable")], before, saved):
            return True
        for plan in (np.full(len(touched), -1), before[touched]):
            for one, its in zip(touched, plan, strict=True):
                seating.put(seats.plans.pool, seats.seats, one, its)
        return False

    def _seated(self, orders: Whole, before: Whole, saved: int) -> bool:
        """Let those who made room ask one after the other, who has the most to lose first, as long as all of them
        together lose less than was saved."""
        seats, plans = self.seats, self.seats.plans
        for order in orders:
            seats.insert(np.array([order]), self.price)
            saved -= seats.cost_of(np.array([order])) - int(plans.pool.cost[before[order]])
            if saved <= 0:
                return False
        return True
