"""What a further certificate would have opened for a maker: orders of which it would have sewn a part in a better
plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from .index import Mask, Remaining, Whole, legs
from .joining import NOWHERE, Joining
from .params import Params
from .problem import Problem
from .result import Matching, Plan


@dataclass(frozen=True, slots=True)
class Opened:
    """One order that a maker would have had a part of. `skills`: bits that it lacks on the due day, ascending ·
    `pay_idr`: sewing pay and set-up of its share · `saves_idr`: by how much that plan is cheaper than what the order
    has now, or than its reserve."""

    order: int
    skills: tuple[int, ...]
    pieces: int
    pay_idr: int
    saves_idr: int


@dataclass(frozen=True, slots=True)
class Opening:
    """What the same missing skills would have opened, each order by itself with the plans of all others held fast: the
    time of the maker may not suffice for all of them together. `pay_idr` is the sum of theirs."""

    skills: tuple[int, ...]
    orders: tuple[Opened, ...]

    @property
    def pay_idr(self) -> int:
        """The pay of all of them."""
        return sum(each.pay_idr for each in self.orders)


def openings(problem: Problem, params: Params, matching: Matching, maker: int) -> tuple[Opening, ...]:
    """By missing skills what they would have opened for a maker among all orders of a matching, the most pay first."""
    found = sorted(_all(problem, params, matching, maker), key=lambda each: (each.skills, each.order))
    groups = (Opening(skills, tuple(orders)) for skills, orders in groupby(found, key=lambda each: each.skills))
    return tuple(sorted(groups, key=lambda opening: -opening.pay_idr))


def opened(joining: Joining, maker: int, now: Plan | None) -> Opened | None:
    """What the skills that a maker lacks for an order would have opened there; `now`: the plan that the order has. None
    when it lacks none, when another limit keeps it out too, or when no better plan has it."""
    problem, params, order = joining.problem, joining.params, joining.order
    skills = lacking(problem, order, maker)
    if not skills or not _may_else(problem, order, maker):
        return None
    reserve = int(problem.orders.reserve_idr[order])
    plan = joining.best(maker, now.cost if now else reserve + 1)
    if plan is None:
        return None
    share = next(share for share in plan.shares if share.maker == maker)
    saves = (now.cost if now else reserve) - plan.cost
    return Opened(order, skills, share.pieces, share.pay_idr + params.set_up_idr, saves)


def lacking(problem: Problem, order: int, maker: int) -> tuple[int, ...]:
    """The skills that an order needs and of which a maker has no certificate on its due day, ascending."""
    need, held = int(problem.orders.need_skills[order]), int(problem.makers.skills[maker])
    until, due = problem.makers.skill_until[maker], int(problem.orders.due_day[order])
    holds = (bit for bit in range(len(until)) if held >> bit & 1 and until[bit] >= due)
    missing = need & ~sum(1 << bit for bit in holds)
    return tuple(bit for bit in range(64) if missing >> bit & 1)


def _may_else(problem: Problem, order: int, maker: int) -> bool:
    """Whether a maker passes all other limits that concern it alone."""
    orders, makers = problem.orders, problem.makers
    machines = int(orders.need_machines[order])
    forbidden = ((orders.forbid_makers[:, 0] == order) & (orders.forbid_makers[:, 1] == maker)).any()
    urgent = orders.rush[order] and not makers.rush[maker]
    return int(makers.machines[maker]) & machines == machines and not urgent and not forbidden


def _all(problem: Problem, params: Params, matching: Matching, maker: int) -> Iterator[Opened]:
    left = Remaining.of(problem)
    for plan in matching.plans:
        if plan is not None:
            left.take(plan)
    for order in np.flatnonzero(_worth_a_look(problem, params, matching, maker, left)):
        now = matching.plans[order]
        if now is not None:
            left.take(now, -1)
        if one := opened(Joining(problem, params, int(order), left), maker, now):
            yield one
        if now is not None:
            left.take(now)


def _worth_a_look(problem: Problem, params: Params, matching: Matching, maker: int, left: Remaining) -> Mask:
    """Orders (n,) that need a skill that the maker lacks, for which it has the time of a share, and for which fee,
    cloth, ways, set-up and sewing at a brand in its reach cost no more than the order now."""
    orders = problem.orders
    worth = _lacks(problem, maker) & (_least_seconds(problem, maker) <= _seconds_between(problem, left, maker))
    costs = zip(matching.plans, orders.reserve_idr, strict=True)
    now = np.array([plan.cost if plan else int(reserve) for plan, reserve in costs], dtype=np.int64)
    some = np.flatnonzero(worth)
    worth[some] = _least_idr(problem, params, maker, some) <= now[some]
    return worth


def _lacks(problem: Problem, maker: int) -> Mask:
    """Orders (n,) that need a skill of which a maker has no certificate on the due day."""
    held, until, orders = int(problem.makers.skills[maker]), problem.makers.skill_until[maker], problem.orders
    lacks = np.zeros(len(orders), dtype=np.bool_)
    for bit in range(64):
        ends = int(until[bit]) if bit < len(until) and held >> bit & 1 else -1
        lacks |= ((orders.need_skills >> np.uint64(bit)) & np.uint64(1) == 1) & (ends < orders.due_day)
    return lacks


def _seconds_between(problem: Problem, left: Remaining, maker: int) -> Whole:
    """Seconds (n,) that a maker has left in the weeks from each order's first day to its due day."""
    until = np.concatenate([[0], np.cumsum(np.maximum(left.seconds[maker], 0))])
    first, last = problem.orders.ready_day // 7, problem.orders.due_day // 7 + 1
    return np.asarray(until[np.minimum(last, problem.weeks)] - until[np.minimum(first, problem.weeks)])


