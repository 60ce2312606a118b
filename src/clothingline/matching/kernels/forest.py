"""Walking the trees: lower bounds of nodes, and filling nodes from what is below them.

A node's bound never exceeds the value of anything below it: distances are taken to its box, rates and costs are the
least of all below, room is the most. Whatever asks may itself be a box; then the bound holds for every spot in it.

For makers the rate is rate · (10⁶ − credit) in rupiah a minute, or more with prices: seconds · rate / 60,000 is never
above sewing pay less credit, for pay is rounded up and the credit down. The unit is that for the shortest work s₀ of
the kind, with the defects; a piece that takes s ≥ s₀ seconds is worth at least unit + (s − s₀) · rate / 60,000, and in
it the least rate and the least defects need not be those of one maker. A share adds set-up and base of the legs over
the most pieces for which there is room, on all days that serve: the most room on one day of each week, times the days.
For lots the rate is ten times the price of a metre: centimetres · rate is never above the value of the cloth, and
neither is ten times the price of the least cut. Nobody serves whoever is beyond his reach. Floating numbers of this
size err by less than one, and one is taken off; only for the fewest defects, whose weight is larger than any cost, they
may err by a tie."""

from __future__ import annotations

from math import sqrt
from typing import Any

from .compiling import inlined, kernel
from .heap import pop, push
from .tables import (
    BASE,
    DEFECT,
    FAN,
    FAR,
    N_LEAST,
    N_PPM,
    N_RATE,
    N_REACH,
    N_ROOM,
    N_SHARE,
    N_UNIT,
    N_X0,
    N_X1,
    N_Y0,
    N_Y1,
    NODE,
    Q_FIXED,
    Q_HEAD,
    Q_LEAST,
    Q_METRE,
    Q_MOST,
    Q_OVER,
    Q_PPM,
    Q_RATE,
    Q_ROOM,
    Q_TAIL,
    Q_TOLL,
    Q_UNIT,
    Q_WEEK,
    Q_WEEKS,
    Q_WORK,
    SET_UP,
    Forest,
    Heap,
)

LEVEL = 40
"""An item of the heap is level << LEVEL | number of the node in its level; a thing stands above all levels."""
NUMBER = (1 << LEVEL) - 1
THING = 1 << 60
PER_RATE = 1 / 60_000
"""Value of a standard second at a rate of one."""


@inlined
def _way(node: Any, at: int, query: Any) -> float:
    """The value of the straight way; FAR where it is beyond all reach."""
    dx = max(node[at, N_X0] - query[N_X1], query[N_X0] - node[at, N_X1], 0.0)
    dy = max(node[at, N_Y0] - query[N_Y1], query[N_Y0] - node[at, N_Y1], 0.0)
    straight = max(sqrt(dx * dx + dy * dy) - 2.0, 0.0)
    return query[Q_METRE] * straight if straight <= node[at, N_REACH] else FAR


@inlined
def _room(row: Any, at: int, query: Any) -> float:
    """No more room than this is there in the weeks that count."""
    weeks = int(query[Q_WEEKS])
    if weeks == 0:
        return row[at, N_ROOM]
    first = NODE + int(query[Q_WEEK])
    room = query[Q_HEAD] * row[at, first] + query[Q_TAIL] * row[at, first + weeks - 1]
    for column in range(first + 1, first + weeks - 1):
        room += 7.0 * row[at, column]
    return min(room, row[at, N_ROOM])


@inlined
def bound_of(row: Any, at: int, query: Any) -> float:
    """A thing does not serve the query for less, nor does anything below a node; FAR without the room or the reach."""
    room = _room(row, at, query)
    if room < query[Q_ROOM]:
        return FAR
    way = _way(row, at, query)
    if way >= FAR:
        return FAR
    fixed = query[Q_FIXED] + way
    if query[Q_MOST] > 0:
        fixed += query[Q_TOLL]
        fixed /= max(min(query[Q_MOST], room / query[Q_WORK]), 1.0)
    work = max(query[Q_RATE] * row[at, N_RATE], query[Q_LEAST] * row[at, N_LEAST])
    return fixed + work + query[Q_PPM] * row[at, N_PPM] - 1.0


@inlined
def node_bound(node: Any, at: int, query: Any) -> float:
    """The same for a node, sharper where units are known."""
    room = _room(node, at, query)
    if query[Q_UNIT] == 0 or room < query[Q_ROOM]:
        return bound_of(node, at, query)
    value, way = query[Q_OVER] * node[at, N_RATE], _way(node, at, query)
    if way >= FAR:
        return FAR
    if query[Q_MOST] > 0:
        pieces = max(min(query[Q_MOST], room / query[Q_WORK]), 1.0)
        share = max(query[Q_UNIT] * node[at, N_SHARE], query[Q_FIXED] / pieces + query[Q_UNIT] * node[at, N_UNIT])
        return value + (way + query[Q_TOLL]) / pieces + share - 1.0
    return value + query[Q_FIXED] + way + query[Q_UNIT] * node[at, N_UNIT] - 1.0


