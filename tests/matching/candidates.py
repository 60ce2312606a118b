"""Small graphs of orders and makers, the truth about them by trying everything, and what every assignment keeps."""

from functools import cache
from typing import Any

import numpy as np

from clothingline.matching.search.assignment import Assignment, Candidates, dual_bound


def drawn(seed: int, orders: int = 6, makers: int = 4, most: int = 300_000, arcs: int = 4) -> Candidates:
    """A random problem; an order may see a maker twice, or none, and a maker may have no capacity."""
    draw = np.random.default_rng(seed)
    first = np.concatenate(([0], np.cumsum(draw.integers(0, arcs + 1, orders))))
    return Candidates(
        first,
        draw.integers(0, makers, first[-1]),
        draw.integers(0, most + 1, first[-1]),
        draw.integers(0, most + 1, orders),
        draw.integers(0, 3, makers),
    )


def busy(seed: int, orders: int = 1_500, arcs: int = 8, spread: int = 100_000, near: int = 30) -> Candidates:
    """Orders along a road with fewer units than orders; each sees makers near it. Spread zero: all cost the same."""
    draw = np.random.default_rng(seed)
    makers = orders // 3
    place = np.sort(draw.integers(0, makers, orders))
    maker = (place[:, None] + draw.integers(-near, near + 1, (orders, arcs))) % makers
    return Candidates(
        np.arange(0, orders * arcs + 1, arcs),
        maker.ravel(),
        150_000 + draw.integers(0, spread + 1, orders * arcs),
        draw.integers(300_000, 900_000, orders),
        draw.integers(0, 6, makers),
    )


def pairs(candidates: Candidates, order: int) -> list[tuple[int, int]]:
    """(maker, cost) of each arc of an order."""
    begin, end = int(candidates.first[order]), int(candidates.first[order + 1])
    return [(int(candidates.maker[arc]), int(candidates.cost[arc])) for arc in range(begin, end)]


def truth(candidates: Candidates) -> int:
    """The least cost of all assignments, by trying every one."""

    @cache
    def least(order: int, free: tuple[int, ...]) -> int:
        if order == len(candidates.reserve):
            return 0
        costs = [int(candidates.reserve[order]) + least(order + 1, free)]
        for maker, cost in pairs(candidates, order):
            if free[maker]:
                left = tuple(units - (j == maker) for j, units in enumerate(free))
                costs.append(cost + least(order + 1, left))
        return min(costs)

    return least(0, tuple(int(units) for units in candidates.capacity))


def cost_of(candidates: Candidates, makers: Any) -> int:
    """The cost of serving each order by its maker, by the cheaper arc where it sees that maker twice."""
    total = 0
    for order, maker in enumerate(makers):
        own = [cost for seen, cost in pairs(candidates, order) if seen == maker]
        total += min(own) if maker >= 0 else int(candidates.reserve[order])
    return total


def holds(candidates: Candidates, found: Assignment) -> None:
    """Capacity is kept, and cost, bound and gap are what they are said to be."""
    served = np.bincount(found.maker[found.maker >= 0], minlength=len(candidates.capacity))
    assert (served <= candidates.capacity).all()
    assert found.cost == cost_of(candidates, found.maker)
    assert found.bound == dual_bound(candidates, found.prices)
    assert (found.prices >= 0).all()
    assert 0 <= found.gap == found.cost - found.bound
