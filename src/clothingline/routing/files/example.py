"""A first instance to try the engine with: invented, seeded, of any size."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.random import Generator

from clothingline.matching import Brands, Lots, Makers, Orders, Params, Problem
from clothingline.routing.files.problems import Instance

SKILLS, MACHINES, FAMILIES, CLASSES, COLOURS = 10, 6, 4, 4, 3
WIDE, HIGH = 150_000, 60_000
"""Metres: about the land between three towns."""
RUNS = np.array([1] * 6 + [12, 24, 36, 60])
"""Pieces: six of ten orders are for one."""
HOUR = 3_600


@dataclass(frozen=True)
class Size:
    """How many rows each table has, and how many weeks the capacities cover."""

    orders: int = 60
    brands: int = 20
    makers: int = 30
    lots: int = 40
    weeks: int = 8


def example(size: Size, seed: int) -> Instance:
    """An instance in which makers' time and cloth are scarce; the same size and seed give the same."""
    draw = np.random.default_rng(seed)
    problem = Problem(_orders(draw, size), _brands(draw, size), _lots(draw, size), _makers(draw, size))
    return Instance(problem, Params(), f"Example of `clothingline match example`, seed {seed}: invented figures.")


def _orders(draw: Generator, size: Size) -> Orders:
    count = size.orders
    pieces, ready = draw.choice(RUNS, count), draw.integers(0, 10, count)
    columns = dict[str, Any](
        need_skills=_one_bit(draw, count, SKILLS),
        need_machines=_one_bit(draw, count, MACHINES),
        family=draw.integers(0, FAMILIES, count),
        standard_seconds=draw.integers(900, 5_400, count),
        pieces=pieces,
        cloth_class=draw.integers(0, CLASSES, count),
        colour=draw.integers(-1, COLOURS - 1, count),
        cloth_cm=draw.integers(120, 260, count),
        **_somewhere(draw, count),
        ready_day=ready,
        due_day=ready + draw.integers(14, min(42, 7 * size.weeks), count),
        reserve_idr=pieces * draw.integers(220_000, 420_000, count) + 60_000,
        max_makers=np.where(pieces > 1, 4, 1),
        min_lot=np.where(pieces > 5, 4, 1),
    )
    return Orders(**columns)


def _brands(draw: Generator, size: Size) -> Brands:
    count = size.brands
    columns = dict[str, Any](
        families=draw.integers(0, 1 << FAMILIES, count).astype(np.uint64) | _one_bit(draw, count, FAMILIES),
        fee_idr=draw.integers(15_000, 45_000, count),
        cut_days=draw.integers(1, 3, count),
        finish_days=draw.integers(1, 3, count),
        free_pieces=draw.integers(60, 240, (count, size.weeks)),
        **_somewhere(draw, count),
    )
    return Brands(**columns)


def _lots(draw: Generator, size: Size) -> Lots:
    count = size.lots
    columns = dict[str, Any](
        cloth_class=draw.integers(0, CLASSES, count),
        colour=draw.integers(0, COLOURS, count),
        shade=draw.integers(0, 5, count),
        available_cm=draw.integers(500, 30_000, count),
        price_idr=draw.integers(25_000, 90_000, count),
        lead_days=draw.integers(0, 4, count),
        min_cut_cm=draw.integers(50, 300, count),
        **_somewhere(draw, count),
    )
    return Lots(**columns)


def _makers(draw: Generator, size: Size) -> Makers:
    count = size.makers
    held = draw.random((count, SKILLS)) < 0.6
    columns = dict[str, Any](
        skills=(held << np.arange(SKILLS)).sum(axis=1).astype(np.uint64),
        machines=draw.integers(0, 1 << MACHINES, count).astype(np.uint64) | np.uint64(7),
        skill_until=np.where(held, draw.integers(15, 900, (count, SKILLS)), -1),
        rate_idr=draw.integers(350, 700, count),
        efficiency_permille=draw.integers(450, 1_050, count),
        free_seconds=draw.integers(8 * HOUR, 24 * HOUR, (count, size.weeks)),
        defect_ppm=draw.integers(2_000, 60_000, count),
        **_somewhere(draw, count),
        reach_m=draw.integers(40_000, 160_000, count),
        fair_credit=draw.integers(0, 1_000, count),
    )
    return Makers(**columns)


def _one_bit(draw: Generator, count: int, bits: int) -> Any:
    return (1 << draw.integers(0, bits, count)).astype(np.uint64)


def _somewhere(draw: Generator, count: int) -> dict[str, Any]:
    return {"x": draw.integers(0, WIDE, count), "y": draw.integers(0, HIGH, count)}
