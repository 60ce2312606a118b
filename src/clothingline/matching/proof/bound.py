"""The lower bound that prices prove: Σ min(reserve, cheapest plan at these prices) − Σ price × free amount.

Every order is looked at by itself with all that the problem offers. All brands, lots, days of cutting, days of delivery
at which the risk steps, and makers are scanned; pieces are spread by a plain dynamic programme over all makers. Amounts
are thousandths of a rupiah. Axes: N (brand, day of cutting) · V days of delivery · W weeks · Q pieces.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from clothingline.matching.params import Params
from clothingline.matching.problem import Problem
from clothingline.matching.result import Prices

Whole = NDArray[np.int64]
NONE = 1 << 60
MILLI = 1_000


def proved_bound(problem: Problem, params: Params, prices: Prices) -> int:
    """The bound in whole rupiah, rounded up, for every matching costs whole rupiah."""
    total = sum(cheapest_value(problem, params, prices, order) for order in range(len(problem.orders)))
    worth = (
        int((prices.second * problem.makers.free_seconds).sum())
        + int((prices.piece * problem.brands.free_pieces).sum())
        + int((prices.cm * problem.lots.available_cm).sum())
    )
    return -((worth - total) // MILLI)


def cheapest_value(problem: Problem, params: Params, prices: Prices, order: int) -> int:
    """The reserve or the cheapest plan of an order at the prices, whichever is less."""
    reserve = MILLI * int(problem.orders.reserve_idr[order])
    brand, day, value = _places(problem, params, prices, order)
    if not value.size:
        return reserve
    key, where = np.unique(brand * 10**9 + day, return_inverse=True)
    place = np.full(len(key), NONE, dtype=np.int64)
    np.minimum.at(place, where, value)
    due = int(problem.orders.due_day[order])
    early = np.arange(params.cushion_days + 1)
    risk = MILLI * params.lateness_idr_per_day * problem.orders.pieces[order] * (params.cushion_days - early)
    spread = _spread(problem, params, prices, order, (key // 10**9, key % 10**9, due - early))
    return min(reserve, int((place[:, None] + risk + spread).min()))


def _places(problem: Problem, params: Params, prices: Prices, order: int) -> tuple[Whole, Whole, Whole]:
    """Every allowed (brand, lot, day of cutting): brand, day, and the value of all that does not depend on makers."""
    o, brands, lots = problem.orders, problem.brands, problem.lots
    b, x, wait = (a.ravel() for a in np.indices((len(brands), len(lots), params.cut_wait_weeks + 1), dtype=np.int64))
    pieces = o.pieces[order]
    cm = np.maximum(pieces * o.cloth_cm[order], lots.min_cut_cm[x])
    _, cloth_days, cloth_idr = _leg(params, lots.x[x] - brands.x[b], lots.y[x] - brands.y[b])
    _, _, ship_idr = _leg(params, o.x[order] - brands.x[b], o.y[order] - brands.y[b])
    arrival = o.ready_day[order] + lots.lead_days[x] + cloth_days
    day = np.where(wait == 0, arrival, (arrival // 7 + wait) * 7)
    week = np.minimum(day // 7, problem.weeks - 1)
    allowed = (brands.families[b] >> np.uint64(o.family[order])) & np.uint64(1) == 1
    allowed &= _is(o.fixed_brand[order], b) & _is(o.pin_brand[order], b) & _not_in(o.forbid_brands, order, b)
    allowed &= (lots.cloth_class[x] == o.cloth_class[order]) & _is(o.colour[order], lots.colour[x])
    allowed &= _is(o.pin_lot[order], x) & _not_in(o.forbid_lots, order, x) & (cm <= lots.available_cm[x])
    allowed &= (day // 7 < problem.weeks) & (brands.free_pieces[b, week] >= pieces)
    idr = pieces * brands.fee_idr[b] + (lots.price_idr[x] * cm + 99) // 100 + cloth_idr + ship_idr
    value = MILLI * idr + prices.piece[b, week] * pieces + prices.cm[x] * cm
    return b[allowed], day[allowed], value[allowed]


def _leg(params: Params, dx: Whole, dy: Whole) -> tuple[Whole, Whole, Whole]:
    square = dx.astype(np.int64) ** 2 + dy.astype(np.int64) ** 2
    metres = np.floor(np.sqrt(square)).astype(np.int64)
    metres -= metres * metres > square
    road = metres * params.detour_permille // 1_000
    return (
        metres,
        1 + road // params.transit_per_day_m,
        params.transport_base_idr + (road * params.transport_idr_per_km + 999) // 1_000,
    )


def _is(wanted: Any, value: NDArray[Any]) -> NDArray[np.bool_]:
    return np.asarray((value == wanted) | (wanted == -1))


def _not_in(pairs: Whole, order: int, value: Whole) -> NDArray[np.bool_]:
    return ~np.isin(value, pairs[pairs[:, 0] == order][:, 1])


def _spread(problem: Problem, params: Params, prices: Prices, order: int, places: tuple[Whole, Whole, Whole]) -> Whole:
    """The least value (N, V) of spreading the pieces over makers for each place and day of delivery."""
    brand, _, deliveries = places
    pieces, most = int(problem.orders.pieces[order]), int(problem.orders.max_makers[order])
    most = min(most, pieces, len(problem.makers))
    value = np.full((most + 1, len(brand), len(deliveries), pieces + 1), NONE, dtype=np.int64)
    value[0, ..., 0] = 0
    mine = problem.orders.pins[problem.orders.pins[:, 0] == order]
    pins = {int(maker): int(count) for _, maker, count in mine if count > 0}
    for maker in range(len(problem.makers)):
        share = _share(problem, params, prices, (order, maker), places)
        value = _joined(value, _permitted(problem, order, share, pins, maker), pins.get(maker, 0) > 0)
    return np.asarray(value[..., pieces].min(axis=0))


def _joined(value: Whole, share: Whole | None, must: bool) -> Whole:
    """The programme with one more maker; with `must` the maker has to take part."""
    after = np.full_like(value, NONE) if must else value.copy()
    if share is not None:
        for count in np.flatnonzero((share < NONE).any(axis=(0, 1))):
            with_share = value[:-1, ..., : value.shape[-1] - count] + share[..., count, None]
            np.minimum(after[1:, ..., count:], with_share, out=after[1:, ..., count:])
    return after


def _permitted(problem: Problem, order: int, share: Whole, pins: dict[int, int], maker: int) -> Whole | None:
    """The values (N, V, Q + 1) of the shares that a maker may take, or None when it may not sew."""
    o, m, bit = problem.orders, problem.makers, np.uint64(1)
    need = [s for s in range(64) if o.need_skills[order] >> np.uint64(s) & bit]
    held = all(
        s < m.skill_until.shape[1]
        and m.skills[maker] >> np.uint64(s) & bit
        and m.skill_until[maker, s] >= o.due_day[order]
        for s in need
    )
    barred = ((o.forbid_makers[:, 0] == order) & (o.forbid_makers[:, 1] == maker)).any()
    machines = m.machines[maker] & o.need_machines[order] == o.need_machines[order]
    if not held or not machines or barred or o.rush[order] > m.rush[maker]:
        return None
    count = np.arange(share.shape[-1])
    least = min(int(o.min_lot[order]), max(int(o.pieces[order]) - sum(pins.values()), 1))
    fine = count == pins[maker] if maker in pins else count >= least
    return np.where(fine & (count > 0), share, NONE)


def _share(
    problem: Problem, params: Params, prices: Prices, pair: tuple[int, int], places: tuple[Whole, Whole, Whole]
) -> Whole:
    """The value (N, V, Q + 1) of a share by its pieces, sewn in the cheapest weeks; NONE when they do not fit."""
    (order, maker), (brand, day, deliveries) = pair, places
    o, m, brands = problem.orders, problem.makers, problem.brands
    metres, days, idr = _leg(params, brands.x[brand] - m.x[maker], brands.y[brand] - m.y[maker])
    _, ship, _ = _leg(params, brands.x[brand] - o.x[order], brands.y[brand] - o.y[order])
    first = day + brands.cut_days[brand] + params.slack_cut_days + days
    after = days + ship + brands.finish_days[brand] + params.slack_sew_days + params.slack_ship_days
    room = _room(problem, maker, first, deliveries - after[:, None])
    seconds = -(-int(o.standard_seconds[order]) * 1_000 // int(m.efficiency_permille[maker]))
    pay = -(-int(o.standard_seconds[order]) * int(m.rate_idr[maker]) // 60)
    credit = pay * int(m.fair_credit[maker]) * params.fairness_permille // 10**6
    unit = pay - (-int(m.defect_ppm[maker]) * params.defect_cost_idr // 10**6) - credit
    count = np.arange(int(o.pieces[order]) + 1)
    value = MILLI * (params.set_up_idr + 2 * idr[:, None, None] + unit * count)
    left = np.broadcast_to(count * seconds, value.shape[:1] + room.shape[1:2] + count.shape).copy()
    for week in np.argsort(prices.second[maker], kind="stable"):
        take = np.minimum(left, room[..., week, None])
        value = value + take * prices.second[maker, week]
        left -= take
    return np.where((left == 0) & (metres <= m.reach_m[maker])[:, None, None], value, NONE)


def _room(problem: Problem, maker: int, first: Whole, last: Whole) -> Whole:
    """Seconds (N, V, W) of a maker from the day on which kits arrive to the last day of sewing."""
    monday = 7 * np.arange(problem.weeks)
    days = np.minimum(last[..., None], monday + 6) - np.maximum(first[:, None, None], monday) + 1
    return np.asarray(np.clip(days, 0, 7) * (problem.makers.free_seconds[maker] // 7))
