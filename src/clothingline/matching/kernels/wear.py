"""Bounds of cells after a change: lowered at once where they would be too high, marked as worn where they could be
higher.

The bounds for one maker, and those of cloth, are the least of all things at amounts that are known. When one thing
changes the least is that of all others, which is not below the old bound, and of its new self: the smaller of the two
is a bound again.

The bound F(s) for a spread fills the cheapest makers first: a linear programme. Its dual s · λ − Σ room · (λ − v)⁺ over
makers, each with the value v of a piece, is a lower bound for any λ, and the best one at the value λ of the last maker
who was needed, which never exceeds `edge`, the value of the last one at the largest amount. When one maker changes,
the dual falls by room₁ · (λ − v₁)⁺ − room₀ · (λ − v₀)⁺. That is piecewise linear in λ, so its largest value up to the
edge is at v₀ or at the edge, or zero: so much is taken off (`taken`). A bound that was not above the dual for some λ
up to the edge, or zero, stays so. Where all makers together were not enough there was no λ; with one who adds to them,
zero is the bound."""

from __future__ import annotations

from math import sqrt
from typing import Any

from .cells import fill_cloth_of, fill_sewing_of, fill_spread_of, lift, lift_cloth
from .compiling import allocating, inlined, kernel
from .forest import PER_RATE
from .legs import per_metre
from .tables import BASE, FAR, MILLI, N_LEAST, N_RATE, N_REACH, N_ROOM, N_X0, N_Y0, SET_UP, Cells, Forest, Heap


@kernel
def wear(cells: Cells, trees: Any, rows: Any, shortest: Any, rules: Any, edge: Any, worn: Any, units: Any) -> None:
    """Lower the bounds of cells in trees (n,) for a maker who was `rows[0]` and is `rows[1]` (rows of the forest; one
    without room where he is not there), and mark in `worn` (cells, kinds) where he gave or gives their value. `units`
    (n, 4) is room to work in."""
    box, sewing, last = cells.box, cells.sewing, len(cells.work_at) - 1
    fixed, metre = MILLI * (rules[SET_UP] + 2 * rules[BASE]), 2 * per_metre(rules)
    for number in range(len(trees)):
        _set_unit(rows[0], shortest[trees[number]], units[number, :2])
        _set_unit(rows[1], shortest[trees[number]], units[number, 2:])
    for cell in range(cells.level[1]):
        away = (_away(box, cell, rows[0]), _away(box, cell, rows[1]))
        old = fixed + metre * away[0] if away[0] <= rows[0, N_REACH] else FAR
        new = fixed + metre * away[1] if away[1] <= rows[1, N_REACH] else FAR
        if min(old, new) >= FAR:
            continue
        for number in range(len(trees)):
            kind, fell = trees[number], False
            if min(old, new) - 2.0 <= sewing[cell, kind, last]:
                gave = _lines(sewing[cell, kind], cells.work_at, old - 1.0, rows[0], False)
                if _lines(sewing[cell, kind], cells.work_at, new - 1.0, rows[1], True) or gave:
                    worn[cell, kind] = fell = True
            before = old * units[number, 0] + units[number, 1]
            after = new * units[number, 2] + units[number, 3]
            if min(before, after) <= edge[cell, kind] + 1.0:
                worn[cell, kind] = True
                by = taken(max(rows[0, N_ROOM], 0.0), before, max(rows[1, N_ROOM], 0.0), after, edge[cell, kind])
                if by > 0:
                    _fall(cells.spread[cell, kind], by / shortest[kind])
                    fell = True
            if fell:
                lift(cells, kind, cell)


@kernel
def _set_unit(row: Any, shortest: float, unit: Any) -> None:
    """The value of a piece of the shortest work as a line (2,) in what is fixed: its part of that, and the rest; FAR
    without room."""
    unit[0], unit[1] = 0.0, FAR
    if row[N_ROOM] >= 1:
        unit[0], unit[1] = 1 / max(row[N_ROOM] / shortest, 1.0), shortest * row[N_RATE] * PER_RATE - 1.0


