"""Turning a choice into a plan: weeks, timeline, and the parts of the cost."""

from __future__ import annotations

from dataclasses import dataclass

from .choices import Choices
from .index import Index, Whole, bought_cm
from .result import CostParts, Plan, Share
from .split import cheapest_weeks
from .terms import cloth_idr, risk_idr


@dataclass(frozen=True, eq=False)
class Found:
    """A choice with its value in thousandths of a rupiah: entry, deadline, and pieces of each maker (J,)."""

    value: int
    entry: int
    deadline: int
    pieces: Whole


def build(index: Index, c: Choices, found: Found) -> Plan:
    """The plan of a choice."""
    problem, params, order = index.problem, index.params, c.wish.order
    brand, lot, start = (int(a[found.entry]) for a in (c.places.brand, c.places.lot, c.places.start))
    shares = tuple(_share(index, c, start, found, j) for j in range(len(c.sewing.makers)) if found.pieces[j])
    returned = max(share.returned_day for share in shares)
    finish = returned + int(problem.brands.finish_days[brand])
    delivery = finish + int(c.legs.days[brand]) + params.slack_ship_days
    cloth_day = int(problem.orders.ready_day[order] + problem.lots.lead_days[lot] + index.cloth.days[lot, brand])
    cut_start = int(c.places.start_day[start])
    return Plan(
        order=order,
        brand=brand,
        lot=lot,
        cloth_cm=int(bought_cm(problem, order)[lot]),
        shares=shares,
        ready_day=int(problem.orders.ready_day[order]),
        cloth_day=cloth_day,
        cut_start_day=cut_start,
        cut_day=cut_start + int(problem.brands.cut_days[brand]) + params.slack_cut_days,
        sewn_day=max(share.sewn_day for share in shares),
        returned_day=returned,
        finish_day=finish,
        p50_day=delivery - params.slack_days,
        p90_day=delivery,
        defect_ppm=_defect_ppm(index, shares),
        parts=_parts(index, c, (brand, lot), shares, delivery),
    )


def _share(index: Index, c: Choices, start: int, found: Found, j: int) -> Share:
    maker, pieces, kit_day = int(c.sewing.makers[j]), int(found.pieces[j]), int(c.sewing.kit_day[start, j])
    seconds = _seconds(c, start, found, j)
    week, used = seconds[-1]
    sewn = max(kit_day, 7 * week) - 1 - (-used // int(index.per_day[maker, week]))
    back = int(index.kits.days[c.places.start_brand[start], maker]) + index.params.slack_sew_days
    return Share(maker, pieces, seconds, pieces * int(c.terms.pay[maker]), kit_day, sewn, sewn + back)


def _seconds(c: Choices, start: int, found: Found, j: int) -> tuple[tuple[int, int], ...]:
    """(week, seconds) of a share, taken from the cheapest weeks, the earliest first among equals."""
    need, used = int(found.pieces[j] * c.sewing.seconds[j]), {}
    for week in cheapest_weeks(c)[j]:
        take = min(need, int(c.sewing.caps[start, found.deadline, j, week]))
        if take:
            used[c.sewing.first_week + int(week)] = take
            need -= take
    return tuple(sorted(used.items()))


def _defect_ppm(index: Index, shares: tuple[Share, ...]) -> int:
    ppm = index.problem.makers.defect_ppm
    total = sum(share.pieces * int(ppm[share.maker]) for share in shares)
    return -(-total // sum(share.pieces for share in shares))


def _parts(index: Index, c: Choices, place: tuple[int, int], shares: tuple[Share, ...], delivery: int) -> CostParts:
    problem, params, (brand, lot) = index.problem, index.params, place
    kits = sum(2 * int(index.kits.idr[brand, share.maker]) for share in shares)
    return CostParts(
        brand_fee=c.pieces * int(problem.brands.fee_idr[brand]),
        cloth=int(cloth_idr(problem.lots.price_idr[lot], bought_cm(problem, c.wish.order)[lot])),
        sewing_pay=sum(share.pay_idr for share in shares),
        set_up=params.set_up_idr * len(shares),
        transport=kits + int(index.cloth.idr[lot, brand]) + int(c.legs.idr[brand]),
        defects=sum(share.pieces * int(c.terms.defects[share.maker]) for share in shares),
        lateness_risk=risk_idr(params, c.pieces, int(problem.orders.due_day[c.wish.order]) - delivery),
        fairness_credit=-sum(share.pieces * int(c.terms.credit[share.maker]) for share in shares),
    )
