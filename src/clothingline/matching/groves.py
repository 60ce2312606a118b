"""Forests that take new things in: rows left over behind the rows, and places left over behind each list."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .kernels.forest import fill, fill_above
from .kernels.places import CAME, LAID, enter, find, settle
from .kernels.tables import FAN, FAR, N_ROOM, N_X1, N_Y1, Forest, Heap
from .rows import Bounds
from .trees import Whole, forest
from .world import heap

FEWEST, MOST = 64, 1_024
"""Places that are left over behind a list: a hundredth of it, within these."""


@dataclass(eq=False)
class Grove:
    """A forest with places left. A list that has none left is laid anew, without those who left it; then all arrays of
    the forest are others, and heaps made for it are too short."""

    forest: Forest
    code: Whole
    """How far along the curve each row (rows,) stands; lists ascend by it, and by row among equals."""
    part: Whole
    """(trees, 2): how many things of a list were laid, and how many came since (`kernels.places`)."""
    rules: Whole
    void: int
    """A row that nobody ever takes; it stands in the places left over."""

    def places(self, row: int, trees: Whole) -> Whole:
        """Where a row stands in the lists of trees (n,); −1 where it does not."""
        places = np.empty(len(trees), dtype=np.int64)
        find(self.forest, self.code, self.part, trees, row, places)
        return places

    def change(self, row: int, bounds: Bounds, trees: Whole, places: Whole) -> Bounds:
        """Give a row other bounds, and the nodes above its places (n,) in trees (n,); both rows (2, width), the old one
        first."""
        both = np.stack([self.forest.row[row], bounds])
        self.forest.row[row] = bounds
        settle(self.forest, self.rules, trees, places)
        return both

    def enter(self, row: int, tree: int, until: int) -> None:
        """Put a row into a list."""
        if not enter(self.forest, self.code, self.part, self.rules, tree, row, until):
            self._lay_anew(tree)
            enter(self.forest, self.code, self.part, self.rules, tree, row, until)

    def add_rows(self, count: int) -> None:
        """More void rows."""
        self.code = np.concatenate([self.code, np.zeros(count, dtype=np.int64)])
        row = self.forest.row
        self.forest = self.forest._replace(row=np.concatenate([row, void_rows(count, row.shape[1])]))

    def heap(self) -> Heap:
        """A heap that holds every node and thing of the largest tree."""
        return heap(2 * int(np.diff(self.forest.first).max(initial=0)) + 16)

    def _lay_anew(self, tree: int) -> None:
        """Lay one list anew with places left over; the nodes of all others move as they are."""
        old, ends = self.forest, self.forest.first
        lists = [old.thing[ends[at] : ends[at + 1]] for at in range(len(self.part))]
        untils = [old.until[ends[at] : ends[at + 1]] for at in range(len(self.part))]
        lists[tree], untils[tree] = self._ordered(lists[tree], untils[tree], tree)
        self.forest = forest(lists, untils, old.row, old.shortest)
        for at in range(len(self.part)):
            if at != tree:
                self.forest.node[_nodes(self.forest, at)] = old.node[_nodes(old, at)]
        fill_above(self.forest, self.rules, tree, self.forest.first[tree], self.forest.first[tree + 1] - 1)

    def _ordered(self, things: Whole, untils: Whole, tree: int) -> tuple[Whole, Whole]:
        here = np.flatnonzero((things != self.void) & (untils >= 0))
        here = here[np.lexsort((things[here], self.code[things[here]]))]
        self.part[tree, LAID], self.part[tree, CAME] = len(here), 0
        return padded(things[here], untils[here], self.void)


def grove(laid: Forest, code: Whole, rules: Whole, spare: int) -> Grove:
    """A forest of the same lists with places left over, one void row, and so many spare rows behind it; the rows are
    copied. `code` (rows,)."""
    ends, void = laid.first, len(laid.row)
    each = [slice(ends[at], ends[at + 1]) for at in range(len(laid.depth))]
    filled = [padded(laid.thing[span], laid.until[span], void) for span in each]
    row = np.concatenate([laid.row, void_rows(1 + spare, laid.row.shape[1])])
    part = np.stack([np.diff(ends), np.zeros_like(laid.depth)], axis=1)
    wide = forest([things for things, _ in filled], [untils for _, untils in filled], row, laid.shortest)
    fill(wide, rules)
    return Grove(wide, np.concatenate([code, np.zeros(1 + spare, dtype=np.int64)]), part, rules, void)


def padded(things: Whole, untils: Whole, void: int) -> tuple[Whole, Whole]:
    """A list up to the end of a leaf and with places left over, in which the void stands and never counts."""
    room = -(-min(max(len(things) // 100, FEWEST), MOST) // FAN) * FAN + -len(things) % FAN
    return np.concatenate([things, np.full(room, void)]), np.concatenate([untils, np.full(room, -1)])


def void_rows(count: int, width: int) -> Bounds:
    """Rows (n, width) without room and so far away that they widen no node."""
    rows = np.full((count, width), FAR)
    rows[:, [N_X1, N_Y1]] = rows[:, N_ROOM:] = -FAR
    return rows


def _nodes(trees: Forest, tree: int) -> slice:
    """Where the nodes of a tree stand."""
    return slice(trees.level[tree, 0], trees.level[tree, trees.depth[tree]])
