"""The order of a Hilbert curve: what stands together on the map stands together in memory (Hilbert 1891)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
BITS = 16


def along(x: Any, y: Any) -> Whole:
    """The places (n,) of points in the order in which a curve through their common square passes them."""
    return np.argsort(distance(x, y, square_of(x, y)), kind="stable")


def square_of(x: Any, y: Any) -> tuple[int, int, int]:
    """The lowest x and y, and the side, of the square that holds points (n,)."""
    if not len(x):
        return 0, 0, 1
    low_x, low_y = int(x.min()), int(y.min())
    return low_x, low_y, max(int(x.max()) - low_x, int(y.max()) - low_y, 1)


def distance(x: Any, y: Any, square: tuple[int, int, int]) -> Whole:
    """How far along the curve through a square points (n,) lie; outside of it, the spots of the square nearest to
    them."""
    low_x, low_y, side = square
    last = (1 << BITS) - 1
    columns = (np.clip(np.asarray(each, dtype=np.int64) - low, 0, side) for each, low in ((x, low_x), (y, low_y)))
    return _distance(*(column * last // side for column in columns))


def _distance(x: Whole, y: Whole) -> Whole:
    """How far along the curve cells (x, y) of a square with 2¹⁶ cells a side lie."""
    x, y, far = x.copy(), y.copy(), np.zeros(len(x), dtype=np.int64)
    for bit in range(BITS - 1, -1, -1):
        side = np.int64(1) << bit
        right, upper = (x & side) > 0, (y & side) > 0
        far += side * side * ((3 * right) ^ upper)
        flip = right & ~upper
        x, y = (
            np.where(flip, side - 1 - (x & (side - 1)), x & (side - 1)),
            np.where(flip, side - 1 - (y & (side - 1)), y & (side - 1)),
        )
        x, y = np.where(upper, x, y), np.where(upper, y, x)
    return far
