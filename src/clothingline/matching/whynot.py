"""Every maker, or the nearest few of many, seen from one order: the first limit that it fails, or what it would
cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .census import LIMITS, census, fixed_limits
from .index import Remaining, Whole, index_of
from .joining import Joining
from .loosen import MOST_IDR, Case, Step, loosened
from .openings import lacking, opened
from .problem import Problem
from .quote import best_plans
from .result import Plan
from .terms import one
from .wide import WideCase
from .wish import Wish

NEAREST = 12
"""Makers of a large problem who are named because they are the nearest of all, and as many of those whom nothing but
the price keeps out."""


@dataclass(frozen=True, slots=True)
class WhyNot:
    """One maker seen from an order: the first limit that it fails, or what it would cost to take it.

    `limit`: empty, or one of certificate, machine, rush, forbidden, brand, cloth, distance, time, price.
    `extra_idr`: cost of the best plan with this maker less the cost of the order now; None without such a plan.
    `credit_idr`: what the fairness credit took off the cost of its share; 0 when it was not chosen.
    `lacks`: bits of the skills of which it has no certificate on the due day.
    `opens_idr`: pay of its share in the best plan with it, had it those certificates; 0 when that would be no better
    plan, or when it lacks none.
    """

    maker: int
    chosen: bool
    limit: str
    extra_idr: int | None
    credit_idr: int
    lacks: tuple[int, ...] = ()
    opens_idr: int = 0


def seen(case: Case, plan: Plan | None, beside: Plan | None) -> tuple[tuple[WhyNot, ...], dict[str, int]]:
    """The makers who are named (of a large problem the nearest, and those of the plan and of the one beside it), and
    how many makers, lots and brands in all fall to which limit."""
    joining = Joining(case.problem, case.params, case.order, case.left(case.problem))
    if isinstance(case, WideCase):
        codes = census(joining)
        named = tuple(_named(joining, case, codes, (plan, beside)))
        for why in named:
            codes[why.maker] = LIMITS.index(why.limit)
        counted = Counter(LIMITS[code] for code in codes[codes > 0])
    else:
        named = tuple(_all(case, plan, joining))
        counted = Counter(why.limit for why in named if why.limit)
    lots = len(case.problem.lots) - len(joining.lots)
    brands = len(case.problem.brands) - len(joining.brands)
    return named, dict(counted) | {"lots": lots, "brands": brands}


def _named(joining: Joining, case: Case, codes: Whole, plans: tuple[Plan | None, Plan | None]) -> Iterator[WhyNot]:
    """The named makers of a large problem, ascending."""
    plan, taken_off = plans[0], _credits(case, plans[0])
    for maker in _nearest(case.problem, case.order, codes, plans):
        fixed = LIMITS[codes[maker]]
        fixed = "" if fixed == "price" or (fixed == "time" and joining.pinned.size) else fixed
        yield _why_not(joining, plan, (maker, fixed, None if fixed else _joined(joining, maker, plans)), taken_off)


def _joined(joining: Joining, maker: int, plans: tuple[Plan | None, Plan | None]) -> Plan | None:
    """The best plan with a maker: one that is known, or what its search finds, which looks at some partners only."""
    known = [plan for plan in (*plans, joining.best(maker, MOST_IDR + 1)) if plan and maker in plan.makers]
    return min(known, key=lambda plan: plan.cost, default=None)


def _nearest(problem: Problem, order: int, codes: Whole, plans: tuple[Plan | None, Plan | None]) -> list[int]:
    """Who is named: those of the plans, and the nearest to the brand, or to the destination where there is no plan."""
    x, y = problem.orders.x[order], problem.orders.y[order]
    if plans[0]:
        x, y = problem.brands.x[plans[0].brand], problem.brands.y[plans[0].brand]
    rank = np.argsort((problem.makers.x - x) ** 2 + (problem.makers.y - y) ** 2, kind="stable")
    able = rank[(codes[rank] == 0) | (codes[rank] == LIMITS.index("price"))]
    taken = [maker for plan in plans if plan for maker in plan.makers]
    return sorted({*taken, *(int(maker) for near in (rank, able) for maker in near[:NEAREST])})


def _all(case: Case, plan: Plan | None, joining: Joining) -> Iterator[WhyNot]:
    """Every maker, with its best plan with the others held fast."""
    left, taken_off = case.left(case.problem), _credits(case, plan)
    rich = _rich(case)
    for maker, code in enumerate(fixed_limits(joining)):
        limit = LIMITS[code]
        best = None if limit else _best_with(rich, case, left, maker)
        yield _why_not(joining, plan, (maker, limit, best), taken_off)


def _why_not(
    joining: Joining, plan: Plan | None, found: tuple[int, str, Plan | None], taken_off: dict[int, int]
) -> WhyNot:
    """What is said of a maker; `found`: its number, the limit before time and price, and its best plan."""
    maker, limit, best = found
    reserve = int(joining.problem.orders.reserve_idr[joining.order])
    if not limit:
        limit = "time" if best is None else "price" if best.cost > reserve else ""
    extra = best.cost - (plan.cost if plan else reserve) if best is not None else None
    lacks = lacking(joining.problem, joining.order, maker) if limit == "certificate" else ()
    more = opened(joining, maker, plan) if lacks else None
    pay = more.pay_idr if more else 0
    return WhyNot(maker, maker in taken_off, limit, extra, taken_off.get(maker, 0), lacks, pay)


def _credits(case: Case, plan: Plan | None) -> dict[int, int]:
    """The credit of each maker of a plan, in rupiah; they add up to its part of the cost."""
    taken = plan.shares if plan else ()
    return {s.maker: s.pieces * one(case.problem, case.params, case.order, s.maker).credit for s in taken}


def _best_with(rich: Problem, case: Case, left: Remaining, maker: int) -> Plan | None:
    """The order's best plan in which a maker takes part, whatever it costs."""
    plans = best_plans(index_of(rich, case.params), left, Wish(case.order, must=maker), 1)
    return plans[0] if plans else None


def _rich(case: Case) -> Problem:
    """The problem in which price is no limit for the order."""
    step = Step("reserve", MOST_IDR - int(case.problem.orders.reserve_idr[case.order]))
    return loosened(case.problem, case.order, (step,))