@inlined
def taken(old_room: float, before: float, room: float, after: float, edge: float) -> float:
    """What the dual falls by at most; the last line is room · (edge − after) − old_room · (edge − before), written so
    that it is exact where the rooms are equal and the edge is far."""
    if after >= edge:
        return 0.0
    by = room * (min(before, edge) - after)
    if before < edge:
        by = max(by, (room - old_room) * (edge - after) + old_room * (before - after))
    return by


@inlined
def _away(box: Any, cell: int, row: Any) -> float:
    """Metres from a thing to the box of a cell, less what rounding takes."""
    dx = max(box[cell, 0] - row[N_X0], row[N_X0] - box[cell, 1], 0.0)
    dy = max(box[cell, 2] - row[N_Y0], row[N_Y0] - box[cell, 3], 0.0)
    return max(sqrt(dx * dx + dy * dy) - 2.0, 0.0)


@kernel
def _lines(values: Any, known: Any, base: float, row: Any, lower: bool) -> bool:
    """Whether a maker's line gives one of the values at known amounts, up to rounding; lower them to it."""
    gives, rate = False, row[N_RATE] * PER_RATE
    for at in range(len(known)):
        line = base + rate * known[at]
        if line <= values[at] + 1.0:
            gives = True
            if lower:
                values[at] = min(values[at], line)
    return gives


@kernel
def _fall(values: Any, by: float) -> None:
    """Lower the bounds of a spread; to zero where that is far."""
    for at in range(len(values)):
        values[at] = max(values[at] - by, 0.0) if values[at] < FAR else 0.0


@kernel
def wear_cloth(cells: Cells, trees: Any, rows: Any, rules: Any, worn: Any) -> None:
    """The same for a lot and the cells' bounds of cloth in trees (n,); `worn` (cells, keys)."""
    base, metre, box, known = MILLI * rules[BASE] - 1.0, per_metre(rules), cells.box, cells.cloth_at
    for cell in range(cells.level[1]):
        for side in range(2):
            start = base + metre * _away(box, cell, rows[side])
            for number in range(len(trees)):
                if _cloth_lines(cells.cloth[cell, trees[number]], known, start, rows[side], side == 1):
                    worn[cell, trees[number]] = True
                    lift_cloth(cells, trees[number], cell)


@kernel
def _cloth_lines(values: Any, known: Any, base: float, row: Any, lower: bool) -> bool:
    """The same as `_lines` for a lot, at the amounts that it has."""
    gives = False
    for at in range(len(known)):
        if row[N_ROOM] < (known[at] if at else 0.0):
            break
        for end in range(3):
            line = base + row[N_RATE] * known[min(at + end % 2, len(known) - 1)]
            if end == 2:
                line = max(line, base + row[N_LEAST])
            if line <= values[at, end] + 1.0:
                gives = True
                if lower:
                    values[at, end] = min(values[at, end], line)
    return gives


@allocating
def renew(cells: Cells, kinds: Forest, rules: Any, places: Any, most: Any, edge: Any, heap: Heap) -> None:
    """Set the bounds of sewing and spreads of places (n, 2), each a cell and a kind, and their edges."""
    for at in range(len(places)):
        cell, kind = places[at, 0], places[at, 1]
        fill_sewing_of(cells, kinds, rules, (cell, kind), heap)
        edge[cell, kind] = fill_spread_of(cells, kinds, rules, (cell, kind), most[kind], heap)
        lift(cells, kind, cell)


@allocating
def renew_cloth(cells: Cells, keys: Forest, rules: Any, places: Any, heap: Heap) -> None:
    """Set the bounds of cloth of places (n, 2), each a cell and a key."""
    for at in range(len(places)):
        fill_cloth_of(cells, keys, rules, (places[at, 0], places[at, 1]), heap)
        lift_cloth(cells, places[at, 1], places[at, 0])


@allocating
def set_edges(cells: Cells, kinds: Forest, rules: Any, span: tuple[int, int], most: Any, edge: Any, heap: Heap) -> None:
    """Set the bounds of spreads of some cells, with their edges (cells, kinds)."""
    for cell in range(span[0], span[1]):
        for kind in range(edge.shape[1]):
            edge[cell, kind] = fill_spread_of(cells, kinds, rules, (cell, kind), most[kind], heap)
