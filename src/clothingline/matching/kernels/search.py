"""The best plans of one order: cells of brands, brands, lots and days of cutting, each in the order of a bound."""

from __future__ import annotations

from typing import Any

from numba import njit

from .cells import CELL, brand_value, push_brands, push_cells
from .cloth import cloth_query, next_lot
from .forest import least, push_root
from .gather import gather
from .heap import pop, push
from .legs import leg_days, metres
from .makers import barred, best_makers
from .spread import best_spread
from .tables import (
    B_CUT,
    B_FAMILIES,
    B_FINISH,
    BRAND,
    DEADLINE,
    DUE,
    FAMILY,
    FAR,
    KEY,
    L_LEAD,
    MOST,
    NEVER,
    ORDER,
    PATIENCE,
    PIECES,
    PRICED,
    READY,
    SLACK_CUT,
    SLACK_SEW,
    SLACK_SHIP,
    WAIT,
    Desk,
    Free,
    Memo,
    Rows,
    Top,
    World,
    X,
    Y,
)

KNOWN = 1 << 40
"""Of an item of the heap: the bound of this brand knows its own makers and lots."""


@njit(cache=True, nogil=True)
def best_plans(world: World, ask: Any, free: Free, price: Free, rows: Rows, desk: Desk) -> None:
    """Fill `rows` with the best plans of an order whose value is below the limit that stands in it.

    A plan is a row by its brand, lot and maker, or its best spread over several. Whatever is not opened has a bound
    that is no better than the worst row that is kept."""
    heap, last, tried, looked = desk.brands, len(rows.value) - 1, False, 0
    heap.size[0] = 0
    if ask[BRAND] >= 0:
        push(heap, 0.0, ask[BRAND])
    else:
        push_cells(world.cells, ask, rows.value[last], heap)
    while heap.size[0] > 0:
        bound, item = pop(heap)
        if bound >= rows.value[last]:
            break
        if ask[PATIENCE] > 0 and looked >= ask[PATIENCE] * (1 if rows.place[0, 0] >= 0 else 4):
            rows.floor[0] = min(rows.floor[0], int(bound))
            break
        if item >= CELL:
            push_brands(world.cells, world.brand, ask, item ^ CELL, rows.value[last], heap)
            continue
        looked += 1
        brand = item & (KNOWN - 1)
        least_at = _least_at(world, ask, free, price, rows.value[last], brand, desk)
        bound = least_at[0] + least_at[1] + least_at[2]
        if bound >= rows.value[last]:
            continue
        if item < KNOWN and tried and heap.size[0] > 0 and bound > heap.key[0]:
            push(heap, bound, KNOWN | brand)
            continue
        tried = True
        _try_brand(world, ask, free, price, rows, desk, (brand, int(least_at[0]), least_at[2]))


@njit(cache=True, nogil=True)
def _least_at(
    world: World, ask: Any, free: Free, price: Free, limit: int, brand: int, desk: Desk
) -> tuple[float, float, float]:
    """The least of brand, cloth and sewing, when the soonest of all its lots came from next door; FAR, or so much that
    the limit is reached, when the brand is out of the question.

    The fill of the widest window bounds a single maker too, for his share is one of those that it allows."""
    house, memo = world.brand[brand], desk.memo
    if not (house[B_FAMILIES] >> ask[FAMILY]) & 1 or barred(world.bars.brand, ask[ORDER], brand):
        return FAR, 0.0, 0.0
    if free.piece[brand].max() < ask[PIECES]:
        return FAR, 0.0, 0.0
    base = float(brand_value(ask, house))
    cloth_query(ask, house[X], house[Y], desk.query[1])
    cloth = least(world.keys, ask[KEY], desk.query[1], limit - base, desk.lots)
    if base + cloth >= limit:
        return FAR, 0.0, 0.0
    memo.count[0] = 0
    day = ask[READY] + world.soonest[ask[KEY]] + 1
    place, rest = place_of(ask, house, day), limit - base - cloth
    if ask[MOST] > 1:
        widest = (ask[DUE] - ask[DEADLINE], 0, 0.0)
        return base, cloth, gather(world, ask, free, price, place, widest, rest, desk)[0]
    at = _makers_on(world, ask, free, price, (place, day, int(rest)), desk)
    return base, cloth, float(memo.value[at, 0])


@njit(cache=True, nogil=True, inline="always")
def place_of(ask: Any, house: Any, day: int) -> tuple[int, int, int, int]:
    """Where kits leave the brand when cutting starts on a day, and when pieces must be back (`sewing.OUT`, `BACK`)."""
    after = house[B_FINISH] + leg_days(ask, metres(ask[X] - house[X], ask[Y] - house[Y]))
    back = ask[DUE] - after - ask[SLACK_SHIP] - ask[SLACK_SEW]
    return house[X], house[Y], day + house[B_CUT] + ask[SLACK_CUT], back


@njit(cache=True, nogil=True)
def _try_brand(
    world: World, ask: Any, free: Free, price: Free, rows: Rows, desk: Desk, chosen: tuple[int, int, float]
) -> None:
    """Every lot of a brand that can be part of a better plan; `chosen`: the brand, its value, and its least sewing."""
    brand, base, sewing = chosen
    house, last, query = world.brand[brand], len(rows.value) - 1, desk.query[1]
    push_root(world.keys, ask[KEY], query, rows.value[last] - base - sewing, desk.lots)
    while True:
        limit = rows.value[last] - base - sewing
        cloth, lot = next_lot(world, ask, free.cm, price.cm, query, limit, desk.lots)
        if lot < 0:
            break
        straight = metres(world.lot[lot, X] - house[X], world.lot[lot, Y] - house[Y])
        arrival = ask[READY] + world.lot[lot, L_LEAD] + leg_days(ask, straight)
        _try_lot(world, ask, free, price, rows, desk, (brand, lot, arrival, base + cloth))


