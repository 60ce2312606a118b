"""A matching that stands while the world changes: what happens is answered at once, near where it happens.

Whoever loses his plan takes the cheapest that is left at the brands that look best. Only where there is none do others
make room, as few as possible, and nobody whose plan was accepted. Prices are kept from the last `route`, and so does
the bound stay proven: at kept prices a thing that is lost takes its worth off what is free, one maker or lot less makes
no order cheaper, and a new order adds its own least value (Lagrangian duality, as in `route`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from .columns import ProblemError
from .kernels import seating
from .kernels.tables import MILLI, RESERVE
from .problem import Orders, Problem
from .result import Matching, Plan
from .route import Search, matching_of, plan_from
from .world import Whole, more_orders, needs_of, wants_of

CHOICES = 6
"""Plans for which an order looks at who would have to make room."""
MOVED = 3
"""Orders that may have to make room for one."""
AT_ONCE = 16
"""Orders that look for another plan at the same time; so few that they rarely want the same."""

Held = dict[int, dict[int, int]]
"""How much of each thing the plan of each order uses."""


@dataclass(frozen=True)
class Turn:
    """What an event changed, by orders of the problem in rising order. `moved`: those whose plan is another than before
    · `broken`: those of them whose plan had been accepted · `waiting`: those of them that have none now · `cost`:
    rupiah of all plans and reserves, before and now."""

    moved: tuple[int, ...]
    broken: tuple[int, ...]
    waiting: tuple[int, ...]
    cost: tuple[int, int]


@dataclass(eq=False)
class Live:
    """A search that goes on with events. Everything is named by its number in the problem; an unknown number raises
    LookupError."""

    search: Search
    accepted: NDArray[np.bool_] = field(init=False)
    """Whose plan (orders,) makes room for nobody; by rows of the world."""
    dual: int = field(init=False)
    """What the kept prices prove, in thousandths of a rupiah."""

    def __post_init__(self) -> None:
        """Go on from the best matching that was found."""
        search, numbers = self.search, self.search.laid.numbers
        self.accepted = np.zeros(len(numbers.order), dtype=bool)
        self.dual = search.pricing.dual
        self._rows, self._makers, self._lots = (np.argsort(n) for n in (numbers.order, numbers.maker, numbers.lot))
        self._kinds, self._keys = needs_of(search.problem.orders)[0], wants_of(search.problem.orders)[0]
        self._seconds = search.problem.makers.free_seconds.copy()
        self._cm = search.problem.lots.available_cm.copy()
        tables = {"makers": {"free_seconds": self._seconds.view()}, "lots": {"available_cm": self._cm.view()}}
        search.problem = search.problem.with_columns(tables)
        search.asker.look(search.best.seats.left)

    @property
    def bound(self) -> int:
        """Rupiah below which no matching of the problem as it is now can cost."""
        return -(-self.dual // int(MILLI))

    @property
    def cost(self) -> int:
        """Rupiah of all plans and the reserves of those without."""
        return self.search.best.cost

    def plan(self, order: int) -> Plan | None:
        """The plan of an order, with its parts and days."""
        column = int(self.search.best.seats.plan[_known(self._rows, order, "order")])
        return plan_from(self.search, column) if column >= 0 else None

    def matching(self) -> Matching:
        """Everything as it is now, for `search.problem`, whose tables of makers and lots change with every event."""
        found = matching_of(self.search)
        return replace(found, bound=self.bound, status="optimal" if found.cost == self.bound else "feasible")

    def accept(self, order: int) -> None:
        """All parties have accepted: this order makes room for nobody. Raises LookupError when it has no plan."""
        row = _known(self._rows, order, "order")
        if self.search.best.seats.plan[row] < 0:
            raise LookupError(f"order {order} has no plan")
        self.accepted[row] = True

    def decline(self, order: int, maker: int) -> Turn:
        """A maker does not want an order; it is never proposed to it again."""
        row, inside = _known(self._rows, order, "order"), _known(self._makers, maker, "maker")
        search, bars = self.search, self.search.asker.world.bars
        search.asker.change(bars=bars._replace(maker=np.sort(np.append(bars.maker, (row << 32) + inside))))
        pairs = np.vstack([search.problem.orders.forbid_makers, [[order, maker]]])
        self._say(search.problem.with_columns({"orders": {"forbid_makers": pairs}}))
        holders = self._holders(self._weeks_of(inside))
        return self._settle(holders[holders == row])

    def lose(self, lot: int) -> Turn:
        """A lot is gone: burnt, stained, sold elsewhere."""
        inside = _known(self._lots, lot, "lot")
        self._cm[lot] = 0
        return self._without(self.search.asker.lot_things(inside))

    def away(self, maker: int, weeks: range) -> Turn:
        """A maker falls ill: it has no time in these weeks."""
        inside = _known(self._makers, maker, "maker")
        for week in weeks:
            _known(np.arange(self._seconds.shape[1]), week, "week")
        self._seconds[maker, list(weeks)] = 0
        return self._without(self._weeks_of(inside)[list(weeks)])

    def arrive(self, orders: Orders) -> Turn:
        """New orders; their numbers follow those that are known. Raises LookupError for a kind of work or of cloth that
        nobody has asked for yet, for then the problem must be laid anew, and ProblemError for pinned makers."""
        rows, first, search = self._rows_of(orders), len(self._rows), self.search
        new = np.arange(first, first + len(rows))
        search.asker.change(order=np.concatenate([search.asker.world.order, rows]))
        numbers = replace(search.laid.numbers, order=np.append(search.laid.numbers.order, new))
        search.laid = search.asker.laid = replace(search.asker.laid, numbers=numbers)
        self._say(search.problem.with_orders(search.problem.orders.followed_by(orders)))
        seats = search.best.seats
        search.best.seats = seats._replace(plan=np.append(seats.plan, np.full(len(rows), -1)))
        self.accepted, self._rows = np.append(self.accepted, new < 0), np.append(self._rows, new)
        self.dual += self._least(new)
        return self._settle(new)

    def _say(self, problem: Problem) -> None:
        """The problem is another one, also for those who answer for orders with pinned makers."""
        self.search.problem = problem
        if self.search.asker.promised is not None:
            self.search.asker.promised.problem = problem

    def _rows_of(self, orders: Orders) -> Whole:
        if len(orders.pins):
            raise ProblemError("orders.pins: an order that arrives has no pinned makers")
        found = []
        for name, known, (asked, which) in (
            ("skills, machines and rush", self._kinds, needs_of(orders)),
            ("cloth", self._keys, wants_of(orders)),
        ):
            same = (known[:, None] == asked[None]).all(axis=2)
            if not same.any(axis=0).all():
                raise LookupError(f"nobody has asked for such {name} yet: route the whole problem anew")
            found.append(same.argmax(axis=0)[which])
        return more_orders(self.search.problem, self.search.laid.numbers, orders, *found)

    def _least(self, rows: Whole) -> int:
        """The least values of orders at the kept prices, each alone, in thousandths of a rupiah."""
        asker, price = self.search.asker, self.search.pricing.best
        limit = MILLI * asker.world.order[rows, RESERVE]
        found = asker.ask(rows, asker.free, price, limit, 1)
        return int(np.minimum(np.minimum(found.value[:, 0], found.floor), limit).sum())

    def _weeks_of(self, maker: int) -> Whole:
        """The weeks of a maker among the scarce things."""
        weeks = self._seconds.shape[1]
        return np.arange(maker * weeks, (maker + 1) * weeks)

    def _holders(self, things: Whole) -> Whole:
        """The orders whose plans use any of some things (n,)."""
        pool, plan = self.search.plans.pool, self.search.best.seats.plan
        at, user = self.search.plans.uses(plan[plan >= 0])
        return np.unique(pool.owner[user[np.isin(pool.thing[at], things)]])

    def _without(self, things: Whole) -> Turn:
        """Some things (n,) are not free any more."""
        free, price = self.search.asker.free, self.search.pricing.best
        holders = self._holders(things)
        self.search.best.seats.left[things] -= free[things]
        self.dual += int((price[things] * free[things]).sum())
        free[things] = 0
        return self._settle(holders)

    def _settle(self, rows: Whole) -> Turn:
        """Take the plans of some orders away and find others, for the dearest first."""
        best, numbers = self.search.best, self.search.laid.numbers.order
        before, cost = best.seats.plan.copy(), best.cost
        self._empty(rows)
        self._refill(rows[np.argsort(-self.search.asker.world.order[rows, RESERVE], kind="stable")])
        moved = np.flatnonzero(best.seats.plan != before)
        broken, waiting = moved[self.accepted[moved]], moved[best.seats.plan[moved] < 0]
        self.accepted[moved] = False
        named = [tuple(sorted(numbers[some].tolist())) for some in (moved, broken, waiting)]
        return Turn(named[0], named[1], named[2], (cost, best.cost))

    def _refill(self, rows: Whole) -> None:
        """Find plans for orders, a few at a time; whoever finds none that is left asks others to make room, and whose
        plan another of them took away is among the next."""
        best = self.search.best
        while len(rows):
            some, rest = rows[:AT_ONCE], rows[AT_ONCE:]
            missed = best.insert(some, self.search.asker.zero)
            for row in some[(best.seats.plan[some] < 0) & ~np.isin(some, missed)]:
                self._make_room(int(row))
            rows = np.concatenate([missed, rest])

    def _empty(self, rows: Whole) -> None:
        """Take the plans of orders away, and let the bounds know what is free by that."""
        pool, seats = self.search.plans.pool, self.search.best.seats
        plan = seats.plan[rows]
        at, _ = self.search.plans.uses(plan[plan >= 0])
        for row in rows:
            seating.put(pool, seats, row, -1)
        self.search.asker.widen(seats.left, pool.thing[at])

    def _make_room(self, row: int) -> None:
        """Give an order one of its best plans where as few others as possible must look for another, and all together
        cost less than before."""
        search, asker = self.search, self.search.asker
        rows, price = np.array([row]), search.pricing.best
        found = asker.ask(rows, asker.free, price, MILLI * asker.world.order[rows, RESERVE] + 1, CHOICES)
        columns = search.plans.add(rows, found, asker.free, price)
        held = self._held(columns)
        ways = [(column, others) for column in columns if (others := self._in_the_way(int(column), held)) is not None]
        for column, others in sorted(ways, key=lambda way: (len(way[1]), search.plans.pool.cost[way[0]])):
            if self._swapped(row, int(column), others):
                return

    def _in_the_way(self, column: int, all_held: Held) -> list[int] | None:
        """Orders that hold what a plan lacks, those who hold most of it first; None when they are too many, or do not
        hold enough."""
        pool, seats, others = self.search.plans.pool, self.search.best.seats, list[int]()
        stays = self.accepted.copy()
        stays[self.search.best.promised] = True
        for at in range(int(pool.use[column]), int(pool.use[column + 1])):
            thing, lack = int(pool.thing[at]), int(pool.amount[at] - seats.left[pool.thing[at]])
            held = all_held.get(thing, {}) if lack > 0 else {}
            lack -= sum(held.get(other, 0) for other in others)
            for other in sorted(held, key=lambda order: (-held[order], order)):
                if lack > 0 and other not in others and not stays[other]:
                    others.append(other)
                    lack -= held[other]
            if lack > 0 or len(others) > MOVED:
                return None
        return others

    def _held(self, columns: Whole) -> Held:
        """Who holds what some plans (n,) lack."""
        pool, seats, held = self.search.plans.pool, self.search.best.seats, Held()
        wanted, _ = self.search.plans.uses(columns)
        short = np.zeros(len(seats.left), dtype=np.bool_)
        short[pool.thing[wanted[pool.amount[wanted] > seats.left[pool.thing[wanted]]]]] = True
        at, user = self.search.plans.uses(seats.plan[seats.plan >= 0])
        here = short[pool.thing[at]]
        for thing, order, amount in zip(
            pool.thing[at[here]], pool.owner[user[here]], pool.amount[at[here]], strict=True
        ):
            held.setdefault(int(thing), {})[int(order)] = int(amount)
        return held

    def _swapped(self, row: int, column: int, others: list[int]) -> bool:
        """Whether a plan for one order and other plans for others cost less than now; if not, all is as it was."""
        search, rows = self.search, np.array([row, *others])
        best, pool = search.best, search.plans.pool
        before, old = best.seats.plan[rows].copy(), best.cost_of(rows)
        if pool.cost[column] > search.asker.world.order[row, RESERVE]:
            return False
        self._empty(rows)
        seating.put(pool, best.seats, row, column)
        for other in others:
            best.insert(np.array([other]), search.asker.zero)
        if best.cost_of(rows) < old:
            return True
        self._empty(rows)
        for one, plan in zip(rows, before, strict=True):
            seating.put(search.plans.pool, best.seats, one, plan)
        return False


def _known(rows: Whole, number: int, noun: str) -> int:
    """The row of something; raises LookupError."""
    if not 0 <= number < len(rows):
        raise LookupError(f"there is no {noun} {number}")
    return int(rows[number])
