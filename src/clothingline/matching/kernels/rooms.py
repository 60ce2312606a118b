"""Raising the room of things in trees where they stand by ascending number: bounds of nodes follow without a look at
what else is below them, for there is only more room than before."""

from __future__ import annotations

from typing import Any

from .compiling import kernel
from .forest import PER_RATE
from .tables import BASE, DEFECT, FAN, N_PPM, N_RATE, N_ROOM, N_SHARE, SET_UP, Forest


@kernel
def widen(forest: Forest, rules: Any, who: Any, room: Any) -> None:
    """Things `who` (n,) have at least `room` (n,)."""
    row = forest.row
    for number in range(len(who)):
        thing = who[number]
        if room[number] <= row[thing, N_ROOM]:
            continue
        row[thing, N_ROOM] = room[number]
        for tree in range(len(forest.depth)):
            at = _place(forest.thing, forest.first[tree], forest.first[tree + 1], thing)
            if at >= 0:
                fixed = 1_000.0 * (rules[SET_UP] + 2 * rules[BASE]) / max(room[number], 1.0)
                rate = row[thing, N_RATE] * PER_RATE
                share = forest.shortest[tree] * (rate + fixed) + row[thing, N_PPM] * rules[DEFECT] * 1e-3
                _raise_above(forest, tree, at - forest.first[tree], room[number], share)


@kernel
def _place(thing: Any, low: int, high: int, who: int) -> int:
    """Where a thing stands in an ascending list; −1 where it does not."""
    end = high
    while low < high:
        middle = (low + high) >> 1
        if thing[middle] < who:
            low = middle + 1
        else:
            high = middle
    return low if low < end and thing[low] == who else -1


@kernel
def _raise_above(forest: Forest, tree: int, at: int, room: float, share: float) -> None:
    node = forest.node
    for level in range(forest.depth[tree]):
        at = at // FAN
        target = forest.level[tree, level] + at
        node[target, N_ROOM] = max(node[target, N_ROOM], room)
        node[target, N_SHARE] = min(node[target, N_SHARE], share)
