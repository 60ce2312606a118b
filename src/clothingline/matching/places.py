"""Where and when one order may be cut: brands with lots and days. For the names of the axes see `choices`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .index import Index, Legs, Remaining, Whole, bought_cm
from .result import PRICE_UNIT
from .terms import cloth_idr
from .wish import Wish


@dataclass(frozen=True, eq=False)
class Places:
    """Where and when the order may be cut."""

    brand: Whole
    lot: Whole
    start: Whole
    """(E,) each; `start` points into S."""
    base: Whole
    """(E,) the brand's fee, cloth, its leg, delivery, and the prices of brand and lot."""
    start_brand: Whole
    start_day: Whole
    """(S,) each."""


def entries(index: Index, remaining: Remaining, wish: Wish, brands: Whole, lots: Whole) -> tuple[Whole, Whole, Whole]:
    """Brand, lot and day of cutting (E,) each.

    Cutting starts when the cloth is there, or on the first day of a later week within the wait; without prices only in
    the first week in which the brand has room, for later is never better.
    """
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


def placed(index: Index, wish: Wish, legs: Legs, found: tuple[Whole, Whole, Whole]) -> Places:
    """The entries with the starts that they share, and what each costs before anybody sews."""
    brand, lot, day = found
    keys, start = np.unique(brand * (1 << 32) + day, return_inverse=True)
    return Places(brand, lot, start, _base(index, wish, legs, found), keys >> 32, keys & ((1 << 32) - 1))


def _base(index: Index, wish: Wish, legs: Legs, found: tuple[Whole, Whole, Whole]) -> Whole:
    problem, order = index.problem, wish.order
    brand, lot, day = found
    pieces, bought = problem.orders.pieces[order], bought_cm(problem, order)[lot]
    idr = pieces * problem.brands.fee_idr[brand] + cloth_idr(problem.lots.price_idr[lot], bought)
    value = PRICE_UNIT * (idr + index.cloth.idr[lot, brand] + legs.idr[brand])
    if wish.prices is not None:
        value = value + pieces * wish.prices.piece[brand, day // 7] + bought * wish.prices.cm[lot]
        value += wish.prices.large_piece[brand, day // 7] * (2 * pieces > problem.brands.free_pieces[brand, day // 7])
        value += wish.prices.large_cm[lot] * (2 * bought > problem.lots.available_cm[lot])
    return np.asarray(value)
