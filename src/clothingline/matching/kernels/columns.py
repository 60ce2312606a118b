"""Plans as columns: what each costs and which scarce things it uses.

Scarce things stand in one row: maker-weeks, brand-weeks, lots, then brand-weeks and lots as what only one order can
take more than half of.
"""

from __future__ import annotations

from typing import Any

from .cells import brand_value
from .cloth import bought
from .compiling import kernel
from .legs import leg_idr, metres
from .search import place_of
from .sewing import cap, offer_of, risk_at
from .tables import (
    B_LARGE,
    L_LARGE,
    L_PRICE,
    MILLI,
    NEVER,
    PIECES,
    SET_UP,
    Pool,
    Proposals,
    Scarce,
    World,
    X,
    Y,
)


@kernel
def append(
    world: World, ask: Any, orders: Any, found: Proposals, left: Scarce, price: Any, pool: Pool, begin: int
) -> int:
    """Enter the plans of proposals from the order at `begin` on; the place of the first order for which the pool has no
    room, or their number. The weeks of a share are the cheapest at the prices in what was `left` to choose from."""
    weeks, things = left.second.shape[1], len(left.second) * left.second.shape[1]
    most = found.maker.shape[2]
    for at in range(begin, len(orders)):
        number = pool.size[0]
        room = number + found.value.shape[1] < len(pool.owner)
        room &= pool.use[number] + found.value.shape[1] * (most * weeks + 4) < len(pool.thing)
        if not room or pool.share[number] + found.value.shape[1] * most >= len(pool.maker):
            return at
        for column in range(SET_UP):
            ask[column] = world.order[orders[at], column]
        for k in range(found.value.shape[1]):
            if found.place[at, k, 0] >= 0:
                row = (found.place[at, k], found.maker[at, k], found.pieces[at, k])
                _append(world, ask, orders[at], row, left, price, pool, things)
    return len(orders)


@kernel
def _append(
    world: World, ask: Any, order: int, row: tuple[Any, Any, Any], left: Scarce, price: Any, pool: Pool, things: int
) -> None:
    place, makers, pieces = row
    number, weeks = pool.size[0], left.second.shape[1]
    house, lot = world.brand[place[0]], world.lot[place[1]]
    spot = place_of(ask, house, place[2])
    cost, use, share = _fixed_cost(ask, house, lot) + risk_at(ask, place[3]), pool.use[number], pool.share[number]
    mark = (place[0] * 1_000_003 + place[1]) * 1_000_003 + place[2]
    for at in range(place[4]):
        maker = makers[at]
        unit, fixed, seconds, first, last = offer_of(ask, spot, world.maker[maker])
        cost += fixed + unit * pieces[at]
        days = (first, last - place[3])
        base, dear = maker * weeks, price[maker * weeks : (maker + 1) * weeks]
        rows = (left.second[maker], world.day_seconds[maker], dear)
        use = _weeks(pool, use, base, rows, days, seconds * pieces[at])
        pool.maker[share], pool.pieces[share] = maker, pieces[at]
        mark = (mark * 1_000_003 + maker) * 1_000_003 + pieces[at]
        share += 1
    use = _place(world, ask, place, weeks, things, pool, use)
    for at in range(pool.use[number], use):
        mark = (mark * 1_000_003 + pool.thing[at]) * 1_000_003 + pool.amount[at]
    pool.owner[number], pool.cost[number], pool.mark[number] = order, cost // MILLI, mark
    for column in range(4):
        pool.place[number, column] = place[column]
    pool.use[number + 1], pool.share[number + 1], pool.size[0] = use, share, number + 1


@kernel
def _place(world: World, ask: Any, place: Any, weeks: int, things: int, pool: Pool, use: int) -> int:
    """Note what is cut, from which lot, and whether that is more than half of them; where the next use goes."""
    brand, lot, week, cm = place[0], place[1], place[2] // 7, bought(ask, world.lot[place[1]])
    lots = things + len(world.brand) * weeks
    pool.thing[use], pool.amount[use] = things + brand * weeks + week, ask[PIECES]
    pool.thing[use + 1], pool.amount[use + 1] = lots + lot, cm
    use, halves = use + 2, lots + len(world.lot)
    if ask[PIECES] >= world.brand[brand, B_LARGE + week]:
        pool.thing[use], pool.amount[use] = halves + brand * weeks + week, 1
        use += 1
    if cm >= world.lot[lot, L_LARGE]:
        pool.thing[use], pool.amount[use] = halves + len(world.brand) * weeks + lot, 1
        use += 1
    return use


@kernel
def _fixed_cost(ask: Any, house: Any, lot: Any) -> int:
    """Fee, delivery, cloth and its leg."""
    cloth = (lot[L_PRICE] * bought(ask, lot) + 99) // 100
    return brand_value(ask, house) + MILLI * (cloth + leg_idr(ask, metres(lot[X] - house[X], lot[Y] - house[Y])))


@kernel
def _weeks(pool: Pool, use: int, base: int, rows: tuple[Any, Any, Any], days: tuple[int, int], need: int) -> int:
    """Note the seconds of a share in the cheapest weeks, the earlier first among equals; where the next use goes."""
    left, day, dear = rows
    low, high = days[0] // 7, min(days[1] // 7, len(left) - 1)
    done = -1
    while need > 0:
        cheapest = NEVER
        for week in range(low, high + 1):
            if done < dear[week] < cheapest:
                cheapest = dear[week]
        if cheapest == NEVER:
            break
        for week in range(low, high + 1):
            take = min(need, cap(left, day, week, days[0], days[1])) if dear[week] == cheapest else 0
            if take > 0:
                pool.thing[use], pool.amount[use] = base + week, take
                use, need = use + 1, need - take
        done = cheapest
    return use
