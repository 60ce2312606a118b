"""The pool: every plan that was found so far, as a column that says what it costs and uses."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from clothingline.matching.kernels.columns import append
from clothingline.matching.kernels.seating import Known
from clothingline.matching.kernels.tables import RESERVE, STEER, Pool, Proposals
from clothingline.matching.plans import Choice
from clothingline.matching.world import Whole

from .asking import Asker

BEGIN = 256


@dataclass(eq=False)
class Plans:
    """A pool that grows; equal plans of one order are known once."""

    asker: Asker
    pool: Pool = field(init=False)

    def __post_init__(self) -> None:
        """Begin with an empty pool."""
        self.pool = _pool(BEGIN, BEGIN, BEGIN)

    def __len__(self) -> int:
        return int(self.pool.size[0])

    def add(self, orders: Whole, found: Proposals, left: Whole, price: Whole) -> Whole:
        """Enter proposals of orders (n,); the numbers of the new columns."""
        before, begin, rules = len(self), 0, self.asker.world.rules.copy()
        rules[STEER] = 1
        while begin < len(orders):
            begin = append(self.asker.world, rules, orders, found, self.asker.split(left), price, self.pool, begin)
            if begin < len(orders):
                self._grow(found)
        return np.arange(before, len(self))

    def _grow(self, found: Proposals) -> None:
        """Twice the room, and enough for one more order."""
        old, more = self.pool, found.value.shape[1] * (found.maker.shape[2] * (self._weeks + 1) + 6)
        pool = _pool(2 * len(old.owner) + more, 2 * len(old.thing) + more, 2 * len(old.maker) + more)
        for column, wider in zip(old, pool, strict=True):
            wider[: len(column)] = column
        self.pool = pool

    @property
    def _weeks(self) -> int:
        return int(self.asker.laid.free.second.shape[1])

    def known(self, plan: Whole) -> Known:
        """The pool by order and by scarce thing, each plan once; those in `plan` become the equal ones that are
        kept."""
        column, kept = self.once()
        plan[plan >= 0] = kept[plan[plan >= 0]]
        reserve = self.asker.world.order[:, RESERVE].copy()
        first = np.searchsorted(self.pool.owner[column], np.arange(len(reserve) + 1))
        at, user = self.uses(column)
        things = self.pool.thing[at]
        rank = np.argsort(things, kind="stable")
        begin = np.searchsorted(things[rank], np.arange(len(self.asker.free) + 1))
        return Known(first, column, begin, user[rank], reserve)

    def by_order(self) -> Known:
        """The pool by order alone."""
        column, _ = self.once()
        reserve, none = self.asker.world.order[:, RESERVE].copy(), np.zeros(0, dtype=np.int64)
        return Known(np.searchsorted(self.pool.owner[column], np.arange(len(reserve) + 1)), column, none, none, reserve)

    def once(self) -> tuple[Whole, Whole]:
        """The columns by owner without repetitions, and for each column the equal one that is kept."""
        owner, mark = self.pool.owner[: len(self)], self.pool.mark[: len(self)]
        rank = np.lexsort((mark, owner))
        new = np.ones(len(rank), dtype=np.bool_)
        new[1:] = (np.diff(owner[rank]) != 0) | (np.diff(mark[rank]) != 0)
        kept = np.empty(len(rank), dtype=np.int64)
        kept[rank] = rank[new][np.cumsum(new) - 1]
        return rank[new], kept

    def choice(self, column: int) -> Choice:
        """A column in the numbers of the problem."""
        pool, numbers = self.pool, self.asker.laid.numbers
        seconds: dict[int, list[tuple[int, int]]] = {}
        for at in range(int(pool.use[column]), int(pool.use[column + 1])):
            maker, week = divmod(int(pool.thing[at]), self._weeks)
            if maker < len(self.asker.world.maker):
                seconds.setdefault(maker, []).append((week, int(pool.amount[at])))
        shares = {
            int(numbers.maker[pool.maker[at]]): (int(pool.pieces[at]), tuple(sorted(seconds[int(pool.maker[at])])))
            for at in range(int(pool.share[column]), int(pool.share[column + 1]))
        }
        brand, lot, start, _ = (int(one) for one in pool.place[column])
        order = int(numbers.order[pool.owner[column]])
        return Choice(order, int(numbers.brand[brand]), int(numbers.lot[lot]), start, shares)

    def uses(self, column: Whole) -> tuple[Whole, Whole]:
        """Every use of some columns: its place in `thing` and `amount`, and the column."""
        count = self.pool.use[column + 1] - self.pool.use[column]
        user = np.repeat(column, count)
        offset = np.arange(len(user)) - np.repeat(np.cumsum(count) - count, count)
        return self.pool.use[user] + offset, user


def _pool(columns: int, uses: int, shares: int) -> Pool:
    def whole(*shape: int) -> Whole:
        return np.zeros(shape, dtype=np.int64)

    return Pool(
        whole(columns),
        whole(columns),
        whole(columns, 4),
        whole(columns + 1),
        whole(uses),
        whole(uses),
        whole(columns + 1),
        whole(shares),
        whole(shares),
        whole(columns),
        whole(1),
    )
