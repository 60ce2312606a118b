"""Prices for a pool of plans: the volume algorithm (Barahona and Anbil 2000) on its Lagrangian dual.

Things and prices are numbered as the pool uses them. Each thing is measured by what is free of it, so that a price of
one is the value of all that is free."""

from __future__ import annotations

from typing import Any, NamedTuple

from .compiling import allocating, kernel


class Columns(NamedTuple):
    """A pool by order: `first` (orders + 1,) where the columns of each begin · `cost` (c,) · `use` (c + 1,) · `thing`,
    `part` (u,): which things, and which part of all that is free · `reserve` (orders,). Values are float
    thousandths."""

    first: Any
    cost: Any
    use: Any
    thing: Any
    part: Any
    reserve: Any


@kernel
def answer(columns: Columns, price: Any, asked: Any) -> float:
    """The dual value without the worth of what is free; `asked` (things,) is set to the parts that the cheapest columns
    use at these prices."""
    first, cost, use, thing, part = columns.first, columns.cost, columns.use, columns.thing, columns.part
    asked[:] = 0.0
    total = 0.0
    for order in range(len(columns.reserve)):
        best, chosen = columns.reserve[order], -1
        for column in range(first[order], first[order + 1]):
            value = cost[column]
            if value >= best:
                continue
            for at in range(use[column], use[column + 1]):
                value += price[thing[at]] * part[at]
            if value < best:
                best, chosen = value, column
        total += best
        if chosen >= 0:
            for at in range(use[chosen], use[chosen + 1]):
                asked[thing[at]] += part[at]
    return total


@allocating
def ascend(columns: Columns, best: Any, target: float, steps: int) -> float:
    """Raise the dual value from the prices in `best` (things,), which are replaced by better ones; the value reached.

    The direction is a running average of what is asked for beyond what is free; steps follow Polyak's rule towards the
    target, with a factor that grows while the value grows and shrinks when it does not."""
    things = len(best)
    price, asked, mean = best.copy(), best.copy(), best.copy()
    value = answer(columns, best, asked) - best.sum()
    mean[:] = asked - 1.0
    factor, behind = 0.1, 0
    top = value
    for _ in range(steps):
        norm = 0.0
        for at in range(things):
            pull = mean[at] if best[at] > 0.0 or mean[at] > 0.0 else 0.0
            norm += pull * pull
        if norm <= 0.0:
            break
        step = factor * max(target - top, 1e-3 * abs(top)) / norm
        for at in range(things):
            price[at] = max(best[at] + step * mean[at], 0.0)
        value = answer(columns, price, asked) - price.sum()
        along = 0.0
        for at in range(things):
            along += (asked[at] - 1.0) * mean[at]
            mean[at] += 0.1 * (asked[at] - 1.0 - mean[at])
        if value > top:
            top, behind = value, 0
            best[:] = price
            factor = min(factor * (1.1 if along >= 0 else 1.0), 2.0)
        else:
            behind += 1
            if behind >= 10:
                factor, behind = max(factor * 0.66, 1e-4), 0
    return top
