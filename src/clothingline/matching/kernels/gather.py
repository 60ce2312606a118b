"""Makers who may share an order, the cheapest pieces first, and the lower bound that follows: a fractional fill.

A share of k pieces costs g(k): set-up and legs f in full, and the cheapest weeks first, so that g − f is convex. Let k*
be the share, of those between the least and the most that is possible, that costs least on average. Then k* pieces at
that average, and further ones at what they cost in their weeks, are never above g, and rise: the convex envelope of g
and of taking no share. Filling the cheapest pieces of all makers first is therefore never above the value of any
spread, and no bound that takes each maker by itself is higher. That no more than n makers may share is a constraint
with a multiplier, the toll t: each maker pays f + t, and n · t is taken off again, which leaves a lower bound for every
t ≥ 0."""

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
    FIRST,
    GIVEN,
    KIND,
    LEAST,
    MOST,
    NEVER,
    NEXT,
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
    TAKEN,
    Bench,
    Heap,
    Sewers,
    Shares,
)

PRICE = THING << 1
"""An item of the heap that is what a maker offers next, with the exact value of a piece; the number of the maker."""
NUMBER = (1 << 20) - 1
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
    rows, days, second, dear = sewers.row, sewers.day, sewers.left, sewers.price
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
        if _is_one_too_many(shares, item):
            break
        if item < THING:
            push_below(forest, tree, query, item, limit, heap)
        elif item < PRICE:
            at = item & (THING - 1)
            maker = forest.thing[at]
            if forest.until[at] >= ask[DUE] and not barred(sewers.barred, ask[ORDER], maker):
                weeks = (second[maker], days[maker], dear[maker])
                _enter(ask, place, rows[maker], weeks, (maker, wanted[0], wanted[2]), shares, heap)
        else:
            amount = min(_offered(shares, item & NUMBER), missing)
            if missing > 0:
                value, missing, dearest = value + amount * bound, missing - amount, bound
                _note(shares, item & NUMBER, amount)
                maker = shares.term[item & NUMBER, 0]
                if missing <= 0:
                    shares.size[2] = shares.size[1]
                    enough = min(shares.size[1] + wanted[1], len(shares.rank))
                else:
                    _push_next(ask, (second[maker], days[maker], dear[maker]), shares, item & NUMBER, heap)
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
    """Note the terms of a maker who can take a share, and put its first pieces into the heap by their value.
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
    (maker, unit, fixed, seconds), (first, last) = offer, days
    most = min(window(weeks[0], weeks[1], first, last) // seconds, ask[PIECES])
    if most < ask[LEAST]:
        return
    number = shares.size[0]
    shares.size[0] = number + 1
    term = shares.term[number]
    term[0], term[1], term[2], term[3], term[4], term[5], term[6] = maker, unit, fixed, seconds, most, first, last
    shares.pieces[number], shares.amount[number, GIVEN], shares.amount[number, TAKEN] = -1, 0.0, 0.0
    if ask[PRICED]:
        rate, many = least_average(term, weeks, fixed + toll, ask[LEAST])
    else:
        rate, many = unit + (fixed + toll) / most, float(most)
    shares.amount[number, FIRST] = shares.amount[number, NEXT] = many
    push(heap, rate, PRICE | number)


@kernel
def least_average(term: Any, weeks: Any, fixed: float, least: int) -> tuple[float, float]:
    """The least that a piece costs on average in a share of at least so many pieces, and the pieces of that share.
    Between two weeks' ends the average only falls or only rises."""
    most, done, pieces, value, best, many = float(term[4]), -1, 0.0, fixed, FAR, 0.0
    while pieces < most:
        price, seconds = level(weeks, term[5], term[6], done)
        rate = float(term[1] + term[3] * price)
        if price >= NEVER or rate >= best:
            break
        end = min(pieces + seconds / term[3], most)
        if pieces < least <= end:
            best, many = (value + (least - pieces) * rate) / least, float(least)
        value, pieces, done = value + (end - pieces) * rate, end, price
        if pieces >= least and value / pieces <= best:
            best, many = value / pieces, pieces
    return best, many


@kernel
def level(weeks: Any, first: int, last: int, done: int) -> tuple[int, int]:
    """The next price of a second above `done` between two days, and the seconds that have it; NEVER when there are no
    more."""
    (left, day, dear), price, seconds = weeks, NEVER, 0
    for week in range(first // 7, min(last // 7, len(left) - 1) + 1):
        if done < dear[week] <= price:
            room = cap(left, day, week, first, last)
            if room > 0:
                seconds = room + (seconds if dear[week] == price else 0)
                price = dear[week]
    return price, seconds


@kernel
def _push_next(ask: Any, weeks: Any, shares: Shares, number: int, heap: Heap) -> None:
    """Put the pieces that a maker offers after those that it has given into the heap, as far as they have one price."""
    term, amount, pieces, done = shares.term[number], shares.amount[number], 0.0, -1
    while ask[PRICED] and amount[GIVEN] < term[4]:
        price, seconds = level(weeks, term[5], term[6], done)
        if price >= NEVER:
            break
        pieces, done = min(pieces + seconds / term[3], float(term[4])), price
        if pieces > amount[GIVEN]:
            amount[NEXT] = pieces
            push(heap, float(term[1] + term[3] * price), PRICE | number)
            break


@inlined
def _is_one_too_many(shares: Shares, item: int) -> bool:
    """Whether an item is all who are not there, or a maker for whose terms, or for whose rank, there is no room."""
    if item >= PRICE:
        return item == REST or (shares.size[1] == len(shares.rank) and shares.pieces[item & NUMBER] < 0)
    return item >= THING and shares.size[0] == len(shares.term)


@kernel
def _offered(shares: Shares, number: int) -> float:
    """The pieces that a maker offers now; it gets its rank."""
    amount = shares.amount[number]
    if shares.pieces[number] < 0:
        shares.pieces[number] = 0
        shares.rank[shares.size[1]] = number
        shares.size[1] += 1
    pieces = amount[NEXT] - amount[GIVEN]
    amount[GIVEN] = amount[NEXT]
    return float(pieces)


@kernel
def _note(shares: Shares, number: int, pieces: float) -> None:
    """Note the pieces that the fill took of what a maker offered last, and how much of a maker that is."""
    amount = shares.amount[number]
    amount[TAKEN] += pieces
    if amount[GIVEN] <= amount[FIRST]:
        shares.beyond[0] += pieces / amount[FIRST]
