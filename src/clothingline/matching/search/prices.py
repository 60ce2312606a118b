"""Prices that coordinate: the best for the pool, and what they prove when every order is asked again."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from clothingline.matching.kernels import seating
from clothingline.matching.kernels.duals import Columns, ascend
from clothingline.matching.kernels.tables import MILLI, RESERVE
from clothingline.matching.world import Whole

from .asking import Asker
from .plans import Plans

STEPS = 300
"""Steps on the pool between two exact passes."""
PLANS = 3
"""Plans that an order adds to the pool in a pass."""


@dataclass(eq=False)
class Pricing:
    """The state of the dual: prices in thousandths of a rupiah, one for each scarce thing."""

    asker: Asker
    plans: Plans
    current: Whole = field(init=False)
    """The best prices for the pool."""
    best: Whole = field(init=False)
    """The prices that prove the highest bound."""
    dual: int = field(init=False)
    """What they prove: the least values of all orders without the worth of what is free, in thousandths of a rupiah."""
    floor: Whole = field(init=False)
    """The least value (orders,) at zero prices; no price makes an order cheaper."""

    def __post_init__(self) -> None:
        """Ask every order at zero prices."""
        self.current = self.best = self.asker.zero
        reserve = MILLI * self.asker.world.order[:, RESERVE]
        self.floor = reserve
        self.dual, self.floor = self._pass(self.best, reserve)

    @property
    def bound(self) -> int:
        """Rupiah below which no matching can cost."""
        return -(-self.dual // int(MILLI))

    def _pass(self, price: Whole, known: Whole) -> tuple[int, Whole]:
        """Ask those orders again whose known plans do not yet have the value of zero prices; the dual value that
        follows, in thousandths of a rupiah, and the values (orders,)."""
        first = price is self.asker.zero
        asked = np.arange(len(known)) if first else np.flatnonzero(known > self.floor)
        found = self.asker.ask(asked, self.asker.free, price, known[asked] + first, PLANS)
        self.plans.add(asked, found, self.asker.free, price)
        value = known.copy()
        value[asked] = np.minimum(np.minimum(found.value[:, 0], found.floor), known[asked])
        return int(value.sum()) - int((price * self.asker.free).sum()), value

    def round(self, cost: int) -> int:
        """Better prices for the pool towards a cost, and an exact pass half-way between the best so far and them
        (smoothing after Wentges 1997); the value in rupiah that the pool promises."""
        self.current, promised = self._ascended(cost)
        price = (self.best + self.current) // 2
        known = seating.cheapest(self.plans.pool, self.plans.by_order(), price)
        dual, _ = self._pass(price, known)
        if dual > self.dual:
            self.dual, self.best = dual, price
        return promised

    def _ascended(self, cost: int) -> tuple[Whole, int]:
        pool, (column, _) = self.plans.pool, self.plans.once()
        at, _ = self.plans.uses(column)
        things, local = np.unique(pool.thing[at], return_inverse=True)
        free = np.maximum(self.asker.free[things], 1).astype(np.float64)
        use = np.concatenate([[0], np.cumsum(pool.use[column + 1] - pool.use[column])])
        first = np.searchsorted(pool.owner[column], np.arange(len(self.floor) + 1))
        part = pool.amount[at] / free[local]
        reserve = 1_000.0 * self.asker.world.order[:, RESERVE]
        columns = Columns(first, 1_000.0 * pool.cost[column], use, local.astype(np.int32), part, reserve)
        best = self.current[things] * free
        value = ascend(columns, best, 1_000.0 * cost, STEPS)
        price = np.zeros_like(self.current)
        price[things] = (best / free).astype(np.int64)
        return price, int(value) // 1_000
