"""Brands, lots and makers: heavy-tailed, unevenly spread, and scaled to press on what is wanted."""

import numpy as np
from numpy.typing import NDArray

from benchmarks.matching.demand import colours
from benchmarks.matching.kinds import Kinds
from benchmarks.matching.land import Land, gathered, scattered, settled
from benchmarks.matching.sizes import Size
from clothingline.matching import Brands, Lots, Makers, Orders
from clothingline.reference import facts

Whole = NDArray[np.int64]
MACHINE_BITS = len(facts.MACHINES)
COMMON = np.uint64(1 << facts.MACHINES.index("lockstitch"))
"""Everybody has this machine."""
LARGE_BRANDS, LARGE_LOTS = 0.25, 0.5
"""The shares of brands and lots that are as large as some order; the others are workshops and remnants."""
SENTRA, SENTRA_SIZE = 0.35, 40
LAPSING = 0.05
"""The share of makers whose certificate ends inside the horizon."""
SPREAD = 0.9
"""Of the logarithm of the hours that makers offer."""
WEEKLY = 0.9
"""The share of weeks in which a maker who offers time at all offers it."""
OWNED = 0.85
"""How likely a maker has each of the machines that its kinds need."""


def brands(draw: np.random.Generator, size: Size, land: Land, orders: Orders) -> tuple[Brands, Whole]:
    """The brands by regency, and the regency (brands,) of each."""
    home = settled(draw, land, size.brands, towns=2.5, uneven=0.6)
    x, y = scattered(draw, land, home)
    large = draw.random(size.brands) < LARGE_BRANDS
    usual = np.where(large, _sampled(draw, orders.pieces, size.brands, best_of=6), draw.integers(2, 20, size.brands))
    weekly = usual[:, None] * draw.uniform(0.4, 1.3, (size.brands, size.weeks))
    weekly *= size.cutting * orders.pieces.sum() / weekly.sum()
    table = Brands(
        families=_families(draw, orders, size.brands),
        fee_idr=draw.integers(15_000, 45_000, size.brands),
        cut_days=draw.integers(1, 3, size.brands).astype(np.int32),
        finish_days=draw.integers(1, 3, size.brands).astype(np.int32),
        free_pieces=np.maximum(weekly, 1).astype(np.int64),
        x=x,
        y=y,
    )
    return table, home


def lots(draw: np.random.Generator, size: Size, land: Land, orders: Orders, kinds: Kinds) -> Lots:
    """Cloth of the classes and colours of some orders, gathered in fewer regencies than those who want it."""
    x, y = scattered(draw, land, settled(draw, land, size.lots, towns=2.5, uneven=1.0))
    model = np.resize(draw.permutation(len(orders)), size.lots)
    cloth_class = orders.cloth_class[model].astype(np.int64)
    large = draw.random(size.lots) < LARGE_LOTS
    need = (orders.pieces * orders.cloth_cm)[model]
    need = np.maximum(need, _sampled(draw, need, size.lots, best_of=2))
    cm = np.where(large, need * draw.uniform(1, 4, size.lots), draw.integers(300, 6_000, size.lots))
    cm *= size.cloth * (orders.pieces * orders.cloth_cm).sum() / cm.sum()
    usual = np.zeros(int(kinds.cloth_class.max()) + 1)
    usual[kinds.cloth_class] = kinds.price_idr
    return Lots(
        cloth_class=cloth_class.astype(np.int16),
        colour=np.where(orders.colour[model] >= 0, orders.colour[model], colours(draw, size, size.lots)).astype(
            np.int16
        ),
        shade=draw.integers(0, 5, size.lots).astype(np.int16),
        available_cm=np.maximum(cm, 120).astype(np.int64),
        price_idr=(usual[cloth_class] * draw.uniform(0.65, 1.45, size.lots)).astype(np.int64),
        lead_days=draw.integers(0, 5, size.lots).astype(np.int32),
        min_cut_cm=draw.integers(50, 300, size.lots),
        x=x,
        y=y,
    )


