"""The best plans of one order: cells of brands, brands, lots and days of cutting, each in the order of a bound."""

from __future__ import annotations

from typing import Any

from .cells import CELL, brand_value, push_all, push_inside
from .cloth import bought, cloth_query, next_lot
from .compiling import inlined, kernel
from .forest import least, push_root
from .gather import gather
from .heap import pop, push
from .keeping import keep_row
from .legs import leg_days, metres
from .makers import barred, best_makers
from .sewing import BACK, OUT
from .spread import best_spread, widest_spread
from .tables import (
    B_CUT,
    B_FAMILIES,
    B_FINISH,
    B_LARGE,
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
    Bench,
    Desk,
    Houses,
    Memo,
    Rows,
    Sewers,
    Shelf,
    Top,
    X,
    Y,
)

KNOWN = 1 << 40
"""Of an item of the heap: the bound of this brand knows its own makers and lots."""


@kernel
def best_plans(houses: Houses, shelf: Shelf, sewers: Sewers, ask: Any, rows: Rows, desk: Desk) -> None:
    """Fill `rows` with the best plans of an order whose value is below the limit that stands in it.

    A plan is a row by its brand, lot and maker, or its best spread over several. Whatever is not opened has a bound
    that is no better than the worst row that is kept."""
    heap, last, tried, looked = desk.brands, len(rows.value) - 1, False, 0
    heap.size[0], desk.bench.known.beyond[6] = 0, 0.0
    if ask[BRAND] >= 0:
        push(heap, 0.0, ask[BRAND])
    else:
        push_all(houses.cells, ask, rows.value[last], heap)
    while heap.size[0] > 0:
        bound, item = pop(heap)
        if bound >= rows.value[last]:
            break
        if ask[PATIENCE] > 0 and looked >= ask[PATIENCE] * (1 if rows.place[0, 0] >= 0 else 4):
            rows.floor[0] = min(rows.floor[0], int(bound))
            break
        if item >= CELL:
            push_inside(houses.cells, houses.row, ask, item ^ CELL, rows.value[last], heap)
            continue
        looked += 1
        brand = item & (KNOWN - 1)
        least_at = _least_at(houses, shelf, sewers, ask, rows.value[last], brand, desk)
        bound = least_at[0] + least_at[1] + least_at[2]
        if bound >= rows.value[last]:
            continue
        if item < KNOWN and tried and heap.size[0] > 0 and bound > heap.key[0]:
            push(heap, bound, KNOWN | brand)
            continue
        tried = True
        _try_brand(houses, shelf, sewers, ask, rows, desk, (brand, int(least_at[0]), least_at[1], least_at[2]))


@kernel
def _least_at(
    houses: Houses, shelf: Shelf, sewers: Sewers, ask: Any, limit: int, brand: int, desk: Desk
) -> tuple[float, float, float]:
    """The least of brand, cloth and sewing, when the soonest of all its lots came from next door; FAR, or so much that
    the limit is reached, when the brand is out of the question. Cutting starts no sooner than in the first week from
    then on in which it has the room.

    The fill of the widest window bounds a single maker too, for his share is one of those that it allows."""
    house, bench = houses.row[brand], desk.bench
    if not (house[B_FAMILIES] >> ask[FAMILY]) & 1 or barred(houses.barred, ask[ORDER], brand):
        return FAR, 0.0, 0.0
    earliest = ask[READY] + shelf.soonest[ask[KEY]] + 1
    week, day = _soonest(houses, brand, ask, earliest)
    place = place_of(ask, house, day)
    if week >= NEVER or place[OUT] > place[BACK] or (day > earliest and not _comes_in_time(houses, shelf, ask, brand)):
        return FAR, 0.0, 0.0
    base = float(brand_value(ask, house) + week)
    cloth_query(ask, house[X], house[Y], desk.query)
    cloth = least(shelf.keys, ask[KEY], desk.query, limit - base, desk.lots)
    if base + cloth >= limit:
        return FAR, 0.0, 0.0
    bench.memo.count[0] = 0
    rest = limit - base - cloth
    if ask[MOST] > 1:
        widest = (ask[DUE] - ask[DEADLINE], 0, bench.known.beyond[6])
        return base, cloth, gather(sewers, ask, place, widest, rest, bench)[0]
    at = _makers_on(sewers, ask, (place, day, int(rest)), bench)
    return base, cloth, float(bench.memo.value[at, 0])


