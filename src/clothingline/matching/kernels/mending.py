"""Whoever is farthest from the plan that prices give him gets it by force: what he lacks, who makes room."""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiling import allocating, kernel
from .seating import Known, Seats, priced, put
from .tables import MILLI, Pool


@allocating
def regrets(pool: Pool, known: Known, price: Any, least: Any, seats: Seats) -> Any:
    """The value (orders,) at prices of what each order has now, above the `least` (orders,) of what is known for it."""
    regret = np.empty(len(least), dtype=np.int64)
    for order in range(len(least)):
        plan = seats.plan[order]
        regret[order] = (MILLI * known.reserve[order] if plan < 0 else priced(pool, plan, price)) - least[order]
    return regret


@allocating
def worth_trying(pool: Pool, known: Known, price: Any, order: int, now: int, tries: int) -> Any:
    """The known plans (n,) of an order that are the best at prices, at most `tries`, one for each brand and lot; none
    that it has `now` or that costs more than its reserve."""
    first, last = known.first[order], known.first[order + 1]
    value = np.empty(last - first, dtype=np.int64)
    for at in range(first, last):
        value[at - first] = priced(pool, known.column[at], price)
    chosen, count = np.empty(tries, dtype=np.int64), 0
    for at in np.argsort(value, kind="mergesort"):
        column = known.column[first + at]
        if count == tries:
            break
        if column != now and pool.cost[column] <= known.reserve[order] and _is_new(pool, column, chosen, count):
            chosen[count] = column
            count += 1
    return chosen[:count]


@kernel
def _is_new(pool: Pool, column: int, chosen: Any, count: int) -> bool:
    for at in range(count):
        if pool.place[column, 0] == pool.place[chosen[at], 0] and pool.place[column, 1] == pool.place[chosen[at], 1]:
            return False
    return True


@kernel
def force(pool: Pool, seats: Seats, order: int, column: int, loss: Any, stays: Any, out: Any) -> int:
    """Give an order a plan and take theirs from others until it fits: first from those who lose the least, at `loss`
    (orders,), for what they free; from nobody who `stays` (orders,). Writes who it was into `out`; how many, the
    negative of it less one when it does not fit even so."""
    count = 0
    put(pool, seats, order, column)
    for at in range(pool.use[column], pool.use[column + 1]):
        thing = pool.thing[at]
        while seats.left[thing] < 0:
            other = _cheapest_holder(pool, seats, thing, order, loss, stays)
            if other < 0 or count == len(out):
                return -count - 1
            out[count] = other
            count += 1
            put(pool, seats, other, -1)
    return count


@kernel
def _cheapest_holder(pool: Pool, seats: Seats, thing: int, but: int, loss: Any, stays: Any) -> int:
    """Who, other than one, loses the least for each unit of a thing that his plan uses; −1 for nobody."""
    chosen, lost, freed = -1, 0.0, 1.0
    for order in range(len(seats.plan)):
        plan = seats.plan[order]
        if plan < 0 or order == but or stays[order]:
            continue
        for at in range(pool.use[plan], pool.use[plan + 1]):
            if pool.thing[at] == thing and (chosen < 0 or loss[order] * freed < lost * pool.amount[at]):
                chosen, lost, freed = order, float(loss[order]), float(pool.amount[at])
    return chosen
