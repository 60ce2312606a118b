"""Seeded problems: the pilot's size, and small ones that a brute force can solve."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from clothingline.matching import Brands, Lots, Makers, Orders, Problem

SKILLS = 10
MACHINES = 6


def seeds(few: int, many: int) -> list[Any]:
    """Seeds for a test: the first `few` always, all of `many` in the proofs."""
    return [*range(few), *(pytest.param(seed, marks=pytest.mark.prove) for seed in range(few, many))]


def pilot(
    seed: int, orders: int = 60, brands: int = 20, makers: int = 30, lots: int = 40, weeks: int = 8, busy: int = 600
) -> Problem:
    """A problem of the pilot's size: three towns, 60 % single pieces, runs up to 60. `busy`: permille of each maker's
    time that is free."""
    draw = np.random.default_rng(seed)
    return Problem(
        _orders(draw, orders, brands, runs=np.array([1] * 6 + [12, 24, 36, 60])),
        _brands(draw, brands, weeks, pieces=240),
        _lots(draw, lots, classes=4, colours=3),
        _makers(draw, makers, weeks, free=(20 * 3_600 * busy // 1_000, 40 * 3_600 * busy // 1_000)),
    )


def small(seed: int, most_pieces: int = 6, **changes: Any) -> Problem:
    """One to three orders and two or three of everything else, scarce enough that orders hinder each other; `changes`
    replace columns of the orders."""
    draw = np.random.default_rng(seed)
    count = int(draw.integers(1, 4))
    runs = np.array([size for size in (1, 1, 2, 3, 4, 6) if size <= most_pieces])
    columns = _order_columns(draw, count, 2, runs, skills=2, machines=2)
    columns["cloth_class"] = draw.integers(0, 2, count)
    columns["ready_day"] = draw.integers(0, 4, count)
    columns["due_day"] = columns["ready_day"] + draw.integers(12, 24, count)
    columns["min_lot"] = draw.integers(1, 3, count)
    columns["max_makers"] = draw.integers(1, 4, count)
    return Problem(
        Orders(**columns | changes),
        _brands(draw, 2, 4, pieces=8),
        _lots(draw, 3, classes=2, colours=2, most_cm=2_500),
        _makers(draw, 3, 4, free=(4_000, 22_000), skills=3),
    )


def _orders(draw: np.random.Generator, count: int, brands: int, runs: Any) -> Orders:
    return Orders(**_order_columns(draw, count, brands, runs))


def _order_columns(
    draw: np.random.Generator, count: int, brands: int, runs: Any, skills: int = SKILLS, machines: int = MACHINES
) -> dict[str, Any]:
    pieces = draw.choice(runs, count)
    ready = draw.integers(0, 10, count)
    return {
        "need_skills": (1 << draw.integers(0, skills, count)).astype(np.uint64),
        "need_machines": (1 << draw.integers(0, machines, count)).astype(np.uint64),
        "family": draw.integers(0, 4, count),
        "standard_seconds": draw.integers(900, 5_400, count),
        "pieces": pieces,
        "cloth_class": draw.integers(0, 4, count),
        "colour": draw.integers(-1, 2, count),
        "cloth_cm": draw.integers(120, 260, count),
        "x": draw.integers(0, 150_000, count),
        "y": draw.integers(0, 60_000, count),
        "ready_day": ready,
        "due_day": ready + draw.integers(14, 42, count),
        "reserve_idr": pieces * draw.integers(220_000, 420_000, count) + 60_000,
        "fixed_brand": np.where(draw.random(count) < 0.2, draw.integers(0, brands, count), -1),
        "max_makers": np.where(pieces > 1, 4, 1),
        "min_lot": np.where(pieces > 5, 4, 1),
    }


def _brands(draw: np.random.Generator, count: int, weeks: int, pieces: int) -> Brands:
    columns: dict[str, Any] = {
        "families": draw.integers(1, 16, count).astype(np.uint64)
        | np.uint64(1) << draw.integers(0, 4, count).astype(np.uint64),
        "fee_idr": draw.integers(15_000, 45_000, count),
        "cut_days": draw.integers(1, 3, count),
        "finish_days": draw.integers(1, 3, count),
        "free_pieces": draw.integers(pieces // 4, pieces, (count, weeks)),
        "x": draw.integers(0, 150_000, count),
        "y": draw.integers(0, 60_000, count),
    }
    return Brands(**columns)


def _lots(draw: np.random.Generator, count: int, classes: int, colours: int, most_cm: int = 30_000) -> Lots:
    columns: dict[str, Any] = {
        "cloth_class": draw.integers(0, classes, count),
        "colour": draw.integers(0, colours, count),
        "shade": draw.integers(0, 5, count),
        "available_cm": draw.integers(500, most_cm, count),
        "price_idr": draw.integers(25_000, 90_000, count),
        "lead_days": draw.integers(0, 4, count),
        "min_cut_cm": draw.integers(50, 300, count),
        "x": draw.integers(0, 150_000, count),
        "y": draw.integers(0, 60_000, count),
    }
    return Lots(**columns)


def _makers(draw: np.random.Generator, count: int, weeks: int, free: tuple[int, int], skills: int = SKILLS) -> Makers:
    held = draw.random((count, skills)) < 0.6
    return Makers(
        skills=(held << np.arange(skills)).sum(axis=1).astype(np.uint64),
        machines=draw.integers(1, 1 << MACHINES, count).astype(np.uint64) | np.uint64(7),
        skill_until=np.where(held, draw.integers(15, 900, (count, skills)), -1),
        rate_idr=draw.integers(350, 700, count),
        efficiency_permille=draw.integers(450, 1_050, count),
        free_seconds=draw.integers(free[0], free[1], (count, weeks)),
        defect_ppm=draw.integers(2_000, 60_000, count),
        x=draw.integers(0, 150_000, count),
        y=draw.integers(0, 60_000, count),
        reach_m=draw.integers(40_000, 160_000, count),
        fair_credit=draw.integers(0, 1_000, count),
    )
