"""All that one order may choose from, as arrays: brands with lots, days on which cutting may start, makers, windows.

Names of the axes: E entries (brand, lot, start of cutting) · S starts (brand, day) · V deadlines of delivery · J makers
who may sew · W weeks. Values are thousandths of a rupiah, so that prices can be added.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum

import numpy as np

from .index import Index, Legs, Remaining, Whole, bought_cm, brand_limits, delivery_legs, lot_limits, maker_limits, passing
from .result import PRICE_UNIT, Prices
from .terms import Terms, cloth_idr, risk_idr, terms

NEVER = 1 << 60
"""The value of what cannot be; sums of two still fit."""


class Objective(Enum):
    """What is minimised: all parts of the cost, only the paid ones, or expected defects before all parts."""

    COST = "cost"
    PAID = "paid"
    QUALITY = "quality"


@dataclass(frozen=True)
class Wish:
    """What one order is asked: at which prices, for which objective, until when, and with whom."""

    order: int
    prices: Prices | None = None
    objective: Objective = Objective.COST
    deadline: int | None = None
    """A day of delivery before the due day, or None."""
    must: int | None = None
    """A maker who has to be part of the plan, or None."""


@dataclass(frozen=True, eq=False)
class Choices:
    """See the head of the module for the axes."""

    wish: Wish
    pieces: int
    least: int
    """Pieces of the smallest share."""
    most: int
    """Makers at most."""
    brand: Whole
    lot: Whole
    start: Whole
    base: Whole
    """(E,) the brand's fee, cloth, its leg, delivery, and the prices of brand and lot."""
    start_brand: Whole
    start_day: Whole
    deadlines: Whole
    risk: Whole
    makers: Whole
    kit_day: Whole
    """(S, J)"""
    caps: Whole
    """(S, V, J, W) seconds that may be used."""
    first_week: int
    week_price: Whole
    """(J, W)"""
    fixed: Whole
    """(S, J) set-up and both legs."""
    unit: Whole
    seconds: Whole
    exact: Whole
    """(J,) pinned pieces, −1 when free."""
    required: Whole
    """(J,) 1 when the maker has to be part of the plan."""
    legs: Legs
    terms: Terms
    window: Whole = field(init=False)
    """(S, V, J) all seconds of the window."""

    def __post_init__(self) -> None:
        """Add up the windows."""
        object.__setattr__(self, "window", self.caps.sum(axis=-1))


def choices(index: Index, remaining: Remaining, wish: Wish) -> Choices | None:
    """What an order may choose from, or None when nothing passes the limits."""
    problem, order = index.problem, wish.order
    makers = passing(maker_limits(problem, order))
    brands = passing(brand_limits(problem, order))
    lots = passing(lot_limits(problem, order, remaining.cm))
    exact = _pinned(index, order, makers)
    if not (makers.size and brands.size and lots.size) or exact is None or (wish.must is not None and wish.must not in makers):
        return None
    brand, lot, day = _entries(index, remaining, wish, brands, lots)
    return _timed(index, remaining, wish, makers, exact, (brand, lot, day)) if brand.size else None


def _pinned(index: Index, order: int, makers: Whole) -> Whole | None:
    """Pinned pieces of the makers (J,), −1 when free; None when a pinned maker may not sew."""
    pins = index.problem.orders.pins
    mine = pins[pins[:, 0] == order]
    if not np.isin(mine[:, 1], makers).all():
        return None
    exact = np.full(len(makers), -1, dtype=np.int64)
    exact[np.searchsorted(makers, mine[:, 1])] = mine[:, 2]
    return exact


