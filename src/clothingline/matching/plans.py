"""Turning a choice into a plan: weeks, timeline, and the parts of the cost."""

from __future__ import annotations

from dataclasses import dataclass

from .choices import Choices
from .index import Index, Whole, leg, spot
from .params import Params
from .problem import Problem
from .result import CostParts, Plan, Share
from .split import cheapest_weeks
from .terms import one, risk_idr


@dataclass(frozen=True, eq=False)
class Found:
    """A choice with its value in thousandths of a rupiah: entry, deadline, and pieces of each maker (J,)."""

    value: int
    entry: int
    deadline: int
    pieces: Whole


@dataclass(frozen=True, eq=False)
class Choice:
    """The bare choice behind a plan. `shares`: by maker its pieces and (week, seconds), weeks ascending."""

    order: int
    brand: int
    lot: int
    cut_start_day: int
    shares: dict[int, tuple[int, tuple[tuple[int, int], ...]]]


def build(index: Index, c: Choices, found: Found) -> Plan:
    """The plan of a choice among `Choices`."""
    brand, lot, start = (int(a[found.entry]) for a in (c.places.brand, c.places.lot, c.places.start))
    shares = {
        int(c.sewing.makers[j]): (int(found.pieces[j]), _seconds(c, start, found, j))
        for j in range(len(c.sewing.makers))
        if found.pieces[j]
    }
    choice = Choice(c.wish.order, brand, lot, int(c.places.start_day[start]), shares)
    return plan_of(index.problem, index.params, choice)


def plan_of(problem: Problem, params: Params, choice: Choice) -> Plan:
    """The plan of a bare choice: its timeline and the parts of its cost."""
    order, brand, lot = choice.order, choice.brand, choice.lot
    house, pieces = spot(problem.brands, brand), int(problem.orders.pieces[order])
    cut_day = choice.cut_start_day + int(problem.brands.cut_days[brand]) + params.slack_cut_days
    shares = tuple(_share(problem, params, choice, maker, cut_day) for maker in sorted(choice.shares))
    cloth, ship = leg(params, spot(problem.lots, lot), house), leg(params, house, spot(problem.orders, order))
    returned = max(share.returned_day for share in shares)
    finish = returned + int(problem.brands.finish_days[brand])
    delivery = finish + ship.days + params.slack_ship_days
    cm = max(pieces * int(problem.orders.cloth_cm[order]), int(problem.lots.min_cut_cm[lot]))
    ready = int(problem.orders.ready_day[order])
    return Plan(
        order=order,
        brand=brand,
        lot=lot,
        cloth_cm=cm,
        shares=shares,
        ready_day=ready,
        cloth_day=ready + int(problem.lots.lead_days[lot]) + cloth.days,
        cut_start_day=choice.cut_start_day,
        cut_day=cut_day,
        sewn_day=max(share.sewn_day for share in shares),
        returned_day=returned,
        finish_day=finish,
        p50_day=delivery - params.slack_days,
        p90_day=delivery,
        defect_ppm=_defect_ppm(problem, shares),
        parts=_parts(problem, params, choice, (cm, cloth.idr + ship.idr), delivery),
    )


def _share(problem: Problem, params: Params, choice: Choice, maker: int, cut_day: int) -> Share:
    pieces, seconds = choice.shares[maker]
    way = leg(params, spot(problem.brands, choice.brand), spot(problem.makers, maker))
    week, used = seconds[-1]
    sewn = max(cut_day + way.days, 7 * week) - 1 - (-used // (int(problem.makers.free_seconds[maker, week]) // 7))
    pay = pieces * one(problem, params, choice.order, maker).pay
    return Share(maker, pieces, seconds, pay, cut_day + way.days, sewn, sewn + way.days + params.slack_sew_days)


def _seconds(c: Choices, start: int, found: Found, j: int) -> tuple[tuple[int, int], ...]:
    """(week, seconds) of a share, taken from the cheapest weeks, the earliest first among equals."""
    need, used = int(found.pieces[j] * c.sewing.seconds[j]), {}
    for week in cheapest_weeks(c)[j]:
        take = min(need, int(c.sewing.caps[start, found.deadline, j, week]))
        if take:
            used[c.sewing.first_week + int(week)] = take
            need -= take
    return tuple(sorted(used.items()))


def _defect_ppm(problem: Problem, shares: tuple[Share, ...]) -> int:
    total = sum(share.pieces * int(problem.makers.defect_ppm[share.maker]) for share in shares)
    return -(-total // sum(share.pieces for share in shares))


def _parts(problem: Problem, params: Params, choice: Choice, way: tuple[int, int], delivery: int) -> CostParts:
    """`way`: centimetres of cloth that are bought, and rupiah of the legs that no maker has."""
    order, brand, (cm, ends) = choice.order, choice.brand, way
    pieces, house = int(problem.orders.pieces[order]), spot(problem.brands, brand)
    mine = [(count, one(problem, params, order, maker)) for maker, (count, _) in choice.shares.items()]
    kits = sum(2 * leg(params, house, spot(problem.makers, maker)).idr for maker in choice.shares)
    return CostParts(
        brand_fee=pieces * int(problem.brands.fee_idr[brand]),
        cloth=-(-int(problem.lots.price_idr[choice.lot]) * cm // 100),
        sewing_pay=sum(count * term.pay for count, term in mine),
        set_up=params.set_up_idr * len(mine),
        transport=kits + ends,
        defects=sum(count * term.defects for count, term in mine),
        lateness_risk=risk_idr(params, pieces, int(problem.orders.due_day[order]) - delivery),
        fairness_credit=-sum(count * term.credit for count, term in mine),
    )
