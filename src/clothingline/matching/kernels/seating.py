"""Which plans are taken: what each uses, whether it fits into what is left, and what it costs at prices."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from .compiling import allocating, kernel
from .tables import MILLI, Pool


class Known(NamedTuple):
    """A pool by order and by scarce thing. `first` (orders + 1,), `column` · `begin` (things + 1,), `user`: the columns
    that use each thing · `reserve` (orders,) rupiah."""

    first: Any
    column: Any
    begin: Any
    user: Any
    reserve: Any


class Seats(NamedTuple):
    """Who has which plan: `plan` (orders,), −1 for none · `left` (things,): what is still free."""

    plan: Any
    left: Any


@kernel
def fits(pool: Pool, column: int, left: Any) -> bool:
    """Whether all that a plan uses is left; `left` (things,)."""
    for at in range(pool.use[column], pool.use[column + 1]):
        if pool.amount[at] > left[pool.thing[at]]:
            return False
    return True


@kernel
def put(pool: Pool, seats: Seats, order: int, column: int) -> None:
    """Give an order a plan (−1: none), and take back the one that it had."""
    old, left = seats.plan[order], seats.left
    if old >= 0:
        for at in range(pool.use[old], pool.use[old + 1]):
            left[pool.thing[at]] += pool.amount[at]
    if column >= 0:
        for at in range(pool.use[column], pool.use[column + 1]):
            left[pool.thing[at]] -= pool.amount[at]
    seats.plan[order] = column


@kernel
def priced(pool: Pool, column: int, price: Any) -> int:
    """The value of a plan with what it uses at prices (things,)."""
    value = pool.cost[column] * MILLI
    for at in range(pool.use[column], pool.use[column + 1]):
        value += price[pool.thing[at]] * pool.amount[at]
    return value


@allocating
def cheapest(pool: Pool, known: Known, price: Any) -> Any:
    """The value (orders,) of the reserve or the cheapest known plan of each order at prices."""
    values = np.empty(len(known.reserve), dtype=np.int64)
    for order in range(len(values)):
        values[order] = MILLI * known.reserve[order]
        for at in range(known.first[order], known.first[order + 1]):
            values[order] = min(values[order], priced(pool, known.column[at], price))
    return values


@kernel
def best_fit(pool: Pool, known: Known, price: Any, order: int, left: Any) -> int:
    """The known plan of an order that fits, costs no more than the reserve and is cheapest at prices; −1 for none."""
    best, chosen = 1 << 62, -1
    for at in range(known.first[order], known.first[order + 1]):
        column = known.column[at]
        if pool.cost[column] <= known.reserve[order]:
            value = priced(pool, column, price)
            if value < best and fits(pool, column, left):
                best, chosen = value, column
    return chosen


@kernel
def seat_first(pool: Pool, known: Known, price: Any, orders: Any, seats: Seats) -> None:
    """Give orders (n,) without a plan, one after the other, the known plan that is cheapest at prices, if it fits."""
    for order in orders:
        if seats.plan[order] >= 0:
            continue
        best, chosen = MILLI * known.reserve[order] + 1, -1
        for at in range(known.first[order], known.first[order + 1]):
            value = priced(pool, known.column[at], price)
            if value < best and pool.cost[known.column[at]] <= known.reserve[order]:
                best, chosen = value, known.column[at]
        if chosen >= 0 and fits(pool, chosen, seats.left):
            put(pool, seats, order, chosen)


@kernel
def cost_of(pool: Pool, known: Known, seats: Seats, order: int) -> int:
    """What an order costs now: its plan, or its reserve."""
    column = seats.plan[order]
    return known.reserve[order] if column < 0 else pool.cost[column]
