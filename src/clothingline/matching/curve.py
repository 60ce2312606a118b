"""The order of a Hilbert curve: what stands together on the map stands together in memory (Hilbert 1891)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
BITS = 16


def along(x: Any, y: Any) -> Whole:
    """The places (n,) of points in the order in which a curve through their common square passes them."""
    if not len(x):
        return np.zeros(0, dtype=np.int64)
    low_x, low_y = int(x.min()), int(y.min())
    side = max(int(x.max()) - low_x, int(y.max()) - low_y, 1)
    last = (1 << BITS) - 1
    return np.argsort(_distance((x - low_x) * last // side, (y - low_y) * last // side), kind="stable")


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
