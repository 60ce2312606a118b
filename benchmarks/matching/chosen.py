"""From a peer's bare choices to plans: the timeline and the parts of the cost, derived by the benchmark's own code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isqrt

from clothingline.matching import CostParts, Matching, Params, Plan, Prices, Problem, Share

Spot = tuple[int, int]


@dataclass(frozen=True)
class Choice:
    """What a peer decides of an order. `shares`: by maker, pieces and seconds by week."""

    order: int
    brand: int
    lot: int
    cut_start: int
    shares: Mapping[int, tuple[int, Mapping[int, int]]]


def matching_of(
    problem: Problem, params: Params, choices: Sequence[Choice], *, bound: int = 0, optimal: bool = False
) -> Matching:
    """The matching of the choices whose plans do not cost more than the reserve; its prices prove nothing."""
    plans: list[Plan | None] = [None] * len(problem.orders)
    for choice in choices:
        plan = plan_of(problem, params, choice)
        if plan.cost <= problem.orders.reserve_idr[choice.order]:
            plans[choice.order] = plan
    reserve = problem.orders.reserve_idr.tolist()
    cost = sum(reserve[order] if plan is None else plan.cost for order, plan in enumerate(plans))
    status = "optimal" if optimal else "feasible"
    return Matching(tuple(plans), cost, bound, status, Prices.zero(problem), params.digest())


def plan_of(problem: Problem, params: Params, choice: Choice) -> Plan:
    """The plan that follows from a choice."""
    o, b, x = choice.order, choice.brand, choice.lot
    orders, brands, lots = problem.orders, problem.brands, problem.lots
    shares = tuple(_share(problem, params, choice, maker) for maker in sorted(choice.shares))
    returned = max(share.returned_day for share in shares)
    finish = returned + int(brands.finish_days[b])
    delivery = finish + params.slack_ship_days + leg(params, spot(brands, b), spot(orders, o))[1]
    pieces = int(orders.pieces[o])
    ppm = sum(share.pieces * int(problem.makers.defect_ppm[share.maker]) for share in shares)
    return Plan(
        order=o,
        brand=b,
        lot=x,
        cloth_cm=max(pieces * int(orders.cloth_cm[o]), int(lots.min_cut_cm[x])),
        shares=shares,
        ready_day=int(orders.ready_day[o]),
        cloth_day=int(orders.ready_day[o] + lots.lead_days[x]) + leg(params, spot(lots, x), spot(brands, b))[1],
        cut_start_day=choice.cut_start,
        cut_day=choice.cut_start + int(brands.cut_days[b]) + params.slack_cut_days,
        sewn_day=max(share.sewn_day for share in shares),
        returned_day=returned,
        finish_day=finish,
        p50_day=delivery - params.slack_days,
        p90_day=delivery,
        defect_ppm=-(-ppm // pieces),
        parts=_parts(problem, params, choice, delivery),
    )


def leg(params: Params, a: Spot, b: Spot) -> tuple[int, int, int]:
    """Straight metres, days and rupiah of a leg."""
    metres = isqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2)
    road = metres * params.detour_permille // 1_000
    idr = params.transport_base_idr - (-road * params.transport_idr_per_km // 1_000)
    return metres, 1 + road // params.transit_per_day_m, idr


def spot(table: object, row: int) -> Spot:
    """Where a row of any of the four tables stands."""
    return int(table.x[row]), int(table.y[row])  # type: ignore[attr-defined]  # every table of a problem has x and y


def _share(problem: Problem, params: Params, choice: Choice, maker: int) -> Share:
    pieces, used = choice.shares[maker]
    seconds = tuple(sorted((week, taken) for week, taken in used.items() if taken))
    days = leg(params, spot(problem.brands, choice.brand), spot(problem.makers, maker))[1]
    kit = choice.cut_start + int(problem.brands.cut_days[choice.brand]) + params.slack_cut_days + days
    week, taken = seconds[-1]
    a_day = int(problem.makers.free_seconds[maker, week]) // 7
    sewn = max(kit, 7 * week) - (-taken // a_day) - 1
    pay = pieces * _pay(problem, choice.order, maker)
    return Share(maker, pieces, seconds, pay, kit, sewn, sewn + days + params.slack_sew_days)


def _pay(problem: Problem, order: int, maker: int) -> int:
    return -(-int(problem.orders.standard_seconds[order]) * int(problem.makers.rate_idr[maker]) // 60)


def _parts(problem: Problem, params: Params, choice: Choice, delivery: int) -> CostParts:
    o, b, x, makers = choice.order, choice.brand, choice.lot, problem.makers
    pieces, brand = int(problem.orders.pieces[o]), spot(problem.brands, b)
    cm = max(pieces * int(problem.orders.cloth_cm[o]), int(problem.lots.min_cut_cm[x]))
    given = [(n, _pay(problem, o, m), m) for m, (n, _) in choice.shares.items()]
    ends = leg(params, spot(problem.lots, x), brand)[2] + leg(params, brand, spot(problem.orders, o))[2]
    early = int(problem.orders.due_day[o]) - delivery
    return CostParts(
        brand_fee=pieces * int(problem.brands.fee_idr[b]),
        cloth=-(-int(problem.lots.price_idr[x]) * cm // 100),
        sewing_pay=sum(n * pay for n, pay, _ in given),
        set_up=params.set_up_idr * len(given),
        transport=ends + sum(2 * leg(params, brand, spot(makers, m))[2] for _, _, m in given),
        defects=sum(n * -(-int(makers.defect_ppm[m]) * params.defect_cost_idr // 10**6) for n, _, m in given),
        lateness_risk=params.lateness_idr_per_day * pieces * max(0, params.cushion_days - early),
        fairness_credit=-sum(
            n * (pay * int(makers.fair_credit[m]) * params.fairness_permille // 10**6) for n, pay, m in given
        ),
    )
