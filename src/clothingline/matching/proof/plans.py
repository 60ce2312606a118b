"""Rebuilds a plan from its bare choice (brand, lot, day of cutting, makers, pieces, weeks) and says what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from math import isqrt

import numpy as np
from numpy.typing import NDArray

from clothingline.matching.params import Params
from clothingline.matching.problem import Problem
from clothingline.matching.result import CostParts, Plan, Share


def plan_findings(problem: Problem, params: Params, plan: Plan) -> list[str]:
    """What makes a plan infeasible or its figures untrue; empty when it holds."""
    if not _known(problem, plan):
        return ["names something that does not exist"]
    broken = [*_place(problem, params, plan), *_people(problem, plan)]
    for share in plan.shares:
        broken += [f"maker {share.maker}: {text}" for text in _maker(problem, params, plan, share)]
    if broken:
        return broken
    true = _rebuilt(problem, params, plan)
    late = ["is delivered after the due day"] if true.p90_day > problem.orders.due_day[plan.order] else []
    dear = ["costs more than the reserve"] if true.cost > problem.orders.reserve_idr[plan.order] else []
    wrong = [f.name for f in fields(plan) if f.name != "labels" and getattr(plan, f.name) != getattr(true, f.name)]
    return [*late, *dear, *(f"{name} is not what follows from the choice" for name in wrong)]


def leg(params: Params, a: tuple[int, int], b: tuple[int, int]) -> tuple[int, int, int]:
    """Straight metres, days and rupiah of a leg."""
    metres = isqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2)
    road = metres * params.detour_permille // 1_000
    idr = params.transport_base_idr + (road * params.transport_idr_per_km + 999) // 1_000
    return metres, 1 + road // params.transit_per_day_m, idr


def _spot(table: object, row: int) -> tuple[int, int]:
    return int(table.x[row]), int(table.y[row])  # type: ignore[attr-defined]  # every table of a problem has x and y


def _known(problem: Problem, plan: Plan) -> bool:
    ends = ((plan.order, problem.orders), (plan.brand, problem.brands), (plan.lot, problem.lots))
    makers = all(0 <= share.maker < len(problem.makers) for share in plan.shares)
    weeks = all(0 <= week < problem.weeks for share in plan.shares for week, _ in share.seconds)
    rows = all(0 <= row < len(table) for row, table in ends)
    return rows and makers and weeks and bool(plan.shares) and 0 <= plan.cut_start_day // 7 < problem.weeks


def _place(problem: Problem, params: Params, plan: Plan) -> Iterator[str]:
    orders, o, b, lot = problem.orders, plan.order, plan.brand, plan.lot
    if not int(problem.brands.families[b]) >> int(orders.family[o]) & 1:
        yield "the brand does not make this family"
    if (
        orders.fixed_brand[o] not in (-1, b)
        or orders.pin_brand[o] not in (-1, b)
        or _barred(orders.forbid_brands, o, b)
    ):
        yield "the brand is not allowed"
    if problem.lots.cloth_class[lot] != orders.cloth_class[o] or orders.colour[o] not in (-1, problem.lots.colour[lot]):
        yield "the cloth is of another class or colour"
    if orders.pin_lot[o] not in (-1, lot) or _barred(orders.forbid_lots, o, lot):
        yield "the lot is not allowed"
    arrival = _cloth_day(problem, params, plan)
    last = 7 * (arrival // 7 + params.cut_wait_weeks)
    monday = plan.cut_start_day % 7 == 0 and arrival < plan.cut_start_day <= last
    if plan.cut_start_day != arrival and not monday:
        yield "cutting does not start when it may"


def _barred(pairs: NDArray[np.int64], order: int, other: int) -> bool:
    return bool(((pairs[:, 0] == order) & (pairs[:, 1] == other)).any())


def _cloth_day(problem: Problem, params: Params, plan: Plan) -> int:
    days = leg(params, _spot(problem.lots, plan.lot), _spot(problem.brands, plan.brand))[1]
    return int(problem.orders.ready_day[plan.order]) + int(problem.lots.lead_days[plan.lot]) + days


def _people(problem: Problem, plan: Plan) -> Iterator[str]:
    orders, o = problem.orders, plan.order
    pinned = {int(maker): int(pieces) for _, maker, pieces in orders.pins[orders.pins[:, 0] == o]}
    given = {share.maker: share.pieces for share in plan.shares}
    total = int(orders.pieces[o])
    if list(given) != sorted(given) or len(given) != len(plan.shares):
        yield "a maker stands twice or out of order"
    if sum(given.values()) != total or min(given.values()) < 1:
        yield "the shares are not all the pieces"
    if len(given) > orders.max_makers[o]:
        yield "too many makers"
    if any(given.get(maker) != pieces for maker, pieces in pinned.items()):
        yield "an accepted share was changed"
    least = min(int(orders.min_lot[o]), max(total - sum(pinned.values()), 1))
    if any(pieces < least for maker, pieces in given.items() if maker not in pinned):
        yield "a share is too small"


def _maker(problem: Problem, params: Params, plan: Plan, share: Share) -> Iterator[str]:
    orders, makers, o, m = problem.orders, problem.makers, plan.order, share.maker
    need, held = int(orders.need_skills[o]), int(makers.skills[m])
    for skill in range(64):
        until = int(makers.skill_until[m, skill]) if skill < makers.skill_until.shape[1] else -1
        if need >> skill & 1 and not (held >> skill & 1 and until >= orders.due_day[o]):
            yield f"skill {skill} is not certified on the due day"
    if int(orders.need_machines[o]) & ~int(makers.machines[m]):
        yield "a machine is missing"
    if orders.rush[o] and not makers.rush[m]:
        yield "does not take rush orders"
    if _barred(orders.forbid_makers, o, m):
        yield "is forbidden"
    if leg(params, _spot(problem.brands, plan.brand), _spot(makers, m))[0] > makers.reach_m[m]:
        yield "is out of reach"
    yield from _time(problem, params, plan, share)


def _time(problem: Problem, params: Params, plan: Plan, share: Share) -> Iterator[str]:
    kit_day = _kit_day(problem, params, plan, share)
    weeks = [week for week, _ in share.seconds]
    if weeks != sorted(set(weeks)) or not weeks or min(used for _, used in share.seconds) < 1:
        yield "weeks are not ascending"
    for week, used in share.seconds:
        days = max(0, 7 * week + 7 - max(kit_day, 7 * week))
        if used > days * (int(problem.makers.free_seconds[share.maker, week]) // 7):
            yield f"week {week} does not hold the work between arrival and its end"
    if sum(used for _, used in share.seconds) != share.pieces * _seconds(problem, plan.order, share.maker):
        yield "the seconds are not those of its pieces"


def _seconds(problem: Problem, order: int, maker: int) -> int:
    permille = int(problem.makers.efficiency_permille[maker])
    return (int(problem.orders.standard_seconds[order]) * 1_000 + permille - 1) // permille


def _kit_day(problem: Problem, params: Params, plan: Plan, share: Share) -> int:
    days = leg(params, _spot(problem.brands, plan.brand), _spot(problem.makers, share.maker))[1]
    return plan.cut_start_day + int(problem.brands.cut_days[plan.brand]) + params.slack_cut_days + days


def _rebuilt(problem: Problem, params: Params, plan: Plan) -> Plan:
    o, b = plan.order, plan.brand
    shares = tuple(_share(problem, params, plan, share) for share in plan.shares)
    returned = max(share.returned_day for share in shares)
    finish = returned + int(problem.brands.finish_days[b])
    delivery = finish + params.slack_ship_days + leg(params, _spot(problem.brands, b), _spot(problem.orders, o))[1]
    slack = params.slack_cut_days + params.slack_sew_days + params.slack_ship_days
    ppm = sum(share.pieces * int(problem.makers.defect_ppm[share.maker]) for share in shares)
    pieces = int(problem.orders.pieces[o])
    return replace(
        plan,
        cloth_cm=max(pieces * int(problem.orders.cloth_cm[o]), int(problem.lots.min_cut_cm[plan.lot])),
        shares=shares,
        ready_day=int(problem.orders.ready_day[o]),
        cloth_day=_cloth_day(problem, params, plan),
        cut_day=plan.cut_start_day + int(problem.brands.cut_days[b]) + params.slack_cut_days,
        sewn_day=max(share.sewn_day for share in shares),
        returned_day=returned,
        finish_day=finish,
        p50_day=delivery - slack,
        p90_day=delivery,
        defect_ppm=(ppm + pieces - 1) // pieces,
        parts=_parts(problem, params, plan, delivery),
    )


def _share(problem: Problem, params: Params, plan: Plan, share: Share) -> Share:
    kit_day = _kit_day(problem, params, plan, share)
    week, used = share.seconds[-1]
    a_day = int(problem.makers.free_seconds[share.maker, week]) // 7
    sewn = max(kit_day, 7 * week) + (used + a_day - 1) // a_day - 1
    back = leg(params, _spot(problem.brands, plan.brand), _spot(problem.makers, share.maker))[1]
    pay = share.pieces * _pay(problem, plan.order, share.maker)
    return Share(share.maker, share.pieces, share.seconds, pay, kit_day, sewn, sewn + back + params.slack_sew_days)


def _pay(problem: Problem, order: int, maker: int) -> int:
    return (int(problem.orders.standard_seconds[order]) * int(problem.makers.rate_idr[maker]) + 59) // 60


def _parts(problem: Problem, params: Params, plan: Plan, delivery: int) -> CostParts:
    o, b, makers = plan.order, plan.brand, problem.makers
    pieces, brand = int(problem.orders.pieces[o]), _spot(problem.brands, b)
    cm = max(pieces * int(problem.orders.cloth_cm[o]), int(problem.lots.min_cut_cm[plan.lot]))
    pay = {share.maker: _pay(problem, o, share.maker) for share in plan.shares}
    kits = sum(2 * leg(params, brand, _spot(makers, share.maker))[2] for share in plan.shares)
    ends = leg(params, _spot(problem.lots, plan.lot), brand)[2] + leg(params, brand, _spot(problem.orders, o))[2]
    early = int(problem.orders.due_day[o]) - delivery
    credit = {m: pay[m] * int(makers.fair_credit[m]) * params.fairness_permille // 10**6 for m in pay}
    defects = {m: (int(makers.defect_ppm[m]) * params.defect_cost_idr + 10**6 - 1) // 10**6 for m in pay}
    return CostParts(
        brand_fee=pieces * int(problem.brands.fee_idr[b]),
        cloth=(int(problem.lots.price_idr[plan.lot]) * cm + 99) // 100,
        sewing_pay=sum(share.pieces * pay[share.maker] for share in plan.shares),
        set_up=params.set_up_idr * len(plan.shares),
        transport=kits + ends,
        defects=sum(share.pieces * defects[share.maker] for share in plan.shares),
        lateness_risk=params.lateness_idr_per_day * pieces * max(0, params.cushion_days - early),
        fairness_credit=-sum(share.pieces * credit[share.maker] for share in plan.shares),
    )