def makers(draw: np.random.Generator, size: Size, land: Land, kinds: Kinds) -> Makers:
    """Makers by regency, partly gathered in sentra, most of them part-time."""
    x, y = scattered(draw, land, settled(draw, land, size.makers, towns=0.5, uneven=0.9))
    x, y = gathered(draw, x, y, SENTRA, min(SENTRA_SIZE, max(size.makers // 10, 1)))
    skills, machines = _learnt(draw, size, kinds)
    return Makers(
        skills=skills,
        machines=machines,
        skill_until=_until(draw, skills, kinds.skill_count),
        rate_idr=draw.integers(350, 701, size.makers),
        efficiency_permille=draw.integers(450, 1_051, size.makers),
        free_seconds=_free(draw, size),
        defect_ppm=draw.integers(2_000, 60_001, size.makers),
        x=x,
        y=y,
        reach_m=(15_000 * (100 / 15) ** draw.random(size.makers)).astype(np.int64),
        fair_credit=draw.integers(0, 1_001, size.makers),
        rush=(draw.random(size.makers) < 0.4).astype(np.int8),
    )


def _sampled(draw: np.random.Generator, values: Whole, count: int, *, best_of: int) -> Whole:
    """The largest of some random values, for each of `count`."""
    return np.asarray(draw.choice(values, (count, best_of)).max(axis=1))


def _families(draw: np.random.Generator, orders: Orders, count: int) -> NDArray[np.uint64]:
    """One to three families each, as often as they are wanted."""
    drawn = np.uint64(1) << draw.choice(orders.family, (count, 3)).astype(np.uint64)
    return np.asarray(np.bitwise_or.reduce(drawn, axis=1))


def _learnt(draw: np.random.Generator, size: Size, kinds: Kinds) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Skills (makers,) of a repertoire of kinds, and most of the machines that it needs."""
    count = size.makers
    kind = draw.choice(len(kinds), (count, size.repertoire), p=kinds.share)
    known = np.arange(size.repertoire) < draw.integers(1, size.repertoire + 1, count)[:, None]
    skills, machines = (
        np.bitwise_or.reduce(np.where(known, bits[kind], np.uint64(0)), axis=1)
        for bits in (kinds.skills, kinds.machines)
    )
    owned = np.where(draw.random((count, MACHINE_BITS)) < OWNED, np.uint64(1) << _machine_numbers(), np.uint64(0))
    return skills, machines & (np.bitwise_or.reduce(owned, axis=1) | COMMON)


def _machine_numbers() -> NDArray[np.uint64]:
    return np.arange(MACHINE_BITS).astype(np.uint64)


def _until(draw: np.random.Generator, skills: NDArray[np.uint64], count: int) -> NDArray[np.int32]:
    """The last day (makers, skills) of each certificate, −1 without one."""
    lapsing = draw.random(len(skills)) < LAPSING
    last = np.where(lapsing, draw.integers(5, 56, len(skills)), draw.integers(60, 1_800, len(skills)))
    held = (skills[:, None] >> np.arange(count, dtype=np.uint64)) & np.uint64(1)
    return np.where(held == 1, last[:, None], -1).astype(np.int32)


def _free(draw: np.random.Generator, size: Size) -> Whole:
    """Free seconds (makers, weeks): most makers offer little or nothing, a few up to 40 hours."""
    usual = draw.lognormal(np.log(size.hours) - SPREAD**2 / 2, SPREAD, (size.makers, 1)).astype(np.float32)
    hours = usual * draw.uniform(0.5, 1.5, (size.makers, size.weeks))
    active = draw.random((size.makers, 1)) < size.offering / WEEKLY
    offered = active & (draw.random((size.makers, size.weeks)) < WEEKLY)
    return np.where(offered, np.minimum(hours, 40) * 3_600, 0).astype(np.int64)
