"""Why an order has the plan that it has, why not another, and what would change it. All figures add up exactly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .index import Index, Remaining, Whole, brand_limits, index_of, lot_limits, maker_limits, passing
from .loosen import MOST_IDR, Case, Loosening, Step, loosened, smallest_loosenings
from .params import Params
from .problem import Problem
from .quote import best_plans
from .result import Matching, Plan
from .terms import one
from .wish import Wish

DAYS = (1, 3, 7)
"""Days later that a counterfactual looks at."""


@dataclass(frozen=True, slots=True)
class WhyNot:
    """One maker seen from an order: the first limit that it fails, or what it would cost to take it.

    `limit`: empty, or one of certificate, machine, rush, forbidden, brand, cloth, distance, time, price.
    `extra_idr`: cost of the best plan with this maker less the cost of the order now; None without such a plan.
    `credit_idr`: what the fairness credit took off the cost of its share; 0 when it was not chosen.
    """

    maker: int
    chosen: bool
    limit: str
    extra_idr: int | None
    credit_idr: int


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """What one change would do: the new cost less the cost now (None: still no plan)."""

    change: str
    value: int
    effect_idr: int | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything about one order, the plans of the others held fast.

    `cost`: of the plan, or the reserve. `parts`: (name, rupiah, paid) of the plan. `runner_up`: the best plan that is
    another; `difference`: its parts less the plan's, which add up to the difference of the costs.
    `limits`: how many makers (certificate, machine, rush, forbidden, brand, cloth, distance, time, price), lots
    (`lots`) and brands (`brands`) fall to each limit. `loosenings`: only for an order without a plan.
    """

    order: int
    plan: Plan | None
    cost: int
    parts: tuple[tuple[str, int, bool], ...]
    runner_up: Plan | None
    difference: tuple[tuple[str, int], ...]
    limits: dict[str, int]
    makers: tuple[WhyNot, ...]
    counterfactuals: tuple[Counterfactual, ...]
    loosenings: tuple[Loosening, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an order alone has no plan: `limits` and `loosenings` as in an `Explanation`."""

    limits: dict[str, int]
    loosenings: tuple[Loosening, ...]


def refuse(problem: Problem, params: Params, order: int) -> Refusal:
    """What `explain` says of the limits of an order that has no plan, as if it were the only one."""
    case = Case(problem, params, (), order)
    return Refusal(_counts(case, tuple(_why_not(case, None))), smallest_loosenings(case))


def explain(problem: Problem, params: Params, matching: Matching, order: int) -> Explanation:
    """The explanation of one order of a matching."""
    others = tuple(plan for plan in matching.plans if plan is not None and plan.order != order)
    case, plan = Case(problem, params, others, order), matching.plans[order]
    runner_up = _runner_up(case, plan)
    makers = tuple(_why_not(case, plan))
    return Explanation(
        order=order,
        plan=plan,
        cost=_cost_now(case, plan),
        parts=tuple(plan.parts.items()) if plan else (),
        runner_up=runner_up,
        difference=_difference(plan, runner_up),
        limits=_counts(case, makers),
        makers=makers,
        counterfactuals=tuple(_counterfactuals(case, plan)),
        loosenings=() if plan else smallest_loosenings(case),
    )


def _cost_now(case: Case, plan: Plan | None) -> int:
    return plan.cost if plan else int(case.problem.orders.reserve_idr[case.order])


def _runner_up(case: Case, plan: Plan | None) -> Plan | None:
    plans = best_plans(_index(case), case.left(case.problem), Wish(case.order), 2)
    return next((other for other in plans if plan is not None and other.key != plan.key), None)


def _index(case: Case) -> Index:
    return index_of(case.problem, case.params)


def _difference(plan: Plan | None, runner_up: Plan | None) -> tuple[tuple[str, int], ...]:
    if plan is None or runner_up is None:
        return ()
    pairs = zip(plan.parts.items(), runner_up.parts.items(), strict=True)
    return tuple((name, theirs - ours) for (name, ours, _), (_, theirs, _) in pairs)


def _why_not(case: Case, plan: Plan | None) -> Iterator[WhyNot]:
    """For every maker the first limit in the order of `WhyNot`, else its best plan with the others held fast."""
    left, taken_off = case.left(case.problem), _credits(case, plan)
    fixed, rich = _fixed_limits(case, left), _rich(case)
    for maker in range(len(case.problem.makers)):
        limit = fixed.get(maker, "")
        best = None if limit else _best_with(rich, case, left, maker)
        if not limit and best is None:
            limit = "time"
        elif best is not None and best.cost > case.problem.orders.reserve_idr[case.order]:
            limit = "price"
        extra = best.cost - _cost_now(case, plan) if best is not None else None
        yield WhyNot(maker, maker in taken_off, limit, extra, taken_off.get(maker, 0))


def _credits(case: Case, plan: Plan | None) -> dict[int, int]:
    """The credit of each maker of a plan, in rupiah; they add up to its part of the cost."""
    taken = plan.shares if plan else ()
    return {s.maker: s.pieces * one(case.problem, case.params, case.order, s.maker).credit for s in taken}


def _fixed_limits(case: Case, left: Remaining) -> dict[int, str]:
    """The first limit that each maker fails before time and price are looked at."""
    failed: dict[int, str] = {}
    for limit, passes in maker_limits(case.problem, case.order).items():
        failed |= {int(maker): limit for maker in np.flatnonzero(~passes) if int(maker) not in failed}
    brands = passing(brand_limits(case.problem, case.order))
    lots = passing(lot_limits(case.problem, case.order, left.cm))
    in_reach = np.asarray(_index(case).in_reach[brands].any(axis=0))
    for maker in range(len(case.problem.makers)):
        limit = _place_limit(brands, lots, bool(in_reach[maker]))
        if limit and maker not in failed:
            failed[maker] = limit
    return failed


def _place_limit(brands: Whole, lots: Whole, in_reach: bool) -> str:
    if not brands.size:
        return "brand"
    if not lots.size:
        return "cloth"
    return "" if in_reach else "distance"


def _best_with(rich: Problem, case: Case, left: Remaining, maker: int) -> Plan | None:
    """The order's best plan in which a maker takes part, whatever it costs."""
    plans = best_plans(index_of(rich, case.params), left, Wish(case.order, must=maker), 1)
    return plans[0] if plans else None


def _rich(case: Case) -> Problem:
    """The problem in which price is no limit for the order."""
    step = Step("reserve", MOST_IDR - int(case.problem.orders.reserve_idr[case.order]))
    return loosened(case.problem, case.order, (step,))


def _counts(case: Case, makers: tuple[WhyNot, ...]) -> dict[str, int]:
    left = case.left(case.problem)
    lots = len(case.problem.lots) - len(passing(lot_limits(case.problem, case.order, left.cm)))
    brands = len(case.problem.brands) - len(passing(brand_limits(case.problem, case.order)))
    return dict(Counter(maker.limit for maker in makers if maker.limit)) | {"lots": lots, "brands": brands}


def _counterfactuals(case: Case, plan: Plan | None) -> Iterator[Counterfactual]:
    """Each change that is open to this order, one at a time."""
    now = _cost_now(case, plan)
    for step in _changes(case):
        best = case.best((step,))
        yield Counterfactual(step.limit, step.value, best.cost - now if best else None)


def _changes(case: Case) -> Iterator[Step]:
    orders, o = case.problem.orders, case.order
    yield from (Step("due_day", days) for days in DAYS)
    if orders.colour[o] != -1:
        yield Step("colour", -1)
    if orders.fixed_brand[o] != -1:
        yield Step("brand", -1)
    if orders.max_makers[o] < orders.pieces[o]:
        yield Step("max_makers", 1)
