"""The best single makers for an order at one place, exactly: best first over the tree of those who may sew it."""

from __future__ import annotations

from typing import Any

from .compiling import kernel
from .forest import PER_RATE, THING, push_below, push_root
from .heap import pop
from .legs import per_metre
from .sewing import BACK, OUT, offer_of, whole_value
from .tables import (
    BASE,
    DEADLINE,
    DEFECT,
    DUE,
    KIND,
    MILLI,
    ORDER,
    PIECES,
    PPM,
    Q_FIXED,
    Q_HEAD,
    Q_LEAST,
    Q_METRE,
    Q_MOST,
    Q_OVER,
    Q_PPM,
    Q_RATE,
    Q_ROOM,
    Q_TAIL,
    Q_UNIT,
    Q_WEEK,
    Q_WEEKS,
    SECONDS,
    SET_UP,
    STEER,
    Heap,
    Sewers,
    Top,
)

ITEM = THING - 1


@kernel
def sewing_query(ask: Any, shortest: int, place: tuple[int, int, int, int], weeks: int, query: Any) -> None:
    """What an order asks of a single maker at a place; `shortest`: the least work of its kind, `weeks`: how many there
    are."""
    query[0], query[1], query[2], query[3] = place[0], place[0], place[1], place[1]
    query[Q_FIXED], query[Q_METRE] = MILLI * (ask[SET_UP] + 2 * ask[BASE]), 2 * per_metre(ask)
    query[Q_ROOM], query[Q_MOST] = ask[PIECES] * ask[SECONDS], 0
    count_days(query, place[OUT] + 1, place[BACK] + ask[DEADLINE] - ask[DUE] - 1, weeks)
    query[Q_RATE], query[Q_LEAST] = ask[PIECES] * ask[SECONDS] * PER_RATE, 0
    query[Q_PPM] = ask[PIECES] * (ask[PPM] + ask[STEER] * ask[DEFECT] * 1e-3)
    plain = ask[STEER] == 1 and ask[PPM] == 0 and ask[SECONDS] >= shortest
    query[Q_UNIT], query[Q_OVER] = ask[PIECES] * plain, ask[PIECES] * (ask[SECONDS] - shortest) * PER_RATE


@kernel
def count_days(query: Any, first: int, last: int, weeks: int) -> None:
    """Let the room between two days count, of so many weeks; every leg takes a day or more."""
    last = min(last, 7 * weeks - 1)
    low, high = min(first // 7, weeks - 1), last // 7
    query[Q_WEEK], query[Q_WEEKS] = low, max(high - low + 1, 1)
    query[Q_HEAD], query[Q_TAIL] = max(min(last, 7 * low + 6) - first + 1, 0), 0
    if high > low:
        query[Q_TAIL] = last - 7 * high + 1


@kernel
def barred(pairs: Any, order: int, thing: int) -> bool:
    """Whether the pair (order, thing) stands in the ascending list of forbidden pairs."""
    if len(pairs) == 0:
        return False
    wanted, low, high = (order << 32) + thing, 0, len(pairs)
    while low < high:
        middle = (low + high) >> 1
        if pairs[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low < len(pairs) and pairs[low] == wanted


@kernel
def best_makers(sewers: Sewers, ask: Any, place: tuple[int, int, int, int], top: Top, heap: Heap, query: Any) -> None:
    """Fill `top` with the best makers who take all pieces below the limit that stands in it.

    Makers are looked at in the order of their bounds, so that nobody is left out who could be better than the worst
    that is kept."""
    forest, tree, rows, bars = sewers.kinds, ask[KIND], sewers.row, sewers.barred
    day, left, dear, until, thing = sewers.day, sewers.left, sewers.price, forest.until, forest.thing
    last = len(top.value) - 1
    sewing_query(ask, forest.shortest[tree], place, left.shape[1], query)
    push_root(forest, tree, query, top.value[last], heap)
    while heap.size[0] > 0:
        bound, item = pop(heap)
        if bound >= top.value[last]:
            break
        if item < THING:
            push_below(forest, tree, query, item, top.value[last], heap)
            continue
        maker = thing[item & ITEM]
        if until[item & ITEM] < ask[DUE] or barred(bars, ask[ORDER], maker):
            continue
        offer = offer_of(ask, place, rows[maker])
        if offer[1] + ask[PIECES] * offer[0] < top.value[last]:
            value, step = whole_value(ask, offer, left[maker], day[maker], dear[maker])
            if value < top.value[last]:
                keep(top, value, maker, step)


@kernel
def keep(top: Top, value: int, maker: int, step: int) -> None:
    """Enter a value that is below the worst, behind its equals."""
    at = len(top.value) - 1
    while at > 0 and top.value[at - 1] > value:
        top.value[at], top.maker[at], top.step[at] = top.value[at - 1], top.maker[at - 1], top.step[at - 1]
        at -= 1
    top.value[at], top.maker[at], top.step[at] = value, maker, step