@kernel
def push_root(forest: Forest, tree: int, query: Any, limit: float, heap: Heap) -> None:
    """Empty the heap and enter the nodes of the highest level of a tree whose bound is below the limit."""
    heap.size[0] = 0
    level, node = forest.depth[tree] - 1, forest.node
    if level < 0:
        return
    begin = forest.level[tree, level]
    for at in range(begin, forest.level[tree, level + 1]):
        bound = node_bound(node, at, query)
        if bound < limit:
            push(heap, bound, (level << LEVEL) | (at - begin))


@kernel
def push_below(forest: Forest, tree: int, query: Any, item: int, limit: float, heap: Heap) -> None:
    """Enter what is below a node and has a bound below the limit: its children, or the places of the things of a
    leaf."""
    level, number = (item >> LEVEL) - 1, (item & NUMBER) * FAN
    if level >= 0:
        begin, node = forest.level[tree, level], forest.node
        for at in range(begin + number, min(begin + number + FAN, forest.level[tree, level + 1])):
            bound = node_bound(node, at, query)
            if bound < limit:
                push(heap, bound, (level << LEVEL) | (at - begin))
        return
    begin, row = forest.first[tree], forest.row
    for at in range(begin + number, min(begin + number + FAN, forest.first[tree + 1])):
        bound = bound_of(row, forest.thing[at], query)
        if bound < limit:
            push(heap, bound, THING | at)


@kernel
def least(forest: Forest, tree: int, query: Any, limit: float, heap: Heap) -> float:
    """The least bound of any thing in a tree, or the limit when none is below it."""
    push_root(forest, tree, query, limit, heap)
    while heap.size[0] > 0:
        bound, item = pop(heap)
        if item >= THING:
            return bound
        push_below(forest, tree, query, item, limit, heap)
    return limit


@kernel
def fill(forest: Forest, rules: Any) -> None:
    """Set all nodes of all trees from the rows of their things."""
    for tree in range(len(forest.depth)):
        for level in range(forest.depth[tree]):
            for number in range(forest.level[tree, level + 1] - forest.level[tree, level]):
                fill_node(forest, rules, tree, level, number)


@kernel
def fill_path(forest: Forest, rules: Any, tree: int, at: int) -> None:
    """Set the nodes above one place of a tree's list, after its thing has changed."""
    fill_above(forest, rules, tree, at, at)


@kernel
def fill_above(forest: Forest, rules: Any, tree: int, low: int, high: int) -> None:
    """Set the nodes above the places from `low` to `high` of a tree's list, after their things have changed."""
    low, high = low - forest.first[tree], high - forest.first[tree]
    for level in range(forest.depth[tree]):
        low, high = low // FAN, high // FAN
        for number in range(low, high + 1):
            fill_node(forest, rules, tree, level, number)


@kernel
def fill_node(forest: Forest, rules: Any, tree: int, level: int, number: int) -> None:
    """Set one node from what is right below it."""
    node, row = forest.node, forest.row
    target = forest.level[tree, level] + number
    node[target, :N_ROOM], node[target, N_ROOM:] = FAR, -FAR
    node[target, N_X1], node[target, N_Y1] = -FAR, -FAR
    if level == 0:
        begin = forest.first[tree] + number * FAN
        for at in range(begin, min(begin + FAN, forest.first[tree + 1])):
            _set_units(row, forest.thing[at], rules, forest.shortest[tree])
            _widen(node, target, row, forest.thing[at])
    else:
        begin = forest.level[tree, level - 1] + number * FAN
        for at in range(begin, min(begin + FAN, forest.level[tree, level])):
            _widen(node, target, node, at)


@inlined
def _set_units(row: Any, at: int, rules: Any, shortest: int) -> None:
    """The units of a thing in the tree that is being set; other trees have other shortest work."""
    fixed = shortest * 1_000.0 * (rules[SET_UP] + 2 * rules[BASE]) / max(row[at, N_ROOM], 1.0)
    unit = shortest * row[at, N_RATE] * PER_RATE + row[at, N_PPM] * rules[DEFECT] * 1e-3
    row[at, N_UNIT], row[at, N_SHARE] = unit, unit + fixed


@inlined
def _widen(node: Any, target: int, source: Any, at: int) -> None:
    node[target, N_X0] = min(node[target, N_X0], source[at, N_X0])
    node[target, N_Y0] = min(node[target, N_Y0], source[at, N_Y0])
    for column in range(N_RATE, N_ROOM):
        node[target, column] = min(node[target, column], source[at, column])
    node[target, N_X1] = max(node[target, N_X1], source[at, N_X1])
    node[target, N_Y1] = max(node[target, N_Y1], source[at, N_Y1])
    for column in range(N_ROOM, node.shape[1]):
        node[target, column] = max(node[target, column], source[at, column])