@njit(cache=True, nogil=True)
def _try_lot(
    world: World, ask: Any, free: Free, price: Free, rows: Rows, desk: Desk, choice: tuple[int, int, int, int]
) -> None:
    """Every day of cutting of a brand and lot; `choice`: brand, lot, arrival of the cloth, value."""
    brand, lot, arrival, base = choice
    house, memo, last = world.brand[brand], desk.memo, len(rows.value) - 1
    for wait in range(ask[WAIT] + 1):
        day = arrival if wait == 0 else 7 * (arrival // 7 + wait)
        if day // 7 >= free.piece.shape[1]:
            break
        if free.piece[brand, day // 7] < ask[PIECES]:
            continue
        value = base + ask[PIECES] * price.piece[brand, day // 7]
        if value + _floor(memo, day) < rows.value[last]:
            asked = (place_of(ask, house, day), day, rows.value[last] - value)
            at = _makers_on(world, ask, free, price, asked, desk)
            _keep_all(ask, rows, memo, at, value, (brand, lot, day))
        if not ask[PRICED]:
            break


@njit(cache=True, nogil=True)
def _floor(memo: Memo, day: int) -> int:
    """Nobody sews for less when cutting starts on this day: a later start only narrows every window."""
    floor = 0
    for at in range(memo.count[0]):
        if memo.day[at] <= day:
            floor = max(floor, min(memo.value[at, 0], memo.spread[at, 1]))
    return floor


@njit(cache=True, nogil=True)
def _keep_all(ask: Any, rows: Rows, memo: Memo, at: int, value: int, place: tuple[int, int, int]) -> None:
    """Enter what is known of a day of cutting: its makers, and its best spread with the lower bound on all spreads."""
    last = len(rows.value) - 1
    for number in range(len(memo.value[at])):
        if value + memo.value[at, number] >= rows.value[last]:
            break
        whole = (memo.maker[at, number], memo.step[at, number], ask[PIECES])
        keep_row(rows, value + memo.value[at, number], place, whole)
    rows.floor[0] = min(rows.floor[0], value + memo.spread[at, 1])
    if value + memo.spread[at, 0] >= rows.value[last]:
        return
    row = keep_row(rows, value + memo.spread[at, 0], place, (-1, memo.spread[at, 2], 0))
    if row >= 0:
        rows.place[row, 4] = 0
        for share in range(rows.maker.shape[1]):
            rows.maker[row, share], rows.pieces[row, share] = memo.shares[at, 0, share], memo.shares[at, 1, share]
            rows.place[row, 4] += memo.shares[at, 0, share] >= 0


@njit(cache=True, nogil=True)
def _makers_on(
    world: World, ask: Any, free: Free, price: Free, asked: tuple[tuple[int, int, int, int], int, int], desk: Desk
) -> int:
    """Where in the memo the makers for a day of cutting stand. Lots come by rising value, so that what was once
    searched up to a limit holds for every later limit."""
    place, day, limit = asked
    memo = desk.memo
    for at in range(memo.count[0]):
        if memo.day[at] == day:
            return at
    at = min(memo.count[0], len(memo.day) - 1)
    memo.count[0], memo.day[at] = at + 1, day
    memo.value[at, :] = limit
    top = Top(memo.value[at], memo.maker[at], memo.step[at])
    best_makers(world, ask, free, price, place, top, desk.makers, desk.query[0])
    memo.spread[at, :] = NEVER
    if ask[MOST] > 1:
        best_spread(world, ask, free, price, place, limit, at, desk)
    return at


@njit(cache=True, nogil=True)
def keep_row(rows: Rows, value: int, place: tuple[int, int, int], whole: tuple[int, int, int]) -> int:
    """Enter a plan that is below the worst; of two with one brand, lot and maker (−1: several) the better stays. Where
    it stands now, −1 when it does not. `whole`: maker, days before the due day, pieces."""
    brand, lot, start = place
    at = len(rows.value) - 1
    for same in range(len(rows.value)):
        if rows.place[same, 0] == brand and rows.place[same, 1] == lot and _maker(rows, same) == whole[0]:
            if rows.value[same] <= value:
                return -1
            at = same
    while at > 0 and rows.value[at - 1] > value:
        rows.value[at], rows.place[at] = rows.value[at - 1], rows.place[at - 1]
        rows.maker[at], rows.pieces[at] = rows.maker[at - 1], rows.pieces[at - 1]
        at -= 1
    rows.value[at] = value
    rows.place[at, 0], rows.place[at, 1], rows.place[at, 2] = brand, lot, start
    rows.place[at, 3], rows.place[at, 4] = whole[1], 1
    rows.maker[at, 0], rows.pieces[at, 0] = whole[0], whole[2]
    return at


@njit(cache=True, nogil=True)
def _maker(rows: Rows, at: int) -> int:
    return rows.maker[at, 0] if rows.place[at, 4] == 1 else -1
