"""Raising the room of things in trees where they stand by ascending number: bounds of nodes follow without a look at
what else is below them, for there is only more room than before."""

from __future__ import annotations

from typing import Any

from .compiling import kernel
from .forest import PER_RATE
from .tables import BASE, DEFECT, FAN, MILLI, N_PPM, N_RATE, N_ROOM, N_SHARE, NODE, SET_UP, Forest


@kernel
def widen(forest: Forest, rules: Any, who: Any, rooms: Any) -> None:
    """Things `who` (n,) have at least `rooms` (n, 1 + weeks): in all, and on one day of each week."""
    row = forest.row
    for number in range(len(who)):
        thing, room = who[number], rooms[number]
        _raise(row, thing, room)
        fixed = MILLI * (rules[SET_UP] + 2 * rules[BASE]) / max(row[thing, N_ROOM], 1.0)
        rate, defects = row[thing, N_RATE] * PER_RATE, row[thing, N_PPM] * rules[DEFECT] * 1e-3
        for tree in range(len(forest.depth)):
            at = _place(forest.thing, forest.first[tree], forest.first[tree + 1], thing) - forest.first[tree]
            share = forest.shortest[tree] * (rate + fixed) + defects
            for level in range(forest.depth[tree] if at >= 0 else 0):
                at = at // FAN
                target = forest.level[tree, level] + at
                _raise(forest.node, target, room)
                forest.node[target, N_SHARE] = min(forest.node[target, N_SHARE], share)


@kernel
def _raise(node: Any, at: int, room: Any) -> None:
    node[at, N_ROOM] = max(node[at, N_ROOM], room[0])
    for week in range(len(room) - 1):
        node[at, NODE + week] = max(node[at, NODE + week], room[1 + week])


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
