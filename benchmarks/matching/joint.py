"""The whole problem as one mixed-integer programme, for solvers that know nothing of clothes.

Variables of an order: `place` (brand, lot, start of cutting, last day of delivery; binary), `set_up` (brand, maker;
binary), `pieces` (brand, maker; whole; the same variable as `set_up` for a single piece), `seconds` (maker, week).
Windows gather the places that leave a maker the same days. Nothing is left out that a feasible plan below the reserve
could use, unless `keep` says how many of the cheapest places, and of the cheapest makers at each brand, an order keeps.
Pins and forbids are not modelled: no instance of the benchmark has any.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from benchmarks.matching.options import Makers, Place, makers_of, places_of
from clothingline.matching import Params, Problem

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
    pieces: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    """By variable: order, brand, maker."""
    set_ups: dict[tuple[int, int, int], int] = field(default_factory=dict)
    """By order, brand, maker: the variable; that of the pieces for single pieces."""

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


def programme(problem: Problem, params: Params, keep: int | None = None) -> Programme:
    """The programme of a problem."""
    assert not any(len(rows) for rows in _pairs(problem)), "pins and forbids are not modelled"
    written, use = Programme(constant=int(problem.orders.reserve_idr.sum())), Use()
    for order in range(len(problem.orders)):
        makers = makers_of(problem, params, order)
        places = places_of(problem, params, order, makers, keep)
        if places:
            _order(written, use, problem, order, places, makers.kept(keep))
    _shared(written, use, problem)
    return written


def _pairs(problem: Problem) -> Sequence[Whole]:
    o = problem.orders
    return o.pins, o.forbid_makers, o.forbid_lots, o.forbid_brands


def _order(written: Programme, use: Use, problem: Problem, order: int, places: list[Place], makers: Makers) -> None:
    reserve, pieces = int(problem.orders.reserve_idr[order]), int(problem.orders.pieces[order])
    chosen = [written.add(place.idr - reserve, 1) for place in places]
    written.places.update({variable: (order, place) for variable, place in zip(chosen, places, strict=True)})
    written.at_most([(variable, 1) for variable in chosen], 1)
    at_brand: dict[int, list[int]] = defaultdict(list)
    for variable, place in zip(chosen, places, strict=True):
        at_brand[place.brand].append(variable)
        use.pieces[place.brand, place.start // 7].append((variable, pieces))
        use.cm[place.lot].append((variable, place.cm))
    sewn: dict[int, list[Term]] = defaultdict(list)
    for brand, here in at_brand.items():
        _brand(written, problem, (order, brand), here, makers, sewn)
    _windows(written, use, problem, list(zip(chosen, places, strict=True)), makers, sewn)


def _brand(
    written: Programme, problem: Problem, pair: tuple[int, int], here: list[int], makers: Makers,
    sewn: dict[int, list[Term]],
) -> None:  # fmt: skip
    """The makers of one brand: pieces as many as the order has, when the brand is chosen."""
    order, brand = pair
    o, total, set_ups = problem.orders, [], []
    pieces, least = int(o.pieces[order]), min(int(o.min_lot[order]), int(o.pieces[order]))
    for maker, fixed_idr in makers.at[brand]:
        most = min(pieces, makers.most[maker])
        if most < least:
            continue
        share = written.add(makers.unit[maker] + (fixed_idr if pieces == 1 else 0), most)
        set_up = share if pieces == 1 else written.add(fixed_idr, 1)
        written.pieces[share] = (order, brand, maker)
        written.set_ups[order, brand, maker] = set_up
        total.append((share, 1))
        set_ups.append((set_up, 1))
        sewn[maker].append((share, makers.seconds[maker]))
        if pieces > 1:
            written.at_most([(share, 1), (set_up, -most)], 0)
            written.at_most([(share, -1), (set_up, least)], 0)
            written.at_most([(set_up, 1), *((variable, -1) for variable in here)], 0)
    written.at_most([*total, *((variable, -pieces) for variable in here)], 0, exactly=True)
    if pieces > 1:
        written.at_most([*set_ups, *((variable, -int(o.max_makers[order])) for variable in here)], 0)


def _windows(
    written: Programme, use: Use, problem: Problem, places: list[tuple[int, Place]], makers: Makers,
    sewn: dict[int, list[Term]],
) -> None:  # fmt: skip
    """Seconds by week: as many as the pieces need, no more than the window of the chosen place holds."""
    windows: dict[tuple[int, int], list[int]] = defaultdict(list)
    for variable, place in places:
        windows[place.first, place.last].append(variable)
    gathered = {days: _sum(written, variables) for days, variables in windows.items()}
    for maker, shares in sewn.items():
        seconds = []
        for week in range(problem.weeks):
            room = {days: makers.room(maker, days, week) for days in gathered}
            if any(room.values()):
                variable = written.add(0, max(room.values()))
                seconds.append((variable, 1))
                use.seconds[maker, week].append((variable, 1))
                written.at_most([(variable, 1), *((gathered[days], -most) for days, most in room.items() if most)], 0)
        written.at_most([*seconds, *((share, -each) for share, each in shares)], 0, exactly=True)


def _sum(written: Programme, variables: list[int]) -> int:
    if len(variables) == 1:
        return variables[0]
    total = written.add(0, 1)
    written.at_most([(total, -1), *((variable, 1) for variable in variables)], 0, exactly=True)
    return total


def _shared(written: Programme, use: Use, problem: Problem) -> None:
    for (maker, week), terms in use.seconds.items():
        written.at_most(terms, int(problem.makers.free_seconds[maker, week]))
    for (brand, week), terms in use.pieces.items():
        written.at_most(terms, int(problem.brands.free_pieces[brand, week]))
    for lot, terms in use.cm.items():
        written.at_most(terms, int(problem.lots.available_cm[lot]))
