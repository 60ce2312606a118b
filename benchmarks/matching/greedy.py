"""A plain greedy peer: one order after another takes its cheapest plan in what is left.

It looks at brands by fee and delivery, at the cheapest cloth that comes in time for each, and at the makers around it;
it stops when no other brand can be cheaper. Nothing that is taken is given back.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numba import njit

from benchmarks.matching.chosen import Choice, matching_of
from benchmarks.matching.ground import Cloth, Houses, Left, Rules, Sewers, cloth, houses, left, rules, sewers
from benchmarks.matching.seating import NEVER, Ask, asks, leg, one_maker, piece_seconds, some_makers, week_room
from clothingline.matching import Matching, Params, Problem

BRANDS, RUN_BRANDS, MOST_BRANDS = 24, 6, 200
"""Brands with cloth that a single piece and a run try at most, and brands that either looks at."""
SEWING_DAYS, RUN_DAYS = 3, 10
"""Days that must remain for sewing when cloth is chosen; when that leaves nobody, a single day is tried."""


class Market(NamedTuple):
    """All that is offered, and what is left of it."""

    rules: Rules
    houses: Houses
    cloth: Cloth
    sewers: Sewers
    left: Left


class Seat(NamedTuple):
    """A plan for an order: cost, brand (−1: none), row of the cloth, day of cutting, last day of delivery, makers."""

    cost: int
    brand: int
    cloth: int
    start: int
    delivery: int
    makers: int


NOTHING = Seat(NEVER, -1, -1, 0, 0, 0)


def greedy(problem: Problem, params: Params) -> Matching:
    """Orders by due day, among equals the dearest first; each takes its cheapest plan in what is left."""
    return matching_of(problem, params, list(_choices(problem, params)))


def market(problem: Problem, params: Params) -> Market:
    """Everything that a problem offers, untouched."""
    sewing, lots = sewers(problem), cloth(problem)
    return Market(rules(problem, params), houses(problem), lots, sewing, left(problem, sewing, lots))


def _choices(problem: Problem, params: Params) -> Iterator[Choice]:
    offered, asked = market(problem, params), asks(problem)
    most = int(problem.orders.max_makers.max()) + 1
    given, used = np.zeros((2, most, 2), dtype=np.int64), np.zeros((most, problem.weeks), dtype=np.int64)
    for order in np.lexsort((-problem.orders.reserve_idr, problem.orders.due_day)).tolist():
        found = seat(offered, asked[order], given)
        if found.brand >= 0:
            take(offered, asked[order], found, given[0], used)
            yield _choice(order, found, given[0], used, offered)


def _choice(order: int, found: Seat, given: Any, used: Any, offered: Market) -> Choice:
    shares = {
        int(offered.sewers.row[m]): (pieces, {week: s for week, s in enumerate(seconds) if s})
        for (m, pieces), seconds in zip(given[: found.makers].tolist(), used.tolist(), strict=False)
    }
    return Choice(order, found.brand, int(offered.cloth.row[found.cloth]), found.start, shares)


@njit(cache=True)
def seat(market: Market, ask: Ask, given: Any) -> Seat:
    """The cheapest plan below the reserve that was found. `given` (2, makers, 2): row and pieces of each share, of the
    best plan and of the one that is tried."""
    best = Seat(ask.reserve, -1, -1, 0, 0, 0)
    base = bases(market, ask)
    least = least_rest(market, ask)
    tries = BRANDS if ask.pieces == 1 else RUN_BRANDS
    for _ in range(MOST_BRANDS):
        brand = int(np.argmin(base))
        if tries <= 0 or base[brand] + least >= best.cost:
            break
        for days in (SEWING_DAYS if ask.pieces == 1 else RUN_DAYS, 1):
            found = at_brand(market, ask, (brand, days, base[brand], best.cost), given[1])
            tries -= int(found.cloth >= 0)
            if found.brand >= 0:
                best = found
                given[0, : found.makers] = given[1, : found.makers]
                break
        base[brand] = NEVER
    return best


@njit(cache=True)
def bases(market: Market, ask: Ask) -> Any:
    """Fee and delivery at each brand (brands,); NEVER where it may not be or has no week for it."""
    houses = market.houses
    base = np.full(len(houses.fee), NEVER)
    for b in range(len(base)):
        allowed = (houses.families[b] >> ask.family) & np.uint64(1) and ask.fixed in (-1, b)
        if allowed and (market.left.pieces[b, ask.ready // 7 : ask.due // 7] >= ask.pieces).any():
            base[b] = ask.pieces * houses.fee[b] + leg(market.rules, houses.x[b], houses.y[b], ask.x, ask.y)[2]
    return base


@njit(cache=True)
def least_rest(market: Market, ask: Ask) -> int:
    """No cloth and no maker can be cheaper than this."""
    cloth, least = market.cloth, NEVER
    for row in range(cloth.first[ask.cloth_class], cloth.first[ask.cloth_class + 1]):
        least = min(least, cloth.price[row] * ask.pieces * ask.cloth_cm // 100)
    return int(least + market.rules.set_up + 3 * market.rules.base + ask.seconds * ask.pieces * 300 // 60)


@njit(cache=True)
def at_brand(market: Market, ask: Ask, place: tuple[int, int, int, int], given: Any) -> Seat:
    """The best plan at a brand below a ceiling; `place` is (brand, days for sewing, fee and delivery, ceiling)."""
    brand, days, base, ceiling = place
    rules, houses = market.rules, market.houses
    row, start, cloth_idr = cheapest_cloth(market, ask, brand, days)
    if row < 0:
        return NOTHING
    for early in (rules.cushion, 0):
        risk = rules.lateness * ask.pieces * (rules.cushion - early)
        window = sewing_days(market, ask, brand, start, ask.due - early)
        site = (houses.x[brand], houses.y[brand], window[0], window[1])
        room = ceiling - base - cloth_idr - risk
        value, makers = NEVER, 0
        if ask.pieces == 1:
            value, who = one_maker(rules, ask, site, market.sewers, market.left, room)
            given[0, 0], given[0, 1], makers = who, 1, int(who >= 0)
        else:
            value, makers = some_makers(rules, ask, site, market.sewers, market.left, given)
        if makers > 0 and value < room:
            return Seat(base + cloth_idr + risk + value, brand, row, start, ask.due - early, makers)
    return Seat(NEVER, -1, row, 0, 0, 0)


@njit(cache=True)
def sewing_days(market: Market, ask: Ask, brand: int, start: int, delivery: int) -> tuple[int, int]:
    """The day on which kits leave the brand, and the last on which pieces may be back, before the roads to a maker."""
    rules, houses = market.rules, market.houses
    ship = leg(rules, houses.x[brand], houses.y[brand], ask.x, ask.y)[1]
    after = rules.slack_ship + ship + houses.finish[brand] + rules.slack_sew
    return start + houses.cut[brand] + rules.slack_cut, delivery - after


@njit(cache=True)
def cheapest_cloth(market: Market, ask: Ask, brand: int, days: int) -> tuple[int, int, int]:
    """The cheapest cloth that leaves so many days for sewing: (row or −1, day of cutting, rupiah)."""
    cloth, houses, rules = market.cloth, market.houses, market.rules
    best, row, day = NEVER, -1, 0
    for lot in range(cloth.first[ask.cloth_class], cloth.first[ask.cloth_class + 1]):
        need = max(ask.pieces * ask.cloth_cm, cloth.least[lot])
        if need > market.left.cm[lot] or (ask.colour != -1 and ask.colour != cloth.colour[lot]):
            continue
        _, road, idr = leg(rules, cloth.x[lot], cloth.y[lot], houses.x[brand], houses.y[brand])
        idr += (cloth.price[lot] * need + 99) // 100
        start = cutting(market, ask, brand, ask.ready + cloth.lead[lot] + road) if idr < best else -1
        if start >= 0:
            first, last = sewing_days(market, ask, brand, start, ask.due)
            if last - first - 1 >= days:
                best, row, day = idr, lot, start
    return row, day, best


@njit(cache=True)
def cutting(market: Market, ask: Ask, brand: int, arrival: int) -> int:
    """The first day on which cutting may start and the brand has room in that week; −1 when there is none."""
    for wait in range(market.rules.wait + 1):
        day = arrival if wait == 0 else (arrival // 7 + wait) * 7
        if day // 7 < market.rules.weeks and market.left.pieces[brand, day // 7] >= ask.pieces:
            return int(day)
    return -1


@njit(cache=True)
def take(market: Market, ask: Ask, found: Seat, given: Any, used: Any) -> None:
    """Use what a plan needs, the earliest weeks first; `used` (makers, weeks) becomes the seconds of its shares."""
    left, sewers, houses = market.left, market.sewers, market.houses
    left.pieces[found.brand, found.start // 7] -= ask.pieces
    left.cm[found.cloth] -= max(ask.pieces * ask.cloth_cm, market.cloth.least[found.cloth])
    first, last = sewing_days(market, ask, found.brand, found.start, found.delivery)
    used[:] = 0
    for share in range(found.makers):
        m, pieces = given[share]
        road = leg(market.rules, houses.x[found.brand], houses.y[found.brand], sewers.x[m], sewers.y[m])[1]
        need = pieces * piece_seconds(ask, sewers, m)
        for week in range(left.seconds.shape[1]):
            used[share, week] = min(need, max(0, week_room(sewers, left, m, week, (first + road, last - road))))
            left.seconds[m, week] -= used[share, week]
            need -= used[share, week]
