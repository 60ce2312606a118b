"""Makers who may share an order, the cheapest pieces first, and the lower bound that follows: a fractional fill.

A share of k ≤ K pieces pays its set-up f in full, so at least k · f / K of it. With that every piece of a maker costs
at least its unit, f / K and the price of its week; filling the cheapest of all first is never above the value of any
spread. That no more than n makers may share is a constraint with a multiplier, the toll t: each maker pays f + t, and
n · t is taken off again, which leaves a lower bound for every t ≥ 0."""

from __future__ import annotations

from typing import Any

from .compiling import inlined, kernel
from .forest import THING, push_below, push_root
from .heap import pop, push
from .makers import barred, sewing_query
from .sewing import cap, offer_of, window
from .tables import (
    DUE,
    FAR,
    KIND,
    LEAST,
    MOST,
    NEVER,
    ORDER,
    PIECES,
    PRICED,
    Q_MOST,
    Q_OVER,
    Q_PPM,
    Q_RATE,
    Q_ROOM,
    Q_TOLL,
    Q_UNIT,
    Q_WORK,
    SECONDS,
    Bench,
    Heap,
    Sewers,
    Shares,
)

PRICE = THING << 1
"""An item of the heap that is a maker's week, with its exact value of a piece; week << WEEK | number of the maker."""
WEEK = 20
NUMBER = (1 << WEEK) - 1
REST = PRICE << 1
"""An item of the heap that is everybody who is not in it."""


@kernel
def share_query(ask: Any, shortest: int, place: tuple[int, int, int, int], weeks: int, query: Any) -> None:
    """What an order asks of each of several makers: the values are those of one piece.

    The share column holds set-up and base over the pieces for which there is room at the shortest work; at longer work
    there is room for fewer, and a share has no more pieces than the order."""
    sewing_query(ask, shortest, place, weeks, query)
    query[Q_ROOM], query[Q_MOST], query[Q_WORK] = ask[LEAST] * ask[SECONDS], ask[PIECES], ask[SECONDS]
    for column in (Q_RATE, Q_PPM, Q_UNIT, Q_OVER):
        query[column] /= ask[PIECES]


@kernel
def gather(
    sewers: Sewers,
    ask: Any,
    place: tuple[int, int, int, int],
    wanted: tuple[int, int, float],
    limit: float,
    bench: Bench,
) -> tuple[float, float, float]:
    """Fill the shares of the bench; `wanted`: days of delivery before the due day, makers beyond those who fill the
    order, toll.

    The lower bound of a spread (at least the limit when none can be below it), the value of the last piece of the fill,
    and the value of a piece below which nobody was left out."""
    forest, tree, query, paid = sewers.kinds, ask[KIND], bench.query, ask[MOST] * wanted[2]
    share_query(ask, forest.shortest[tree], place, sewers.left.shape[1], query)
    query[Q_TOLL] = wanted[2]
    push_root(forest, tree, query, limit + paid, bench.heap)
    bench.shares.size[:] = 0
    return fill(sewers, ask, place, wanted, limit, bench)


