"""The matching problem as frozen arrays: orders, brands, cloth lots and makers.

Units: whole rupiah, whole seconds of work, whole centimetres of cloth, metres on a local plane, day numbers. Week `w`
covers the days 7w … 7w+6 of the same count. Bit sets are uint64. Closed days are already taken out of the free seconds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .columns import ProblemError, Table, column, pairs, specs

BITS = 2**64 - 1
FAR = 2 * 10**7
"""No two places on earth are farther apart (metres)."""
DAYS = 100_000


@dataclass(frozen=True, eq=False)
class Orders(Table):
    """What consumers wait for; one row an order.

    `need_skills`, `need_machines`: bit sets · `family`: number of the garment family · `standard_seconds`: per piece ·
    `cloth_cm`: per piece · `colour`: −1 for any · `x`, `y`: destination · `ready_day`: cloth may be ordered from this
    day · `due_day`: last day of delivery · `reserve_idr`: the most the order may cost · `fixed_brand`: −1 for any ·
    `max_makers`, `min_lot`: how an order may be spread · `rush`: 1 when only makers who opted in may be asked ·
    `pin_brand`, `pin_lot`: already accepted, −1 for none · `pins`: (order, maker, pieces) already accepted ·
    `forbid_makers`, `forbid_lots`, `forbid_brands`: (order, other) pairs that must not be joined.
    Pinned work is part of the problem: its seconds, cloth and pieces are still counted as free in the other tables.
    """

    noun = "orders"

    need_skills: NDArray[np.uint64] = column("uint64", 0, BITS)
    need_machines: NDArray[np.uint64] = column("uint64", 0, BITS)
    family: NDArray[np.int16] = column("int16", 0, 63)
    standard_seconds: NDArray[np.int64] = column("int64", 1, 10**6)
    pieces: NDArray[np.int64] = column("int64", 1, 10**5)
    cloth_class: NDArray[np.int16] = column("int16", 0, 32_000)
    colour: NDArray[np.int16] = column("int16", -1, 32_000)
    cloth_cm: NDArray[np.int64] = column("int64", 0, 10**5)
    x: NDArray[np.int64] = column("int64", -FAR, FAR)
    y: NDArray[np.int64] = column("int64", -FAR, FAR)
    ready_day: NDArray[np.int32] = column("int32", 0, DAYS)
    due_day: NDArray[np.int32] = column("int32", 0, DAYS)
    reserve_idr: NDArray[np.int64] = column("int64", 0, 10**12)
    fixed_brand: NDArray[np.int32] = column("int32", -1, 10**9, default=-1)
    max_makers: NDArray[np.int32] = column("int32", 1, 10**5, default=1)
    min_lot: NDArray[np.int32] = column("int32", 1, 10**5, default=1)
    rush: NDArray[np.int8] = column("int8", 0, 1, default=0)
    pin_brand: NDArray[np.int32] = column("int32", -1, 10**9, default=-1)
    pin_lot: NDArray[np.int32] = column("int32", -1, 10**9, default=-1)
    pins: NDArray[np.int64] = pairs(3)
    forbid_makers: NDArray[np.int64] = pairs(2)
    forbid_lots: NDArray[np.int64] = pairs(2)
    forbid_brands: NDArray[np.int64] = pairs(2)

    def only(self, order: int) -> Orders:
        """One of these orders by itself, as number 0."""
        pairs = {name for name, spec in specs(self).items() if not spec.per_row}
        columns = {name: getattr(self, name)[order : order + 1] for name in specs(self) if name not in pairs}
        for name in pairs:
            mine = getattr(self, name)[getattr(self, name)[:, 0] == order]
            columns[name] = np.concatenate([np.zeros_like(mine[:, :1]), mine[:, 1:]], axis=1)
        return self.with_columns(**columns)

    def followed_by(self, others: Orders) -> Orders:
        """These orders and then others, whose pairs name them by their numbers among the others."""
        columns = {name: (getattr(self, name), getattr(others, name)) for name in specs(self)}
        shift = {name: np.eye(1, spec.width, dtype=np.int64) for name, spec in specs(self).items() if not spec.per_row}
        return self.with_columns(
            **{
                name: np.concatenate([own, other + len(self) * shift[name] if name in shift else other])
                for name, (own, other) in columns.items()
            }
        )


@dataclass(frozen=True, eq=False)
class Brands(Table):
    """Fashion IKM that cut and finish. `families`: bit set · `fee_idr`: per piece · `cut_days`, `finish_days` ·
    `free_pieces`: (brands, weeks), counted in the week in which cutting starts · `x`, `y`: workshop."""

    noun = "brands"

    families: NDArray[np.uint64] = column("uint64", 0, BITS)
    fee_idr: NDArray[np.int64] = column("int64", 0, 10**9)
    cut_days: NDArray[np.int32] = column("int32", 0, 365)
    finish_days: NDArray[np.int32] = column("int32", 0, 365)
    free_pieces: NDArray[np.int64] = column("int64", 0, 10**9, width=0)
    x: NDArray[np.int64] = column("int64", -FAR, FAR)
    y: NDArray[np.int64] = column("int64", -FAR, FAR)


@dataclass(frozen=True, eq=False)
class Lots(Table):
    """Cloth lots, one shade each. `price_idr`: per metre · `lead_days`: order to dispatch · `min_cut_cm`: the least
    that is sold; an order that needs less buys this much · `x`, `y`: store."""

    noun = "lots"

    cloth_class: NDArray[np.int16] = column("int16", 0, 32_000)
    colour: NDArray[np.int16] = column("int16", 0, 32_000)
    shade: NDArray[np.int16] = column("int16", 0, 32_000)
    available_cm: NDArray[np.int64] = column("int64", 0, 10**10)
    price_idr: NDArray[np.int64] = column("int64", 0, 10**8)
    lead_days: NDArray[np.int32] = column("int32", 0, 365)
    min_cut_cm: NDArray[np.int64] = column("int64", 0, 10**9)
    x: NDArray[np.int64] = column("int64", -FAR, FAR)
    y: NDArray[np.int64] = column("int64", -FAR, FAR)


@dataclass(frozen=True, eq=False)
class Makers(Table):
    """Certified tailors. `skills`, `machines`: bit sets · `skill_until`: (makers, skills ≤ 64), last day on which the
    certificate of that skill holds, −1 without one; a skill counts when its bit is set and it holds on the due day ·
    `rate_idr`: per standard minute · `efficiency_permille` · `free_seconds`: (makers, weeks) · `defect_ppm` ·
    `x`, `y`, `reach_m`: farthest straight distance to the brand · `fair_credit`: permille, how far the maker is behind
    its fair share of work · `rush`: 1 when it takes rush orders."""

    noun = "makers"

    skills: NDArray[np.uint64] = column("uint64", 0, BITS)
    machines: NDArray[np.uint64] = column("uint64", 0, BITS)
    skill_until: NDArray[np.int32] = column("int32", -1, 10**8, width=0)
    rate_idr: NDArray[np.int64] = column("int64", 0, 10**6)
    efficiency_permille: NDArray[np.int64] = column("int64", 1, 5_000)
    free_seconds: NDArray[np.int64] = column("int64", 0, 604_800, width=0)
    defect_ppm: NDArray[np.int64] = column("int64", 0, 10**6)
    x: NDArray[np.int64] = column("int64", -FAR, FAR)
    y: NDArray[np.int64] = column("int64", -FAR, FAR)
    reach_m: NDArray[np.int64] = column("int64", 0, 2 * FAR)
    fair_credit: NDArray[np.int64] = column("int64", 0, 1_000, default=0)
    rush: NDArray[np.int8] = column("int8", 0, 1, default=0)


@dataclass(frozen=True, eq=False)
class Problem:
    """All four tables together; raises ProblemError when they do not fit each other."""

    orders: Orders
    brands: Brands
    lots: Lots
    makers: Makers

    def __post_init__(self) -> None:
        """Check what no table can check alone: weeks, skills, days and references."""
        _check_weeks(self)
        _check_days(self.orders)
        _check_references(self)

    @property
    def weeks(self) -> int:
        """The number of weeks that the capacities cover."""
        return int(self.makers.free_seconds.shape[1])

    def with_columns(self, changed: Mapping[str, Mapping[str, NDArray[Any]]]) -> Problem:
        """The same problem with other columns, by table and name, which are known to hold and to fit: unchecked."""
        other = object.__new__(Problem)
        vars(other).update(vars(self))
        for table, columns in changed.items():
            object.__setattr__(other, table, getattr(self, table).with_columns(**columns))
        return other

    def with_orders(self, orders: Orders) -> Problem:
        """The same problem with other orders, which are known to fit."""
        other = self.with_columns({})
        object.__setattr__(other, "orders", orders)
        return other

    def digest(self) -> str:
        """The sha256 of names, dtypes, shapes and values of all columns, in hexadecimal."""
        text = hashlib.sha256()
        for table in (self.orders, self.brands, self.lots, self.makers):
            for name in specs(table):
                array: NDArray[Any] = getattr(table, name)
                text.update(f"{table.noun}.{name} {array.dtype.str} {array.shape}\n".encode())
                text.update(np.ascontiguousarray(array).tobytes())
        return text.hexdigest()


def _check_weeks(problem: Problem) -> None:
    seconds, pieces = problem.makers.free_seconds.shape[1], problem.brands.free_pieces.shape[1]
    if seconds != pieces:
        raise ProblemError(f"brands.free_pieces: must have {seconds} weeks like makers.free_seconds, has {pieces}")
    if not seconds:
        raise ProblemError("makers.free_seconds: must have at least one week")
    if problem.makers.skill_until.shape[1] > 64:
        raise ProblemError(f"makers.skill_until: at most 64 skills, has {problem.makers.skill_until.shape[1]}")


def _check_days(orders: Orders) -> None:
    wrong = np.flatnonzero(orders.due_day < orders.ready_day)
    if wrong.size:
        row = int(wrong[0])
        raise ProblemError(f"orders.due_day row {row}: {orders.due_day[row]} is before ready_day")


def _check_references(problem: Problem) -> None:
    orders = problem.orders
    sizes = {"order": len(orders), "brand": len(problem.brands), "lot": len(problem.lots), "maker": len(problem.makers)}
    _within("orders.fixed_brand", orders.fixed_brand, "brand", sizes)
    _within("orders.pin_brand", orders.pin_brand, "brand", sizes)
    _within("orders.pin_lot", orders.pin_lot, "lot", sizes)
    for name, kind in (
        ("pins", "maker"),
        ("forbid_makers", "maker"),
        ("forbid_lots", "lot"),
        ("forbid_brands", "brand"),
    ):
        rows = getattr(orders, name)
        _within(f"orders.{name} column 0", rows[:, 0], "order", sizes)
        _within(f"orders.{name} column 1", rows[:, 1], kind, sizes)
    _check_pins(orders)


def _within(name: str, values: NDArray[Any], kind: str, sizes: dict[str, int]) -> None:
    wrong = np.flatnonzero(values >= sizes[kind])
    if wrong.size:
        row = int(wrong[0])
        raise ProblemError(f"{name} row {row}: there is no {kind} {values[row]}, only {sizes[kind]}")


def _check_pins(orders: Orders) -> None:
    if len(np.unique(orders.pins[:, :2], axis=0)) != len(orders.pins):
        raise ProblemError("orders.pins: the same order and maker stand twice")
    if (orders.pins[:, 2] < 1).any():
        raise ProblemError("orders.pins: a pinned share has no pieces")
    pinned = np.zeros(len(orders), dtype=np.int64)
    np.add.at(pinned, orders.pins[:, 0], orders.pins[:, 2])
    wrong = np.flatnonzero(pinned > orders.pieces)
    if wrong.size:
        row = int(wrong[0])
        raise ProblemError(f"orders.pins: order {row} has {orders.pieces[row]} pieces, {pinned[row]} are pinned")
