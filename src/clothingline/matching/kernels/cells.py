"""Lower bounds for whole cells of brands, before any lot or maker is looked at.

The least of many straight lines (a rate times an amount, and a constant for each maker or lot) is concave in the amount.
So between two amounts at which it is known, the chord lies below it; before the first the chord from zero does, and
behind the last its value, for it never falls. Many makers together pay no less than the least for all the work, for a
concave function that is not negative at zero is subadditive.
"""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np
from numba import njit

from .forest import PER_RATE, least
from .heap import push
from .legs import leg_idr, metres, per_metre
from .tables import (
    B_FAMILIES,
    B_FEE,
    BASE,
    CM,
    FAMILY,
    FAN,
    FAR,
    KEY,
    KIND,
    MILLI,
    N_RATE,
    N_RATE_PRICED,
    NEVER,
    PIECES,
    Q_FIXED,
    Q_METRE,
    Q_RATE,
    Q_RATE_COLUMN,
    QUERY,
    SECONDS,
    SET_UP,
    Cells,
    Forest,
    Heap,
    X,
    Y,
)

CELL = 1 << 41
"""An item of the heap that is a cell; a brand otherwise."""
SIZE = 8
"""Brands of a cell."""


@njit(cache=True, nogil=True, inline="always")
def chord(amounts: Any, values: Any, amount: int) -> float:
    """A lower bound at an amount on a concave function that is known at `amounts` (n,), ascending."""
    last = len(amounts) - 1
    if amount >= amounts[last] or values[0] >= FAR:
        return values[last]
    low, low_value, at = 0.0, 0.0, 0
    while amounts[at] <= amount:
        low, low_value = amounts[at], values[at]
        at += 1
    return low_value + (values[at] - low_value) * (amount - low) / (amounts[at] - low)


@njit(cache=True, nogil=True)
def push_cells(cells: Cells, ask: Any, limit: float, heap: Heap) -> None:
    """Enter all cells with a brand of the family whose bound is below the limit."""
    box, fee, cloth, sewing, family = cells.box, cells.fee, cells.cloth, cells.sewing, ask[FAMILY]
    cloth_at, work_at, key, kind = cells.cloth_at, cells.work_at, ask[KEY], ask[KIND]
    pieces, x, y, metre = ask[PIECES], ask[X], ask[Y], per_metre(ask)
    for cell in range(len(box)):
        if fee[cell, family] >= NEVER:
            continue
        dx = max(box[cell, 0] - x, x - box[cell, 1], 0.0)
        dy = max(box[cell, 2] - y, y - box[cell, 3], 0.0)
        bound = MILLI * (pieces * fee[cell, family] + ask[BASE]) + metre * max(sqrt(dx * dx + dy * dy) - 2.0, 0.0)
        if bound < limit:
            bound += chord(cloth_at, cloth[cell, key], pieces * ask[CM])
            bound += chord(work_at, sewing[cell, kind], pieces * ask[SECONDS]) - 1.0
            if bound < limit:
                push(heap, bound, CELL | cell)


@njit(cache=True, nogil=True)
def push_brands(cells: Cells, brands: Any, ask: Any, cell: int, limit: float, heap: Heap) -> None:
    """Enter the brands of a cell that make the family and whose bound is below the limit."""
    rest = chord(cells.cloth_at, cells.cloth[cell, ask[KEY]], ask[PIECES] * ask[CM])
    rest += chord(cells.work_at, cells.sewing[cell, ask[KIND]], ask[PIECES] * ask[SECONDS]) - 1.0
    for brand in range(cell * SIZE, min((cell + 1) * SIZE, len(brands))):
        if (brands[brand, B_FAMILIES] >> ask[FAMILY]) & 1:
            bound = brand_value(ask, brands[brand]) + rest
            if bound < limit:
                push(heap, bound, brand)


@njit(cache=True, nogil=True, inline="always")
def brand_value(ask: Any, brand: Any) -> int:
    """Fee and delivery of a brand."""
    ship = leg_idr(ask, metres(ask[X] - brand[X], ask[Y] - brand[Y]))
    return MILLI * (ask[PIECES] * brand[B_FEE] + ship)


@njit(cache=True, nogil=True)
def fill_sewing(cells: Cells, kinds: Forest, rules: Any, priced: int, span: tuple[int, int], heap: Heap) -> None:
    """Set the bounds of sewing for some cells: set-up, two legs and the rate, without defects, time and reach."""
    query, box, sewing, work_at = np.zeros(QUERY), cells.box, cells.sewing, cells.work_at
    query[Q_FIXED], query[Q_METRE] = MILLI * (rules[SET_UP] + 2 * rules[BASE]), 2 * per_metre(rules)
    query[Q_RATE_COLUMN] = N_RATE_PRICED if priced else N_RATE
    for cell in range(span[0], span[1]):
        query[:4] = box[cell]
        for kind in range(sewing.shape[1]):
            for at in range(len(work_at)):
                query[Q_RATE] = work_at[at] * PER_RATE
                sewing[cell, kind, at] = least(kinds, kind, query, FAR, heap)


@njit(cache=True, nogil=True)
def fill_cloth(cells: Cells, keys: Forest, rules: Any, priced: int, span: tuple[int, int], heap: Heap) -> None:
    """Set the bounds of cloth for some cells: its price and its leg."""
    query, box, cloth, cloth_at = np.zeros(QUERY), cells.box, cells.cloth, cells.cloth_at
    query[Q_FIXED], query[Q_METRE] = MILLI * rules[BASE], per_metre(rules)
    query[Q_RATE_COLUMN] = N_RATE_PRICED if priced else N_RATE
    for cell in range(span[0], span[1]):
        query[:4] = box[cell]
        for key in range(cloth.shape[1]):
            for at in range(len(cloth_at)):
                query[Q_RATE] = cloth_at[at]
                cloth[cell, key, at] = least(keys, key, query, FAR, heap)