def _entries(
    index: Index, remaining: Remaining, wish: Wish, brands: Whole, lots: Whole
) -> tuple[Whole, Whole, Whole]:
    """Brand, lot and day of cutting (E,) each. Cutting starts when the cloth is there, or on the first day of a later
    week within the wait; without prices only in the first week in which the brand has room, for later is never better."""
    problem, order = index.problem, wish.order
    arrival = problem.orders.ready_day[order] + problem.lots.lead_days[lots] + index.cloth.days[np.ix_(lots, brands)].T
    wait = np.arange(index.params.cut_wait_weeks + 1)
    day = np.where(wait == 0, arrival[..., None], (arrival[..., None] // 7 + wait) * 7)
    week = np.minimum(day // 7, problem.weeks - 1)
    room = remaining.pieces[brands[:, None, None], week] >= problem.orders.pieces[order]
    room &= day // 7 < problem.weeks
    if wish.prices is None:
        room &= np.cumsum(room, axis=-1) == 1
    at_brand, at_lot, at_wait = np.nonzero(room)
    return brands[at_brand], lots[at_lot], day[at_brand, at_lot, at_wait]


def _timed(
    index: Index,
    remaining: Remaining,
    wish: Wish,
    makers: Whole,
    exact: Whole,
    entries: tuple[Whole, Whole, Whole],
) -> Choices:
    problem, params, order = index.problem, index.params, wish.order
    brand, lot, day = entries
    keys, start = np.unique(brand * (1 << 32) + day, return_inverse=True)
    start_brand, start_day = keys >> 32, keys & ((1 << 32) - 1)
    deadlines = _deadlines(index, wish)
    legs, term = delivery_legs(index, order), terms(problem, params, order)
    kit_day = _kit_day(index, start_brand, start_day, makers)
    weeks = _weeks(index, wish)
    caps = _caps(index, remaining, (start_brand, makers, weeks), kit_day, _last_day(index, legs, start_brand, makers, deadlines))
    pieces = int(problem.orders.pieces[order])
    rest = pieces - int(np.maximum(exact, 0).sum())
    return Choices(
        wish=wish,
        pieces=pieces,
        least=min(int(problem.orders.min_lot[order]), max(rest, 1)),
        most=int(problem.orders.max_makers[order]),
        brand=brand,
        lot=lot,
        start=start,
        base=_base(index, wish, legs, entries),
        start_brand=start_brand,
        start_day=start_day,
        deadlines=deadlines,
        risk=_risk(index, wish, deadlines),
        makers=makers,
        kit_day=kit_day,
        caps=caps,
        first_week=int(weeks[0]),
        week_price=_week_price(wish, makers, weeks),
        fixed=PRICE_UNIT * (params.set_up_idr + 2 * index.kits.idr[start_brand[:, None], makers]),
        unit=_unit(index, wish, term)[makers],
        seconds=term.seconds[makers],
        exact=exact,
        required=((exact > 0) | (makers == wish.must)).astype(np.int64),
        legs=legs,
        terms=term,
    )


def aimed(index: Index, c: Choices, objective: Objective) -> Choices:
    """The same choices for another objective."""
    wish = replace(c.wish, objective=objective)
    return replace(c, wish=wish, unit=_unit(index, wish, c.terms)[c.makers], risk=_risk(index, wish, c.deadlines))


def windows(index: Index, remaining: Remaining, c: Choices, deadlines: Whole) -> Whole:
    """Seconds (S, V, J) between the arrival of kits and the return for a delivery by each of other deadlines (V,)."""
    last_day = _last_day(index, c.legs, c.start_brand, c.makers, deadlines)
    weeks = _weeks(index, c.wish)
    return np.asarray(_caps(index, remaining, (c.start_brand, c.makers, weeks), c.kit_day, last_day).sum(axis=-1))


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
    return caps * index.in_reach[start_brand[:, None], makers][:, None, :, None]


def _base(index: Index, wish: Wish, legs: Legs, entries: tuple[Whole, Whole, Whole]) -> Whole:
    problem, order = index.problem, wish.order
    brand, lot, day = entries
    pieces, bought = problem.orders.pieces[order], bought_cm(problem, order)[lot]
    idr = pieces * problem.brands.fee_idr[brand] + cloth_idr(problem.lots.price_idr[lot], bought)
    value = PRICE_UNIT * (idr + index.cloth.idr[lot, brand] + legs.idr[brand])
    if wish.prices is not None:
        value = value + pieces * wish.prices.piece[brand, day // 7] + bought * wish.prices.cm[lot]
    return value


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
