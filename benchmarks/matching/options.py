"""What one order may choose from, listed in full: places to cut, and makers who may sew."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from benchmarks.matching.chosen import leg, spot
from clothingline.matching import Params, Plan, Problem

Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Place:
    """A brand, a lot and a day of cutting. `idr`: fee, cloth and both its legs · `cm`: cloth bought · `first`: the day
    on which a maker may begin, after one day on the road."""

    brand: int
    lot: int
    start: int
    idr: int
    cm: int
    first: int


@dataclass(frozen=True)
class End:
    """A last day of delivery from a brand, with its risk, and the last day on which a maker may sew for it."""

    brand: int
    delivery: int
    idr: int
    last: int


@dataclass(frozen=True)
class Kept:
    """What a programme keeps of an order's choices when it cannot hold all: the `most` cheapest places, of which no
    brand and no lot may have more than a quarter, as many makers at each brand, and a known plan. None keeps all."""

    most: int | None = None
    plan: Plan | None = None

    @property
    def makers(self) -> tuple[int, ...]:
        """Of the known plan."""
        return self.plan.makers if self.plan else ()

    def places(self, cheapest: list[Place]) -> list[Place]:
        """Those of the cheapest that are kept."""
        assert self.most is not None
        taken: Counter[tuple[str, int]] = Counter()
        found = [place for place in cheapest if self._known(place)]
        for place in cheapest:
            keys = ("brand", place.brand), ("lot", place.lot)
            if len(found) < self.most and place not in found and all(4 * taken[key] < self.most for key in keys):
                taken.update(keys)
                found.append(place)
        return found

    def _known(self, place: Place) -> bool:
        plan = self.plan
        return plan is not None and (place.brand, place.lot, place.start) == (plan.brand, plan.lot, plan.cut_start_day)


@dataclass(frozen=True)
class Makers:
    """Who may sew an order. `at`: by brand, the makers in reach with set-up and both legs, the cheapest first for all
    pieces of the order · by maker: `unit` a piece, `seconds` a piece, `most` pieces in the longest window, `row` in
    `per_day` · `need`: (rows,) seconds of all pieces."""

    at: Mapping[int, list[tuple[int, int]]]
    unit: Mapping[int, int]
    seconds: Mapping[int, int]
    most: Mapping[int, int]
    row: Mapping[int, int]
    per_day: Whole
    need: Whole

    def rooms(self, days: tuple[int, int]) -> Whole:
        """Seconds (rows, weeks) of each maker between two days, as far as all pieces of the order could use them."""
        monday = 7 * np.arange(self.per_day.shape[1])
        within = np.clip(np.minimum(days[1], monday + 6) - np.maximum(days[0], monday) + 1, 0, 7)
        return np.asarray(np.minimum(within * self.per_day, self.need[:, None]))

    def pieces_between(self, days: tuple[int, int]) -> dict[int, int]:
        """By maker, the pieces of the order that it can sew between two days, at most all."""
        room = self.rooms(days).sum(axis=1)
        return {m: min(int(room[row]), int(self.need[row])) // self.seconds[m] for m, row in self.row.items()}

    def kept(self, kept: "Kept") -> "Makers":
        """The same with no more than so many makers at each brand, and those of the plan that is kept."""
        if kept.most is None:
            return self
        return replace(
            self,
            at={
                brand: [one for rank, one in enumerate(some) if rank < kept.most or one[0] in kept.makers]
                for brand, some in self.at.items()
            },
        )

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
    columns = (unit, seconds, most, np.arange(len(able)))
    units, times, most_pieces, rows = (dict(zip(names, of.tolist(), strict=True)) for of in columns)
    pieces = int(o.pieces[order])
    whole = {maker: pieces * units[maker] for maker in names}
    at = {brand: _at(problem, params, brand, whole) for brand in _brands(problem, order)}
    return Makers(at, units, times, most_pieces, rows, per_day[able], pieces * seconds)


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


def _at(problem: Problem, params: Params, brand: int, whole: Mapping[int, int]) -> list[tuple[int, int]]:
    """The makers in reach of a brand by what all pieces would cost (`whole`, by maker) with set-up and roads."""
    found = []
    for maker in whole:
        metres, days, idr = leg(params, spot(problem.brands, brand), spot(problem.makers, maker))
        if metres <= problem.makers.reach_m[maker]:
            assert days == 1, "a leg to a maker of more than a day is not modelled"
            found.append((maker, params.set_up_idr + 2 * idr))
    return sorted(found, key=lambda one: one[1] + whole[one[0]])


def places_of(problem: Problem, params: Params, order: int, makers: Makers, kept: Kept) -> list[Place]:
    """The places at which the order may cost no more than its reserve, or only some of the cheapest of them."""
    reserve, pieces = int(problem.orders.reserve_idr[order]), int(problem.orders.pieces[order])
    least = {brand: pieces * each for brand, each in makers.cheapest.items()}
    found = [p for p in _places(problem, params, order, makers) if p.idr + least[p.brand] <= reserve]
    return found if kept.most is None else kept.places(sorted(found, key=lambda p: p.idr + least[p.brand]))


def ends_of(problem: Problem, params: Params, order: int, makers: Makers, places: list[Place]) -> list[End]:
    """For each brand the days of delivery at which the risk steps, without those that cost more than an earlier day and
    give no maker a second more that it could use, whichever day cutting starts."""
    found = []
    for brand in dict.fromkeys(place.brand for place in places):
        firsts = sorted({place.first for place in places if place.brand == brand})
        rows, before = [makers.row[maker] for maker, _ in makers.at[brand]], b""
        for end in _ends(problem, params, order, brand):
            rooms = b"".join(makers.rooms((first, end.last))[rows].tobytes() for first in firsts)
            if rooms != before:
                found.append(end)
            before = rooms
    return found


def _ends(problem: Problem, params: Params, order: int, brand: int) -> Iterator[End]:
    ship = leg(params, spot(problem.brands, brand), spot(problem.orders, order))[1]
    after = ship + int(problem.brands.finish_days[brand]) + params.slack_ship_days + params.slack_sew_days + 1
    due, pieces = int(problem.orders.due_day[order]), int(problem.orders.pieces[order])
    for early in range(params.cushion_days, -1, -1):
        risk = params.lateness_idr_per_day * pieces * (params.cushion_days - early)
        yield End(brand, due - early, risk, due - early - after)


def _places(problem: Problem, params: Params, order: int, makers: Makers) -> Iterator[Place]:
    o, lots, home = problem.orders, problem.lots, spot(problem.orders, order)
    pieces = int(o.pieces[order])
    cm = np.maximum(pieces * o.cloth_cm[order], lots.min_cut_cm)
    for lot in np.flatnonzero(_fitting_lots(problem, order) & (cm <= lots.available_cm)).tolist():
        bought = int(cm[lot])
        for brand in makers.at:
            here = spot(problem.brands, brand)
            _, road, idr = leg(params, spot(lots, lot), here)
            idr += leg(params, here, home)[2] + pieces * int(problem.brands.fee_idr[brand])
            idr -= -int(lots.price_idr[lot]) * bought // 100
            arrival = int(o.ready_day[order]) + int(lots.lead_days[lot]) + road
            for start in _starts(problem, params, brand, pieces, arrival):
                first = start + int(problem.brands.cut_days[brand]) + params.slack_cut_days + 1
                yield Place(brand, lot, start, idr, bought, first)


def _fitting_lots(problem: Problem, order: int) -> NDArray[np.bool_]:
    o, lots = problem.orders, problem.lots
    coloured = (lots.colour == o.colour[order]) | (o.colour[order] == -1)
    return np.asarray((lots.cloth_class == o.cloth_class[order]) & coloured)


def _starts(problem: Problem, params: Params, brand: int, pieces: int, arrival: int) -> Iterator[int]:
    for wait in range(params.cut_wait_weeks + 1):
        day = arrival if wait == 0 else 7 * (arrival // 7 + wait)
        if day // 7 < problem.weeks and problem.brands.free_pieces[brand, day // 7] >= pieces:
            yield day
