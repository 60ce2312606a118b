"""Cells of brands that stand together, and areas of cells: how they lie, and what is known of the brands in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .kernels.cells import SIZE
from .kernels.tables import B_FAMILIES, B_FEE, B_WEEK, NEVER, Cells, X, Y

Whole = NDArray[np.int64]
CLOTH_AT = np.array([100.0, 180, 320, 1_000, 2_500, 6_000, 15_000, 40_000, 100_000, 300_000])
"""Centimetres; dense where single pieces are."""
WORK_AT = np.array([900.0, 1_350, 2_000, 3_000, 4_500, 6_750, 20_000, 100_000, 1_000_000, 10_000_000])
"""Standard seconds; dense where single pieces are."""
SPREAD_AT = np.array([10_000.0 * 1.6**n for n in range(17)])
"""Standard seconds of runs, up to 5,000 hours."""
PIECES_AT = np.array([0, 4, 10, 20, 40, 80, 200, 500])
"""Pieces that a brand cuts in one week."""


def cells_of(brands: Whole, kinds: int, keys: int) -> Cells:
    """Cells and areas of brands (rows of the world) with boxes and fees; their other bounds are not yet set."""
    level = _levels(len(brands))
    spot = brands[:, [X, X, Y, Y]].astype(np.float64)
    box = [stacked(spot[:, side], level, (np.minimum, np.maximum)[side % 2]) for side in range(4)]
    fee = np.stack([stacked(_fees(brands, least), level, np.minimum) for least in PIECES_AT], axis=2)
    rows = int(level[-1])
    return Cells(
        level,
        np.stack(box, axis=1).reshape(rows, 4),
        fee.reshape(rows, 64, len(PIECES_AT)),
        np.zeros((rows, keys, len(CLOTH_AT), 3)),
        np.zeros((rows, kinds, len(WORK_AT))),
        np.zeros((rows, kinds, len(SPREAD_AT))),
        PIECES_AT,
        CLOTH_AT,
        WORK_AT,
        SPREAD_AT,
    )


def _levels(brands: int) -> Whole:
    """Where the levels of cells of so many brands begin, the last with its end."""
    counts = [-(-brands // SIZE)]
    while counts[-1] > SIZE:
        counts.append(-(-counts[-1] // SIZE))
    return np.cumsum([0, *counts])


def _fees(brands: Whole, least: int) -> Whole:
    """The fee (brands, families) of each brand; NEVER for what it does not make, or not in so many pieces a week."""
    makes = (brands[:, B_FAMILIES, None] >> np.arange(64)) & 1 == 1
    return np.where(makes & (brands[:, B_WEEK, None] >= least), brands[:, B_FEE, None], NEVER)


def stacked(values: NDArray[Any], level: Whole, of: np.ufunc) -> NDArray[Any]:
    """What holds of cells and areas (rows, …), from what holds of single brands (brands, …)."""
    parts = []
    for _ in range(len(level) - 1):
        values = of.reduceat(values, np.arange(0, len(values), SIZE), axis=0) if len(values) else values
        parts.append(values)
    return np.concatenate(parts)


def lift_all(cells: Cells) -> None:
    """Set the bounds of sewing and cloth of all areas from those of the cells."""
    count = int(cells.level[1])
    for bounds in (cells.sewing, cells.spread, cells.cloth) if len(cells.level) > 2 else ():
        bounds[count:] = stacked(bounds[:count], cells.level[1:], np.minimum)


def lift_fees(cells: Cells, brands: Whole, brand: int) -> None:
    """Set the fees of the cell and the areas that hold a brand, after its row has changed."""
    below = np.stack([_fees(brands[brand // SIZE * SIZE :][:SIZE], least) for least in PIECES_AT], axis=2)
    for at, inside in _above(cells.level, brand):
        cells.fee[at] = (cells.fee[inside] if inside.stop else below).min(axis=0)


def _above(level: Whole, brand: int) -> Iterator[tuple[int, slice]]:
    """The rows of the cell and the areas that hold a brand, each with the rows that it holds (none of a cell)."""
    at, begin = brand // SIZE, 0
    yield at, slice(0, 0)
    for above in range(1, len(level) - 1):
        first = begin + at // SIZE * SIZE
        at, begin = at // SIZE, int(level[above])
        yield begin + at, slice(first, min(first + SIZE, begin))
