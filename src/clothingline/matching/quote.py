"""The best plans for one order, exactly, and its alternatives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from .choices import Choices, aimed, choices, windows
from .index import Index, Remaining, index_of
from .params import Params
from .plans import Found, build
from .problem import Problem
from .result import PRICE_UNIT, Plan, Prices
from .split import best_split, makers_needed, may_split, split_bounds, whole_orders
from .wish import NEVER, Objective, Wish


def quote(problem: Problem, params: Params, order: int, k: int, prices: Prices | None = None) -> list[Plan]:
    """The best `k` plans of one order in what the problem leaves free, best first, then alternatives that are not among
    them: the lowest paid price, the soonest delivery, and the fewest expected defects.

    Exact: the first k are the best of all (brand, lot, maker) with one maker and, for each (brand, lot), the cheapest
    split over two or more makers. With prices, plans are ranked by cost plus what they use at these prices. Plans above
    the reserve are not offered; the list is empty when nothing is feasible. Labels: `balanced` is the lowest cost,
    `cheapest` the lowest paid price, `soonest`, `best_quality`; among equals, the better by (paid, day, defects).
    """
    return quote_in(index_of(problem, params), Remaining.of(problem), Wish(order, prices), k)


def quote_in(index: Index, remaining: Remaining, wish: Wish, k: int) -> list[Plan]:
    """`quote` in what is left by other plans."""
    c = choices(index, remaining, wish)
    found = best_of(index, c, k) if c else []
    if not (c and found):
        return []
    others = [
        *best_of(index, aimed(index, c, Objective.PAID), 1),
        *soonest(index, remaining, c),
        *best_of(index, aimed(index, c, Objective.QUALITY), 1),
    ]
    return offered(index.problem, wish, found, others)


def best_plans(index: Index, remaining: Remaining, wish: Wish, k: int) -> list[Plan]:
    """The best `k` plans for a wish, best first."""
    c = choices(index, remaining, wish)
    return best_of(index, c, k) if c else []


def best_of(index: Index, c: Choices, k: int) -> list[Plan]:
    """The best `k` plans among choices; for the objective COST none above the reserve."""
    ceiling = NEVER
    if c.wish.objective is Objective.COST:
        ceiling = PRICE_UNIT * int(index.problem.orders.reserve_idr[c.wish.order]) + 1
    return [build(index, c, found) for found in search(c, k, ceiling)]


def soonest(index: Index, remaining: Remaining, c: Choices) -> list[Plan]:
    """The best plan among those that are delivered first, as a list of one, or none.

    That a plan below the reserve exists is monotone in the deadline: first the first day on which time allows, which is
    most often the answer, then by halves.
    """
    early, late = first_day(index, remaining, c), int(index.problem.orders.due_day[c.wish.order])
    day, best = early, list[Plan]()
    while early <= late:
        found = best_plans(index, remaining, replace(c.wish, deadline=day), 1)
        if found:
            best, late = found, found[0].delivery_day - 1
        else:
            early = day + 1
        day = (early + late) // 2
    return best


def first_day(index: Index, remaining: Remaining, c: Choices) -> int:
    """No plan is delivered before this day: from it on the windows of enough makers hold the pieces."""
    due, ready = (int(days[c.wish.order]) for days in (index.problem.orders.due_day, index.problem.orders.ready_day))
    days = np.arange(ready, due + 1, dtype=np.int64)
    room = np.minimum(windows(index, remaining, c, days) // c.sewing.seconds, c.pieces)
    enough = (makers_needed(room, c.pieces) <= c.most).any(axis=0)
    return int(days[enough.argmax()]) if enough.any() else due + 1


def search(c: Choices, k: int, ceiling: int = NEVER) -> list[Found]:
    """The best `k` choices below `ceiling` (thousandths of a rupiah), best first."""
    singles = list(_singles(c, k, ceiling))
    if not may_split(c):
        return singles
    worst = singles[-1].value if len(singles) == k else ceiling
    return sorted([*singles, *_splits(c, k, worst)], key=lambda found: found.value)[:k]


def _singles(c: Choices, k: int, ceiling: int) -> Iterator[Found]:
    """The best k with one maker, each (brand, lot, maker) once."""
    table = whole_orders(c)
    deadline = table.argmin(axis=1)
    value = c.places.base[:, None] + table.min(axis=1)[c.places.start]
    flat = value.ravel()
    seen: set[tuple[int, int, int]] = set()
    for at in _smallest_first(flat, k * _repeats(c)):
        entry, maker = divmod(int(at), len(c.sewing.makers))
        key = (int(c.places.brand[entry]), int(c.places.lot[entry]), maker)
        if flat[at] >= ceiling or len(seen) == k:
            return
        if key not in seen:
            seen.add(key)
            pieces = np.zeros(len(c.sewing.makers), dtype=np.int64)
            pieces[maker] = c.pieces
            yield Found(int(flat[at]), entry, int(deadline[c.places.start[entry], maker]), pieces)


def _smallest_first(values: np.ndarray[tuple[int], np.dtype[np.int64]], count: int) -> list[int]:
    """The places of the smallest values, ascending, the earlier first among equals."""
    if count >= values.size:
        return list(np.argsort(values, kind="stable"))
    limit = np.partition(values, count - 1)[count - 1]
    places = np.flatnonzero(values <= limit)
    return list(places[np.argsort(values[places], kind="stable")])


def _repeats(c: Choices) -> int:
    """How often a pair of brand and lot may stand among the entries: once for each start of cutting."""
    _, counts = np.unique(c.places.brand * (1 << 32) + c.places.lot, return_counts=True)
    return int(counts.max())


def _splits(c: Choices, k: int, worst: int) -> list[Found]:
    """For each (brand, lot) its cheapest split below `worst`, as far as it can be among the best k.

    Starts and deadlines are looked at in the order of their lower bounds, until the bound reaches the k-th best.
    """
    base = np.full(len(c.places.start_brand), NEVER, dtype=np.int64)
    np.minimum.at(base, c.places.start, c.places.base)
    bounds = split_bounds(c) + base[:, None]
    best: dict[tuple[int, int], Found] = {}
    for at in np.argsort(bounds, axis=None, kind="stable"):
        start, deadline = divmod(int(at), bounds.shape[1])
        if bounds[start, deadline] >= worst:
            break
        value, pieces = best_split(c, start, deadline)
        _keep(c, best, Found(value, start, deadline, pieces), worst)
        values = sorted(found.value for found in best.values())
        worst = min(worst, values[k - 1]) if len(values) >= k else worst
    return list(best.values())


def _keep(c: Choices, best: dict[tuple[int, int], Found], split: Found, worst: int) -> None:
    """Enter a split of one start (its place of cutting stands in `entry`) for all its lots, where it is better."""
    for entry in np.flatnonzero(c.places.start == split.entry):
        value = split.value + int(c.places.base[entry])
        key = (int(c.places.brand[entry]), int(c.places.lot[entry]))
        if value < worst and (key not in best or value < best[key].value):
            best[key] = Found(value, int(entry), split.deadline, split.pieces)


def offered(problem: Problem, wish: Wish, found: list[Plan], others: list[Plan]) -> list[Plan]:
    """The best plans and others that cost no more than the reserve at a wish's prices; each once, with labels."""
    return _labelled(_distinct([*found, *(plan for plan in others if _worth(problem, wish, plan))]))


