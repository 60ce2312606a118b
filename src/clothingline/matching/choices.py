"""All that one order may choose from, as arrays: brands with lots, days on which cutting may start, makers, windows.

Names of the axes: E entries (brand, lot, start of cutting) · S starts (brand, day) · V deadlines of delivery · J makers
who may sew · W weeks. Values are thousandths of a rupiah, so that prices can be added.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from .index import Index, Legs, Remaining, Whole, brand_limits, delivery_legs, lot_limits, maker_limits, passing
from .places import Places, entries, placed
from .result import PRICE_UNIT
from .terms import Terms, risk_idr, terms
from .wish import Objective, Wish


@dataclass(frozen=True, eq=False)
class Sewing:
    """Who may sew, when, and for how much."""

    makers: Whole
    """(J,) numbers of the makers, ascending."""
    exact: Whole
    """(J,) pinned pieces, −1 when free."""
    required: Whole
    """(J,) 1 when the maker has to be part of the plan."""
    seconds: Whole
    """(J,) of one piece."""
    unit: Whole
    """(J,) value of one piece."""
    fixed: Whole
    """(S, J) set-up and both legs."""
    kit_day: Whole
    """(S, J)"""
    caps: Whole
    """(S, V, J, W) seconds that may be used."""
    first_week: int
    """The number of the first of W."""
    week_price: Whole
    """(J, W)"""
    window: Whole = field(init=False)
    """(S, V, J) all seconds of the window."""

    def __post_init__(self) -> None:
        """Add up the windows."""
        object.__setattr__(self, "window", self.caps.sum(axis=-1))


@dataclass(frozen=True, eq=False)
class Choices:
    """See the head of the module for the axes."""

    wish: Wish
    pieces: int
    least: int
    """Pieces of the smallest share."""
    most: int
    """Makers at most."""
    deadlines: Whole
    """(V,) days of delivery."""
    risk: Whole
    """(V,) value of a delivery on each of them."""
    places: Places
    sewing: Sewing
    legs: Legs
    """From every brand to the destination."""
    terms: Terms


def choices(index: Index, remaining: Remaining, wish: Wish) -> Choices | None:
    """What an order may choose from, or None when nothing passes the limits."""
    problem, order = index.problem, wish.order
    makers = passing(maker_limits(problem, order))
    brands = passing(brand_limits(problem, order))
    lots = passing(lot_limits(problem, order, remaining.cm))
    exact = _pinned(index, order, makers)
    if (
        not (makers.size and brands.size and lots.size)
        or exact is None
        or (wish.must is not None and wish.must not in makers)
    ):
        return None
    found = entries(index, remaining, wish, brands, lots)
    return _timed(index, remaining, wish, (makers, exact), found) if found[0].size else None


def _pinned(index: Index, order: int, makers: Whole) -> Whole | None:
    """Pinned pieces of the makers (J,), −1 when free; None when a pinned maker may not sew."""
    pins = index.problem.orders.pins
    mine = pins[pins[:, 0] == order]
    if not np.isin(mine[:, 1], makers).all():
        return None
    exact = np.full(len(makers), -1, dtype=np.int64)
    exact[np.searchsorted(makers, mine[:, 1])] = mine[:, 2]
    return exact


def _timed(
    index: Index, remaining: Remaining, wish: Wish, people: tuple[Whole, Whole], found: tuple[Whole, Whole, Whole]
) -> Choices:
    orders, order = index.problem.orders, wish.order
    legs, term = delivery_legs(index, order), terms(index.problem, index.params, order)
    places, deadlines, pieces = placed(index, wish, legs, found), _deadlines(index, wish), int(orders.pieces[order])
    rest = pieces - int(np.maximum(people[1], 0).sum())
    last_day = _last_day(index, legs, places.start_brand, people[0], deadlines)
    return Choices(
        wish=wish,
        pieces=pieces,
        least=min(int(orders.min_lot[order]), max(rest, 1)),
        most=int(orders.max_makers[order]),
        deadlines=deadlines,
        risk=_risk(index, wish, deadlines),
        places=places,
        sewing=_sewing(index, remaining, wish, people, (places, last_day, term)),
        legs=legs,
        terms=term,
    )


def _sewing(
    index: Index,
    remaining: Remaining,
    wish: Wish,
    people: tuple[Whole, Whole],
    rest: tuple[Places, Whole, Terms],
) -> Sewing:
    (makers, exact), (places, last_day, term), weeks = people, rest, _weeks(index, wish)
    kit_day = _kit_day(index, places.start_brand, places.start_day, makers)
    kit_idr = index.kits.idr[places.start_brand[:, None], makers]
    return Sewing(
        makers=makers,
        exact=exact,
        required=((exact > 0) | (makers == wish.must)).astype(np.int64),
        seconds=term.seconds[makers],
        unit=_unit(index, wish, term)[makers],
        fixed=PRICE_UNIT * (index.params.set_up_idr + 2 * kit_idr),
        kit_day=kit_day,
        caps=_caps(index, remaining, (places.start_brand, makers, weeks), kit_day, last_day),
        first_week=int(weeks[0]),
        week_price=_week_price(wish, makers, weeks),
    )


def aimed(index: Index, c: Choices, objective: Objective) -> Choices:
    """The same choices for another objective."""
    wish = replace(c.wish, objective=objective)
    sewing = replace(c.sewing, unit=_unit(index, wish, c.terms)[c.sewing.makers])
    return replace(c, wish=wish, sewing=sewing, risk=_risk(index, wish, c.deadlines))


def windows(index: Index, remaining: Remaining, c: Choices, deadlines: Whole) -> Whole:
    """Seconds (S, V, J) between the arrival of kits and the return for a delivery by each of other deadlines (V,)."""
    brand, makers = c.places.start_brand, c.sewing.makers
    last_day = _last_day(index, c.legs, brand, makers, deadlines)
    caps = _caps(index, remaining, (brand, makers, _weeks(index, c.wish)), c.sewing.kit_day, last_day)
    return np.asarray(caps.sum(axis=-1))


def _deadlines(index: Index, wish: Wish) -> Whole:
    """Days of delivery (V,) at which the risk steps, the last safe one first, none after the wished day."""
    due = int(index.problem.orders.due_day[wish.order])
    least_early = 0 if wish.deadline is None else due - wish.deadline
    early = np.arange(index.params.cushion_days, -1, -1, dtype=np.int64)
    return due - np.unique(np.maximum(early, least_early))[::-1]


def _risk(index: Index, wish: Wish, deadlines: Whole) -> Whole:
    """The value of the risk of a delivery on each deadline (V,)."""
    orders, steer = index.problem.orders, 0 if wish.objective is Objective.PAID else PRICE_UNIT
    early = int(orders.due_day[wish.order]) - deadlines
    pieces = int(orders.pieces[wish.order])
    return np.array([steer * risk_idr(index.params, pieces, int(days)) for days in early], dtype=np.int64)


def _kit_day(index: Index, start_brand: Whole, start_day: Whole, makers: Whole) -> Whole:
    """The day (S, J) on which kits reach a maker."""
    cut = start_day + index.problem.brands.cut_days[start_brand] + index.params.slack_cut_days
    return cut[:, None] + index.kits.days[start_brand[:, None], makers]


def _last_day(index: Index, legs: Legs, start_brand: Whole, makers: Whole, deadlines: Whole) -> Whole:
    """The last day of sewing (S, V, J) for a delivery by each deadline."""
    after = legs.days[start_brand] + index.problem.brands.finish_days[start_brand]
    after += index.params.slack_ship_days + index.params.slack_sew_days
    back = index.kits.days[start_brand[:, None], makers]
    return deadlines[None, :, None] - after[:, None, None] - back[:, None, :]


def _weeks(index: Index, wish: Wish) -> Whole:
    orders, weeks = index.problem.orders, index.problem.weeks
    first = min(int(orders.ready_day[wish.order]) // 7, weeks - 1)
    return np.arange(first, max(first, min(int(orders.due_day[wish.order]) // 7, weeks - 1)) + 1)


def _caps(
    index: Index, remaining: Remaining, axes: tuple[Whole, Whole, Whole], kit_day: Whole, last_day: Whole
) -> Whole:
    """Seconds (S, V, J, W) between arrival and return: days of the week inside the window at the rate of a day, no more
    than is left of the week, and nothing out of reach."""
    start_brand, makers, weeks = axes
    first = np.maximum(kit_day[:, None, :, None], 7 * weeks)
    last = np.minimum(last_day[..., None], 7 * weeks + 6)
    days = np.clip(last - first + 1, 0, 7)
    caps = np.minimum(days * index.per_day[makers][:, weeks], np.maximum(remaining.seconds[makers][:, weeks], 0))
    return np.asarray(caps * index.in_reach[start_brand[:, None], makers][:, None, :, None])


def _week_price(wish: Wish, makers: Whole, weeks: Whole) -> Whole:
    if wish.prices is None:
        return np.zeros((len(makers), len(weeks)), dtype=np.int64)
    return wish.prices.second[makers][:, weeks]


def _unit(index: Index, wish: Wish, term: Terms) -> Whole:
    """The value of one piece (makers,). For quality, a millionth of a defect outweighs the whole reserve, as far as 60
    bits carry."""
    if wish.objective is Objective.PAID:
        return PRICE_UNIT * term.pay
    value = PRICE_UNIT * (term.pay + term.defects - term.credit)
    if wish.objective is Objective.COST:
        return value
    orders, ppm = index.problem.orders, index.problem.makers.defect_ppm
    heaviest = (1 << 58) // max(1, int(ppm.max()) * int(orders.pieces[wish.order]))
    return value + ppm * min(PRICE_UNIT * (int(orders.reserve_idr[wish.order]) + 1), heaviest)