@kernel
def _soonest(houses: Houses, brand: int, ask: Any, day: int) -> tuple[int, int]:
    """The least price of the pieces in a brand's week from a day on that has room for them, NEVER when there is none;
    and the first day of cutting in such a week."""
    least_price, soonest = NEVER, day
    for week in range(day // 7, houses.left.shape[1]):
        if houses.left[brand, week] >= ask[PIECES]:
            if least_price >= NEVER:
                soonest = max(day, 7 * week)
            least_price = min(least_price, _price_of(houses, brand, week, ask[PIECES]))
    return least_price, soonest


@kernel
def _comes_in_time(houses: Houses, shelf: Shelf, ask: Any, brand: int) -> bool:
    """Whether some cloth comes in a week in which the brand has the room, or as soon before as it may wait."""
    house, keys, tree, weeks = houses.row[brand], shelf.keys, ask[KEY], houses.left.shape[1]
    for at in range(keys.first[tree], keys.first[tree + 1]):
        lot = keys.thing[at]
        if shelf.left[lot] >= bought(ask, shelf.row[lot]):
            week = arrival_of(ask, house, shelf.row[lot]) // 7
            for waited in range(week, min(week + ask[WAIT] + 1, weeks)):
                if houses.left[brand, waited] >= ask[PIECES]:
                    return True
    return False


@inlined
def arrival_of(ask: Any, house: Any, lot: Any) -> int:
    """The day on which the cloth of a lot is at a brand."""
    return ask[READY] + lot[L_LEAD] + leg_days(ask, metres(lot[X] - house[X], lot[Y] - house[Y]))


@inlined
def _price_of(houses: Houses, brand: int, week: int, pieces: int) -> int:
    """What so many pieces in a brand's week cost at prices."""
    large = houses.large[brand, week] if pieces >= houses.row[brand, B_LARGE + week] else 0
    return pieces * houses.price[brand, week] + large


@inlined
def place_of(ask: Any, house: Any, day: int) -> tuple[int, int, int, int]:
    """Where kits leave the brand when cutting starts on a day, and when pieces must be back (`sewing.OUT`, `BACK`)."""
    after = house[B_FINISH] + leg_days(ask, metres(ask[X] - house[X], ask[Y] - house[Y]))
    back = ask[DUE] - after - ask[SLACK_SHIP] - ask[SLACK_SEW]
    return house[X], house[Y], day + house[B_CUT] + ask[SLACK_CUT], back


@kernel
def _try_brand(
    houses: Houses,
    shelf: Shelf,
    sewers: Sewers,
    ask: Any,
    rows: Rows,
    desk: Desk,
    chosen: tuple[int, int, float, float],
) -> None:
    """Every lot of a brand that can be part of a better plan; `chosen`: the brand, its least value with the
    price of a week, and its least cloth and sewing."""
    brand, base, cloth, sewing = chosen
    house, last, query = houses.row[brand], len(rows.value) - 1, desk.query
    own = brand_value(ask, house)
    if ask[MOST] > 1:
        _, day = _soonest(houses, brand, ask, ask[READY] + shelf.soonest[ask[KEY]] + 1)
        rest = rows.value[last] - base - cloth
        sewing = max(sewing, widest_spread(sewers, ask, place_of(ask, house, day), rest, desk.bench))
        if sewing >= rest:
            return
    push_root(shelf.keys, ask[KEY], query, rows.value[last] - base - sewing, desk.lots)
    while True:
        limit = rows.value[last] - base - sewing
        value, lot = next_lot(shelf, ask, query, limit, desk.lots)
        if lot < 0:
            break
        arrival = arrival_of(ask, house, shelf.row[lot])
        _try_lot(houses, sewers, ask, rows, desk.bench, (brand, lot, arrival, own + value))


@kernel
def _try_lot(
    houses: Houses, sewers: Sewers, ask: Any, rows: Rows, bench: Bench, choice: tuple[int, int, int, int]
) -> None:
    """Every day of cutting of a brand and lot; `choice`: brand, lot, arrival of the cloth, value."""
    brand, lot, arrival, base = choice
    house, memo, last = houses.row[brand], bench.memo, len(rows.value) - 1
    for wait in range(ask[WAIT] + 1):
        day = arrival if wait == 0 else 7 * (arrival // 7 + wait)
        if day // 7 >= houses.left.shape[1]:
            break
        if houses.left[brand, day // 7] < ask[PIECES]:
            continue
        value = base + _price_of(houses, brand, day // 7, ask[PIECES])
        if value + _floor(memo, day) < rows.value[last]:
            asked = (place_of(ask, house, day), day, rows.value[last] - value)
            at = _makers_on(sewers, ask, asked, bench)
            _keep_all(ask, rows, memo, at, value, (brand, lot, day))
        if not ask[PRICED]:
            break


@kernel
def _floor(memo: Memo, day: int) -> int:
    """Nobody sews for less when cutting starts on this day: a later start only narrows every window."""
    floor = 0
    for at in range(memo.count[0]):
        if memo.day[at] <= day:
            floor = max(floor, min(memo.value[at, 0], memo.spread[at, 1]))
    return floor


@kernel
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


@kernel
def _makers_on(sewers: Sewers, ask: Any, asked: tuple[tuple[int, int, int, int], int, int], bench: Bench) -> int:
    """Where in the memo the makers for a day of cutting stand. Lots come by rising value, so that what was once
    searched up to a limit holds for every later limit."""
    place, day, limit = asked
    memo = bench.memo
    for at in range(memo.count[0]):
        if memo.day[at] == day:
            return at
    at = min(memo.count[0], len(memo.day) - 1)
    memo.count[0], memo.day[at] = at + 1, day
    memo.value[at, :] = limit
    top = Top(memo.value[at], memo.maker[at], memo.step[at])
    best_makers(sewers, ask, place, top, bench.heap, bench.query)
    memo.spread[at, :] = NEVER
    if ask[MOST] > 1:
        best_spread(sewers, ask, place, limit, at, bench)
    return at
