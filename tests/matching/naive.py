"""The slow truth: brute force in plain Python over every brand, lot, day of cutting, day of delivery and split.

Written from the text of the design, not from the engine; only for problems of two or three of everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from math import isqrt
from typing import Any

from clothingline.matching import Params, Problem
from clothingline.matching.result import Prices


@dataclass(frozen=True)
class Candidate:
    """One way to make an order by a day of delivery; `room` is what each maker could use in each week."""

    order: int
    brand: int
    lot: int
    cut_start: int
    delivery: int
    pieces: tuple[tuple[int, int], ...]
    cm: int
    cost: int
    paid: int
    ppm: int
    need: tuple[int, ...]
    room: tuple[tuple[int, ...], ...]

    @property
    def key(self) -> tuple[int, int, int]:
        """Two candidates with one key are one row of a quote: a single maker, or −1 for any split."""
        return self.brand, self.lot, self.pieces[0][0] if len(self.pieces) == 1 else -1


def candidates(problem: Problem, params: Params, order: int) -> Iterator[Candidate]:
    """Every candidate of an order; the day of delivery is a promise, so each is repeated for every later day."""
    for brand in range(len(problem.brands)):
        for lot in range(len(problem.lots)):
            if _place_fits(problem, order, brand, lot):
                for cut_start in _cut_starts(problem, params, order, brand, lot):
                    yield from _spreads(problem, params, (order, brand, lot, cut_start))


def value(problem: Problem, candidate: Candidate, prices: Prices | None) -> int:
    """Cost and use at prices, in thousandths of a rupiah, each maker using its cheapest weeks."""
    total = 1_000 * candidate.cost
    if prices is None:
        return total
    total += int(prices.cm[candidate.lot]) * candidate.cm
    total += int(prices.piece[candidate.brand, candidate.cut_start // 7]) * sum(n for _, n in candidate.pieces)
    total += _large(problem, candidate, prices)
    for (maker, _), need, room in zip(candidate.pieces, candidate.need, candidate.room, strict=True):
        total += _cheapest_weeks([int(price) for price in prices.second[maker]], need, room)
    return total


def _large(problem: Problem, candidate: Candidate, prices: Prices) -> int:
    """What is paid for more than half of the brand's week, and of the lot."""
    week = candidate.brand, candidate.cut_start // 7
    large_week = 2 * sum(n for _, n in candidate.pieces) > int(problem.brands.free_pieces[week])
    large_lot = 2 * candidate.cm > int(problem.lots.available_cm[candidate.lot])
    return large_week * int(prices.large_piece[week]) + large_lot * int(prices.large_cm[candidate.lot])


def _cheapest_weeks(price: list[int], need: int, room: tuple[int, ...]) -> int:
    total = 0
    for week in sorted(range(len(room)), key=lambda w: price[w]):
        take = min(need, room[week])
        total, need = total + take * price[week], need - take
    return total


def quote_values(problem: Problem, params: Params, order: int, prices: Prices | None = None) -> list[int]:
    """The value of every row of a quote up to the reserve, ascending."""
    best: dict[tuple[int, int, int], int] = {}
    for candidate in candidates(problem, params, order):
        worth = value(problem, candidate, prices)
        best[candidate.key] = min(worth, best.get(candidate.key, worth))
    reserve = 1_000 * int(problem.orders.reserve_idr[order])
    return sorted(worth for worth in best.values() if worth <= reserve)