def _least_seconds(problem: Problem, maker: int) -> Whole:
    """Seconds (n,) of the smallest share that a maker may have of each order."""
    orders = problem.orders
    pieces = np.where(orders.max_makers > 1, np.minimum(orders.min_lot, orders.pieces), orders.pieces)
    pieces[orders.pins[:, 0]] = 1
    return np.asarray(pieces * (-(-orders.standard_seconds * 1_000 // problem.makers.efficiency_permille[maker])))


def _least_idr(problem: Problem, params: Params, maker: int, some: Whole) -> Whole:
    """Rupiah (n,) below which no plan of some orders with a maker costs; more than any has without a brand in reach."""
    o, b, m = problem.orders, problem.brands, problem.makers
    kits = legs(params, b.x, b.y, m.x[maker], m.y[maker])
    near = np.flatnonzero(kits.metres <= m.reach_m[maker])
    ship = legs(params, o.x[some, None], o.y[some, None], b.x[near], b.y[near]).idr
    family = np.left_shift(np.uint64(1), o.family[some].astype(np.uint64))[:, None]
    fits = ((b.families[near] & family) != 0) & np.isin(o.fixed_brand[some], [-1, *near])[:, None]
    fee = o.pieces[some, None] * b.fee_idr[near]
    place = np.where(fits, fee + ship + 2 * kits.idr[near], NOWHERE).min(axis=1, initial=NOWHERE)
    rate = np.where(o.max_makers[some] > 1, int(m.rate_idr.min()), int(m.rate_idr[maker]))
    pay = o.standard_seconds[some] * rate // 60
    credit = pay * np.where(o.max_makers[some] > 1, 1_000, int(m.fair_credit[maker])) * params.fairness_permille
    sewing = o.pieces[some] * (pay + -(credit // 1_000_000) - 1)
    return np.asarray(place + params.set_up_idr + sewing + _least_cloth(problem)[some])


def _least_cloth(problem: Problem) -> Whole:
    """Rupiah (n,) that the cloth of each order costs at least, at the lowest price of its class."""
    o, lots = problem.orders, problem.lots
    price = np.full(1 + int(max(lots.cloth_class.max(initial=0), o.cloth_class.max(initial=0))), 10**8)
    np.minimum.at(price, lots.cloth_class, lots.price_idr)
    return np.asarray(o.pieces * o.cloth_cm * price[o.cloth_class] // 100)
