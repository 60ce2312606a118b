"""What sewing costs at the prices: the best single maker exactly, and a lower bound on all spreads over several.

Axes: E entries (brand, day of cutting, step before the due day) · J makers who may sew the order · W weeks, for each
maker by rising price.

**The fill.** A share of k ≤ K pieces pays its set-up and legs f in full, so at least k · f / K of it. With that every
piece of a maker costs at least u + f / K and the price of its week, where K is the most that he may take: what his
window holds, and no more than what leaves another maker his least share. Filling the cheapest of all first,
fractionally and with at most K for each maker, is the linear relaxation of every spread over two and more makers, hence
never above it. That no more than n makers may share is a constraint with a multiplier, the toll t ≥ 0: each maker pays
f + t, and n · t is taken off again, which is a lower bound for every t; the highest of some tolls is taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from clothingline.matching.params import Params
from clothingline.matching.problem import Problem
from clothingline.matching.result import Prices

from .places import MILLI, Real, Whole, leg

NEVER = np.inf
NOBODY = 1e30
"""The value of a piece of somebody who takes none; finite, so that none of it is nothing."""
ROUNDING = 0.25
"""Taken off a fill, besides what n sums of double precision may be wrong by."""

TOLLS = 8
"""Tolls that a claim may rest on: 2ⁿ − 1 times the least set-up of a maker, for n below this."""


@dataclass(frozen=True)
class Size:
    """What is shared out: pieces, makers who may share at most, and the least share."""

    pieces: int
    most: int
    least: int

    @property
    def largest(self) -> int:
        """The most that one of several makers may take."""
        return self.pieces - self.least

    @property
    def shared(self) -> bool:
        """Whether two makers may share it."""
        return self.most > 1 and self.largest >= self.least


@dataclass(frozen=True)
class Hands:
    """Makers for one order: `unit` and `seconds` (J,) of a piece; by week `day_seconds`, `price`, `monday` (J, W)."""

    maker: Whole
    unit: Real
    seconds: Real
    day_seconds: Real
    price: Real
    monday: Real

    @cached_property
    def priced(self) -> bool:
        """Whether any of their weeks has a price."""
        return bool(self.price.any())

    def of(self, some: Whole) -> Hands:
        """Some of them."""
        columns = (self.unit, self.seconds, self.day_seconds, self.price, self.monday)
        return Hands(self.maker[some], *(column[some] for column in columns))


@dataclass(frozen=True)
class Offers:
    """What the makers ask at some entries: `fixed` (E, J) for set-up and legs, `room` (E, J, W) seconds by week."""

    hands: Hands
    fixed: Real
    room: Real

    @cached_property
    def window(self) -> Real:
        """All seconds (E, J)."""
        return np.asarray(self.room.sum(axis=-1))

    @cached_property
    def before(self) -> Real:
        """Seconds (E, J, W) in the weeks that are cheaper."""
        return np.asarray(np.cumsum(self.room, axis=-1) - self.room)

    def pieces(self, size: Size) -> Real:
        """The most pieces (E, J) that each may take in a spread; 0 when that is less than the least share."""
        most = np.minimum(self.window // self.hands.seconds, size.largest)
        return np.where((most >= size.least) & (self.fixed < NEVER), most, 0.0)


def hands_of(problem: Problem, params: Params, prices: Prices, order: int, maker: Whole) -> Hands:
    """Makers (J,) with what they ask for a piece of an order."""
    m, standard = problem.makers, int(problem.orders.standard_seconds[order])
    pay = -(-standard * m.rate_idr[maker] // 60)
    credit = pay * m.fair_credit[maker] * params.fairness_permille // 10**6
    defects = -(-m.defect_ppm[maker] * params.defect_cost_idr // 10**6)
    price = prices.second[maker]
    week = np.argsort(price, axis=1, kind="stable")
    return Hands(
        maker,
        MILLI * (pay + defects - credit).astype(np.float64),
        (-(-standard * 1_000 // m.efficiency_permille[maker])).astype(np.float64),
        np.take_along_axis(m.free_seconds[maker] // 7, week, axis=1).astype(np.float64),
        np.take_along_axis(price, week, axis=1).astype(np.float64),
        (7 * week).astype(np.float64),
    )


@dataclass(frozen=True)
class Legs:
    """Between the brands (B,) of an order and makers (J,): `fixed` (B, J) for set-up and both legs, NEVER out of reach
    · `days` (B, J) of a leg · `out`, `back` (B,): days from cutting to kits, from the last pieces back to delivery."""

    fixed: Real
    days: Real
    out: Real
    back: Real


def legs_of(problem: Problem, params: Params, order: int, brand: Whole, maker: Whole) -> Legs:
    """All legs between brands and makers."""
    b = problem.brands
    metres, days, idr = leg(params, b, brand[:, None], problem.makers, maker)
    ship = leg(params, b, brand, problem.orders, order)[1]
    value = MILLI * (params.set_up_idr + 2 * idr).astype(np.float64)
    return Legs(
        np.where(metres <= problem.makers.reach_m[maker], value, NEVER),
        days.astype(np.float64),
        (b.cut_days[brand] + params.slack_cut_days).astype(np.float64),
        (ship + b.finish_days[brand] + params.slack_sew_days + params.slack_ship_days).astype(np.float64),
    )


def offers(hands: Hands, legs: Legs, brand: Whole, day: Whole, delivery: Whole) -> Offers:
    """The offers at entries: `brand` (E,) in the legs, day of cutting, day of delivery."""
    first = (day + legs.out[brand])[:, None] + legs.days[brand]
    last = (delivery - legs.back[brand])[:, None] - legs.days[brand]
    days = np.minimum(last[..., None], hands.monday + 6.0)
    days -= np.maximum(first[..., None], hands.monday)
    days += 1.0
    np.clip(days, 0.0, 7.0, out=days)
    days *= hands.day_seconds
    return Offers(hands, legs.fixed[brand], days)


def sewing(o: Offers, size: Size, params: Params) -> Real:
    """The lower bound S (E,): the best single maker, or what no spread is below; exact when nobody may share."""
    one = single(o, size.pieces)
    if not size.shared:
        return one
    return np.minimum(one, spread_floor(o, size, params)[0])


def single(o: Offers, pieces: int) -> Real:
    """The least value (E,) of giving all pieces to one maker, in its cheapest weeks; NEVER when nobody can."""
    need = pieces * o.hands.seconds
    value = o.fixed + pieces * o.hands.unit
    if o.hands.priced:
        taken = np.clip(need[:, None] - o.before, 0.0, o.room)
        value = value + np.einsum("ejw,jw->ej", taken, o.hands.price)
    return np.asarray(np.where(o.window >= need, value, NEVER).min(axis=1, initial=NEVER))


def spread_floor(o: Offers, size: Size, params: Params) -> tuple[Real, Real, Real]:
    """The highest fill (E,) of all tolls; with that toll (E,) and the value (E,) of its dearest piece.

    The fill is concave in the toll: once a higher toll raises nothing, no higher one does."""
    pieces, least_set_up = (
        _within(o.pieces(size), size),
        MILLI * float(params.set_up_idr + 2 * params.transport_base_idr),
    )
    best, toll, dearest = (np.full(len(o.fixed), start) for start in (-NEVER, 0.0, 0.0))
    for tried in (least_set_up * (2**doubled - 1) for doubled in range(TOLLS)):
        value, last = _fill(o, pieces, size, tried)
        better = value > best
        if not better.any():
            break
        best[better], toll[better], dearest[better] = value[better], tried, last[better]
    return best, toll, dearest


def _within(pieces: Real, size: Size) -> Real:
    """The same, and nothing at entries (E,) where even those who can take most do not reach all pieces together."""
    most = min(size.most, pieces.shape[1])
    largest = np.partition(pieces, -most, axis=1)[:, -most:].sum(axis=1)
    return np.asarray(pieces * (largest >= size.pieces)[:, None])


def rates(o: Offers, pieces: Real, toll: float | Real) -> Real:
    """The least value (E, J) of a piece without its week: its own, and its part of set-up, legs and toll."""
    able = pieces > 0
    part = np.where(able, o.fixed + toll, 0.0) / np.maximum(pieces, 1.0)
    return np.where(able, o.hands.unit + part, NOBODY)


def _fill(o: Offers, pieces: Real, size: Size, toll: float) -> tuple[Real, Real]:
    """The fill (E,) at a toll, with the value (E,) of its dearest piece; NEVER when there is not the time."""
    rate, amount = rates(o, pieces, toll), pieces
    if o.hands.priced:
        seconds = o.hands.seconds[:, None]
        amount = np.clip(pieces[..., None] - o.before / seconds, 0.0, o.room / seconds).reshape(len(rate), -1)
        rate = (rate[..., None] + seconds * o.hands.price).reshape(len(rate), -1)
        rate = np.where(amount > 0, rate, NOBODY)
    by = np.argsort(rate, axis=1)
    rate, amount = np.take_along_axis(rate, by, axis=1), np.take_along_axis(amount, by, axis=1)
    taken = np.clip(size.pieces - (np.cumsum(amount, axis=1) - amount), 0.0, amount)
    some = taken > 0
    value = np.where(some, taken * rate, 0.0).sum(axis=1)
    value -= ROUNDING + 4 * some.sum(axis=1) * np.finfo(np.float64).eps * value
    dearest = np.where(some, rate, 0.0).max(axis=1, initial=0.0)
    return np.where(pieces.sum(axis=1) >= size.pieces, value - size.most * toll, NEVER), dearest
