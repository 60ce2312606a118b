"""An order of a problem of any size beside the plans of all others: the same questions as a `Case`, asked of the
kernels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from .index import Remaining, Whole
from .joining import Joining
from .loosen import MOST_IDR, Case, Step, loosened
from .params import Params
from .problem import Problem
from .result import Plan
from .seeking import Seeker, large

LAID = 3
"""Problems that are kept laid at the same time."""
_OF_THE_ROW = {"due_day", "reserve", "brand", "min_lot"}
"""Limits that stand in the row of the order alone; all others need another world."""


def case_of(problem: Problem, params: Params, others: tuple[Plan, ...], order: int) -> Case:
    """An order beside the plans of all others: with tables of all pairs, or of a large problem without."""
    return (WideCase if large(problem) else Case)(problem, params, others, order)


def best(problem: Problem, params: Params, order: int) -> Plan | None:
    """The first plan of a quote, without its alternatives; None when nothing is feasible below the reserve."""
    return case_of(problem, params, (), order).best()


@dataclass(frozen=True, eq=False)
class WideCase(Case):
    """Nothing here grows with the pairs of brands and makers. Orders with pinned makers, who are few at their brands,
    are answered brand by brand."""

    laid: dict[tuple[Step, ...], tuple[Seeker, Whole]] = field(default_factory=dict)
    """Worlds by the steps that need one, with what is left in each."""

    def ranked(self, k: int, steps: tuple[Step, ...] = ()) -> list[Plan]:
        """The order's best `k` plans when some limits are loosened, best first; none above the reserve."""
        problem = loosened(self.problem, self.order, steps)
        if (self.problem.orders.pins[:, 0] == self.order).any():
            reserve = int(problem.orders.reserve_idr[self.order])
            return Joining(problem, self.params, self.order, self.left(problem)).ranked(None, reserve + 1, k)
        seeker, left = self._world(steps)
        found = seeker.best_of(problem.with_orders(problem.orders.only(self.order)), left, k)
        return [replace(plan, order=self.order) for plan in found]

    def may_be(self, steps: tuple[Step, ...]) -> bool:
        """Whether there is a plan when some limits are loosened, whatever it costs."""
        free = (*(step for step in steps if step.limit != "reserve"), Step("reserve", self._any_price))
        return bool(self.ranked(1, free))

    def values(self, step: Step) -> Sequence[int]:
        """As of a `Case`; all metres instead of those at which a further maker comes within reach."""
        return range(1, step.value + 1) if step.limit == "distance" else super().values(step)

    @property
    def _any_price(self) -> int:
        return MOST_IDR - int(self.problem.orders.reserve_idr[self.order])

    @cached_property
    def _left(self) -> Remaining:
        return super().left(self.problem)

    def left(self, problem: Problem) -> Remaining:
        """What the other orders leave free, also when some limits are loosened."""
        now, was, left = Remaining.of(problem), Remaining.of(self.problem), self._left
        return Remaining(
            left.seconds + now.seconds - was.seconds, left.pieces + now.pieces - was.pieces, left.cm + now.cm - was.cm
        )

    def _world(self, steps: tuple[Step, ...]) -> tuple[Seeker, Whole]:
        """A laid world in which only the row of the order has to change for these steps, and what is left there."""
        key = tuple(self._widest(step) for step in steps if step.limit not in _OF_THE_ROW)
        if key not in self.laid:
            while len(self.laid) >= LAID:
                self.laid.pop(next(iter(self.laid)))
            problem = loosened(self.problem, self.order, key)
            seeker, left = Seeker(problem.with_orders(problem.orders.only(self.order)), self.params), self.left(problem)
            self.laid[key] = seeker, seeker.inside(left.seconds, left.pieces, left.cm)
        return self.laid[key]

    def _widest(self, step: Step) -> Step:
        """Of the makers at most all, for bounds are laid for them."""
        orders = self.problem.orders
        all_of_them = int(orders.pieces[self.order]) - int(orders.max_makers[self.order])
        return replace(step, value=all_of_them) if step.limit == "max_makers" else step
