"""Which makers, lots and brands can serve an order, how far apart they are, and what is still free."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from math import isqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .columns import ProblemError, Table
from .params import Params
from .problem import Problem
from .result import Plan

Mask = NDArray[np.bool_]
Whole = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Legs:
    """Legs between places: days on the road and rupiah, arrays of one shape."""

    metres: Whole
    """Straight."""
    days: Whole
    idr: Whole


@dataclass(frozen=True, eq=False)
class Index:
    """What is the same for every order. `kits`: (brands, makers) · `cloth`: (lots, brands) · `in_reach`: (brands,
    makers) · `per_day`: (makers, weeks) seconds of a single day, rounded down."""

    problem: Problem
    params: Params
    kits: Legs
    cloth: Legs
    in_reach: Mask
    per_day: Whole

    def within(self, problem: Problem) -> Index:
        """The index of another problem whose brands, lots and makers stand in the same places."""
        makers = problem.makers
        return replace(
            self, problem=problem, in_reach=self.kits.metres <= makers.reach_m, per_day=makers.free_seconds // 7
        )


PAIRS = 40_000_000
"""Pairs of brands with makers, or with lots, for which tables are made at most: half a gigabyte."""


class TooLarge(ProblemError):
    """A problem of which no tables of all pairs can be made."""


@lru_cache(maxsize=8)
def index_of(problem: Problem, params: Params) -> Index:
    """The index of a problem; kept for the last few problems, which are compared by identity. Raises TooLarge."""
    return indexed(problem, params)


def indexed(problem: Problem, params: Params) -> Index:
    """The index of a problem that is asked once; not kept. Raises TooLarge."""
    brands, lots, makers = problem.brands, problem.lots, problem.makers
    if len(brands) * max(len(makers), len(lots)) > PAIRS:
        raise TooLarge(f"{len(brands)} brands × {len(makers)} makers and {len(lots)} lots are too many for tables")
    kits = legs(params, brands.x[:, None], brands.y[:, None], makers.x, makers.y)
    cloth = legs(params, lots.x[:, None], lots.y[:, None], brands.x, brands.y)
    return Index(problem, params, kits, cloth, kits.metres <= makers.reach_m, makers.free_seconds // 7)


def legs(params: Params, x: Whole, y: Whole, to_x: Whole, to_y: Whole) -> Legs:
    """Legs between broadcast places. The root is exact: squares on earth stay below 2^53."""
    metres = np.sqrt(((x - to_x) ** 2 + (y - to_y) ** 2).astype(np.float64)).astype(np.int64)
    road = metres * params.detour_permille // 1_000
    idr = params.transport_base_idr - (-road * params.transport_idr_per_km // 1_000)
    return Legs(metres, 1 + road // params.transit_per_day_m, idr)


class Leg(NamedTuple):
    """One leg: straight metres, days on the road, rupiah."""

    metres: int
    days: int
    idr: int


def spot(table: Table, row: int) -> tuple[int, int]:
    """Where a row of orders, brands, lots or makers is."""
    return int(table.x[row]), int(table.y[row])  # type: ignore[attr-defined]  # every table of a problem has x and y


def leg(params: Params, one: tuple[int, int], other: tuple[int, int]) -> Leg:
    """`legs` between two places."""
    metres = isqrt((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2)
    road = metres * params.detour_permille // 1_000
    idr = params.transport_base_idr - (-road * params.transport_idr_per_km // 1_000)
    return Leg(metres, 1 + road // params.transit_per_day_m, idr)


def delivery_legs(index: Index, order: int) -> Legs:
    """From every brand to the destination of an order: (brands,)."""
    orders, brands = index.problem.orders, index.problem.brands
    return legs(index.params, brands.x, brands.y, orders.x[order], orders.y[order])


def maker_limits(problem: Problem, order: int) -> dict[str, Mask]:
    """By limit, who passes it (makers,): certificate, machine, rush, forbidden."""
    orders, makers = problem.orders, problem.makers
    need, machines = orders.need_skills[order], orders.need_machines[order]
    return {
        "certificate": (certified(problem, int(orders.due_day[order])) & need) == need,
        "machine": (makers.machines & machines) == machines,
        "rush": (makers.rush == 1) | (orders.rush[order] == 0),
        "forbidden": _allowed(len(makers), orders.forbid_makers, order),
    }


def certified(problem: Problem, due_day: int) -> NDArray[np.uint64]:
    """The skills of each maker (makers,) whose certificate still holds on a day."""
    until = problem.makers.skill_until
    bits = np.left_shift(np.uint64(1), np.arange(until.shape[1], dtype=np.uint64))
    held = np.where(until >= due_day, bits, np.uint64(0))
    return np.asarray(np.bitwise_or.reduce(held, axis=1, initial=np.uint64(0)) & problem.makers.skills)


def brand_limits(problem: Problem, order: int) -> dict[str, Mask]:
    """By limit, which brands pass it (brands,): family, chosen (fixed or pinned), forbidden."""
    orders, brands = problem.orders, problem.brands
    family = np.left_shift(np.uint64(1), np.uint64(orders.family[order]))
    return {
        "family": (brands.families & family) != 0,
        "chosen": _chosen(len(brands), orders.fixed_brand[order]) & _chosen(len(brands), orders.pin_brand[order]),
        "forbidden": _allowed(len(brands), orders.forbid_brands, order),
    }


def lot_limits(problem: Problem, order: int, free_cm: Whole) -> dict[str, Mask]:
    """By limit, which lots pass it (lots,): class, colour, chosen (pinned), forbidden, length of the cloth left."""
    orders, lots = problem.orders, problem.lots
    return {
        "class": lots.cloth_class == orders.cloth_class[order],
        "colour": (lots.colour == orders.colour[order]) | (orders.colour[order] == -1),
        "chosen": _chosen(len(lots), orders.pin_lot[order]),
        "forbidden": _allowed(len(lots), orders.forbid_lots, order),
        "length": bought_cm(problem, order) <= free_cm,
    }


def bought_cm(problem: Problem, order: int) -> Whole:
    """Cloth that an order buys from each lot (lots,): what it needs, at least the lot's least cut."""
    need = problem.orders.pieces[order] * problem.orders.cloth_cm[order]
    return np.asarray(np.maximum(need, problem.lots.min_cut_cm))


