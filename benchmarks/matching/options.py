"""What one order may choose from, listed in full: places to cut, and makers who may sew."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from benchmarks.matching.chosen import leg, spot
from clothingline.matching import Params, Problem

Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Place:
    """A brand, a lot, a day of cutting and a last day of delivery. `idr`: all that does not depend on makers, with the
    risk · `cm`: cloth bought · `first`, `last`: days on which a maker may sew, for one day on the road each way."""

    brand: int
    lot: int
    start: int
    delivery: int
    idr: int
    cm: int
    first: int
    last: int
    safe: bool
    """Whether its day of delivery is the last without risk."""


@dataclass(frozen=True)
class Makers:
    """Who may sew an order. `at`: by brand, the makers in reach with set-up and both legs, the cheapest first for all
    pieces of the order · by maker: `unit` a piece, `seconds` a piece, `most` pieces in the longest window, `per_day` by
    week."""

    at: Mapping[int, list[tuple[int, int]]]
    unit: Mapping[int, int]
    seconds: Mapping[int, int]
    most: Mapping[int, int]
    per_day: Whole

    def room(self, maker: int, days: tuple[int, int], week: int) -> int:
        """Seconds of a maker in a week between two days."""
        within = min(days[1], 7 * week + 6) - max(days[0], 7 * week) + 1
        return max(0, within) * int(self.per_day[maker, week])

    def kept(self, keep: int | None) -> "Makers":
        """The same with no more than so many makers at each brand (times the makers that the order may have)."""
        return self if keep is None else replace(self, at={brand: some[:keep] for brand, some in self.at.items()})

    @cached_property
    def cheapest(self) -> Mapping[int, float]:
        """By brand, the least that all pieces can cost: every maker's set-up spread over all that it can sew."""
        return {
            brand: min((self.unit[m] + fixed / self.most[m] for m, fixed in some if self.most[m]), default=np.inf)
            for brand, some in self.at.items()
        }


def makers_of(problem: Problem, params: Params, order: int) -> Makers:
    """The makers who hold what an order needs, by brand of the family in whose reach they are."""
    o, m = problem.orders, problem.makers
    able = np.flatnonzero(_able(problem, order))
    pay = -(-o.standard_seconds[order] * m.rate_idr[able] // 60)
    unit = pay - (-m.defect_ppm[able] * params.defect_cost_idr // 10**6)
    unit -= pay * m.fair_credit[able] * params.fairness_permille // 10**6
    seconds = -(-o.standard_seconds[order] * 1_000 // m.efficiency_permille[able])
    per_day = m.free_seconds // 7
    days = np.arange(int(o.ready_day[order]), int(o.due_day[order]) + 1)
    within = np.bincount(days[days // 7 < problem.weeks] // 7, minlength=problem.weeks)
    most = np.minimum((per_day[able] * within).sum(axis=1) // seconds, o.pieces[order])
    names = able.tolist()
    by_maker = [dict(zip(names, of.tolist(), strict=True)) for of in (unit, seconds, most)]
    pieces = int(o.pieces[order])
    at = {brand: _at(problem, params, brand, names, by_maker[0], pieces) for brand in _brands(problem, order)}
    return Makers(at, *by_maker, per_day)


def _able(problem: Problem, order: int) -> NDArray[np.bool_]:
    o, m = problem.orders, problem.makers
    need, machines = o.need_skills[order], o.need_machines[order]
    bits = np.uint64(1) << np.arange(m.skill_until.shape[1]).astype(np.uint64)
    lapsed = ((m.skill_until < o.due_day[order]) & ((need & bits) != 0)).any(axis=1)
    fit = ((m.skills & need) == need) & ((m.machines & machines) == machines) & (m.rush >= o.rush[order])
    return np.asarray(fit & ~lapsed)


def _brands(problem: Problem, order: int) -> list[int]:
    o, b = problem.orders, problem.brands
    fit = (b.families >> np.uint64(o.family[order])) & np.uint64(1) == 1
    if o.fixed_brand[order] >= 0:
        fit &= np.arange(len(b)) == o.fixed_brand[order]
    return np.flatnonzero(fit).tolist()


def _at(
    problem: Problem, params: Params, brand: int, makers: list[int], unit: Mapping[int, int], pieces: int
) -> list[tuple[int, int]]:
    found = []
    for maker in makers:
        metres, days, idr = leg(params, spot(problem.brands, brand), spot(problem.makers, maker))
        if metres <= problem.makers.reach_m[maker]:
            assert days == 1, "a leg to a maker of more than a day is not modelled"
            found.append((maker, params.set_up_idr + 2 * idr))
    return sorted(found, key=lambda one: one[1] + pieces * unit[one[0]])


def places_of(problem: Problem, params: Params, order: int, makers: Makers, keep: int | None) -> list[Place]:
    """The places at which the order may cost no more than its reserve, or only the cheapest of them."""
    reserve, pieces = int(problem.orders.reserve_idr[order]), int(problem.orders.pieces[order])
    least = {brand: pieces * each for brand, each in makers.cheapest.items()}
    found = [p for p in _places(problem, params, order, makers) if p.idr + least[p.brand] <= reserve]
    return found if keep is None else sorted(found, key=lambda p: p.idr + least[p.brand])[:keep]


def _places(problem: Problem, params: Params, order: int, makers: Makers) -> Iterator[Place]:
    o, lots, due = problem.orders, problem.lots, int(problem.orders.due_day[order])
    fits = _fitting_lots(problem, order)
    pieces, home = int(o.pieces[order]), spot(o, order)
    for lot in np.flatnonzero(fits).tolist():
        cm = max(pieces * int(o.cloth_cm[order]), int(lots.min_cut_cm[lot]))
        if cm > lots.available_cm[lot]:
            continue
        for brand in makers.at:
            here = spot(problem.brands, brand)
            _, road, idr = leg(params, spot(lots, lot), here)
            _, ship, ship_idr = leg(params, here, home)
            idr += ship_idr + pieces * int(problem.brands.fee_idr[brand]) - (-int(lots.price_idr[lot]) * cm // 100)
            arrival = int(o.ready_day[order]) + int(lots.lead_days[lot]) + road
            for start in _starts(problem, params, brand, pieces, arrival):
                first = start + int(problem.brands.cut_days[brand]) + params.slack_cut_days + 1
                after = ship + int(problem.brands.finish_days[brand]) + params.slack_ship_days + params.slack_sew_days
                for early in range(params.cushion_days + 1):
                    risk = params.lateness_idr_per_day * pieces * (params.cushion_days - early)
                    last = due - early - after - 1
                    if last >= first:
                        yield Place(brand, lot, start, due - early, idr + risk, cm, first, last, risk == 0)


def _fitting_lots(problem: Problem, order: int) -> NDArray[np.bool_]:
    o, lots = problem.orders, problem.lots
    coloured = (lots.colour == o.colour[order]) | (o.colour[order] == -1)
    return np.asarray((lots.cloth_class == o.cloth_class[order]) & coloured)


def _starts(problem: Problem, params: Params, brand: int, pieces: int, arrival: int) -> Iterator[int]:
    for wait in range(params.cut_wait_weeks + 1):
        day = arrival if wait == 0 else 7 * (arrival // 7 + wait)
        if day // 7 < problem.weeks and problem.brands.free_pieces[brand, day // 7] >= pieces:
            yield day
