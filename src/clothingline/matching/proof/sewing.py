"""What sewing costs at the prices: the best single maker exactly, and a lower bound on all spreads over several.

Axes: E entries (brand, day of cutting, step before the due day) · J makers who may sew the order · W weeks, for each
maker by rising price.

**The fill.** A share of k pieces, least ≤ k ≤ K, costs g(k) = f + u · k + the prices of the weeks that it uses, the
cheapest first; K is what his window holds, and no more than what leaves another maker his least share. g is f and a
convex function, so the k* that costs least on average is one of the ends of weeks, or the least share. The line from
nothing to g(k*), and g behind it, is convex and never above g, nor above nothing at no pieces. Filling the cheapest
pieces of all makers first, fractionally, is the least sum of such functions for all pieces together, hence never above
any spread over two and more makers. That no more than n makers may share is a constraint with a multiplier, the toll
t ≥ 0: each maker pays f + t, and n · t is taken off again, which is a lower bound for every t, concave in t with the
makers in use beyond n as its slope; the highest of some tolls is taken.
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
"""Tolls that are tried: 2ⁿ − 1 times the least set-up of a maker, for n below this."""
HALVES = 6
"""Tolls that are tried between one with too many makers and one with few enough."""


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

    def at(self, some: Whole) -> Offers:
        """Some entries (E,)."""
        return Offers(self.hands, self.fixed[some], self.room[some])

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


@dataclass
class Fills:
    """The best of some fills by entry (E,): its value, with its toll and its dearest piece. `low`, `high` (E,): tolls
    between which the best of all lies."""

    value: Real
    toll: Real
    dearest: Real
    low: Real
    high: Real

    def note(self, at: Whole, toll: float | Real, fill: tuple[Real, Real, Real], most: int) -> None:
        """Take in the fills at a toll for some entries (n,)."""
        value, dearest, makers = fill
        better, toll = value > self.value[at], np.broadcast_to(toll, at.shape)
        for kept, new in ((self.value, value), (self.toll, toll), (self.dearest, dearest)):
            kept[at[better]] = new[better]
        many = makers > most
        self.low[at[many]], self.high[at[~many]] = toll[many], np.minimum(toll, self.high[at])[~many]


def spread_floor(o: Offers, size: Size, params: Params) -> tuple[Real, Real, Real]:
    """The highest fill (E,) of all tolls; with that toll (E,) and the value (E,) of its dearest piece."""
    pieces, every = _within(o.pieces(size), size), np.arange(len(o.fixed))
    least_set_up = MILLI * float(params.set_up_idr + 2 * params.transport_base_idr)
    best = Fills(*(np.full(len(every), start) for start in (-NEVER, 0.0, 0.0, 0.0, NEVER)))
    for toll in (least_set_up * (2**doubled - 1) for doubled in range(TOLLS)):
        best.note(every, toll, _fill(o, pieces, size, toll), size.most)
        if (best.high < NEVER).all():
            break
    for _ in range(HALVES):
        some = np.flatnonzero((best.high < NEVER) & (best.high - best.low >= MILLI))
        if not len(some):
            break
        toll = (best.low[some] + best.high[some]) / 2
        best.note(some, toll, _fill(o.at(some), pieces[some], size, toll), size.most)
    return best.value, best.toll, best.dearest


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


def _fill(o: Offers, pieces: Real, size: Size, toll: float | Real) -> tuple[Real, Real, Real]:
    """The fill (E,) at a toll for all entries, or for each (E,), with the value (E,) of its dearest piece and the
    makers (E,) in use; NEVER when there is not the time."""
    rate, amount = _steps(o, pieces, size, np.broadcast_to(toll, len(pieces))[:, None])
    own = np.broadcast_to(np.arange(rate.shape[2]) == 0, rate.shape) / np.maximum(amount[:, :, :1], 1.0)
    rate, amount, own = (each.reshape(len(rate), -1) for each in (rate, amount, own))
    by = np.argsort(rate, axis=1, kind="stable")
    rate, amount, own = (np.take_along_axis(each, by, axis=1) for each in (rate, amount, own))
    taken = np.clip(size.pieces - (np.cumsum(amount, axis=1) - amount), 0.0, amount)
    some = taken > 0
    value = np.where(some, taken * rate, 0.0).sum(axis=1)
    value -= ROUNDING + 4 * some.sum(axis=1) * np.finfo(np.float64).eps * value
    dearest = np.where(some, rate, 0.0).max(axis=1, initial=0.0)
    value = np.where(pieces.sum(axis=1) >= size.pieces, value - size.most * toll, NEVER)
    return value, dearest, (taken * own).sum(axis=1)


def _steps(o: Offers, pieces: Real, size: Size, toll: Real) -> tuple[Real, Real]:
    """The values of a piece and the pieces (E, J, 1 + W) of each maker's convex function, by rising value: k* pieces
    on average, then week by week; NOBODY and none where he has none to give."""
    if not o.hands.priced:
        return rates(o, pieces, toll)[..., None], pieces[..., None]
    seconds = o.hands.seconds[:, None]
    end = np.minimum((o.before + o.room) / seconds, pieces[..., None])
    week = o.hands.unit[:, None] + seconds * o.hands.price
    fixed = np.where(pieces > 0, o.fixed + toll, 0.0)[..., None]
    value = fixed + np.cumsum(np.diff(end, axis=2, prepend=0.0) * week, axis=2)
    least = np.minimum(size.least, pieces)[..., None]
    at_least = fixed + (np.diff(np.minimum(end, least), axis=2, prepend=0.0) * week).sum(axis=2, keepdims=True)
    ends = np.concatenate([end, least], axis=2)
    values = np.concatenate([value, at_least], axis=2)
    average = np.where((ends >= least) & (ends > 0), values / np.maximum(ends, 1.0), NOBODY)
    best = average.argmin(axis=2)[..., None]
    first = np.where(pieces[..., None] > 0, np.take_along_axis(ends, best, axis=2), 0.0)
    later = np.diff(np.maximum(end, first), axis=2, prepend=first)
    rate = np.concatenate([np.take_along_axis(average, best, axis=2), np.broadcast_to(week, later.shape)], axis=2)
    amount = np.concatenate([first, later], axis=2)
    return np.where(amount > 0, rate, NOBODY), amount
