"""A search that others share in: each member of a team holds the laid problem and answers for shards of the orders.

Orders are numbered along a curve, so that a shard is a stretch of the map. What is exchanged for a batch is what all
have in common (prices, and what is left) and the answers. A question has the same answer wherever it is asked and
however often, so that neither the number of members nor the loss of one changes a matching or its bound.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from clothingline.matching.kernels.tables import Proposals
from clothingline.matching.world import Laid, Whole

from .asking import COST, FEW, Aim, Asker, proposals
from .seating import AT_ONCE

SENT = max(FEW, AT_ONCE)
"""Batches of more orders than so many are sent. What is smaller costs more to send than to answer, and is asked between
two looks: who hears of it later would look later, and with little patience find other plans."""
SHARDS = 4
"""Shards for each member in a batch: whoever is done early takes another."""


class Changed(NamedTuple):
    """A row of scarce things where it differs from what everybody knows: `thing`, `value` (n,)."""

    thing: Whole
    value: Whole


class Question(NamedTuple):
    """What all shards of a batch have in common. `left`: None for all that is free; `price`: None for no prices."""

    number: int
    left: Changed | None
    price: Changed | None
    k: int
    patience: int
    aim: Aim


class Shard(NamedTuple):
    """Some orders (n,) that stand together, where they are `at` in the batch, and their limits (n,)."""

    at: Whole
    orders: Whole
    limit: Whole


class Team(Protocol):
    """Members in other processes."""

    members: int

    def lay(self, laid: Laid, exact: bool) -> None:
        """Give every member the problem; it does not change any more."""

    def ask(self, question: Question, shards: Sequence[Shard]) -> Iterable[tuple[Whole, Proposals]]:
        """What `Member.ask` says to each shard, in any order and from any member; what a lost one was asked, another
        is."""


@dataclass(eq=False)
class Shared(Asker):
    """An asker that hands large batches to a team; small ones cost more to send than to answer."""

    team: Team = field(kw_only=True)
    asked: int = field(default=0, kw_only=True)

    def __post_init__(self) -> None:
        """Give the team the problem."""
        super().__post_init__()
        self.team.lay(self.laid, self.exact)

    def ask(
        self, orders: Whole, left: Whole, price: Whole, limit: Whole, k: int, patience: int = 0, aim: Aim = COST
    ) -> Proposals:
        """The best `k` plans of orders (n,), as `Asker.ask` finds them."""
        if len(orders) <= SENT:
            return super().ask(orders, left, price, limit, k, patience, aim)
        self.asked += 1
        found, (rest, scarce) = proposals(len(orders), k, self.most), self._changes(left, price)
        question = Question(self.asked, rest, scarce, k, patience, aim)
        for at, rows in self.team.ask(question, self._shards(orders, limit)):
            for column, answer in zip(found, rows, strict=True):
                column[at] = answer
        if self.promised is not None:
            self.promised.ask(orders, self.split(left), self.split(price), limit, found)
        if left is not self.free:
            # Small batches that follow ask in this view, which must have seen what it would have without a team.
            self._world(left, price)
        return found

    def _changes(self, left: Whole, price: Whole) -> tuple[Changed | None, Changed | None]:
        rest = None if left is self.free else _changed(self.free, left)
        return rest, None if price is self.zero else _changed(self.zero, price)

    def _shards(self, orders: Whole, limit: Whole) -> list[Shard]:
        """Stretches of the map with equally many orders."""
        along = np.argsort(orders, kind="stable")
        parts = np.array_split(along, min(SHARDS * self.team.members, len(orders)))
        return [Shard(part, orders[part], limit[part]) for part in parts]


class Member:
    """One of a team: holds a problem, and answers."""

    def __init__(self, laid: Laid, exact: bool, threads: int) -> None:
        """Take a problem; its arrays may lie in memory that several members share."""
        self.asker = Asker(Laid(_open(laid.world), laid.numbers, _open(laid.free)), exact, threads=threads)
        self.number, self.left, self.price = 0, self.asker.free, self.asker.zero

    def ask(self, question: Question, shard: Shard) -> tuple[Whole, Proposals]:
        """Where a shard is in its batch, and the answer to it."""
        if question.number != self.number:
            self._hear(question)
        orders, limit, how = shard.orders.copy(), shard.limit.copy(), (question.k, question.patience, question.aim)
        return shard.at, self.asker.ask(orders, self.left, self.price, limit, *how)

    def _hear(self, question: Question) -> None:
        """Take over prices and what is left, and look at it as the one who asks does."""
        free, zero = self.asker.free, self.asker.zero
        self.left = free if question.left is None else _with(free, question.left)
        self.price = zero if question.price is None else _with(zero, question.price)
        self.number = question.number
        if question.left is not None:
            self.asker.look(self.left)


def _changed(known: Whole, row: Whole) -> Changed:
    thing = np.flatnonzero(row != known)
    return Changed(thing, row[thing])


def _with(known: Whole, changed: Changed) -> Whole:
    row = known.copy()
    row[changed.thing] = changed.value
    return row


class _Opened:
    """Memory of an array without the mark that it may not be written."""

    def __init__(self, array: NDArray[Any]) -> None:
        self.array = array
        self.__array_interface__ = array.__array_interface__ | {"data": (array.ctypes.data, False)}


def _open(table: Any) -> Any:
    """The same arrays, in tuples of tuples, as if they could be written: nobody does, but kernels are compiled anew for
    arrays that cannot."""
    if isinstance(table, tuple):
        return type(table)(*map(_open, table))
    return np.asarray(_Opened(table))
