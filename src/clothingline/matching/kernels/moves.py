"""Local search on known plans: an order gets a plan that it wants, whoever stands in the way is thrown out and seated
again (ejection chains after Glover 1996), and what does not pay is undone."""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiling import allocating, inlined, kernel
from .seating import Known, Seats, best_fit, cost_of, put
from .tables import Pool

MOST = 24
"""Orders that one move may touch."""


@inlined
def draw(state: Any, below: int) -> int:
    """A number below a limit; xorshift after Marsaglia (2003), `state` (1,) uint64, not zero."""
    word = state[0]
    word ^= word << np.uint64(13)
    word ^= word >> np.uint64(7)
    word ^= word << np.uint64(17)
    state[0] = word
    return int((word >> np.uint64(11)) % np.uint64(below))


@allocating
def improve(pool: Pool, known: Known, price: Any, seats: Seats, orders: Any, state: Any, tries: int, slack: int) -> int:
    """Try moves around random orders of `orders` (n,); rupiah that were saved in all. A move may lose up to a random
    part of `slack` rupiah."""
    touched, before = np.empty(MOST, dtype=np.int64), np.empty(MOST, dtype=np.int64)
    zero, saved = np.zeros(len(price), dtype=np.int64), 0
    for _ in range(tries):
        order = orders[draw(state, len(orders))]
        column = _wanted(pool, known, seats, order, state)
        if column < 0:
            continue
        count = _force(pool, known, seats, order, column, touched, before, state)
        was = _worth(pool, known, before, touched, abs(count))
        guide = price if draw(state, 2) else zero
        saved += _settle(pool, known, guide, seats, (count, was, slack), touched, before, state)
    return saved


@kernel
def _worth(pool: Pool, known: Known, before: Any, touched: Any, count: int) -> int:
    """Rupiah that the touched orders cost before the move."""
    total = 0
    for at in range(count):
        column = before[at]
        total += known.reserve[touched[at]] if column < 0 else pool.cost[column]
    return total


@kernel
def _wanted(pool: Pool, known: Known, seats: Seats, order: int, state: Any) -> int:
    """A random known plan of an order that is cheaper than what it has; −1 when there is none."""
    now, seen, chosen = cost_of(pool, known, seats, order), 0, -1
    for at in range(known.first[order], known.first[order + 1]):
        column = known.column[at]
        if pool.cost[column] < now:
            seen += 1
            if draw(state, seen) == 0:
                chosen = column
    return chosen


@kernel
def _force(
    pool: Pool, known: Known, seats: Seats, order: int, column: int, touched: Any, before: Any, state: Any
) -> int:
    """Give an order a plan and take theirs from others until it fits; how many orders were touched, the negative of it
    when there were too many."""
    touched[0], before[0], count = order, seats.plan[order], 1
    put(pool, seats, order, column)
    for at in range(pool.use[column], pool.use[column + 1]):
        thing = pool.thing[at]
        while seats.left[thing] < 0:
            other = _holder(pool, known, seats, thing, order, state)
            if other < 0 or count == MOST:
                return -count
            touched[count], before[count] = other, seats.plan[other]
            count += 1
            put(pool, seats, other, -1)
    return count


@kernel
def _holder(pool: Pool, known: Known, seats: Seats, thing: int, but: int, state: Any) -> int:
    """A random order, other than one, whose plan uses a thing; −1 when there is none."""
    seen, chosen = 0, -1
    for at in range(known.begin[thing], known.begin[thing + 1]):
        column = known.user[at]
        order = pool.owner[column]
        if order != but and seats.plan[order] == column:
            seen += 1
            if draw(state, seen) == 0:
                chosen = order
    return chosen


@kernel
def _settle(
    pool: Pool,
    known: Known,
    price: Any,
    seats: Seats,
    move: tuple[int, int, int],
    touched: Any,
    before: Any,
    state: Any,
) -> int:
    """Seat those who were thrown out again; undo all when it costs too much. Rupiah that were saved."""
    count, was, slack = move
    many = abs(count)
    if count > 0:
        begin = draw(state, many)
        for turn in range(many):
            order = touched[(begin + turn) % many]
            if seats.plan[order] < 0:
                put(pool, seats, order, best_fit(pool, known, price, order, seats.left))
        now = 0
        for at in range(many):
            now += cost_of(pool, known, seats, touched[at])
        if was - now >= 0 or (slack > 0 and now - was <= draw(state, slack)):
            return was - now
    for at in range(many):
        put(pool, seats, touched[at], -1)
    for at in range(many):
        put(pool, seats, touched[at], before[at])
    return 0
