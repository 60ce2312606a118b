"""Asks the kernels for many orders at once: one thread for each half of them, each with a desk of its own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np

from clothingline.matching.kernels.batch import propose
from clothingline.matching.kernels.tables import (
    DEADLINE,
    EXACT,
    MAKERS,
    MOST,
    PATIENCE,
    PPM,
    PRICED,
    QUERY,
    STEER,
    Bench,
    Desk,
    Memo,
    Proposals,
    Scarce,
    Shares,
    World,
)
from clothingline.matching.world import THREADS, Laid, Whole, heap_for

from .promised import Promised
from .views import View

DAYS = 24
"""Days of cutting that a memo keeps for one brand."""
RANKED = 256
"""Makers who may be among those who share an order."""
STATES = 1 << 17
"""States of the programme for short runs."""
FEW = 32
"""Up to so many orders a second thread costs more than it saves."""


class Aim(NamedTuple):
    """What plans are ranked by: `steer` 0 when only what is paid counts, `ppm` the value of a millionth of a defect of
    a piece, in thousandths of a rupiah; and how many days before the due day they are to be delivered at least."""

    steer: int = 1
    ppm: int = 0
    early: int = 0


COST = Aim()
"""The cost, delivered by the due day."""


@dataclass(eq=False)
class Asker:
    """What is free and what is scarce of a laid problem, in one row each, and desks to search at."""

    laid: Laid
    exact: bool
    """Whether spreads over several makers must be the best of all where that can be had."""
    promised: Promised | None = None
    """Who answers for orders with pinned makers."""
    threads: int = THREADS
    free: Whole = field(init=False)
    """All that the problem offers: maker-weeks, brand-weeks, lots; brand-weeks and lots once more, as what one order
    can take more than half of (things,)."""
    most: int = field(init=False)
    desks: dict[tuple[int, int], Desk] = field(default_factory=dict)
    zero: Whole = field(init=False)
    """No prices (things,)."""
    prices: dict[tuple[bool, bool], Whole] = field(default_factory=dict)
    """The prices of each view."""
    views: dict[tuple[bool, bool], View] = field(default_factory=dict)
    """Worlds by whether all is free, and whether there are prices."""

    def __post_init__(self) -> None:
        """Put everything that is free into one row."""
        free = self.laid.free
        one = [(free.piece > 0).ravel(), free.cm > 0]
        self.free = np.concatenate([free.second.ravel(), free.piece.ravel(), free.cm, *one]).astype(np.int64)
        self.zero = np.zeros_like(self.free)
        self.most = max(int(self.world.order[:, MOST].max(initial=1)), 1)

    @property
    def world(self) -> World:
        """The rows and trees."""
        return self.laid.world

    def split(self, row: Whole) -> Scarce:
        """A row of scarce things (or of their prices) as tables that share its memory."""
        free, (second, piece, cm, large) = self.laid.free, self._ends()
        return Scarce(
            row[:second].reshape(free.second.shape),
            row[second:piece].reshape(free.piece.shape),
            row[piece:cm],
            row[cm:large].reshape(free.piece.shape),
            row[large:],
        )

    def lot_things(self, lot: int) -> Whole:
        """Where a lot of the world stands among the scarce things: its cloth, and more than half of it."""
        _, piece, _, large = self._ends()
        return np.array([piece + lot, large + lot])

    def _ends(self) -> tuple[int, int, int, int]:
        """Where maker-weeks, brand-weeks, lots, and the halves of brand-weeks end in a row of scarce things."""
        seconds, pieces, lots = (table.size for table in self.laid.free)
        return seconds, seconds + pieces, seconds + pieces + lots, seconds + 2 * pieces + lots

    def ask(
        self, orders: Whole, left: Whole, price: Whole, limit: Whole, k: int, patience: int = 0, aim: Aim = COST
    ) -> Proposals:
        """The best `k` plans of orders (n,), each alone with what is `left`, at prices, below limits (n,); `patience`:
        brands after which the rest is left to its bound, 0 for all of them."""
        found = proposals(len(orders), k, self.most)
        parts = self.threads if len(orders) > FEW else 1
        ends = [len(orders) * part // parts for part in range(parts + 1)]
        tables, rules = (self.split(left), self.split(price)), self._rules(price is not self.zero, patience, aim)
        world = self._world(left, price)

        def part(number: int) -> None:
            span = slice(ends[number], ends[number + 1])
            mine, desk = Proposals(*(column[span] for column in found)), self._desk(number, k)
            propose(world, rules.copy(), orders[span], *tables, limit[span], mine, desk)

        if parts == 1:
            part(0)
        else:
            with ThreadPoolExecutor(parts) as threads:
                list(threads.map(part, range(parts)))
        if self.promised is not None:
            self.promised.ask(orders, *tables, limit, found)
        return found

    def change(self, **columns: Any) -> None:
        """The world has other orders or forbidden pairs, in all views."""
        self.laid = replace(self.laid, world=self.world._replace(**columns))
        for view in self.views.values():
            view.world = view.world._replace(**columns)
        most = max(self.most, int(self.world.order[:, MOST].max(initial=1)))
        if most > self.most:
            self.most, self.desks = most, {}

    def look(self, left: Whole) -> None:
        """Let the bounds for what is left know how much that is now."""
        for priced in (False, True):
            if (False, priced) in self.views:
                self.views[False, priced].look(self.split(left))

    def widen(self, left: Whole, things: Whole) -> None:
        """Let them know that of some things (n,) more is left than they saw."""
        weeks, (second, piece, cm, _) = self.laid.free.second.shape[1], self._ends()
        which = np.unique(things[things < second] // weeks)
        lots = np.unique(things[(things >= piece) & (things < cm)] - piece)
        for (whole, _), view in self.views.items():
            if not whole:
                view.widen(self.split(left), which, lots)

    def _world(self, left: Whole, price: Whole) -> World:
        """The rows with bounds for what is left at prices."""
        place = (left is self.free, price is not self.zero)
        if place == (True, False):
            return self.world
        if place not in self.views:
            self.views[place] = View(self.laid, self.split(price), place[0])
            if not place[0]:
                self.views[place].look(self.split(left))
        elif self.prices.get(place) is not price:
            self.views[place].reprice(self.split(price))
        self.prices[place] = price
        return self.views[place].world

    def _rules(self, priced: bool, patience: int, aim: Aim) -> Whole:
        rules: Whole = self.world.rules.copy()
        rules[PRICED], rules[EXACT], rules[PATIENCE] = priced, self.exact, patience
        rules[STEER], rules[PPM], rules[DEADLINE] = aim
        return rules

    def _desk(self, number: int, k: int) -> Desk:
        if (number, k) not in self.desks:
            self.desks[number, k] = desk(self.world, k, self.most)
        return self.desks[number, k]


def proposals(orders: int, k: int, most: int) -> Proposals:
    """Empty rows for some orders."""
    return Proposals(
        _whole(orders, k), _whole(orders, k, 5), _whole(orders, k, most), _whole(orders, k, most), _whole(orders)
    )


def desk(world: World, k: int, most: int) -> Desk:
    """Room for one thread to look for the best `k` plans with up to `most` makers."""
    memo = Memo(
        _whole(DAYS),
        _whole(1),
        _whole(DAYS, k),
        _whole(DAYS, k),
        _whole(DAYS, k),
        _whole(DAYS, 3),
        _whole(DAYS, 2, most),
    )
    known, shares = (
        Shares(_whole(many, 7), _whole(RANKED), _whole(many), np.zeros((many, 4)), _whole(3), np.zeros(7))
        for many in (RANKED, MAKERS)
    )
    bench = Bench(heap_for(world), np.zeros(QUERY), memo, known, shares, _whole(STATES))
    return Desk(heap_for(world), heap_for(world), np.zeros(QUERY), bench)


def _whole(*shape: int) -> Whole:
    return np.zeros(shape, dtype=np.int64)
