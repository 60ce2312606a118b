"""What the engine answers: plans with their parts, the matching of all orders, and the prices behind it."""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from .problem import Problem

PRICE_UNIT = 1_000
"""Prices are whole thousandths of a rupiah."""

PAID = {
    "brand_fee": True,
    "cloth": True,
    "sewing_pay": True,
    "set_up": True,
    "transport": True,
    "defects": False,
    "lateness_risk": False,
    "fairness_credit": False,
}
"""Whether somebody pays a part (True) or it only steers the choice (False)."""


@dataclass(frozen=True, slots=True)
class CostParts:
    """The cost of a plan in whole rupiah by part; `PAID` says which parts are paid. The credit is zero or negative."""

    brand_fee: int
    cloth: int
    sewing_pay: int
    set_up: int
    transport: int
    defects: int
    lateness_risk: int
    fairness_credit: int

    def items(self) -> list[tuple[str, int, bool]]:
        """Each part as (name, rupiah, paid)."""
        return [(f.name, getattr(self, f.name), PAID[f.name]) for f in fields(self)]

    @property
    def cost(self) -> int:
        """The sum of all parts."""
        return sum(astuple(self))

    @property
    def paid(self) -> int:
        """The sum of the parts that somebody pays."""
        return sum(amount for _, amount, paid in self.items() if paid)


@dataclass(frozen=True, slots=True)
class Share:
    """One maker's part of an order."""

    maker: int
    pieces: int
    seconds: tuple[tuple[int, int], ...]
    """(week, seconds used), weeks ascending."""
    pay_idr: int
    """Sewing pay of all pieces, without the set-up."""
    kit_day: int
    """The day on which kits arrive and sewing may start."""
    sewn_day: int
    """The last day of sewing."""
    returned_day: int
    """The day on which the pieces are back at the brand, slack included."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How one order is made: one brand, one lot, one or more makers, with its timeline and the parts of its cost."""

    order: int
    brand: int
    lot: int
    cloth_cm: int
    """Cloth bought from the lot: what the pieces need, at least the lot's least cut."""
    shares: tuple[Share, ...]
    """By maker number."""
    ready_day: int
    cloth_day: int
    """Cloth is at the brand."""
    cut_start_day: int
    cut_day: int
    """Kits leave the brand."""
    sewn_day: int
    """The last maker is done."""
    returned_day: int
    """All pieces are back at the brand."""
    finish_day: int
    """The brand is done and hands over to the courier."""
    p50_day: int
    """Delivery as it usually goes."""
    p90_day: int
    """Delivery as promised; never after the due day."""
    defect_ppm: int
    """Expected defects of a piece, averaged over the pieces, rounded up."""
    parts: CostParts
    labels: tuple[str, ...] = ()
    """Of a quote: any of cheapest, balanced, soonest, best_quality."""

    @property
    def cost(self) -> int:
        """The cost in whole rupiah: the sum of all parts."""
        return self.parts.cost

    @property
    def paid(self) -> int:
        """What is paid in whole rupiah: the cost without the parts that only steer."""
        return self.parts.paid

    @property
    def delivery_day(self) -> int:
        """The promised day of delivery."""
        return self.p90_day

    @property
    def makers(self) -> tuple[int, ...]:
        """The makers of the plan, ascending."""
        return tuple(share.maker for share in self.shares)

    @property
    def key(self) -> tuple[int, int, tuple[tuple[int, int], ...]]:
        """Brand, lot, and pieces by maker: what makes two plans the same offer."""
        return self.brand, self.lot, tuple((share.maker, share.pieces) for share in self.shares)


@dataclass(frozen=True, eq=False)
class Prices:
    """A price ≥ 0 for each scarce thing, in thousandths of a rupiah: `second` (makers, weeks) for a maker's second,
    `piece` (brands, weeks) for a brand's piece, `cm` (lots,) for a centimetre of cloth; `large_piece` (brands, weeks)
    and `large_cm` (lots,) once for whoever takes more than half of what is free of them. All int64."""

    second: NDArray[np.int64]
    piece: NDArray[np.int64]
    cm: NDArray[np.int64]
    large_piece: NDArray[np.int64]
    large_cm: NDArray[np.int64]

    @staticmethod
    def zero(problem: Problem) -> Prices:
        """Prices at which nothing is scarce."""
        return Prices(*(np.zeros(shape, dtype=np.int64) for shape in shapes(problem)))

    def of(self, problem: Problem, plan: Plan) -> int:
        """What a plan's use of scarce things is worth, in thousandths of a rupiah."""
        seconds = sum(int(self.second[s.maker, week]) * used for s in plan.shares for week, used in s.seconds)
        pieces, week = sum(share.pieces for share in plan.shares), (plan.brand, plan.cut_start_day // 7)
        worth = seconds + int(self.piece[week]) * pieces + int(self.cm[plan.lot]) * plan.cloth_cm
        if 2 * pieces > problem.brands.free_pieces[week]:
            worth += int(self.large_piece[week])
        if 2 * plan.cloth_cm > problem.lots.available_cm[plan.lot]:
            worth += int(self.large_cm[plan.lot])
        return worth

    def worth(self, problem: Problem) -> int:
        """What all that is free is worth at these prices, in thousandths of a rupiah."""
        return int(
            (self.second * problem.makers.free_seconds).sum()
            + (self.piece * problem.brands.free_pieces).sum()
            + (self.cm * problem.lots.available_cm).sum()
            + self.large_piece[problem.brands.free_pieces > 0].sum()
            + self.large_cm[problem.lots.available_cm > 0].sum()
        )


def shapes(problem: Problem) -> tuple[tuple[int, ...], ...]:
    """The shapes of the five price arrays of a problem."""
    piece, cm = problem.brands.free_pieces.shape, problem.lots.available_cm.shape
    return problem.makers.free_seconds.shape, piece, cm, piece, cm


@dataclass(frozen=True, eq=False)
class Matching:
    """The answer for all orders. `bound` is a true lower bound on the cost of any matching, proved by `prices`."""

    plans: tuple[Plan | None, ...]
    """By order number; None: unmatched, which costs the order's reserve."""
    cost: int
    bound: int
    status: str
    """`optimal` when the gap is zero, else `feasible`."""
    prices: Prices
    params_digest: str
    iterations: int = 0

    @property
    def gap(self) -> int:
        """Rupiah by which the cost may at most be above the best possible."""
        return self.cost - self.bound

    @property
    def gap_ppm(self) -> int:
        """The gap as millionths of the cost, rounded up."""
        return -(-self.gap * 1_000_000 // max(1, self.cost))

    @property
    def unmatched(self) -> tuple[int, ...]:
        """The orders without a plan."""
        return tuple(order for order, plan in enumerate(self.plans) if plan is None)
