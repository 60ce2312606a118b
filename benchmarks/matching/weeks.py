"""Laying shares into the weeks of their makers, exactly: a small maximum flow for each maker."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from benchmarks.matching.chosen import Choice
from benchmarks.matching.options import Place
from clothingline.matching import Problem

Seat = tuple[Place, int]
"""A place, and the last day of sewing."""
Given = Mapping[int, Mapping[int, int]]
"""Pieces by order and maker."""


def seated(problem: Problem, seats: Mapping[int, Seat], given: Given) -> list[Choice]:
    """Choices from seats and pieces by order; orders whose work does not fit are left out."""
    mine: dict[int, list[int]] = defaultdict(list)
    for order in seats:
        for maker in given[order]:
            mine[maker].append(order)
    weeks = {maker: _Weeks.of(problem, maker, {o: seats[o] for o in orders}) for maker, orders in mine.items()}
    used = {maker: weeks[maker].laid({o: given[o][maker] for o in orders}) for maker, orders in mine.items()}
    return [
        Choice(o, place.brand, place.lot, place.start, {m: (given[o][m], used[m][o]) for m in given[o]})
        for o, (place, _) in seats.items()
        if all(o in used[m] for m in given[o])
    ]


@dataclass
class _Weeks:
    """One maker. `free`: seconds by week · `room`, `taken`: by order and week · `piece`: seconds of one, by order."""

    free: dict[int, int]
    room: Mapping[int, Mapping[int, int]]
    piece: Mapping[int, int]
    taken: dict[int, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, problem: Problem, maker: int, seats: Mapping[int, Seat]) -> "_Weeks":
        free, permille = problem.makers.free_seconds[maker].tolist(), int(problem.makers.efficiency_permille[maker])
        return cls(
            dict(enumerate(free)),
            {order: _room(free, place.first, last) for order, (place, last) in seats.items()},
            {order: -(-int(problem.orders.standard_seconds[order]) * 1_000 // permille) for order in seats},
        )

    def laid(self, pieces: Mapping[int, int]) -> dict[int, dict[int, int]]:
        """Seconds by order and week; an order that does not fit is missing."""
        for order, count in pieces.items():
            need, self.taken[order] = count * self.piece[order], defaultdict(int)
            while need and (gained := self._gain(order, need, set())):
                need -= gained
            if need:
                for week, seconds in self.taken.pop(order).items():
                    self.free[week] += seconds
        return self.taken

    def _gain(self, order: int, need: int, seen: set[int]) -> int:
        """Give an order up to `need` more seconds, moving others to other weeks; how many it got."""
        for week, most in self.room[order].items():
            spare = min(need, most - self.taken[order][week])
            if spare <= 0 or week in seen:
                continue
            seen.add(week)
            got = min(spare, self.free[week])
            self.free[week] -= got
            got = got or self._moved(week, spare, seen)
            self.taken[order][week] += got
            if got:
                return got
        return 0

    def _moved(self, week: int, need: int, seen: set[int]) -> int:
        """Empty up to `need` seconds of a week by moving another order's to other weeks."""
        for other, weeks in self.taken.items():
            if weeks[week] and (got := self._gain(other, min(need, weeks[week]), seen)):
                weeks[week] -= got
                return got
        return 0


def _room(free: list[int], first: int, last: int) -> dict[int, int]:
    days = {week: min(last, 7 * week + 6) - max(first, 7 * week) + 1 for week in range(len(free))}
    return {week: within * (free[week] // 7) for week, within in days.items() if within > 0 and free[week] >= 7}
