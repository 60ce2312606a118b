"""What would have to give for an order without a plan: the smallest sets of limits, each with its smallest value."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations

import numpy as np

from .choices import choices
from .index import Remaining, index_of
from .params import Params
from .problem import Problem
from .quote import best_plans
from .result import Plan
from .split import makers_needed
from .wish import Wish

MOST_DAYS = 28
"""Days by which a due day is moved at most."""
MOST_IDR = 10**12
FEW_PIECES = 200
"""Up to here every answer is confirmed by the search itself; of larger orders only the sets that are named."""
LIST_UP_TO = 2
"""All sets of up to this many limits are listed; of larger ones a single set from which nothing can be left out."""


@dataclass(frozen=True, slots=True)
class Step:
    """One limit that is loosened, and by how much.

    `due_day` +days · `reserve` +rupiah · `colour` another colour (its number) · `skill`, `machine` without this bit ·
    `distance` +metres of reach · `brand` another brand (its number) · `max_makers` +makers · `min_lot` −pieces ·
    `cloth` +centimetres in a lot · `brand_room` +pieces in a brand's week · `time` +seconds in a maker's week ·
    `rush` 0, no longer urgent.
    """

    limit: str
    value: int


@dataclass(frozen=True, slots=True)
class Loosening:
    """Steps that together give an order a plan, and that plan."""

    steps: tuple[Step, ...]
    plan: Plan


@dataclass(frozen=True, eq=False)
class Case:
    """An order in a problem, beside the plans of all others."""

    problem: Problem
    params: Params
    others: tuple[Plan, ...]
    order: int

    def best(self, steps: tuple[Step, ...] = ()) -> Plan | None:
        """The order's best plan when some limits are loosened."""
        problem = loosened(self.problem, self.order, steps)
        plans = best_plans(index_of(problem, self.params), self.left(problem), Wish(self.order), 1)
        return plans[0] if plans else None

    def may_be(self, steps: tuple[Step, ...]) -> bool:
        """Whether the makers' time could hold the pieces when some limits are loosened. No plan exists where it is
        False: it forgets the least share and the price, and drops the pins."""
        problem = loosened(self.problem, self.order, steps)
        c = choices(index_of(problem, self.params), self.left(problem), Wish(self.order))
        if c is None:
            return False
        capacity = np.minimum(c.sewing.window // c.sewing.seconds, c.pieces)
        return bool((makers_needed(capacity, c.pieces) <= min(c.most, c.sewing.makers.size)).any())

    def left(self, problem: Problem) -> Remaining:
        """What the other orders leave free."""
        left = Remaining.of(problem)
        for plan in self.others:
            left.take(plan)
        return left


def smallest_loosenings(case: Case) -> tuple[Loosening, ...]:
    """The sets of fewest limits whose loosening gives the order a plan; empty when loosening all does not help.

    A limit without which loosening all the others fails is in every such set; that leaves few sets to try.
    """
    limits = tuple(_limits(case))
    if not case.may_be(limits):
        return ()
    needed = tuple(step for step in limits if not _may_help(case, _without(limits, step)))
    others = _without(limits, *needed)
    for size in range(max(len(needed), 1), LIST_UP_TO + 1):
        sets = ((*needed, *more) for more in combinations(others, size - len(needed)))
        found = [_shrunk(case, _in_order(limits, steps)) for steps in sets if _helps(case, _in_order(limits, steps))]
        if found:
            return tuple(found)
    return _irreducible(case, needed, others)


def _without(steps: tuple[Step, ...], *left_out: Step) -> tuple[Step, ...]:
    return tuple(step for step in steps if step not in left_out)


def _in_order(limits: tuple[Step, ...], steps: tuple[Step, ...]) -> tuple[Step, ...]:
    return tuple(step for step in limits if step in steps)


def loosened(problem: Problem, order: int, steps: tuple[Step, ...]) -> Problem:
    """The problem with some limits of one order loosened (reach, cloth, room and time: for everybody)."""
    for step in steps:
        problem = _APPLY[step.limit](problem, order, step.value)
    return problem


def _irreducible(case: Case, needed: tuple[Step, ...], others: tuple[Step, ...]) -> tuple[Loosening, ...]:
    """One set from which nothing can be left out."""
    steps = (*needed, *others)
    for step in others:
        fewer = _without(steps, step)
        steps = fewer if _helps(case, fewer) else steps
    steps = _in_order(tuple(_limits(case)), steps)
    return (_shrunk(case, steps),) if any(case.best(each) for each in _with_each_day(steps)) else ()


def _limits(case: Case) -> Iterator[Step]:
    """The limits of an order, each loosened as far as it goes."""
    orders, o = case.problem.orders, case.order
    yield Step("due_day", MOST_DAYS)
    yield Step("reserve", MOST_IDR - int(orders.reserve_idr[o]))
    if orders.colour[o] != -1:
        yield Step("colour", -1)
    for limit, bits in (("skill", int(orders.need_skills[o])), ("machine", int(orders.need_machines[o]))):
        yield from (Step(limit, bit) for bit in range(64) if bits >> bit & 1)
    yield Step("distance", 2 * 10**7)
    if orders.fixed_brand[o] != -1:
        yield Step("brand", -1)
    if orders.rush[o]:
        yield Step("rush", 0)
    yield from _sizes(case)


def _sizes(case: Case) -> Iterator[Step]:
    orders, o = case.problem.orders, case.order
    pieces = int(orders.pieces[o])
    if orders.max_makers[o] < pieces:
        yield Step("max_makers", pieces - int(orders.max_makers[o]))
    if orders.min_lot[o] > 1:
        yield Step("min_lot", int(orders.min_lot[o]) - 1)
    yield Step("cloth", pieces * int(orders.cloth_cm[o]) + int(case.problem.lots.min_cut_cm.max(initial=0)))
    yield Step("brand_room", pieces)
    yield Step("time", 604_800)


def _helps(case: Case, steps: tuple[Step, ...]) -> bool:
    if int(case.problem.orders.pieces[case.order]) > FEW_PIECES:
        return _may_help(case, steps)
    return any(case.may_be(each) and case.best(each) for each in _with_each_day(steps))


def _may_help(case: Case, steps: tuple[Step, ...]) -> bool:
    return any(case.may_be(each) for each in _with_each_day(steps))


def _with_each_day(steps: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
    """A later due day may end a certificate, so every day is tried, the last first, which mostly helps."""
    if not any(step.limit == "due_day" for step in steps):
        yield steps
        return
    for days in range(MOST_DAYS, 0, -1):
        yield tuple(replace(step, value=days) if step.limit == "due_day" else step for step in steps)


def _shrunk(case: Case, steps: tuple[Step, ...]) -> Loosening:
    """Each step made as small as the others, in their order, allow."""
    steps = next(each for each in reversed(tuple(_with_each_day(steps))) if case.may_be(each) and case.best(each))
    if int(case.problem.orders.pieces[case.order]) > FEW_PIECES:
        quick = _halved(steps, case.may_be)
        if case.best(quick):
            return _named(case, quick)
    return _named(case, _halved(steps, lambda each: case.best(each) is not None))


def _halved(steps: tuple[Step, ...], works: Callable[[tuple[Step, ...]], bool]) -> tuple[Step, ...]:
    for at, step in enumerate(steps):
        if step.limit in _BY_HALVES:
            least = _least(partial(_works_with, works, steps, at), step.value)
            steps = _with(steps, at, least)
    return steps


def _works_with(works: Callable[[tuple[Step, ...]], bool], steps: tuple[Step, ...], at: int, value: int) -> bool:
    """Whether the steps still help with another value of one of them."""
    return works(_with(steps, at, value))


def _with(steps: tuple[Step, ...], at: int, value: int) -> tuple[Step, ...]:
    return (*steps[:at], replace(steps[at], value=value), *steps[at + 1 :])


def _least(works: Callable[[int], bool], most: int) -> int:
    """The smallest value from 1 that works, when all above it do and `most` does."""
    low, high = 0, most
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if works(middle) else (middle, high)
    return high


def _named(case: Case, steps: tuple[Step, ...]) -> Loosening:
    """The plan of the steps (which were tried before), with its own colour, brand, and the rupiah that it needs."""
    plan = case.best(steps)
    if plan is None:
        raise ValueError(f"these steps do not help: {steps}")
    own = {
        "colour": int(case.problem.lots.colour[plan.lot]),
        "brand": plan.brand,
        "reserve": plan.cost - int(case.problem.orders.reserve_idr[case.order]),
    }
    return Loosening(tuple(replace(step, value=own.get(step.limit, step.value)) for step in steps), plan)


def _in_orders(name: str, change: Callable[[int, int], int]) -> Callable[[Problem, int, int], Problem]:
    """Changes one cell of the orders: (old value, step's value) to the new value."""

    def apply(problem: Problem, order: int, value: int) -> Problem:
        array = getattr(problem.orders, name).copy()
        array[order] = change(int(array[order]), value)
        return replace(problem, orders=replace(problem.orders, **{name: array}))

    return apply


def _add_reach(problem: Problem, _order: int, value: int) -> Problem:
    reach = np.minimum(problem.makers.reach_m + value, 4 * 10**7)
    return replace(problem, makers=replace(problem.makers, reach_m=reach))


def _add_time(problem: Problem, _order: int, value: int) -> Problem:
    seconds = np.minimum(problem.makers.free_seconds + value, 604_800)
    return replace(problem, makers=replace(problem.makers, free_seconds=seconds))


def _add_cloth(problem: Problem, _order: int, value: int) -> Problem:
    return replace(problem, lots=replace(problem.lots, available_cm=problem.lots.available_cm + value))


def _add_room(problem: Problem, _order: int, value: int) -> Problem:
    return replace(problem, brands=replace(problem.brands, free_pieces=problem.brands.free_pieces + value))


_BY_HALVES = {"distance", "max_makers", "min_lot", "cloth", "brand_room", "time"}
"""Limits of which more never hurts."""

_APPLY: dict[str, Callable[[Problem, int, int], Problem]] = {
    "due_day": _in_orders("due_day", lambda old, value: old + value),
    "reserve": _in_orders("reserve_idr", lambda old, value: old + value),
    "colour": _in_orders("colour", lambda _, value: value),
    "skill": _in_orders("need_skills", lambda old, value: old & ~(1 << value)),
    "machine": _in_orders("need_machines", lambda old, value: old & ~(1 << value)),
    "distance": _add_reach,
    "brand": _in_orders("fixed_brand", lambda _, value: value),
    "max_makers": _in_orders("max_makers", lambda old, value: old + value),
    "min_lot": _in_orders("min_lot", lambda old, value: old - value),
    "cloth": _add_cloth,
    "brand_room": _add_room,
    "time": _add_time,
    "rush": _in_orders("rush", lambda _, value: value),
}
