"""Why an order has the plan that it has, why not another, and what would change it. All figures add up exactly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .loosen import Case, Loosening, Step, smallest_loosenings
from .params import Params
from .problem import Problem
from .result import Matching, Plan
from .whynot import WhyNot, seen
from .wide import case_of

DAYS = (1, 3, 7)
"""Days later that a counterfactual looks at."""


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """What one change would do: the new cost less the cost now, and what is paid for the plan that would then be the
    best, and its brand (None: still no plan)."""

    change: str
    value: int
    effect_idr: int | None
    paid_idr: int | None
    brand: int | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything about one order, the plans of the others held fast.

    `cost`: of the plan, or the reserve. `parts`: (name, rupiah, paid) of the plan. `runner_up`: the best plan that is
    another; `difference`: its parts less the plan's, which add up to the difference of the costs.
    `limits`: how many makers (certificate, machine, rush, forbidden, brand, cloth, distance, time, price), lots
    (`lots`) and brands (`brands`) fall to each limit. `makers`: all, or the named few of a large problem; `of`: how
    many there are. There, of an order that may be spread, only the named are counted under `price`.
    `loosenings`: only for an order without a plan.
    """

    order: int
    plan: Plan | None
    cost: int
    parts: tuple[tuple[str, int, bool], ...]
    runner_up: Plan | None
    difference: tuple[tuple[str, int], ...]
    limits: dict[str, int]
    makers: tuple[WhyNot, ...]
    of: int
    counterfactuals: tuple[Counterfactual, ...]
    loosenings: tuple[Loosening, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an order alone has no plan: `limits` and `loosenings` as in an `Explanation`."""

    limits: dict[str, int]
    loosenings: tuple[Loosening, ...]


def refuse(problem: Problem, params: Params, order: int) -> Refusal:
    """What `explain` says of the limits of an order that has no plan, as if it were the only one."""
    case = case_of(problem, params, (), order)
    return Refusal(seen(case, None, None)[1], smallest_loosenings(case))


def explain(problem: Problem, params: Params, matching: Matching, order: int) -> Explanation:
    """The explanation of one order of a matching. Of a problem with more pairs than `LARGE`, spreads over several
    makers are good ones and not always the best, and so are those that certificates open in every problem (`joining`);
    all other figures are exact."""
    others = tuple(plan for plan in matching.plans if plan is not None and plan.order != order)
    case, plan = case_of(problem, params, others, order), matching.plans[order]
    runner_up = _runner_up(case, plan)
    makers, limits = seen(case, plan, runner_up)
    return Explanation(
        order=order,
        plan=plan,
        cost=_cost_now(case, plan),
        parts=tuple(plan.parts.items()) if plan else (),
        runner_up=runner_up,
        difference=_difference(plan, runner_up),
        limits=limits,
        makers=makers,
        of=len(problem.makers),
        counterfactuals=tuple(_counterfactuals(case, plan)),
        loosenings=() if plan else smallest_loosenings(case),
    )


def _cost_now(case: Case, plan: Plan | None) -> int:
    return plan.cost if plan else int(case.problem.orders.reserve_idr[case.order])


def _runner_up(case: Case, plan: Plan | None) -> Plan | None:
    return next((other for other in case.ranked(2) if plan is not None and other.key != plan.key), None)


def _difference(plan: Plan | None, runner_up: Plan | None) -> tuple[tuple[str, int], ...]:
    if plan is None or runner_up is None:
        return ()
    pairs = zip(plan.parts.items(), runner_up.parts.items(), strict=True)
    return tuple((name, theirs - ours) for (name, ours, _), (_, theirs, _) in pairs)


def _counterfactuals(case: Case, plan: Plan | None) -> Iterator[Counterfactual]:
    """Each change that is open to this order, one at a time."""
    now = _cost_now(case, plan)
    for step in _changes(case):
        best = case.best((step,))
        found = (best.cost - now, best.paid, best.brand) if best else (None, None, None)
        yield Counterfactual(step.limit, step.value, *found)


def _changes(case: Case) -> Iterator[Step]:
    orders, o = case.problem.orders, case.order
    yield from (Step("due_day", days) for days in DAYS)
    if orders.colour[o] != -1:
        yield Step("colour", -1)
    if orders.fixed_brand[o] != -1:
        yield Step("brand", -1)
    if orders.max_makers[o] < orders.pieces[o]:
        yield Step("max_makers", 1)
