"""The lots of a laid problem as they change: cloth that goes and comes back, lots that arrive and are gone."""

from __future__ import annotations

from dataclasses import InitVar, dataclass, field

import numpy as np
from numpy.typing import NDArray

from .columns import within
from .curve import distance, square_of
from .groves import Grove, grove, void_rows
from .kernels.tables import L_LARGE, L_LEAD
from .kernels.wear import renew_cloth, wear_cloth
from .problem import Lots, Problem
from .rows import Bounds, large, lot_bounds, lot_rows
from .world import Laid, Whole, wants_of

NONE = -1
"""Centimetres of a lot that is not there: less than nothing, so that it does not even serve who needs none."""


@dataclass(eq=False)
class Stock:
    """The lots; rows as in the world, one void row behind those that were laid, then those that arrived."""

    problem: Problem
    spare: int
    laid: InitVar[Laid]
    grove: Grove = field(init=False)
    row: Whole = field(init=False)
    cm: Whole = field(init=False)
    number: Whole = field(init=False)
    soonest: Whole = field(init=False)
    worn: NDArray[np.bool_] = field(init=False)
    """Cells and keys whose bounds could be higher."""
    count: int = field(init=False)
    known: dict[int, tuple[int, int] | None] = field(default_factory=dict)
    """Class and colour of those that arrived; None of those that are gone."""

    def __post_init__(self, laid: Laid) -> None:
        """Lay the lots with room for more."""
        x, world, number = self.problem.lots, laid.world, laid.numbers.lot
        self.count, self.square = len(x), square_of(x.x, x.y)
        self.grove = grove(world.keys, distance(x.x, x.y, self.square)[number], world.rules, 0)
        self.row = np.concatenate([world.lot, np.zeros((1, world.lot.shape[1]), dtype=np.int64)])
        self.cm, self.number = np.append(laid.free.cm, NONE), np.append(number, -1)
        self.soonest, self.cells = world.soonest.copy(), world.cells
        self.wants, _ = wants_of(self.problem.orders)
        self.worn = np.zeros((int(self.cells.level[1]), len(self.wants)), dtype=bool)
        self._rows = np.argsort(number)
        self._add_rows()

    def measure(self, lot: int, cm: int) -> None:
        """There are so many centimetres of a lot."""
        row = self._row(lot)
        self.cm[row] = within(Lots, "available_cm", cm)
        self.row[row, L_LARGE] = large(self.cm[row])
        self._replace(row, self._keys(lot), self._bounds(row))

    def arrive(self, lots: Lots) -> list[int]:
        """New lots; their numbers, which follow those of the problem."""
        rows, codes = lot_rows(lots), distance(lots.x, lots.y, self.square)
        return [self._arrive(lots, at, rows[at], int(codes[at])) for at in range(len(lots))]

    def leave(self, lot: int) -> None:
        """A lot is gone for good. That it might come soonest stays: no order finds less for it."""
        row, keys = self._row(lot), self._keys(lot)
        self.cm[row] = NONE
        self.grove.forest.until[self.grove.places(row, keys)] = -1
        self._replace(row, keys, void_rows(1, self.grove.forest.row.shape[1])[0])
        self.known[lot] = None

    def renew(self, at_most: int) -> int:
        """Set worn bounds anew, as high as they can be; how many are left."""
        places = np.argwhere(self.worn)
        now = places[:at_most]
        renew_cloth(self.cells, self.grove.forest, self.grove.rules, now, self.grove.heap())
        self.worn[now[:, 0], now[:, 1]] = False
        return len(places) - len(now)

    def _row(self, lot: int) -> int:
        if not 0 <= lot < self.count or (lot in self.known and self.known[lot] is None):
            raise LookupError(f"there is no lot {lot}, or not any more")
        return int(self._rows[lot]) if lot < len(self._rows) else lot + 1

    def _keys(self, lot: int) -> Whole:
        """The lists in which a lot stands."""
        x = self.problem.lots
        cloth, colour = self.known.get(lot) or (int(x.cloth_class[lot]), int(x.colour[lot]))
        return np.flatnonzero((self.wants[:, 0] == cloth) & np.isin(self.wants[:, 1], (colour, -1)))

    def _bounds(self, row: int) -> Bounds:
        return np.asarray(lot_bounds(self.row[row : row + 1], self.cm[row : row + 1])[0])

    def _replace(self, row: int, keys: Whole, bounds: Bounds) -> None:
        both = self.grove.change(row, bounds, keys, self.grove.places(row, keys))
        wear_cloth(self.cells, keys, both, self.grove.rules, self.worn)

    def _arrive(self, lots: Lots, at: int, row: Whole, code: int) -> int:
        lot, place = self.count, self.count + 1
        if place == len(self.row):
            self._add_rows()
        self.count += 1
        self.known[lot] = (int(lots.cloth_class[at]), int(lots.colour[at]))
        self.row[place], self.grove.code[place], self.cm[place] = row, code, lots.available_cm[at]
        keys = self._keys(lot)
        for key in keys:
            self.grove.enter(place, int(key), 0)
        self.soonest[keys] = np.minimum(self.soonest[keys], row[L_LEAD])
        self._replace(place, keys, self._bounds(place))
        return lot

    def _add_rows(self) -> None:
        rows = np.zeros((self.spare, self.row.shape[1]), dtype=np.int64)
        self.row, self.cm = np.concatenate([self.row, rows]), np.append(self.cm, np.full(self.spare, NONE))
        self.number = np.append(self.number, np.arange(len(self.number), len(self.number) + self.spare) - 1)
        self.grove.add_rows(self.spare)
