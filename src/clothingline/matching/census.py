"""Which limit each maker falls to, seen from one order, over all makers at once and brand by brand."""

from __future__ import annotations

import numpy as np

from .choices import Choices
from .index import Mask, Whole, maker_limits
from .joining import Joining
from .result import PRICE_UNIT
from .split import whole_orders
from .wish import NEVER

LIMITS = ("", "certificate", "machine", "rush", "forbidden", "brand", "cloth", "distance", "time", "price")
"""Limits of makers in the order in which they are looked at; empty for none."""
_NUMBER = {limit: number for number, limit in enumerate(LIMITS)}


def census(joining: Joining) -> Whole:
    """The number in `LIMITS` (makers,) of the first limit that each maker fails.

    Of an order that one maker sews this is exact. Of one that may be spread nobody falls to the price here, and pinned
    makers are forgotten.
    """
    codes, at = fixed_limits(joining), joining.order
    codes[(codes == 0) & (_most_seconds(joining) < _least_seconds(joining))] = _NUMBER["time"]
    open_ = np.flatnonzero(codes == 0)
    if joining.shared:
        able = _able_to_share(joining, open_)
        codes[open_[~able]] = _NUMBER["time"]
        return codes
    cost, reserve = _least_cost(joining, open_), int(joining.problem.orders.reserve_idr[at])
    codes[open_[cost > reserve]] = _NUMBER["price"]
    codes[open_[cost == NEVER]] = _NUMBER["time"]
    return codes


def _most_seconds(joining: Joining) -> Whole:
    """Seconds (makers,) that are left of all days between the order's first and its due day: no window is wider."""
    o, per_day = joining.problem.orders, joining.problem.makers.free_seconds // 7
    week = np.arange(joining.problem.weeks)
    first, last = int(o.ready_day[joining.order]), int(o.due_day[joining.order])
    days = np.clip(np.minimum(last, 7 * week + 6) - np.maximum(first, 7 * week) + 1, 0, 7)
    return np.asarray(np.clip(joining.left.seconds, 0, days * per_day).sum(axis=1))


def _least_seconds(joining: Joining) -> Whole:
    """Seconds (makers,) of the smallest share that anybody may have."""
    o, at = joining.problem.orders, joining.order
    share = min(int(o.min_lot[at]), int(o.pieces[at])) if joining.shared else int(o.pieces[at])
    return np.asarray((1 if joining.pinned.size else share) * joining.terms.seconds)


def fixed_limits(joining: Joining) -> Whole:
    """The same before time and price are looked at."""
    codes = np.zeros(len(joining.problem.makers), dtype=np.int64)
    for limit, passes in maker_limits(joining.problem, joining.order).items():
        codes[(codes == 0) & ~passes] = _NUMBER[limit]
    open_ = np.flatnonzero(codes == 0)
    if not (joining.brands.size and joining.lots.size):
        codes[open_] = _NUMBER["cloth" if joining.brands.size else "brand"]
        return codes
    codes[_out_of_reach(joining, open_)] = _NUMBER["distance"]
    return codes


def _out_of_reach(joining: Joining, makers: Whole) -> Whole:
    """Those of some makers who have no brand within their reach."""
    for brand in joining.brands:
        if not makers.size:
            break
        makers = makers[~joining.reach(int(brand), makers)]
    return makers


def _least_cost(joining: Joining, makers: Whole) -> Whole:
    """What the cheapest plan with each of some makers (n,) alone costs in rupiah, until it is no more than the reserve;
    NEVER where it has not the time."""
    reserve = int(joining.problem.orders.reserve_idr[joining.order])
    cost, open_ = np.full(len(makers), NEVER, dtype=np.int64), makers
    for brand in joining.brands:
        near = open_[joining.reach(int(brand), open_)]
        found = joining.options(np.array([brand]), near) if near.size and _has_pins(joining, near) else None
        if found:
            at = np.searchsorted(makers, near)
            cost[at] = np.minimum(cost[at], _alone(found[1]))
            open_ = makers[cost > reserve]
    return cost


def _has_pins(joining: Joining, near: Whole) -> bool:
    return bool(np.isin(joining.pinned, near).all())


def _alone(c: Choices) -> Whole:
    """The least rupiah (J,) for which each maker sews the whole order."""
    base = np.full(len(c.places.start_brand), NEVER, dtype=np.int64)
    np.minimum.at(base, c.places.start, c.places.base)
    value = (whole_orders(c).min(axis=1) + base[:, None]).min(axis=0)
    return np.where(value < NEVER, value // PRICE_UNIT, NEVER)


def _able_to_share(joining: Joining, makers: Whole) -> Mask:
    """Who of some makers (n,) can have a part in some plan, whatever it costs."""
    able = np.zeros(len(makers), dtype=np.bool_)
    for brand in joining.brands:
        if not joining.reach(int(brand), makers[~able]).any():
            continue
        near = makers[joining.reach(int(brand), makers)]
        found = joining.options(np.array([brand]), near) if _has_pins(joining, near) else None
        if found:
            able[np.searchsorted(makers, near[_fits_in(found[1])])] = True
    return able


def _fits_in(c: Choices) -> Mask:
    """Who (J,) fits into a spread at some start: its room and that of the roomiest others hold the pieces, and shares
    of the least size are not too many for them."""
    room = np.minimum(c.sewing.window[:, -1] // c.sewing.seconds, c.pieces)
    room = np.where(room >= c.least, room, 0)
    others = min(c.most, c.pieces // c.least) - 1
    largest = -np.sort(-room, axis=-1)[:, : others + 1]
    # Whoever is among the roomiest leaves his place there to the next.
    is_in = room >= largest[:, -1:]
    beside = np.where(
        is_in, largest.sum(axis=-1, keepdims=True) - room, largest[:, :others].sum(axis=-1, keepdims=True)
    )
    return np.asarray(((room > 0) & (room + beside >= c.pieces)).any(axis=0))
