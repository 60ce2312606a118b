"""Where an order may be cut: every allowed brand and day, at the value of the cheapest lot that allows it.

Axes: B brands that may make the order · X lots that may be its cloth · N (brand, day of cutting).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from clothingline.matching.params import Params
from clothingline.matching.problem import Problem
from clothingline.matching.result import Prices

Whole = NDArray[np.int64]
Real = NDArray[np.float64]
MILLI = 1_000


class Places(NamedTuple):
    """`brands` (B,): their numbers · `brand` (N,): place in `brands` · `day` (N,): of cutting, ascending for each brand
    · `value` (N,): all that does not depend on makers, without the risk of lateness."""

    brands: Whole
    brand: Whole
    day: Whole
    value: Real


def brands_of(problem: Problem, order: int) -> Whole:
    """The brands (B,) that may make an order."""
    o, number = problem.orders, np.arange(len(problem.brands))
    allowed = (problem.brands.families >> np.uint64(o.family[order])) & np.uint64(1) == 1
    for wanted in (o.fixed_brand[order], o.pin_brand[order]):
        allowed &= (number == wanted) | (wanted == -1)
    allowed[others(o.forbid_brands, order)] = False
    return np.flatnonzero(allowed)


def places(problem: Problem, params: Params, prices: Prices, order: int, brands: Whole) -> Places:
    """All places of an order at some of its brands."""
    lots = _lots(problem, order)
    b, x = np.meshgrid(brands, lots, indexing="ij")
    _, days, cloth_idr = leg(params, problem.lots, x, problem.brands, b)
    arrival = problem.orders.ready_day[order] + problem.lots.lead_days[x] + days
    wait = np.arange(1, params.cut_wait_weeks + 1)
    day = np.concatenate([arrival[..., None], (arrival[..., None] // 7 + wait) * 7], axis=-1)
    value = np.broadcast_to((_cloth(problem, prices, order, x) + MILLI * cloth_idr)[..., None], day.shape)
    at = np.broadcast_to(np.arange(len(brands))[:, None, None], day.shape)
    brand, day, cheapest = _cheapest(at.ravel(), day.ravel(), value.ravel())
    return _cut(problem, params, prices, order, Places(brands, brand, day, cheapest))


def leg(params: Params, start: Any, a: Any, end: Any, b: Any) -> tuple[Whole, Whole, Whole]:
    """Straight metres, days and rupiah of the legs between rows of two tables; the rows are broadcast."""
    square = (start.x[a] - end.x[b]) ** 2 + (start.y[a] - end.y[b]) ** 2
    metres = np.sqrt(square).astype(np.int64)
    metres -= metres * metres > square
    road = metres * params.detour_permille // 1_000
    idr = params.transport_base_idr + (road * params.transport_idr_per_km + 999) // 1_000
    return metres, 1 + road // params.transit_per_day_m, idr


def others(pairs: Whole, order: int) -> Whole:
    """What stands beside an order in a list of pairs."""
    return np.asarray(pairs[pairs[:, 0] == order][:, 1])


def _lots(problem: Problem, order: int) -> Whole:
    o, lots, number = problem.orders, problem.lots, np.arange(len(problem.lots))
    allowed = (lots.cloth_class == o.cloth_class[order]) & (bought(problem, order) <= lots.available_cm)
    allowed &= (lots.colour == o.colour[order]) | (o.colour[order] == -1)
    allowed &= (number == o.pin_lot[order]) | (o.pin_lot[order] == -1)
    allowed[others(o.forbid_lots, order)] = False
    return np.flatnonzero(allowed)


def bought(problem: Problem, order: int) -> Whole:
    """Centimetres that the order would buy from each lot (lots,)."""
    o = problem.orders
    return np.asarray(np.maximum(o.pieces[order] * o.cloth_cm[order], problem.lots.min_cut_cm))


def _cloth(problem: Problem, prices: Prices, order: int, x: Whole) -> Real:
    cm = bought(problem, order)[x]
    large = np.where(2 * cm > problem.lots.available_cm[x], prices.large_cm[x], 0)
    return MILLI * ((problem.lots.price_idr[x] * cm + 99) // 100) + prices.cm[x].astype(np.float64) * cm + large


def _cheapest(brand: Whole, day: Whole, value: Real) -> tuple[Whole, Whole, Real]:
    """Each (brand, day) once, at its least value."""
    by = np.lexsort((value, day, brand))
    brand, day, value = brand[by], day[by], value[by]
    first = np.ones(len(by), dtype=bool)
    first[1:] = (brand[1:] != brand[:-1]) | (day[1:] != day[:-1])
    return brand[first], day[first], value[first]


def _cut(problem: Problem, params: Params, prices: Prices, order: int, p: Places) -> Places:
    """Those places whose brand has room in the week of cutting, with fee, delivery and the price of that week."""
    o, brands = problem.orders, problem.brands
    pieces, number = int(o.pieces[order]), p.brands[p.brand]
    week = np.minimum(p.day // 7, problem.weeks - 1)
    free = (p.day // 7 < problem.weeks) & (brands.free_pieces[number, week] >= pieces)
    ship_idr = leg(params, brands, p.brands, o, order)[2][p.brand]
    own = MILLI * (pieces * brands.fee_idr[number] + ship_idr) + prices.piece[number, week].astype(np.float64) * pieces
    own += np.where(2 * pieces > brands.free_pieces[number, week], prices.large_piece[number, week], 0)
    return Places(p.brands, p.brand[free], p.day[free], (p.value + own)[free])
