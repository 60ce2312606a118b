"""The whole problem as one mixed-integer programme, for solvers that know nothing of clothes.

Variables of an order: `place` (brand, lot, start of cutting; binary), `end` (brand, last day of delivery; binary),
`set_up` (brand, maker; binary), `pieces` (brand, maker; whole; the same variable as `set_up` for a single piece),
`seconds` (maker, week). The days of a week that a maker may use are seven, less those before its kits come, less those
after the last day of sewing: a sum of a part of the place and a part of the end. Nothing
is left out that a feasible plan below the reserve could use, unless `keep` says how many of the cheapest places, and of
the cheapest makers at each brand, an order keeps.
Pins and forbids are not modelled: no instance of the benchmark has any.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from benchmarks.matching.options import End, Kept, Makers, Place, ends_of, makers_of, places_of
from clothingline.matching import Matching, Params, Problem

Whole = NDArray[np.int64]
Term = tuple[int, int]
"""(variable, coefficient)."""
Values = Mapping[int, int]
"""By variable."""


@dataclass
class Programme:
    """Minimise Σ cost · variable + `constant`; `rows` are Σ coefficient · variable ≤ limit (or = when marked)."""

    cost: list[int] = field(default_factory=list)
    most: list[int] = field(default_factory=list)
    constant: int = 0
    rows: list[tuple[list[Term], int, bool]] = field(default_factory=list)
    places: dict[int, tuple[int, Place]] = field(default_factory=dict)
    """By variable: the order and the place."""
    ends: dict[int, tuple[int, End]] = field(default_factory=dict)
    pieces: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    """By variable: order, brand, maker."""
    set_ups: dict[tuple[int, int, int], int] = field(default_factory=dict)
    """By order, brand, maker: the variable; that of the pieces for single pieces."""

    seconds: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    """By variable: order, maker, week."""
    sums: dict[int, list[int]] = field(default_factory=dict)
    """By variable: those of which it is the sum."""

    def add(self, cost: int, most: int) -> int:
        """A whole variable from 0 to `most`."""
        self.cost.append(cost)
        self.most.append(most)
        return len(self.cost) - 1

    def at_most(self, terms: Iterable[Term], limit: int, *, exactly: bool = False) -> None:
        """A row."""
        self.rows.append((list(terms), limit, exactly))


@dataclass
class Use:
    """What all orders together use: terms by maker and week, brand and week, and lot."""

    seconds: dict[tuple[int, int], list[Term]] = field(default_factory=lambda: defaultdict(list))
    pieces: dict[tuple[int, int], list[Term]] = field(default_factory=lambda: defaultdict(list))
    cm: dict[int, list[Term]] = field(default_factory=lambda: defaultdict(list))


def programme(problem: Problem, params: Params, keep: int | None = None, start: Matching | None = None) -> Programme:
    """The programme of a problem; `start` is a matching whose plans are always kept."""
    assert not any(len(rows) for rows in _pairs(problem)), "pins and forbids are not modelled"
    written, use = Programme(constant=int(problem.orders.reserve_idr.sum())), Use()
    for order in range(len(problem.orders)):
        makers = makers_of(problem, params, order)
        kept = Kept(keep, start.plans[order] if start else None)
        places = places_of(problem, params, order, makers, kept)
        if places:
            ends = ends_of(problem, params, order, makers, places)
            _Order(written, use, problem, order, makers.kept(kept)).write(places, ends)
    _shared(written, use, problem)
    return written


def _pairs(problem: Problem) -> Sequence[Whole]:
    o = problem.orders
    return o.pins, o.forbid_makers, o.forbid_lots, o.forbid_brands


@dataclass
class _Order:
    """Writes one order. `sewn`: pieces times their seconds, by maker."""

    written: Programme
    use: Use
    problem: Problem
    order: int
    makers: Makers
    sewn: dict[int, list[Term]] = field(default_factory=lambda: defaultdict(list))

    def write(self, places: list[Place], ends: list[End]) -> None:
        """All its variables and rows."""
        written, o = self.written, self.problem.orders
        chosen = {written.add(place.idr - int(o.reserve_idr[self.order]), 1): place for place in places}
        last = {written.add(end.idr, 1): end for end in ends}
        written.places.update({variable: (self.order, place) for variable, place in chosen.items()})
        written.ends.update({variable: (self.order, end) for variable, end in last.items()})
        written.at_most([(variable, 1) for variable in chosen], 1)
        for variable, place in chosen.items():
            self.use.pieces[place.brand, place.start // 7].append((variable, int(o.pieces[self.order])))
            self.use.cm[place.lot].append((variable, place.cm))
        for brand in dict.fromkeys(place.brand for place in places):
            here = [variable for variable, place in chosen.items() if place.brand == brand]
            ending = [(variable, -1) for variable, end in last.items() if end.brand == brand]
            written.at_most([*((variable, 1) for variable in here), *ending], 0, exactly=True)
            days = (min(p.first for p in places if p.brand == brand), max(e.last for e in ends if e.brand == brand))
            self._brand(brand, here, days)
        self._weeks(chosen, last)

    def _brand(self, brand: int, here: list[int], days: tuple[int, int]) -> None:
        """The makers of one brand: pieces as many as the order has, when the brand is chosen; and no fewer makers than
        its longest window (`days`) makes necessary, which says nothing new but tightens the relaxation."""
        o, shares, most = self.problem.orders, [], self.makers.pieces_between(days)
        pieces = int(o.pieces[self.order])
        for maker, fixed_idr in self.makers.at[brand]:
            if most[maker] >= min(int(o.min_lot[self.order]), pieces):
                shares.append((self._share(brand, (maker, fixed_idr), here, most[maker]), most[maker]))
        chosen = [(variable, -pieces) for variable in here]
        self.written.at_most([*((share, 1) for share, _ in shares), *chosen], 0, exactly=True)
        if pieces > 1:
            set_ups = [self.written.set_ups[self.written.pieces[share]] for share, _ in shares]
            limit, least = int(o.max_makers[self.order]), _fewest([count for _, count in shares], pieces)
            self.written.at_most([*((one, 1) for one in set_ups), *((place, -limit) for place in here)], 0)
            self.written.at_most([*((one, -1) for one in set_ups), *((place, least) for place in here)], 0)

    def _share(self, brand: int, offer: tuple[int, int], here: list[int], most: int) -> int:
        """One maker at one brand; `offer`: the maker, with set-up and roads."""
        written, o, (maker, fixed_idr) = self.written, self.problem.orders, offer
        key, single = (self.order, brand, maker), o.pieces[self.order] == 1
        share = written.add(self.makers.unit[maker] + (fixed_idr if single else 0), most)
        set_up = share if single else written.add(fixed_idr, 1)
        written.pieces[share], written.set_ups[key] = key, set_up
        self.sewn[maker].append((share, self.makers.seconds[maker]))
        if not single:
            written.at_most([(share, 1), (set_up, -most)], 0)
            written.at_most([(share, -1), (set_up, min(int(o.min_lot[self.order]), int(o.pieces[self.order])))], 0)
            written.at_most([(set_up, 1), *((variable, -1) for variable in here)], 0)
        return share

    def _weeks(self, chosen: Mapping[int, Place], last: Mapping[int, End]) -> None:
        """Seconds by week: as many as the pieces need, no more than the days between kits and return hold."""
        begun = self._gathered({variable: place.first for variable, place in chosen.items()})
        ended = self._gathered({variable: end.last for variable, end in last.items()})
        weeks = range(min(begun) // 7, min(max(ended) // 7 + 1, self.problem.weeks))
        for maker, shares in self.sewn.items():
            free = [week for week in weeks if self.makers.per_day[self.makers.row[maker], week]]
            seconds = [(self._week(maker, week, begun, ended), 1) for week in free]
            self.written.at_most([*seconds, *((share, -each) for share, each in shares)], 0, exactly=True)

    def _gathered(self, days: Mapping[int, int]) -> dict[int, int]:
        """By day, one variable for all that share it."""
        by_day: dict[int, list[int]] = defaultdict(list)
        for variable, day in days.items():
            by_day[day].append(variable)
        return {day: _sum(self.written, variables) for day, variables in by_day.items()}

    def _week(self, maker: int, week: int, begun: Mapping[int, int], ended: Mapping[int, int]) -> int:
        """The seconds of a maker in a week. They need a row only where some window holds less than all pieces need."""
        row = self.makers.row[maker]
        need, a_day = int(self.makers.need[row]), int(self.makers.per_day[row, week])
        before = {day: min(7, max(0, day - 7 * week)) for day in begun}
        after = {day: min(7, max(0, 7 * week + 6 - day)) for day in ended}
        variable = self.written.add(0, min(7 * a_day, need))
        self.use.seconds[maker, week].append((variable, 1))
        self.written.seconds[variable] = (self.order, maker, week)
        if a_day * (7 - max(before.values()) - max(after.values())) < need:
            if not any(after.values()):
                terms = [(begun[day], -min(need, a_day * (7 - lost))) for day, lost in before.items()]
            elif not any(before.values()):
                terms = [(ended[day], -min(need, a_day * (7 - lost))) for day, lost in after.items()]
            else:
                terms = [(begun[day], -a_day * (7 - lost)) for day, lost in before.items()]
                terms += [(ended[day], a_day * lost) for day, lost in after.items()]
            self.written.at_most([(variable, 1), *((v, c) for v, c in terms if c)], 0)
        return variable


def _fewest(most: list[int], pieces: int) -> int:
    """The fewest makers who can take all pieces; one more than there are when they cannot."""
    reached = np.cumsum(sorted(most, reverse=True)) >= pieces
    return int(reached.argmax()) + 1 if reached.any() else len(most) + 1


def _sum(written: Programme, variables: list[int]) -> int:
    if len(variables) == 1:
        return variables[0]
    total = written.add(0, 1)
    written.sums[total] = variables
    written.at_most([(total, -1), *((variable, 1) for variable in variables)], 0, exactly=True)
    return total


def _shared(written: Programme, use: Use, problem: Problem) -> None:
    for (maker, week), terms in use.seconds.items():
        written.at_most(terms, int(problem.makers.free_seconds[maker, week]))
    for (brand, week), terms in use.pieces.items():
        written.at_most(terms, int(problem.brands.free_pieces[brand, week]))
    for lot, terms in use.cm.items():
        written.at_most(terms, int(problem.lots.available_cm[lot]))
