"""Whether an instance bites: how much of what is offered a matching uses up, by thirds of the map."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clothingline.matching import Matching, Problem

Whole = NDArray[np.int64]
HOUR, CELLS = 3_600, 24


@dataclass(frozen=True)
class Third:
    """A third of the map. `maker_weeks`, `lots`, `brand_weeks`: the exhausted share of those that had anything to give
    · `load`: seconds used of seconds free."""

    load: float
    maker_weeks: float
    lots: float
    brand_weeks: float


@dataclass(frozen=True)
class Shares:
    """Shares of a matching: the thirds of the map, the busiest first, and the orders that stay unmatched."""

    thirds: tuple[Third, Third, Third]
    unmatched: float


def bite(problem: Problem, matching: Matching) -> Shares:
    """Exhausted is: less than an hour left of a maker's week, no cut left of a lot, no piece left of a brand's week.

    The map is a grid of at most 24 × 24 squares over all makers. A third is a third of the squares in which anybody
    sews, by load. What had nothing to give from the beginning does not count.
    """
    seconds, pieces, cm = left(problem, matching)
    makers, brands, lots = problem.makers, problem.brands, problem.lots
    squares = [_square(problem, table.x, table.y) for table in (makers, brands, lots)]
    third = _third(squares[0], makers.free_seconds.sum(axis=1), (makers.free_seconds - seconds).sum(axis=1))
    gone = (
        _exhausted(squares[0], makers.free_seconds, seconds, np.int64(HOUR)),
        _exhausted(squares[2], lots.available_cm[:, None], cm[:, None], lots.min_cut_cm[:, None]),
        _exhausted(squares[1], brands.free_pieces, pieces, np.int64(1)),
    )
    loads = _loads(squares[0], makers.free_seconds, makers.free_seconds - seconds, third)
    thirds = [Third(loads[n], *(float(_share(counts, third == n)) for counts in gone)) for n in range(3)]
    return Shares((thirds[0], thirds[1], thirds[2]), len(matching.unmatched) / max(1, len(problem.orders)))


def left(problem: Problem, matching: Matching) -> tuple[Whole, Whole, Whole]:
    """What a matching leaves: seconds (makers, weeks), pieces (brands, weeks), centimetres (lots,)."""
    seconds, pieces = problem.makers.free_seconds.copy(), problem.brands.free_pieces.copy()
    cm = problem.lots.available_cm.copy()
    for plan in matching.plans:
        if plan is None:
            continue
        pieces[plan.brand, plan.cut_start_day // 7] -= sum(share.pieces for share in plan.shares)
        cm[plan.lot] -= plan.cloth_cm
        for share in plan.shares:
            for week, used in share.seconds:
                seconds[share.maker, week] -= used
    return seconds, pieces, cm


def _square(problem: Problem, x: Whole, y: Whole) -> Whole:
    """The square of the map in which each place lies; what lies outside counts to the nearest."""
    makers = problem.makers
    side = max(np.ptp(makers.x), np.ptp(makers.y)) // CELLS + 1
    column, row = (
        np.clip((at - of.min()) // side, 0, (of.max() - of.min()) // side) for at, of in ((x, makers.x), (y, makers.y))
    )
    return np.asarray(column * CELLS + row)


def _third(square: Whole, free: Whole, used: Whole) -> Whole:
    """The third of each square (24 × 24,), 0 the busiest; −1 where nobody sews."""
    offered = np.bincount(square, free, CELLS * CELLS)
    load = np.bincount(square, used, CELLS * CELLS) / np.maximum(offered, 1)
    known = np.flatnonzero(offered)
    third = np.full(CELLS * CELLS, -1)
    third[known[np.argsort(-load[known], kind="stable")]] = np.arange(len(known)) * 3 // len(known)
    return third


def _loads(square: Whole, free: Whole, used: Whole, third: Whole) -> list[float]:
    own = third[square]
    return [float(used[own == n].sum() / max(1, free[own == n].sum())) for n in range(3)]


def _exhausted(square: Whole, offered: Whole, remaining: Whole, least: Whole | np.int64) -> tuple[Whole, Whole]:
    """By square: how many are used up, and how many had something to give. Arrays (rows, columns)."""
    had = offered >= least
    gone = had & (remaining < least)
    return np.bincount(square, gone.sum(axis=1), CELLS * CELLS), np.bincount(square, had.sum(axis=1), CELLS * CELLS)


def _share(counts: tuple[Whole, Whole], where: NDArray[np.bool_]) -> float:
    gone, had = (count[where].sum() for count in counts)
    return float(gone / max(1, had))
