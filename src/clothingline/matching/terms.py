"""What each maker costs for one order: whole rupiah and seconds for a piece."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from .index import Whole
from .params import Params
from .problem import Problem


@dataclass(frozen=True, eq=False)
class Terms:
    """For one piece of an order, by maker (makers,): rupiah, and seconds of the maker's own time."""

    pay: Whole
    defects: Whole
    credit: Whole
    seconds: Whole


def terms(problem: Problem, params: Params, order: int) -> Terms:
    """Pay and defects are rounded up, the credit is rounded down; the credit never exceeds the pay."""
    makers, standard = problem.makers, problem.orders.standard_seconds[order]
    pay = -(-standard * makers.rate_idr // 60)
    defects = -(-makers.defect_ppm * params.defect_cost_idr // 1_000_000)
    credit = pay * makers.fair_credit * params.fairness_permille // 1_000_000
    return Terms(pay, defects, credit, -(-standard * 1_000 // makers.efficiency_permille))


class Term(NamedTuple):
    """`Terms` of one maker."""

    pay: int
    defects: int
    credit: int


def one(problem: Problem, params: Params, order: int, maker: int) -> Term:
    """`terms` of one maker."""
    makers = problem.makers
    pay = -(-int(problem.orders.standard_seconds[order]) * int(makers.rate_idr[maker]) // 60)
    defects = -(-int(makers.defect_ppm[maker]) * params.defect_cost_idr // 1_000_000)
    return Term(pay, defects, pay * int(makers.fair_credit[maker]) * params.fairness_permille // 1_000_000)


def cloth_idr(price_idr: Whole, cm: Whole) -> Whole:
    """The price of cloth at a price for the metre, rounded up."""
    return -(-price_idr * cm // 100)


def risk_idr(params: Params, pieces: int, days_early: int) -> int:
    """The risk of lateness of an order that is delivered some days before its due day."""
    return params.lateness_idr_per_day * pieces * max(0, params.cushion_days - days_early)
