"""Orders: what people want, where, by when, and how much it may cost."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.matching.kinds import Kinds
from benchmarks.matching.land import Land, scattered, settled
from benchmarks.matching.sizes import Size
from clothingline.matching import Brands, Orders

Whole = NDArray[np.int64]
SINGLES = 0.6
FIXED = 0.12
"""The share of the orders that ask for a brand by name, as far as a brand of the family was found nearby."""
ANY_COLOUR = 0.25
RUSH = 0.02
MOST_HOURS = 1_200
"""Standard hours of the longest run: what sixty makers can sew in a month."""
MOST_MAKERS, PER_MAKER = 60, 12


def wanted(draw: np.random.Generator, size: Size, land: Land, kinds: Kinds) -> tuple[Orders, Whole]:
    """The orders, none asking for a brand yet, and the regency (orders,) of each."""
    regency = settled(draw, land, size.orders, towns=1.6, uneven=0.4)
    kind = draw.choice(len(kinds), size.orders, p=kinds.share)
    seconds = _varied(draw, kinds.seconds[kind])
    pieces = _pieces(draw, size, seconds)
    cloth_cm = _varied(draw, kinds.cloth_cm[kind])
    x, y = scattered(draw, land, regency)
    ready, makers = draw.integers(0, 11, size.orders), _makers_at_most(pieces)
    columns: dict[str, Any] = {
        "need_skills": kinds.skills[kind],
        "need_machines": kinds.machines[kind],
        "family": kinds.family[kind],
        "standard_seconds": seconds,
        "pieces": pieces,
        "cloth_class": kinds.cloth_class[kind],
        "colour": np.where(draw.random(size.orders) < ANY_COLOUR, -1, colours(draw, size, size.orders)),
        "cloth_cm": cloth_cm,
        "x": x,
        "y": y,
        "ready_day": ready,
        "due_day": ready
        + np.where(pieces < 100, draw.integers(14, 43, size.orders), draw.integers(26, 43, size.orders)),
        "reserve_idr": _reserve(draw, size, pieces, kinds.price_idr[kind] * cloth_cm // 100, seconds),
        "max_makers": makers,
        "min_lot": np.clip(pieces // (3 * makers), 1, 20),
        "rush": (draw.random(size.orders) < RUSH).astype(np.int8),
    }
    return Orders(**columns), regency


def colours(draw: np.random.Generator, size: Size, count: int) -> Whole:
    """Colours by popularity: the n-th is wanted 1/n as often as the first."""
    share = 1 / np.arange(1, size.colours + 1)
    return draw.choice(size.colours, count, p=share / share.sum())


def asked_by_name(draw: np.random.Generator, orders: Orders, regency: Whole, brands: Brands, homes: Whole) -> Orders:
    """The orders, some of which ask for a brand of their regency; `homes` are the brands' regencies, ascending."""
    first, last = np.searchsorted(homes, regency), np.searchsorted(homes, regency, side="right")
    chosen = first + (draw.random(len(orders)) * (last - first)).astype(np.int64)
    brand = np.minimum(chosen, len(brands) - 1)
    able = (brands.families[brand] >> orders.family.astype(np.uint64)) & np.uint64(1) == 1
    able &= (last > first) & (brands.free_pieces[brand].max(axis=1) >= 2 * orders.pieces)
    asks = able & (draw.random(len(orders)) < FIXED / max(float(able.mean()), FIXED))
    return orders.with_columns(fixed_brand=np.where(asks, brand, -1).astype(np.int32))


def _varied(draw: np.random.Generator, usual: Whole) -> Whole:
    return np.rint(usual * draw.uniform(0.85, 1.2, len(usual))).astype(np.int64)


def _pieces(draw: np.random.Generator, size: Size, seconds: Whole) -> Whole:
    runs = size.shortest * (1 + draw.pareto(size.tail, size.orders))
    most = np.minimum(size.longest, MOST_HOURS * 3_600 // seconds)
    runs = np.where(runs > most, most * draw.uniform(0.5, 1, size.orders), runs).astype(np.int64)
    return np.where(draw.random(size.orders) < SINGLES, 1, np.maximum(runs, 2))


def _makers_at_most(pieces: Whole) -> Whole:
    return np.where(pieces == 1, 1, np.clip(-(-pieces // PER_MAKER) + 1, 2, MOST_MAKERS))


def _reserve(draw: np.random.Generator, size: Size, pieces: Whole, cloth_idr: Whole, seconds: Whole) -> Whole:
    """A plausible price (fee, cloth, sewing, defects; a maker for eight pieces; roads of 20 km) and a margin."""
    piece = 30_000 + cloth_idr + seconds * 500 // 60 + 1_800
    plausible = pieces * piece + (-(-pieces // 8)) * 42_000 + 30_000
    return (plausible * draw.uniform(size.margin, size.margin + 0.8, len(pieces))).astype(np.int64)
