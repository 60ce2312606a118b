"""Plans that are known so far, and prices that fit them: a Lagrangian dual over a pool of columns.

Scarce things stand in one row: maker-weeks, then brand-weeks, then lots. Prices are whole thousandths of a rupiah.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clothingline.matching.index import Remaining, Whole
from clothingline.matching.problem import Problem
from clothingline.matching.result import PRICE_UNIT, Plan, Prices, shapes

STEPS = 120
"""Steps on the pool between two exact passes."""
PATIENCE = 12
"""Steps without a better value after which the step is halved."""


@dataclass(frozen=True, eq=False)
class Columns:
    """The pool as arrays: `owner`, `cost` (C,), and the use of scarce things as runs that begin at `first` (C,)."""

    owner: Whole
    cost: Whole
    first: Whole
    thing: Whole
    amount: Whole
    segment: Whole
    """Where each owner's columns begin."""


class Pool:
    """Plans by order, each once."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.plans: list[dict[object, Plan]] = [{} for _ in range(len(problem.orders))]

    def add(self, plans: list[Plan]) -> None:
        """Enter plans that are not there yet."""
        for plan in plans:
            self.plans[plan.order].setdefault(identity(plan), plan)

    def columns(self) -> Columns:
        """All plans as arrays, by order."""
        plans = [plan for mine in self.plans for plan in mine.values()]
        uses = [list(use_of(self.problem, plan)) for plan in plans]
        lengths = np.array([len(use) for use in uses], dtype=np.int64)
        flat = np.array([pair for use in uses for pair in use], dtype=np.int64).reshape(-1, 2)
        owner = np.array([plan.order for plan in plans], dtype=np.int64)
        cost = PRICE_UNIT * np.array([plan.cost for plan in plans], dtype=np.int64)
        first = np.cumsum(lengths) - lengths
        segment = np.flatnonzero(np.diff(owner, prepend=-1))
        return Columns(owner, cost, first, flat[:, 0], flat[:, 1], segment)


def identity(plan: Plan) -> tuple[object, ...]:
    """What tells two plans of one order apart: place, cutting, and every share with its weeks."""
    return plan.brand, plan.lot, plan.cut_start_day, plan.shares


def use_of(problem: Problem, plan: Plan) -> list[tuple[int, int]]:
    """(scarce thing, amount) of a plan."""
    weeks, makers, brands = problem.weeks, len(problem.makers), len(problem.brands)
    seconds = [(share.maker * weeks + week, used) for share in plan.shares for week, used in share.seconds]
    pieces = sum(share.pieces for share in plan.shares)
    at_brand = (makers + plan.brand) * weeks + plan.cut_start_day // 7
    return [*seconds, (at_brand, pieces), ((makers + brands) * weeks + plan.lot, plan.cloth_cm)]


def one_row(second: Whole, piece: Whole, cm: Whole) -> Whole:
    """Three arrays of scarce things in one row."""
    return np.concatenate([second.ravel(), piece.ravel(), cm])


def prices_from(problem: Problem, row: Whole) -> Prices:
    """The row of prices as the three arrays of a problem."""
    second, piece, _ = shapes(problem)
    ends = np.cumsum([int(np.prod(second)), int(np.prod(piece))])
    parts = np.split(row, ends)
    return Prices(parts[0].reshape(second).copy(), parts[1].reshape(piece).copy(), parts[2].copy())


def row_of(prices: Prices) -> Whole:
    """The prices in one row."""
    return one_row(prices.second, prices.piece, prices.cm)


def better_prices(pool: Pool, prices: Prices, best_cost: int) -> tuple[Prices, int]:
    """Prices at which the pool's dual value is highest, found by Polyak's subgradient steps towards `best_cost`
    (Held, Wolfe and Crowder 1974), with each scarce thing measured by its free amount; and that value in rupiah, above
    which no exact pass can come by much while the pool stays as it is."""
    problem, columns = pool.problem, pool.columns()
    free = Remaining.of(problem)
    capacity, row = one_row(free.seconds, free.pieces, free.cm), row_of(prices)
    reserve = PRICE_UNIT * problem.orders.reserve_idr
    best_row, best_value, since, pace = row, -(1 << 62), 0, 1_000
    for _ in range(STEPS):
        value, over = _dual(columns, reserve, capacity, row)
        since += 1
        if value > best_value:
            best_row, best_value, since = row, value, 0
        if since >= PATIENCE:
            row, since, pace = best_row, 0, pace // 2
            _, over = _dual(columns, reserve, capacity, row)
        over = np.where((row == 0) & (over < 0), 0, over)
        row = _moved(row, over, capacity, pace * max(PRICE_UNIT * best_cost - value, 0) // PRICE_UNIT**2)
    return prices_from(problem, best_row), best_value // PRICE_UNIT


def _dual(columns: Columns, reserve: Whole, capacity: Whole, row: Whole) -> tuple[int, Whole]:
    """The dual value at prices, and by how much each scarce thing is asked for above what is free."""
    priced = columns.cost + np.add.reduceat(row[columns.thing] * columns.amount, columns.first)
    owners = columns.owner[columns.segment]
    least = np.minimum.reduceat(priced, columns.segment)
    full = np.full(len(reserve), 1 << 62, dtype=np.int64)
    full[owners] = least
    at_best = np.flatnonzero(priced == full[columns.owner])
    _, first = np.unique(columns.owner[at_best], return_index=True)
    chosen = at_best[first]
    chosen = chosen[priced[chosen] < reserve[columns.owner[chosen]]]
    asked = np.zeros(len(row), dtype=np.int64)
    mine = np.isin(_column_of_use(columns), chosen)
    np.add.at(asked, columns.thing[mine], columns.amount[mine])
    return int(np.minimum(full, reserve).sum() - (row * capacity).sum()), asked - capacity


def _column_of_use(columns: Columns) -> Whole:
    return np.repeat(np.arange(len(columns.cost)), np.diff(columns.first, append=len(columns.thing)))


def _moved(row: Whole, over: Whole, capacity: Whole, missing: int) -> Whole:
    """One step: `missing` rupiah spread by relative excess, measured in thousandths of the capacity."""
    excess = over * 1_000 // np.maximum(capacity, 1)
    norm = max(1, int((excess * excess).sum()) // 1_000)
    change = missing * excess // norm * PRICE_UNIT // np.maximum(capacity, 1)
    return np.asarray(np.maximum(row + change, 0))
