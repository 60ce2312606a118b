"""The problem as the greedy peer reads it: named arrays, and the makers sorted into square buckets of the map."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from clothingline.matching import Params, Problem

Whole = NDArray[np.int64]
SIDE = 5_000
"""Metres of a side of a bucket."""


class Rules(NamedTuple):
    """`Params.weights`, and the number of weeks."""

    set_up: int
    base: int
    per_km: int
    detour: int
    a_day: int
    defect: int
    lateness: int
    cushion: int
    fairness: int
    slack_cut: int
    slack_sew: int
    slack_ship: int
    wait: int
    weeks: int


class Sewers(NamedTuple):
    """Makers by bucket. `row`: their numbers in the problem · `first`: (columns × rows + 1,) of each bucket · `origin`:
    (x, y, columns, rows, farthest reach) of the map · `per_day`: seconds of a single day (makers, weeks)."""

    row: Whole
    first: Whole
    origin: tuple[int, int, int, int, int]
    skills: Any
    machines: Any
    until: Any
    rate: Whole
    efficiency: Whole
    defect_ppm: Whole
    credit: Whole
    rush: Any
    x: Whole
    y: Whole
    reach: Whole
    per_day: Whole


class Houses(NamedTuple):
    """Brands."""

    families: Any
    fee: Whole
    cut: Whole
    finish: Whole
    x: Whole
    y: Whole


class Cloth(NamedTuple):
    """Lots by class. `row`: their numbers in the problem · `first`: (classes + 1,)."""

    row: Whole
    first: Whole
    colour: Whole
    price: Whole
    lead: Whole
    least: Whole
    x: Whole
    y: Whole


class Left(NamedTuple):
    """What is left, in the order of `Sewers`, of the problem, and of `Cloth`."""

    seconds: Whole
    pieces: Whole
    cm: Whole


def rules(problem: Problem, params: Params) -> Rules:
    """The rules of a problem."""
    return Rules._make((*params.weights, problem.weeks))


def sewers(problem: Problem) -> Sewers:
    """The makers of a problem who have any time, in buckets."""
    m = problem.makers
    busy = np.flatnonzero(m.free_seconds.any(axis=1))
    x0, y0 = int(m.x.min()), int(m.y.min())
    columns, rows = (int(np.ptp(at)) // SIDE + 1 for at in (m.x, m.y))
    bucket = (m.x[busy] - x0) // SIDE * rows + (m.y[busy] - y0) // SIDE
    by_bucket = np.argsort(bucket, kind="stable")
    row = busy[by_bucket]
    return Sewers(
        row,
        np.searchsorted(bucket[by_bucket], np.arange(columns * rows + 1)),
        (x0, y0, columns, rows, int(m.reach_m.max())),
        m.skills[row],
        m.machines[row],
        m.skill_until[row],
        m.rate_idr[row],
        m.efficiency_permille[row],
        m.defect_ppm[row],
        m.fair_credit[row],
        m.rush[row],
        m.x[row],
        m.y[row],
        m.reach_m[row],
        m.free_seconds[row] // 7,
    )


def houses(problem: Problem) -> Houses:
    """The brands of a problem."""
    b = problem.brands
    return Houses(b.families, b.fee_idr, b.cut_days.astype(np.int64), b.finish_days.astype(np.int64), b.x, b.y)


def cloth(problem: Problem) -> Cloth:
    """The lots of a problem by class."""
    lots = problem.lots
    row = np.argsort(lots.cloth_class, kind="stable")
    classes = max(int(lots.cloth_class.max()), int(problem.orders.cloth_class.max())) + 1
    return Cloth(
        row,
        np.searchsorted(lots.cloth_class[row], np.arange(classes + 1)),
        lots.colour[row].astype(np.int64),
        lots.price_idr[row],
        lots.lead_days[row].astype(np.int64),
        lots.min_cut_cm[row],
        lots.x[row],
        lots.y[row],
    )


def left(problem: Problem, sewing: Sewers, lots: Cloth) -> Left:
    """Everything that a problem offers."""
    return Left(
        problem.makers.free_seconds[sewing.row],
        problem.brands.free_pieces.copy(),
        problem.lots.available_cm[lots.row],
    )