def passing(limits: dict[str, Mask]) -> Whole:
    """The numbers of those who pass every limit, ascending."""
    return np.flatnonzero(np.logical_and.reduce(list(limits.values())))


def _chosen(size: int, wanted: np.int32) -> Mask:
    return np.asarray((np.arange(size) == wanted) | (wanted == -1))


def _allowed(size: int, pairs: Whole, order: int) -> Mask:
    allowed = np.ones(size, dtype=np.bool_)
    allowed[pairs[pairs[:, 0] == order, 1]] = False
    return allowed


@dataclass(eq=False)
class Remaining:
    """What is still free: `seconds` (makers, weeks), `pieces` (brands, weeks), `cm` (lots,)."""

    seconds: Whole
    pieces: Whole
    cm: Whole

    @staticmethod
    def of(problem: Problem) -> Remaining:
        """All that the problem offers."""
        return Remaining(
            problem.makers.free_seconds.copy(), problem.brands.free_pieces.copy(), problem.lots.available_cm.copy()
        )

    def take(self, plan: Plan, times: int = 1) -> None:
        """Use what a plan needs; `times=-1` gives it back."""
        for share in plan.shares:
            for week, seconds in share.seconds:
                self.seconds[share.maker, week] -= times * seconds
        self.pieces[plan.brand, plan.cut_start_day // 7] -= times * sum(share.pieces for share in plan.shares)
        self.cm[plan.lot] -= times * plan.cloth_cm

    def fits(self, plan: Plan) -> bool:
        """Whether all that a plan needs is still free."""
        enough = all(self.seconds[s.maker, week] >= used for s in plan.shares for week, used in s.seconds)
        pieces = sum(share.pieces for share in plan.shares)
        return (
            enough and self.cm[plan.lot] >= plan.cloth_cm and self.pieces[plan.brand, plan.cut_start_day // 7] >= pieces
        )
