"""What would have to give for an order without a plan: the smallest sets of limits, each with its smallest value."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .choices import Choices, choices
from .index import Index, Remaining, Whole, bought_cm, index_of
from .params import Params
from .problem import Problem
from .quote import best_of
from .result import Plan
from .split import makers_needed
from .wish import Wish

Change = Callable[[NDArray[Any], int, int], NDArray[Any]]

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
        return next(iter(self.ranked(1, steps)), None)

    def ranked(self, k: int, steps: tuple[Step, ...] = ()) -> list[Plan]:
        """The order's best `k` plans when some limits are loosened, best first; none above the reserve."""
        index, c = self._open(steps)
        return best_of(index, c, k) if c else []

    def may_be(self, steps: tuple[Step, ...]) -> bool:
        """Whether the makers' time could hold the pieces when some limits are loosened. No plan exists where it is
        False: it forgets the least share and the price, and drops the pins."""
        _, c = self._open(steps)
        if c is None:
            return False
        capacity = np.minimum(c.sewing.window // c.sewing.seconds, c.pieces)
        return bool((makers_needed(capacity, c.pieces) <= min(c.most, c.sewing.makers.size)).any())

    def values(self, step: Step) -> Sequence[int]:
        """The values of a step, ascending up to its own, among which the smallest that works is found: for distance,
        cloth and room only those at which a further maker, lot or week comes within the limit."""
        left, pieces = self.left(self.problem), int(self.problem.orders.pieces[self.order])
        steps_at: dict[str, Callable[[], Whole]] = {
            "distance": lambda: index_of(self.problem, self.params).kits.metres - self.problem.makers.reach_m,
            "cloth": lambda: bought_cm(self.problem, self.order) - left.cm,
            "brand_room": lambda: pieces - left.pieces,
        }
        if step.limit not in steps_at:
            return range(1, step.value + 1)
        values = np.unique(np.clip(steps_at[step.limit](), 1, step.value))
        return [*(int(value) for value in values if value < step.value), step.value]

    def _open(self, steps: tuple[Step, ...]) -> tuple[Index, Choices | None]:
        """What the order may choose from when some limits are loosened; kept, for the same steps are tried twice."""
        if steps not in self._known:
            index = index_of(self.problem, self.params).within(loosened(self.problem, self.order, steps))
            self._known[steps] = index, choices(index, self.left(index.problem), Wish(self.order))
        return self._known[steps]

    @cached_property
    def _known(self) -> dict[tuple[Step, ...], tuple[Index, Choices | None]]:
        return {}

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
    changed: dict[str, dict[str, NDArray[Any]]] = {}
    for step in steps:
        table, name, apply = _CHANGES[step.limit]
        columns = changed.setdefault(table, {})
        now = columns.get(name, getattr(getattr(problem, table), name))
        columns[name] = apply(now, order, step.value)
    return problem.with_columns(changed)


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
        quick = _halved(case, steps, case.may_be)
        if case.best(quick):
            return _named(case, quick)
    return _named(case, _halved(case, steps, lambda each: case.may_be(each) and case.best(each) is not None))


def _halved(case: Case, steps: tuple[Step, ...], works: Callable[[tuple[Step, ...]], bool]) -> tuple[Step, ...]:
    for at, step in enumerate(steps):
        if step.limit in _BY_HALVES:
            least = _least(partial(_works_with, works, steps, at), case.values(step))
            steps = _with(steps, at, least)
    return steps


def _works_with(works: Callable[[tuple[Step, ...]], bool], steps: tuple[Step, ...], at: int, value: int) -> bool:
    """Whether the steps still help with another value of one of them."""
    return works(_with(steps, at, value))


def _with(steps: tuple[Step, ...], at: int, value: int) -> tuple[Step, ...]:
    return (*steps[:at], replace(steps[at], value=value), *steps[at + 1 :])


def _least(works: Callable[[int], bool], values: Sequence[int]) -> int:
    """The smallest of ascending values that works, when all above it do and the last does."""
    low, high = -1, len(values) - 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if works(values[middle]) else (middle, high)
    return values[high]


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


def _cell(change: Callable[[int, int], int]) -> Change:
    """Changes one order's cell: (old value, step's value) to the new value."""

    def apply(column: NDArray[Any], order: int, value: int) -> NDArray[Any]:
        changed = column.copy()
        changed[order] = change(int(column[order]), value)
        return changed

    return apply


def _more(most: int = 10**12) -> Change:
    """Adds to every cell, up to what the column may hold."""
    return lambda column, _order, value: np.minimum(column + value, most)


_BY_HALVES = {"distance", "max_makers", "min_lot", "cloth", "brand_room", "time"}
"""Limits of which more never hurts."""

_CHANGES: dict[str, tuple[str, str, Change]] = {
    "due_day": ("orders", "due_day", _cell(lambda old, value: old + value)),
    "reserve": ("orders", "reserve_idr", _cell(lambda old, value: old + value)),
    "colour": ("orders", "colour", _cell(lambda _, value: value)),
    "skill": ("orders", "need_skills", _cell(lambda old, value: old & ~(1 << value))),
    "machine": ("orders", "need_machines", _cell(lambda old, value: old & ~(1 << value))),
    "distance": ("makers", "reach_m", _more(4 * 10**7)),
    "brand": ("orders", "fixed_brand", _cell(lambda _, value: value)),
    "max_makers": ("orders", "max_makers", _cell(lambda old, value: old + value)),
    "min_lot": ("orders", "min_lot", _cell(lambda old, value: old - value)),
    "cloth": ("lots", "available_cm", _more()),
    "brand_room": ("brands", "free_pieces", _more()),
    "time": ("makers", "free_seconds", _more(604_800)),
    "rush": ("orders", "rush", _cell(lambda _, value: value)),
}
"""By limit the table, the column, and how a step changes it: (column, order, step's value) to the new column."""
