"""Trees over lists of things: how wide their levels are, and where everything stands."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .kernels.tables import FAN, Forest

Whole = NDArray[np.int64]


def forest(lists: Sequence[Whole], untils: Sequence[Whole], row: NDArray[np.float64], shortest: Whole) -> Forest:
    """Trees over lists of things, their nodes not yet set."""
    widths = [_widths(len(each)) for each in lists]
    levels = max((len(each) for each in widths), default=0)
    level = np.zeros((len(lists), levels + 1), dtype=np.int64)
    begin = 0
    for tree, sizes in enumerate(widths):
        steps = [0, *np.cumsum(sizes).tolist()]
        level[tree] = begin + np.array(steps + [steps[-1]] * (levels + 1 - len(steps)))
        begin += steps[-1]
    sizes = [len(each) for each in lists]
    empty = [np.zeros(0, dtype=np.int64)]
    return Forest(
        thing=np.concatenate([*lists, *empty]).astype(np.int32),
        until=np.concatenate([*untils, *empty]).astype(np.int32),
        first=np.cumsum([0, *sizes], dtype=np.int64),
        level=level,
        depth=np.array([len(each) for each in widths], dtype=np.int64),
        node=np.zeros((begin, row.shape[1])),
        row=row,
        shortest=shortest,
    )


def _widths(count: int) -> list[int]:
    """How many nodes each level of a tree over so many things has, the leaves first; the last fits into one node."""
    widths: list[int] = []
    while count > (FAN if widths else 0):
        count = -(-count // FAN)
        widths.append(count)
    return widths
