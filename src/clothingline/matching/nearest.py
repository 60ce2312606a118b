"""The makers nearest to a spot who may do a kind of work, exactly, by straight distance."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from .kernels.nearest import WISH, Near, nearest_each
from .kernels.tables import KIND
from .world import THREADS, Laid, Whole, heap

FEW = 16
"""Up to so many spots a second thread costs more than it saves."""


@dataclass(frozen=True)
class Within:
    """Who counts as near: at most `count` makers, no farther than `radius_m`, all certificates holding on `day`, and
    free time in at least one of `weeks` (first, last), where None asks for none. Raises ValueError for less than
    one maker, a negative radius or day, or weeks that are none."""

    radius_m: int = 100_000
    count: int = 32
    day: int = 0
    weeks: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        """Refuse what nobody can fulfil."""
        if self.count < 1 or self.radius_m < 0 or self.day < 0:
            raise ValueError("within: at least one maker, a radius and a day of zero or more")
        if self.weeks is not None and not 0 <= self.weeks[0] <= self.weeks[1]:
            raise ValueError(f"within.weeks: must be a first and a last week, is {self.weeks}")


NEAR = Within()


def kind_of(laid: Laid, order: int) -> int:
    """The kind of work of an order of the problem: its skills, machines and rush."""
    (at,) = np.flatnonzero(laid.numbers.order == order)
    return int(laid.world.order[at, KIND])


def nearest(laid: Laid, kind: int, x: int, y: int, within: Within = NEAR) -> tuple[Whole, Whole]:
    """The numbers of the nearest makers of a kind (n,) in the problem, nearest first and by number among equals, and
    their distances (n,) in metres, rounded down."""
    makers, metres = nearest_all(laid, np.array([kind]), np.array([x]), np.array([y]), within)
    found = makers[0] >= 0
    return makers[0, found], metres[0, found]


def nearest_all(laid: Laid, kinds: Whole, x: Whole, y: Whole, within: Within = NEAR) -> tuple[Whole, Whole]:
    """The same for many spots (n,), each with its kind: makers and metres (n, count), −1 in the places left over."""
    shape = (len(x), within.count)
    found = Near(np.full(shape, -1), np.full(shape, -1.0), np.zeros(len(x), dtype=np.int64))
    wishes = _wishes(laid, x, y, within)
    parts = THREADS if len(x) > FEW else 1
    ends = [len(x) * part // parts for part in range(parts + 1)]

    def part(number: int) -> None:
        span = slice(ends[number], ends[number + 1])
        mine, room = Near(*(column[span] for column in found)), heap(len(laid.world.kinds.node) + 1)
        world, numbers = laid.world, laid.numbers.maker
        nearest_each(world.kinds, kinds[span], wishes[span], laid.free.second, numbers, mine, room)

    if parts == 1:
        part(0)
    else:
        with ThreadPoolExecutor(parts) as threads:
            list(threads.map(part, range(parts)))
    return _outside(laid, found)


def _wishes(laid: Laid, x: Whole, y: Whole, within: Within) -> Whole:
    weeks = within.weeks or (0, -1)
    wishes = np.empty((len(x), WISH), dtype=np.int64)
    wishes[:, 0], wishes[:, 1] = x, y
    wishes[:, 2:] = within.radius_m**2, within.day, weeks[0], min(weeks[1], laid.free.second.shape[1] - 1)
    return wishes


def _outside(laid: Laid, found: Near) -> tuple[Whole, Whole]:
    """Makers by their numbers in the problem, and whole metres."""
    taken = np.arange(found.maker.shape[1]) < found.count[:, None]
    makers, metres = np.full((2, *taken.shape), -1)
    makers[taken] = laid.numbers.maker[found.maker[taken]]
    metres[taken] = np.sqrt(found.square[taken])
    return makers, metres
