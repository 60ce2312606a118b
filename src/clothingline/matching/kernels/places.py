"""Lists of a forest that take things in: a first part as it was laid, and behind it, from a leaf of its own on, a part
that fills up. Both ascend along the curve (by `code`, and number among equals), so that a thing is found by halving and
those who came stand in leaves with their neighbours."""

from __future__ import annotations

from typing import Any

from .compiling import kernel
from .forest import fill_above, fill_path
from .tables import FAN, Forest

LAID, CAME = 0, 1
"""Of a part: how many things were laid, and how many came since."""


@kernel
def begins(forest: Forest, part: Any, tree: int) -> int:
    """The place of a list from which on there stand those who came."""
    return forest.first[tree] + -(-part[tree, LAID] // FAN) * FAN


@kernel
def _halved(thing: Any, code: Any, low: int, high: int, who: int) -> int:
    """The first place from `low` on whose thing does not stand before `who`; `high` when there is none."""
    while low < high:
        middle = (low + high) >> 1
        other = thing[middle]
        if code[other] < code[who] or (code[other] == code[who] and other < who):
            low = middle + 1
        else:
            high = middle
    return low


@kernel
def find(forest: Forest, code: Any, part: Any, trees: Any, who: int, places: Any) -> None:
    """Write where a thing stands in the lists of trees (n,) to places (n,); −1 where it does not."""
    thing = forest.thing
    for number in range(len(trees)):
        tree = trees[number]
        places[number], begin = -1, begins(forest, part, tree)
        for low, count in ((forest.first[tree], part[tree, LAID]), (begin, part[tree, CAME])):
            at = _halved(thing, code, low, low + count, who)
            if at < low + count and thing[at] == who:
                places[number] = at


@kernel
def enter(forest: Forest, code: Any, part: Any, rules: Any, tree: int, who: int, until: int) -> bool:
    """Put a thing among those of a list who came, and set the nodes above all who had to move; False when there is no
    place left."""
    thing, days, begin = forest.thing, forest.until, begins(forest, part, tree)
    end = begin + part[tree, CAME]
    if end >= forest.first[tree + 1]:
        return False
    at = _halved(thing, code, begin, end, who)
    for place in range(end, at, -1):
        thing[place], days[place] = thing[place - 1], days[place - 1]
    thing[at], days[at] = who, until
    part[tree, CAME] += 1
    fill_above(forest, rules, tree, at, end)
    return True


@kernel
def settle(forest: Forest, rules: Any, trees: Any, places: Any) -> None:
    """Set the nodes above places (n,) of trees (n,); −1 is none."""
    for number in range(len(trees)):
        if places[number] >= 0:
            fill_path(forest, rules, trees[number], places[number])
