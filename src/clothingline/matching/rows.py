"""Rows of a problem's tables as the kernels read them: by themselves, and as the lowest nodes of trees."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .kernels.tables import (
    FAR,
    L_LEAST,
    L_PRICE,
    M_CREDIT,
    M_EFFICIENCY,
    M_PPM,
    M_RATE,
    M_REACH,
    N_LEAST,
    N_PPM,
    N_RATE,
    N_REACH,
    N_ROOM,
    N_X0,
    N_X1,
    N_Y0,
    N_Y1,
    NODE,
    X,
    Y,
)
from .params import Params
from .problem import Brands, Lots, Makers, Orders
from .trees import Whole

Bounds = NDArray[np.float64]
ROUNDING = 1e-3
"""Standard seconds by which rooms may be wrong in double precision, and more."""


def brand_rows(b: Brands) -> Whole:
    """Brands (n,) as the kernels read them (n, 8 + weeks)."""
    week = b.free_pieces.max(axis=1, initial=0)
    rows = table(8, b.x, b.y, b.fee_idr, b.cut_days, b.finish_days, b.families.view(np.int64), week)
    return np.hstack([rows, large(b.free_pieces)])


def maker_rows(m: Makers) -> Whole:
    """Makers (n,) as the kernels read them (n, 8)."""
    return table(8, m.x, m.y, m.reach_m, m.rate_idr, m.efficiency_permille, m.defect_ppm, m.fair_credit)


def lot_rows(x: Lots) -> Whole:
    """Lots (n,) as the kernels read them (n, 8)."""
    return table(8, x.x, x.y, x.price_idr, x.lead_days, x.min_cut_cm, large(x.available_cm))


def large(free: NDArray[Any]) -> Whole:
    """The least amounts that are more than half of what is free."""
    return free.astype(np.int64) // 2 + 1


def table(width: int, *columns: NDArray[Any]) -> Whole:
    """Columns (n,) side by side in rows (n, width), zero behind them."""
    rows = np.zeros((len(columns[0]), width), dtype=np.int64)
    for at, column in enumerate(columns):
        rows[:, at] = column
    return rows


def highest_rate(orders: Orders) -> int:
    """Where rates end as bounds, so that none of the largest work is too large a number."""
    return (1 << 61) // max(int((orders.pieces * orders.standard_seconds).max(initial=1)), 1)


def maker_bounds(maker: Whole, second: Whole, params: Params, highest: int) -> Bounds:
    """Rows of makers (n, 8) with their free seconds (n, weeks) as nodes (n, 11 + weeks)."""
    rate = maker[:, M_RATE] * (1_000_000 - maker[:, M_CREDIT] * params.fairness_permille)
    rows = np.zeros((len(maker), NODE + second.shape[1]))
    rows[:, N_X0] = rows[:, N_X1] = maker[:, X]
    rows[:, N_Y0] = rows[:, N_Y1] = maker[:, Y]
    rows[:, N_RATE] = np.minimum(rate, highest)
    rows[:, N_PPM], rows[:, N_REACH] = maker[:, M_PPM], maker[:, M_REACH]
    rooms = rooms_of(maker, second // 7, second)
    rows[:, N_ROOM], rows[:, NODE:] = rooms[:, 0], rooms[:, 1:]
    return rows


def dearer_makers(maker: Whole, second: Whole, price: Whole) -> Bounds:
    """What a view with prices adds to the rates of makers (n,): the least price of a second in a week with free time,
    both (n, weeks), for a standard minute."""
    least = np.where(second > 0, price, np.iinfo(np.int64).max).min(axis=1, initial=np.iinfo(np.int64).max)
    least[least == np.iinfo(np.int64).max] = 0
    return np.asarray(least * (60_000.0 * 1_000.0) / np.maximum(maker[:, M_EFFICIENCY], 1))


def rooms_of(maker: Whole, day: Whole, left: Whole) -> Bounds:
    """The standard seconds (n, 1 + weeks) that makers (n, 8) can sew in all and on one day of each week, of which they
    have `day` seconds on each day and so many `left` (n, weeks); a little more, for rounding."""
    rooms = np.empty((len(left), 1 + left.shape[1]))
    rooms[:, 0] = left.sum(axis=1)
    np.minimum(day, left, out=rooms[:, 1:])
    rooms *= maker[:, M_EFFICIENCY, None] * 1e-3
    rooms += ROUNDING
    return rooms


def lot_bounds(lot: Whole, cm: Whole) -> Bounds:
    """Rows of lots (n, 8) with their cloth (n,) as nodes (n, 11)."""
    rows = np.zeros((len(lot), NODE))
    rows[:, N_X0] = rows[:, N_X1] = lot[:, X]
    rows[:, N_Y0] = rows[:, N_Y1] = lot[:, Y]
    rows[:, N_RATE] = 10 * lot[:, L_PRICE]
    rows[:, N_LEAST], rows[:, N_ROOM], rows[:, N_REACH] = 10.0 * lot[:, L_PRICE] * lot[:, L_LEAST], cm, FAR
    return rows
