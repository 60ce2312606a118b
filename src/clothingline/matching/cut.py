"""A problem cut down to one order and to the brands, lots and makers that are looked at, so that tables of all pairs
are small whatever the size of the whole."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from .columns import specs
from .index import Index, Remaining, Whole, indexed
from .params import Params
from .problem import Orders, Problem
from .result import Plan


@dataclass(frozen=True, eq=False)
class Cut:
    """One order, some brands, lots and makers (their numbers in the whole, ascending); all of them are known to pass
    the limits that concern one of them alone, which are not asked for again."""

    index: Index
    left: Remaining
    order: int
    brands: Whole
    lots: Whole
    makers: Whole

    def outside(self, plan: Plan) -> Plan:
        """A plan of the cut in the numbers of the whole."""
        shares = tuple(replace(share, maker=int(self.makers[share.maker])) for share in plan.shares)
        brand, lot = int(self.brands[plan.brand]), int(self.lots[plan.lot])
        return replace(plan, order=self.order, brand=brand, lot=lot, shares=shares)


def cut(problem: Problem, params: Params, left: Remaining, order: int, rows: tuple[Whole, Whole, Whole]) -> Cut:
    """An order with some brands, lots and makers (their numbers, ascending) in what is left."""
    brands, lots, makers = rows
    tables = {"brands": brands, "lots": lots, "makers": makers}
    columns = {
        table: {n: getattr(getattr(problem, table), n)[r] for n in specs(getattr(problem, table))}
        for table, r in tables.items()
    }
    some = problem.with_columns(columns).with_orders(_alone(problem.orders, order, makers))
    rest = Remaining(left.seconds[makers], left.pieces[brands], left.cm[lots])
    return Cut(indexed(some, params), rest, order, brands, lots, makers)


def _alone(orders: Orders, order: int, makers: Whole) -> Orders:
    """The order as number 0, free of the limits that everybody in the cut passes; pins by their numbers there."""
    mine, one = orders.only(order), np.full(1, -1, dtype=np.int32)
    pins = mine.pins.copy()
    pins[:, 1] = np.searchsorted(makers, pins[:, 1])
    none = np.zeros((0, 2), dtype=np.int64)
    return mine.with_columns(
        need_skills=np.zeros(1, dtype=np.uint64),
        need_machines=np.zeros(1, dtype=np.uint64),
        rush=np.zeros(1, dtype=np.int8),
        fixed_brand=one.copy(),
        pin_brand=one.copy(),
        pin_lot=one.copy(),
        pins=pins,
        forbid_makers=none.copy(),
        forbid_lots=none.copy(),
        forbid_brands=none.copy(),
    )
