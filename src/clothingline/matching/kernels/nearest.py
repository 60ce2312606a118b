"""The makers nearest to a spot, exactly: best first over a tree by the distance to a node's box.

Everything is measured in squares of straight distances. Differences of whole metres on earth are below 2²⁶, so squares
and their sums stay below 2⁵³ and floating numbers hold them exactly: nothing is rounded, and equal is equal. Nobody
below a node is nearer than its box, so what is left unopened cannot change the answer.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from .compiling import inlined, kernel
from .forest import LEVEL, NUMBER
from .heap import pop, push
from .tables import FAN, N_X0, N_X1, N_Y0, N_Y1, Forest, Heap

SQUARE, DAY, FIRST, LAST = range(2, 6)
"""Of a wish, behind x and y of the spot: square of the radius; the day on which certificates must hold; the first and
last week of which one must have free time, none when the last is before the first."""
WISH = 6


class Near(NamedTuple):
    """Who was found for each of n wishes, nearest first: `maker` (n, k), `square` (n, k) of the distance in metres,
    `count` (n,) how many of the k places are taken."""

    maker: Any
    square: Any
    count: Any


@kernel
def nearest_each(forest: Forest, tree: Any, wish: Any, second: Any, number: Any, near: Near, heap: Heap) -> None:
    """Answer wishes (n, 6), each among the makers of one tree (n,). `second` (makers, weeks): what is free;
    `number` (makers,): decides between equals."""
    for at in range(len(wish)):
        near.count[at] = nearest(forest, tree[at], wish[at], second, number, near.maker[at], near.square[at], heap)


@kernel
def nearest(forest: Forest, tree: int, wish: Any, second: Any, number: Any, maker: Any, square: Any, heap: Heap) -> int:
    """Write the nearest makers (k,) of a tree that fulfil a wish (6,) and the squares of their distances (k,); how many
    there are."""
    node, row, thing, until, steps = forest.node, forest.row, forest.thing, forest.until, forest.level[tree]
    begin, end, x, y = forest.first[tree], forest.first[tree + 1], float(wish[0]), float(wish[1])
    limit, count, heap.size[0] = float(wish[SQUARE]), 0, 0
    level = forest.depth[tree] - 1
    if level >= 0:
        _enter(node, steps[level], (level << LEVEL, 0, steps[level + 1] - steps[level]), x, y, limit, heap)
    while heap.size[0] > 0:
        bound, item = pop(heap)
        if bound > limit:
            break
        level, below = item >> LEVEL, (item & NUMBER) * FAN
        if level > 0:
            low = steps[level - 1]
            _enter(node, low, ((level - 1) << LEVEL, below, min(below + FAN, steps[level] - low)), x, y, limit, heap)
            continue
        for at in range(begin + below, min(begin + below + FAN, end)):
            who = thing[at]
            dx, dy = row[who, N_X0] - x, row[who, N_Y0] - y
            far = dx * dx + dy * dy
            if far <= limit and until[at] >= wish[DAY] and _free(second[who], wish[FIRST], wish[LAST]):
                count = _keep(maker, square, number, count, who, far)
                if count == len(maker):
                    limit = square[count - 1]
    return count


@inlined
def _enter(node: Any, low: int, span: tuple[int, int, int], x: float, y: float, limit: float, heap: Heap) -> None:
    """Enter nodes of a level that begins at `low` and may hold somebody within the limit. `span`: the level as it
    stands in an item of the heap, the first of them, the last and one."""
    for at in range(span[1], span[2]):
        dx = max(node[low + at, N_X0] - x, x - node[low + at, N_X1], 0.0)
        dy = max(node[low + at, N_Y0] - y, y - node[low + at, N_Y1], 0.0)
        bound = dx * dx + dy * dy
        if bound <= limit:
            push(heap, bound, span[0] | at)


@kernel
def _free(second: Any, first: int, last: int) -> bool:
    """Whether one of some weeks has free time, or none is asked for."""
    for week in range(first, last + 1):
        if second[week] > 0:
            return True
    return last < first


@kernel
def _keep(maker: Any, square: Any, number: Any, count: int, who: int, far: float) -> int:
    """Enter a maker by distance and number, where the last falls out when all places are taken; how many there are."""
    at = count
    if count == len(maker):
        if square[at - 1] == far and number[maker[at - 1]] < number[who]:
            return count
        at -= 1
    while at > 0 and (square[at - 1] > far or (square[at - 1] == far and number[maker[at - 1]] > number[who])):
        maker[at], square[at] = maker[at - 1], square[at - 1]
        at -= 1
    maker[at], square[at] = who, far
    return min(count + 1, len(maker))
