"""A laid problem that follows what happens, without being laid anew.

After every change the laid problem answers as if the changed problem had been laid: what is found is the same, only
the work to find it may be more, until `renew` has set again what has worn. Everything is named by its number in the
problem; whoever is new gets the next number. One thread may change things, while nobody searches.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from .areas import lift_fees
from .columns import within
from .crew import Crew
from .kernels.tables import B_LARGE, B_WEEK, Cells, Free
from .params import Params
from .problem import Brands, Lots, Makers, Problem
from .rows import large
from .stock import Stock
from .world import Laid, Numbers

SPARE = 1_024
"""Rows that are left over for those who come; when they are taken, so many follow."""


@dataclass(eq=False)
class Changing:
    """A laid problem with room for changes; what was handed in stays as it is.

    Values outside of what the problem's columns hold raise ProblemError, numbers of nobody LookupError."""

    problem: Problem
    params: Params
    laid: Laid
    """As it is now. Another object when arrays had to grow: desks and heaps of the one before are then too small."""
    spare: int = SPARE
    crew: Crew = field(init=False)
    stock: Stock = field(init=False)

    def __post_init__(self) -> None:
        """Copy what changes, with room for more."""
        world, free = self.laid.world, self.laid.free
        cells = Cells(*(each.copy() for each in world.cells))
        copied = Laid(
            world._replace(cells=cells, brand=world.brand.copy()),
            self.laid.numbers,
            free._replace(piece=free.piece.copy()),
        )
        self.crew = Crew(self.problem, self.params, self.spare, copied)
        self.stock = Stock(self.problem, self.spare, copied)
        self.laid = self._assembled(copied)

    def free_time(self, maker: int, week: int, seconds: int) -> None:
        """A maker has so many free seconds in a week, of which a seventh on each day."""
        self.crew.free(maker, week, seconds)

    def terms(self, maker: int, **terms: int) -> None:
        """A maker's `rate_idr`, `efficiency_permille`, `defect_ppm`, `reach_m` or `fair_credit` is another."""
        self.crew.agree(maker, terms)

    def certificate(self, maker: int, skill: int, until: int) -> None:
        """A maker's certificate of a skill holds up to a day; −1 when it holds no more."""
        self.crew.certify(maker, skill, until)
        self._look()

    def join(self, makers: Makers) -> list[int]:
        """New makers; their numbers."""
        numbers = self.crew.join(makers)
        self._look()
        return numbers

    def retire(self, maker: int) -> None:
        """A maker leaves for good."""
        self.crew.retire(maker)

    def cloth(self, lot: int, cm: int) -> None:
        """There are so many centimetres of a lot."""
        self.stock.measure(lot, cm)

    def arrive(self, lots: Lots) -> list[int]:
        """New lots; their numbers."""
        numbers = self.stock.arrive(lots)
        self._look()
        return numbers

    def gone(self, lot: int) -> None:
        """A lot is gone for good."""
        self.stock.leave(lot)

    def brand_week(self, brand: int, week: int, pieces: int) -> None:
        """A brand can cut so many pieces in a week."""
        rows, free, world = np.flatnonzero(self.laid.numbers.brand == brand), self.laid.free.piece, self.laid.world
        if not len(rows) or not 0 <= week < free.shape[1]:
            raise LookupError(f"there is no brand {brand}, or no week {week}")
        free[rows, week] = within(Brands, "free_pieces", pieces)
        world.brand[rows, B_LARGE + week] = large(free[rows, week])
        world.brand[rows, B_WEEK] = free[rows].max(axis=1)
        lift_fees(world.cells, world.brand, int(rows[0]))

    def renew(self, at_most: int) -> int:
        """Set up to so many worn bounds of cells anew for makers, and as many for lots; how many are left."""
        return self.crew.renew(at_most) + self.stock.renew(at_most)

    def _look(self) -> None:
        """Show the arrays that are in use now."""
        kinds, keys = self.laid.world.kinds, self.laid.world.keys
        if kinds is not self.crew.grove.forest or keys is not self.stock.grove.forest:
            self.laid = self._assembled(self.laid)

    def _assembled(self, laid: Laid) -> Laid:
        crew, stock = self.crew, self.stock
        world = laid.world._replace(
            maker=crew.row,
            day_seconds=crew.day,
            kinds=crew.grove.forest,
            lot=stock.row,
            keys=stock.grove.forest,
            soonest=stock.soonest,
        )
        numbers = Numbers(laid.numbers.order, laid.numbers.brand, stock.number, crew.number)
        return Laid(world, numbers, Free(crew.second, laid.free.piece, stock.cm))
