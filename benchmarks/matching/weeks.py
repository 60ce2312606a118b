"""Laying shares into the weeks of their makers, exactly: a small maximum flow for each maker."""

from collections import defaultdict
from collections.abc import Mapping

from benchmarks.matching.chosen import Choice
from benchmarks.matching.options import Place
from clothingline.matching import Problem


def seated(problem: Problem, places: Mapping[int, Place], given: Mapping[int, Mapping[int, int]]) -> list[Choice]:
    """Choices from places and pieces by order and maker; orders whose work does not fit are left out."""
    mine: dict[int, list[int]] = defaultdict(list)
    for order in places:
        for maker in given[order]:
            mine[maker].append(order)
    used = {maker: _maker(problem, maker, orders, places, given) for maker, orders in mine.items()}
    return [
        Choice(o, p.brand, p.lot, p.start, {m: (given[o][m], used[m][o]) for m in given[o]})
        for o, p in places.items()
        if all(o in used[m] for m in given[o])
    ]


def _maker(
    problem: Problem, maker: int, orders: list[int], places: Mapping[int, Place], given: Mapping[int, Mapping[int, int]]
) -> dict[int, dict[int, int]]:
    """Seconds by order and week of one maker; an order that does not fit is missing."""
    free = dict(enumerate(problem.makers.free_seconds[maker].tolist()))
    permille = int(problem.makers.efficiency_permille[maker])
    taken: dict[int, dict[int, int]] = {}
    room = {o: _room(problem, maker, places[o]) for o in orders}
    for order in orders:
        need = given[order][maker] * -(-int(problem.orders.standard_seconds[order]) * 1_000 // permille)
        taken[order] = defaultdict(int)
        while need and (gained := _augment(order, need, taken, room, free, set())):
            need -= gained
        if need:
            for week, seconds in taken.pop(order).items():
                free[week] += seconds
    return taken


def _augment(
    order: int, need: int, taken: dict[int, dict[int, int]], room: Mapping[int, Mapping[int, int]], free: dict[int, int],
    seen: set[int],
) -> int:  # fmt: skip
    """Give an order up to `need` more seconds, moving others to other weeks; how many it got."""
    for week, most in room[order].items():
        spare = min(need, most - taken[order][week])
        if spare <= 0 or week in seen:
            continue
        seen.add(week)
        got = min(spare, free[week])
        free[week] -= got
        if not got:
            got = _moved(week, spare, taken, room, free, seen)
        if got:
            taken[order][week] += got
            return got
    return 0


def _moved(
    week: int, need: int, taken: dict[int, dict[int, int]], room: Mapping[int, Mapping[int, int]], free: dict[int, int],
    seen: set[int],
) -> int:  # fmt: skip
    """Empty up to `need` seconds of a week by moving another order's to other weeks."""
    for other, weeks in taken.items():
        if weeks[week] and (got := _augment(other, min(need, weeks[week]), taken, room, free, seen)):
            weeks[week] -= got
            return got
    return 0


def _room(problem: Problem, maker: int, place: Place) -> dict[int, int]:
    free = problem.makers.free_seconds[maker]
    days = {w: min(place.last, 7 * w + 6) - max(place.first, 7 * w) + 1 for w in range(problem.weeks)}
    return {week: within * (int(free[week]) // 7) for week, within in days.items() if within > 0 and free[week] >= 7}
