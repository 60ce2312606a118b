"""Lower bounds for whole cells of brands, before any lot or maker is looked at.

The least of many straight lines (a rate times an amount, and a constant for each maker or lot) is concave in the
amount. So between two amounts at which it is known, the chord lies below it; before the first the chord from zero
does, and behind the last its value, for it never falls. A least cut makes a line rise later: then the chord does not
hold, but the value at the lower amount still does. Many makers together pay no less than the least for all the
work, for a concave function that is not negative at zero is subadditive.

Makers have only so much room. Filling the cheapest of them first, each with its part of the set-up, is convex in the
work and zero at zero: beyond an amount at which it is known it grows at least in proportion."""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np

from .compiling import allocating, inlined, kernel
from .forest import PER_RATE, THING, least, push_below, push_root
from .heap import pop, push
from .legs import leg_idr, metres, per_metre
from .tables import (
    B_FAMILIES,
    B_FEE,
    B_WEEK,
    BASE,
    CM,
    FAMILY,
    FAR,
    KEY,
    KIND,
    MILLI,
    N_ROOM,
    NEVER,
    PIECES,
    Q_FIXED,
    Q_LEAST,
    Q_METRE,
    Q_MOST,
    Q_RATE,
    Q_ROOM,
    Q_WORK,
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
"""An item of the heap that is a cell or an area; a brand otherwise."""
SIZE = 8
"""Brands of a cell, and what an area holds of the level below it."""


@inlined
def _interval(amounts: Any, amount: int) -> int:
    """The last place of ascending amounts that is not above one, −1 when there is none."""
    at = -1
    while at + 1 < len(amounts) and amounts[at + 1] <= amount:
        at += 1
    return at


@kernel
def cloth_bound(cells: Cells, ask: Any, cell: int) -> float:
    """No lot with enough cloth is worth less for any brand of a cell."""
    amount, known = ask[PIECES] * ask[CM], cells.cloth_at
    values, at = cells.cloth[cell, ask[KEY]], _interval(known, amount)
    if at < 0:
        return values[0, 0] * amount / known[0] if values[0, 0] < FAR else FAR
    if values[at, 0] >= FAR or at == len(known) - 1:
        return values[at, 2]
    chord = values[at, 0] + (values[at, 1] - values[at, 0]) * (amount - known[at]) / (known[at + 1] - known[at])
    return max(chord, values[at, 2])


@kernel
def sewing_bound(cells: Cells, ask: Any, cell: int) -> float:
    """Nobody sews for any brand of a cell for less."""
    work, known, values = ask[PIECES] * ask[SECONDS], cells.work_at, cells.sewing[cell, ask[KIND]]
    at = _interval(known, work)
    if values[0] >= FAR or at == len(known) - 1:
        one = values[at]
    elif at < 0:
        one = values[0] * work / known[0]
    else:
        one = values[at] + (values[at + 1] - values[at]) * (work - known[at]) / (known[at + 1] - known[at])
    many = _interval(cells.spread_at, work)
    if many < 0:
        return one
    return max(one, cells.spread[cell, ask[KIND], many] * work / cells.spread_at[many])


@kernel
def push_all(cells: Cells, ask: Any, limit: float, heap: Heap) -> None:
    """Enter the areas of the highest level whose bound is below the limit."""
    level = cells.level
    _push_some(cells, ask, level[len(level) - 2], level[len(level) - 1], limit, heap)


@kernel
def push_inside(cells: Cells, brands: Any, ask: Any, cell: int, limit: float, heap: Heap) -> None:
    """Enter what a cell or an area holds and has a bound below the limit: brands, or what is one level below."""
    level, above = cells.level, 1
    if cell < level[1]:
        _push_brands(cells, brands, ask, cell, limit, heap)
        return
    while cell >= level[above + 1]:
        above += 1
    begin = level[above - 1] + (cell - level[above]) * SIZE
    _push_some(cells, ask, begin, min(begin + SIZE, level[above]), limit, heap)


@kernel
def _push_some(cells: Cells, ask: Any, begin: int, end: int, limit: float, heap: Heap) -> None:
    """Enter those of some cells or areas that have a brand of the family with the room, and a bound below the limit."""
    box, metre = cells.box, per_metre(ask)
    fee = cells.fee[:, ask[FAMILY], _interval(cells.pieces_at, ask[PIECES])]
    for cell in range(begin, end):
        if fee[cell] >= NEVER:
            continue
        dx = max(box[cell, 0] - ask[X], ask[X] - box[cell, 1], 0.0)
        dy = max(box[cell, 2] - ask[Y], ask[Y] - box[cell, 3], 0.0)
        bound = MILLI * (ask[PIECES] * fee[cell] + ask[BASE]) + metre * max(sqrt(dx * dx + dy * dy) - 2.0, 0.0)
        if bound < limit:
            bound += cloth_bound(cells, ask, cell)
            if bound < limit:
                bound += sewing_bound(cells, ask, cell) - 1.0
                if bound < limit:
                    push(heap, bound, CELL | cell)


@kernel
def _push_brands(cells: Cells, brands: Any, ask: Any, cell: int, limit: float, heap: Heap) -> None:
    """Enter the brands of a cell that make the family, have the room, and whose bound is below the limit."""
    rest = cloth_bound(cells, ask, cell) + sewing_bound(cells, ask, cell) - 1.0
    for brand in range(cell * SIZE, min((cell + 1) * SIZE, len(brands))):
        if (brands[brand, B_FAMILIES] >> ask[FAMILY]) & 1 and brands[brand, B_WEEK] >= ask[PIECES]:
            bound = brand_value(ask, brands[brand]) + rest
            if bound < limit:
                push(heap, bound, brand)


@kernel
def lift(cells: Cells, kind: int, cell: int) -> None:
    """Set the bounds of sewing and spreads of the areas that hold a cell, after those of the cell have changed."""
    begin = 0
    for level in range(1, len(cells.level) - 1):
        first, cell = begin + cell // SIZE * SIZE, cell // SIZE
        begin = cells.level[level]
        _least_of(cells.sewing[:, kind], first, min(first + SIZE, begin), begin + cell)
        _least_of(cells.spread[:, kind], first, min(first + SIZE, begin), begin + cell)


@kernel
def lift_cloth(cells: Cells, key: int, cell: int) -> None:
    """The same for cloth."""
    begin = 0
    for level in range(1, len(cells.level) - 1):
        first, cell = begin + cell // SIZE * SIZE, cell // SIZE
        begin = cells.level[level]
        for end in range(3):
            _least_of(cells.cloth[:, key, :, end], first, min(first + SIZE, begin), begin + cell)


@kernel
def _least_of(rows: Any, first: int, last: int, target: int) -> None:
    """Set a row to the least of rows from `first` to before `last`, column by column."""
    for column in range(rows.shape[1]):
        least_yet = rows[first, column]
        for row in range(first + 1, last):
            least_yet = min(least_yet, rows[row, column])
        rows[target, column] = least_yet


@inlined
def brand_value(ask: Any, brand: Any) -> int:
    """Fee and delivery of a brand."""
    ship = leg_idr(ask, metres(ask[X] - brand[X], ask[Y] - brand[Y]))
    return MILLI * (ask[PIECES] * brand[B_FEE] + ship)


@allocating
def fill_sewing(cells: Cells, kinds: Forest, rules: Any, span: tuple[int, int], heap: Heap) -> None:
    """Set the bounds of sewing for some cells."""
    for cell in range(span[0], span[1]):
        for kind in range(cells.sewing.shape[1]):
            fill_sewing_of(cells, kinds, rules, (cell, kind), heap)


@allocating
def fill_sewing_of(cells: Cells, kinds: Forest, rules: Any, place: tuple[int, int], heap: Heap) -> None:
    """Set the bounds of sewing for one (cell, kind): set-up, two legs and the rate, without defects, time and reach."""
    query, sewing, work_at = np.zeros(QUERY), cells.sewing[place[0], place[1]], cells.work_at
    query[:4] = cells.box[place[0]]
    query[Q_FIXED], query[Q_METRE] = MILLI * (rules[SET_UP] + 2 * rules[BASE]), 2 * per_metre(rules)
    for at in range(len(work_at)):
        query[Q_RATE] = work_at[at] * PER_RATE
        sewing[at] = least(kinds, place[1], query, FAR, heap)


@allocating
def fill_spread(cells: Cells, kinds: Forest, rules: Any, span: tuple[int, int], most: Any, heap: Heap) -> None:
    """Set the bounds of spreads for some cells, up to `most` (kinds,) seconds of work."""
    for cell in range(span[0], span[1]):
        for kind in range(cells.spread.shape[1]):
            fill_spread_of(cells, kinds, rules, (cell, kind), most[kind], heap)


@allocating
def fill_spread_of(cells: Cells, kinds: Forest, rules: Any, place: tuple[int, int], most: float, heap: Heap) -> float:
    """Set the bounds of spreads for one (cell, kind): makers by rising value of a piece of the shortest work, without
    defects and time. The value of such a piece of the last maker who was needed, FAR when all together were not
    enough."""
    query, kind = np.zeros(QUERY), place[1]
    query[:4] = cells.box[place[0]]
    query[Q_FIXED], query[Q_METRE] = MILLI * (rules[SET_UP] + 2 * rules[BASE]), 2 * per_metre(rules)
    query[Q_ROOM] = 1.0
    query[Q_RATE], query[Q_WORK], query[Q_MOST] = kinds.shortest[kind] * PER_RATE, kinds.shortest[kind], FAR
    return _fill_up(kinds, kind, query, cells.spread[place[0], kind], cells.spread_at, most, heap)


@kernel
def _fill_up(kinds: Forest, kind: int, query: Any, values: Any, known: Any, most: float, heap: Heap) -> float:
    """Set the least values at the amounts that are known; FAR from where all makers together have no more room."""
    values[:] = FAR
    at, work, value, bound = 0, 0.0, 0.0, 0.0
    push_root(kinds, kind, query, FAR, heap)
    while heap.size[0] > 0 and at < len(known) and known[at] <= most:
        bound, item = pop(heap)
        if item < THING:
            push_below(kinds, kind, query, item, FAR, heap)
            continue
        room = kinds.row[kinds.thing[item & (THING - 1)], N_ROOM]
        while at < len(known) and known[at] <= work + room:
            values[at] = value + (known[at] - work) * bound / query[Q_WORK]
            at += 1
        value, work = value + room * bound / query[Q_WORK], work + room
    if heap.size[0] == 0 and at < len(known):
        return FAR
    values[at:] = 0.0
    return bound


@allocating
def fill_cloth(cells: Cells, keys: Forest, rules: Any, span: tuple[int, int], heap: Heap) -> None:
    """Set the bounds of cloth for some cells."""
    for cell in range(span[0], span[1]):
        for key in range(cells.cloth.shape[1]):
            fill_cloth_of(cells, keys, rules, (cell, key), heap)


@allocating
def fill_cloth_of(cells: Cells, keys: Forest, rules: Any, place: tuple[int, int], heap: Heap) -> None:
    """Set the bounds of cloth for one (cell, key): its price and its leg."""
    query, cloth, known = np.zeros(QUERY), cells.cloth[place[0], place[1]], cells.cloth_at
    query[:4] = cells.box[place[0]]
    query[Q_FIXED], query[Q_METRE] = MILLI * rules[BASE], per_metre(rules)
    for at in range(len(known)):
        query[Q_ROOM] = known[at] if at else 0
        for end in range(2):
            query[Q_RATE] = known[min(at + end, len(known) - 1)]
            cloth[at, end] = least(keys, place[1], query, FAR, heap)
        query[Q_RATE], query[Q_LEAST] = known[at], 1
        cloth[at, 2], query[Q_LEAST] = least(keys, place[1], query, FAR, heap), 0