@kernel
def fill(
    sewers: Sewers,
    ask: Any,
    place: tuple[int, int, int, int],
    wanted: tuple[int, int, float],
    limit: float,
    bench: Bench,
) -> tuple[float, float, float]:
    """The same from what stands in the heap: nodes, makers, their weeks, and `REST` for all who are not there. Leaves
    in `beyond` how many makers the fill uses, each by the part of his share that it takes.

    It ends where there is no room for another maker: what is missing costs at least what he would."""
    forest, tree, heap, query, shares = sewers.kinds, ask[KIND], bench.heap, bench.query, bench.shares
    rows, days, bars, second, dear = sewers.row, sewers.day, sewers.barred, sewers.left, sewers.price
    paid = ask[MOST] * wanted[2]
    limit += paid
    missing, value, dearest, enough, bound = float(ask[PIECES]), 0.0, 0.0, len(shares.rank), FAR
    shares.beyond[0] = 0.0
    while heap.size[0] > 0:
        bound, item = pop(heap)
        if missing > 0 and value + missing * bound >= limit:
            return limit - paid, bound, bound
        if missing <= 0 and shares.size[1] >= enough:
            break
        if item == REST or _is_one_too_many(shares, item):
            break
        if item < THING:
            push_below(forest, tree, query, item, limit, heap)
        elif item < PRICE:
            at = item & (THING - 1)
            maker = forest.thing[at]
            if shares.size[0] == len(shares.term):
                break
            if forest.until[at] >= ask[DUE] and not barred(bars, ask[ORDER], maker):
                weeks = (second[maker], days[maker], dear[maker])
                _enter(ask, place, rows[maker], weeks, (maker, wanted[0], wanted[2]), shares, heap)
        else:
            amount = _take(ask, second, days, shares, item)
            if missing > 0:
                amount = min(amount, missing)
                value, missing, dearest = value + amount * bound, missing - amount, bound
                shares.beyond[0] += amount / shares.term[item & NUMBER, 4]
                if missing <= 0:
                    shares.size[2] = shares.size[1]
                    enough = min(shares.size[1] + wanted[1], len(shares.rank))
        bound = FAR
    if missing > 0 and bound < FAR:
        return value + missing * bound - paid - 1.0, bound, bound
    return (limit if missing > 0 else value - 1.0) - paid, dearest, bound


@kernel
def _enter(
    ask: Any,
    place: tuple[int, int, int, int],
    row: Any,
    weeks: Any,
    who: tuple[int, int, float],
    shares: Any,
    heap: Heap,
) -> None:
    """Note the terms of a maker who can take a share, and put its weeks into the heap by their value of a piece.
    `weeks`: left, seconds of a day, price · `who`: maker, days before the due day, toll."""
    unit, fixed, seconds, first, last = offer_of(ask, place, row)
    if fixed < NEVER:
        enter((who[0], unit, fixed, seconds), (first, last - who[1]), ask, weeks, who[2], shares, heap)


@kernel
def enter(
    offer: tuple[int, int, int, int],
    days: tuple[int, int],
    ask: Any,
    weeks: Any,
    toll: float,
    shares: Shares,
    heap: Heap,
) -> None:
    """The same for a maker whose terms and days are known; `offer`: maker, value of a piece, of set-up and legs,
    seconds of a piece."""
    (maker, unit, fixed, seconds), (first, last), (left, day, dear) = offer, days, weeks
    most = min(window(left, day, first, last) // seconds, ask[PIECES])
    if most < ask[LEAST]:
        return
    number = shares.size[0]
    shares.size[0] = number + 1
    term = shares.term[number]
    term[0], term[1], term[2], term[3], term[4], term[5], term[6] = maker, unit, fixed, seconds, most, first, last
    shares.pieces[number] = -1
    rate = unit + (fixed + toll) / most
    if not ask[PRICED]:
        push(heap, rate, PRICE | number)
        return
    for week in range(first // 7, min(last // 7, len(left) - 1) + 1):
        if cap(left, day, week, first, last) > 0:
            push(heap, rate + seconds * dear[week], PRICE | ((week + 1) << WEEK) | number)


@inlined
def _is_one_too_many(shares: Shares, item: int) -> bool:
    """Whether an item is the first week of a maker for whom there is no rank any more."""
    return PRICE <= item < REST and shares.size[1] == len(shares.rank) and shares.pieces[item & NUMBER] < 0


@kernel
def _take(ask: Any, second: Any, day_seconds: Any, shares: Shares, item: int) -> float:
    """Pieces that a maker can sew in one of its weeks (all of them when there are no prices); it gets its rank."""
    number, week = item & NUMBER, ((item & (THING - 1)) >> WEEK) - 1
    term = shares.term[number]
    if shares.pieces[number] < 0:
        shares.pieces[number] = 0
        shares.rank[shares.size[1]] = number
        shares.size[1] += 1
    if week < 0:
        return float(term[4])
    seconds = cap(second[term[0]], day_seconds[term[0]], week, term[5], term[6])
    return min(float(term[4]), seconds / term[3])
