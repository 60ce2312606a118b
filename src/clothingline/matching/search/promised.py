"""Orders of which a part is promised already (pinned makers): few, so that the tables of `choices` are good enough."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clothingline.matching.choices import Choices, choices
from clothingline.matching.index import Remaining, index_of
from clothingline.matching.kernels.tables import Proposals, Scarce
from clothingline.matching.params import Params
from clothingline.matching.plans import Found
from clothingline.matching.problem import Problem
from clothingline.matching.quote import search
from clothingline.matching.result import Prices
from clothingline.matching.wish import Wish
from clothingline.matching.world import Laid, Whole


@dataclass(eq=False)
class Promised:
    """The orders of a laid problem that have pinned makers."""

    problem: Problem
    params: Params
    laid: Laid

    @property
    def orders(self) -> Whole:
        """Their numbers in the world."""
        return np.flatnonzero(np.isin(self.laid.numbers.order, self.problem.orders.pins[:, 0]))

    def ask(self, orders: Whole, left: Scarce, price: Scarce, limit: Whole, found: Proposals) -> None:
        """Write the best plans of those orders (n,) that have pins where the kernels write theirs."""
        mine = np.flatnonzero(np.isin(orders, self.orders))
        if not len(mine):
            return
        remaining, prices = Remaining(*self._outside(left)[:3]), Prices(*self._outside(price))
        index = index_of(self.problem, self.params)
        for at in mine:
            wish = Wish(int(self.laid.numbers.order[orders[at]]), prices)
            found.value[at], found.place[at], found.floor[at] = limit[at], -1, limit[at]
            if c := choices(index, remaining, wish):
                for row, plan in enumerate(search(c, found.value.shape[1], int(limit[at]))):
                    self._write(c, plan, found, (int(at), row))

    def _outside(self, inside: Scarce) -> list[Whole]:
        """Tables of the world in the order of the problem."""
        numbers, outside = self.laid.numbers, [np.empty_like(table) for table in inside]
        rows = (numbers.maker, numbers.brand, numbers.lot, numbers.brand, numbers.lot)
        for target, table, order in zip(outside, inside, rows, strict=True):
            target[order] = table
        return outside

    def _write(self, c: Choices, plan: Found, found: Proposals, at: tuple[int, int]) -> None:
        inside = {name: np.argsort(getattr(self.laid.numbers, name)) for name in ("brand", "lot", "maker")}
        sewing, places = np.flatnonzero(plan.pieces), c.places
        due = int(self.problem.orders.due_day[c.wish.order])
        found.value[at] = plan.value
        found.place[at] = (
            inside["brand"][places.brand[plan.entry]],
            inside["lot"][places.lot[plan.entry]],
            places.start_day[places.start[plan.entry]],
            due - c.deadlines[plan.deadline],
            len(sewing),
        )
        found.maker[at][: len(sewing)] = inside["maker"][c.sewing.makers[sewing]]
        found.pieces[at][: len(sewing)] = plan.pieces[sewing]
