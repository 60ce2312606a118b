"""Worlds whose bounds know prices, or what is left: the same rows, with trees and cells of their own."""

from __future__ import annotations

from dataclasses import InitVar, dataclass, field

import numpy as np

from clothingline.matching.kernels.forest import fill
from clothingline.matching.kernels.rooms import widen
from clothingline.matching.kernels.tables import (
    L_LEAST,
    N_LEAST,
    N_RATE,
    N_ROOM,
    NODE,
    Cells,
    Forest,
    Free,
    Scarce,
    World,
)
from clothingline.matching.rows import dearer_makers, rooms_of
from clothingline.matching.world import Laid, Whole, bound_cells


@dataclass(eq=False)
class View:
    """A laid problem at prices (thousandths), with all that is free or with what is left; its lists must ascend.

    The least price of any week with free time is a bound on what a second costs in any of them. What is left only falls
    between two looks, except where it is widened, so that a room that was seen is never too small."""

    laid: Laid
    price: InitVar[Free | Scarce]
    whole: bool
    """Whether all is free; then the cells are bounded anew."""
    world: World = field(init=False)

    def __post_init__(self, price: Free | Scarce) -> None:
        """Copy what changes, and set it."""
        world = self.laid.world
        cells = Cells(*(column.copy() for column in world.cells)) if self.whole else world.cells
        self.world = world._replace(kinds=_copied(world.kinds), keys=_copied(world.keys), cells=cells)
        self.reprice(price)

    def reprice(self, price: Free | Scarce) -> None:
        """Set other prices."""
        kinds, keys, free = self.world.kinds, self.world.keys, self.laid.free
        plain = self.laid.world
        kinds.row[:, N_RATE] = plain.kinds.row[:, N_RATE] + dearer_makers(plain.maker, free.second, price.second)
        keys.row[:, N_RATE] = plain.keys.row[:, N_RATE] + price.cm
        keys.row[:, N_LEAST] = plain.keys.row[:, N_LEAST] + price.cm * plain.lot[:, L_LEAST]
        self._fill()
        if self.whole:
            bound_cells(self.world)

    def look(self, left: Free | Scarce) -> None:
        """See how much is left of everything."""
        kinds, keys, plain = self.world.kinds, self.world.keys, self.laid.world
        rooms = rooms_of(plain.maker, plain.day_seconds, left.second)
        kinds.row[:, N_ROOM] = np.minimum(plain.kinds.row[:, N_ROOM], rooms[:, 0])
        kinds.row[:, NODE:] = np.minimum(plain.kinds.row[:, NODE:], rooms[:, 1:])
        keys.row[:, N_ROOM] = np.minimum(plain.keys.row[:, N_ROOM], left.cm)
        self._fill()

    def widen(self, left: Free | Scarce, makers: Whole, lots: Whole) -> None:
        """See that more is left of makers and lots (n,) whose plans were taken away."""
        kinds, keys, plain = self.world.kinds, self.world.keys, self.laid.world
        widen(
            kinds,
            self.world.rules,
            makers,
            rooms_of(plain.maker[makers], plain.day_seconds[makers], left.second[makers]),
        )
        widen(keys, self.world.rules, lots, left.cm[lots, None].astype(np.float64))

    def _fill(self) -> None:
        fill(self.world.kinds, self.world.rules)
        fill(self.world.keys, self.world.rules)


def _copied(forest: Forest) -> Forest:
    return forest._replace(node=forest.node.copy(), row=forest.row.copy())