def bound(problem: Problem, params: Params, prices: Prices) -> int:
    """The lower bound that prices prove, in whole rupiah."""
    total = sum(
        min([1_000 * int(reserve), *quote_values(problem, params, order, prices)])
        for order, reserve in enumerate(problem.orders.reserve_idr)
    )
    return -((prices.worth(problem) - total) // 1_000)


def best_cost(problem: Problem, params: Params) -> int:
    """The cost of the best matching: depth first over all candidates of all orders, cut off by cost alone."""
    orders = range(len(problem.orders))
    reserve = [int(r) for r in problem.orders.reserve_idr]
    lists = [sorted(candidates(problem, params, o), key=lambda c: c.cost) for o in orders]
    lists = [[c for c in mine if c.cost <= reserve[o]] for o, mine in enumerate(lists)]
    least = [min([reserve[o], *(c.cost for c in lists[o][:1])]) for o in orders]
    best = sum(reserve)

    def descend(order: int, chosen: list[Candidate], cost: int) -> None:
        nonlocal best
        if order == len(lists):
            best = min(best, cost)
            return
        for candidate in lists[order]:
            if cost + candidate.cost + sum(least[order + 1 :]) >= best:
                break
            if _hold(problem, [*chosen, candidate]):
                descend(order + 1, [*chosen, candidate], cost + candidate.cost)
        if cost + reserve[order] + sum(least[order + 1 :]) < best:
            descend(order + 1, chosen, cost + reserve[order])

    descend(0, [], 0)
    return best


def _place_fits(problem: Problem, order: int, brand: int, lot: int) -> bool:
    o, b, x = problem.orders, problem.brands, problem.lots
    chosen = o.fixed_brand[order] in (-1, brand) and o.pin_brand[order] in (-1, brand) and o.pin_lot[order] in (-1, lot)
    barred = [order, brand] in o.forbid_brands.tolist() or [order, lot] in o.forbid_lots.tolist()
    family = int(b.families[brand]) >> int(o.family[order]) & 1
    cloth = x.cloth_class[lot] == o.cloth_class[order] and o.colour[order] in (-1, x.colour[lot])
    return bool(chosen and not barred and family and cloth and _cm(problem, order, lot) <= x.available_cm[lot])


def _cm(problem: Problem, order: int, lot: int) -> int:
    need = int(problem.orders.pieces[order]) * int(problem.orders.cloth_cm[order])
    return max(need, int(problem.lots.min_cut_cm[lot]))


def _leg(params: Params, a: Any, row_a: int, b: Any, row_b: int) -> tuple[int, int, int]:
    """Straight metres, days, rupiah."""
    metres = isqrt(int(a.x[row_a] - b.x[row_b]) ** 2 + int(a.y[row_a] - b.y[row_b]) ** 2)
    road = metres * params.detour_permille // 1_000
    rupiah = -(-road * params.transport_idr_per_km // 1_000)
    return metres, 1 + road // params.transit_per_day_m, params.transport_base_idr + rupiah


def _cut_starts(problem: Problem, params: Params, order: int, brand: int, lot: int) -> Iterator[int]:
    arrival = int(problem.orders.ready_day[order] + problem.lots.lead_days[lot])
    arrival += _leg(params, problem.lots, lot, problem.brands, brand)[1]
    days = [arrival, *(7 * (arrival // 7 + wait) for wait in range(1, params.cut_wait_weeks + 1))]
    for day in days:
        week = day // 7
        if week < problem.weeks and problem.brands.free_pieces[brand, week] >= problem.orders.pieces[order]:
            yield day


def _spreads(problem: Problem, params: Params, place: tuple[int, int, int, int]) -> Iterator[Candidate]:
    order = place[0]
    able = [maker for maker in range(len(problem.makers)) if _able(problem, params, order, place[1], maker)]
    pieces = int(problem.orders.pieces[order])
    for size in range(1, int(problem.orders.max_makers[order]) + 1):
        for makers in combinations(able, size):
            for parts in _parts(pieces, size):
                if _sizes_fit(problem, order, dict(zip(makers, parts, strict=True))):
                    yield from _deliveries(problem, params, place, tuple(zip(makers, parts, strict=True)))


def _parts(pieces: int, size: int) -> Iterator[tuple[int, ...]]:
    if size == 1:
        yield (pieces,)
        return
    for first in range(1, pieces):
        yield from ((first, *rest) for rest in _parts(pieces - first, size - 1))


def _able(problem: Problem, params: Params, order: int, brand: int, maker: int) -> bool:
    o, m = problem.orders, problem.makers
    for skill in range(m.skill_until.shape[1]):
        holds = int(m.skills[maker]) >> skill & 1 and m.skill_until[maker, skill] >= o.due_day[order]
        if int(o.need_skills[order]) >> skill & 1 and not holds:
            return False
    if int(o.need_machines[order]) & int(m.machines[maker]) != int(o.need_machines[order]):
        return False
    if [order, maker] in o.forbid_makers.tolist() or (o.rush[order] and not m.rush[maker]):
        return False
    return bool(_leg(params, problem.brands, brand, m, maker)[0] <= m.reach_m[maker])


def _sizes_fit(problem: Problem, order: int, given: dict[int, int]) -> bool:
    pins = {int(m): int(n) for o, m, n in problem.orders.pins if o == order}
    rest = int(problem.orders.pieces[order]) - sum(pins.values())
    least = min(int(problem.orders.min_lot[order]), max(rest, 1))
    kept = all(given.get(maker) == pieces for maker, pieces in pins.items())
    return kept and all(pieces >= least for maker, pieces in given.items() if maker not in pins)


def _deliveries(
    problem: Problem, params: Params, place: tuple[int, int, int, int], given: tuple[tuple[int, int], ...]
) -> Iterator[Candidate]:
    order, brand, lot, cut_start = place
    o, m = problem.orders, problem.makers
    standard = int(o.standard_seconds[order])
    need = tuple(n * -(-standard * 1_000 // int(m.efficiency_permille[maker])) for maker, n in given)
    for delivery in range(int(o.ready_day[order]), int(o.due_day[order]) + 1):
        room = tuple(_room(problem, params, place, maker, delivery) for maker, _ in given)
        if all(sum(weeks) >= seconds for weeks, seconds in zip(room, need, strict=True)):
            paid, steer = _costs(problem, params, place, given, delivery)
            ppm = sum(n * int(m.defect_ppm[maker]) for maker, n in given)
            cm = _cm(problem, order, lot)
            yield Candidate(order, brand, lot, cut_start, delivery, given, cm, paid + steer, paid, ppm, need, room)


def _room(
    problem: Problem, params: Params, place: tuple[int, int, int, int], maker: int, delivery: int
) -> tuple[int, ...]:
    """Seconds of a maker in each week, day by day from the arrival of the kits to the last day of sewing."""
    order, brand, _, cut_start = place
    transit = _leg(params, problem.brands, brand, problem.makers, maker)[1]
    ship = _leg(params, problem.brands, brand, problem.orders, order)[1]
    first = cut_start + int(problem.brands.cut_days[brand]) + params.slack_cut_days + transit
    last = delivery - params.slack_ship_days - ship - int(problem.brands.finish_days[brand])
    last -= params.slack_sew_days + transit
    weeks = [0] * problem.weeks
    for day in range(first, last + 1):
        if day // 7 < problem.weeks:
            weeks[day // 7] += int(problem.makers.free_seconds[maker, day // 7]) // 7
    return tuple(weeks)


def _costs(
    problem: Problem,
    params: Params,
    place: tuple[int, int, int, int],
    given: tuple[tuple[int, int], ...],
    delivery: int,
) -> tuple[int, int]:
    """What is paid, and what only steers."""
    order, brand, lot, _ = place
    o, b, x, m = problem.orders, problem.brands, problem.lots, problem.makers
    pieces = int(o.pieces[order])
    paid = pieces * int(b.fee_idr[brand]) - (-int(x.price_idr[lot]) * _cm(problem, order, lot) // 100)
    paid += _leg(params, x, lot, b, brand)[2] + _leg(params, b, brand, o, order)[2]
    missing = max(0, params.cushion_days - (int(o.due_day[order]) - delivery))
    steer = params.lateness_idr_per_day * pieces * missing
    for maker, count in given:
        pay = -(-int(o.standard_seconds[order]) * int(m.rate_idr[maker]) // 60)
        paid += count * pay + params.set_up_idr + 2 * _leg(params, b, brand, m, maker)[2]
        steer += count * -(-int(m.defect_ppm[maker]) * params.defect_cost_idr // 1_000_000)
        steer -= count * (pay * int(m.fair_credit[maker]) * params.fairness_permille // 1_000_000)
    return paid, steer


def _hold(problem: Problem, chosen: list[Candidate]) -> bool:
    """Whether candidates fit together: cloth, the brands' weeks, and the makers' weeks."""
    for lot in {c.lot for c in chosen}:
        if sum(c.cm for c in chosen if c.lot == lot) > problem.lots.available_cm[lot]:
            return False
    for brand, week in {(c.brand, c.cut_start // 7) for c in chosen}:
        asked = sum(n for c in chosen if (c.brand, c.cut_start // 7) == (brand, week) for _, n in c.pieces)
        if asked > problem.brands.free_pieces[brand, week]:
            return False
    return all(_weeks_hold(problem, chosen, maker) for maker in range(len(problem.makers)))


def _weeks_hold(problem: Problem, chosen: list[Candidate], maker: int) -> bool:
    """Gale's condition: no set of shares needs more than its weeks can give it."""
    shares = [(c.need[i], c.room[i]) for c in chosen for i, (who, _) in enumerate(c.pieces) if who == maker]
    free = [int(seconds) for seconds in problem.makers.free_seconds[maker]]
    for size in range(1, len(shares) + 1):
        for some in combinations(shares, size):
            most = sum(min(free[w], sum(room[w] for _, room in some)) for w in range(len(free)))
            if sum(need for need, _ in some) > most:
                return False
    return True