def _worth(problem: Problem, wish: Wish, plan: Plan) -> bool:
    use = wish.prices.of(problem, plan) if wish.prices is not None else 0
    return PRICE_UNIT * plan.cost + use <= PRICE_UNIT * int(problem.orders.reserve_idr[wish.order])


def _distinct(plans: list[Plan]) -> list[Plan]:
    kept: dict[tuple[object, ...], Plan] = {}
    for plan in plans:
        kept.setdefault((plan.key, plan.delivery_day), plan)
    return list(kept.values())


def _labelled(plans: list[Plan]) -> list[Plan]:
    """Mark the holders of the labels. Each is best in one measure and then in the others, so none is dominated in the
    list."""
    marks = {
        "balanced": plans[0],
        "cheapest": min(plans, key=lambda p: (p.paid, p.delivery_day, p.defect_ppm)),
        "soonest": min(plans, key=lambda p: (p.delivery_day, p.paid, p.defect_ppm)),
        "best_quality": min(plans, key=lambda p: (p.defect_ppm, p.paid, p.delivery_day)),
    }
    return [replace(p, labels=tuple(label for label, holder in marks.items() if holder is p)) for p in plans]


def undominated(plans: list[Plan]) -> list[Plan]:
    """The plans that no other beats in paid price, delivery day or defects without being worse in another."""
    return [plan for plan in plans if not any(_beats(other, plan) for other in plans)]


def _beats(one: Plan, other: Plan) -> bool:
    ours, theirs = ((p.paid, p.delivery_day, p.defect_ppm) for p in (one, other))
    return ours != theirs and all(a <= b for a, b in zip(ours, theirs, strict=True))
