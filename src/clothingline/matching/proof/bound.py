"""The lower bound that prices prove: Σ min(reserve, cheapest plan at these prices) − Σ price × free amount."""

from __future__ import annotations

import numpy as np

from clothingline.matching.params import Params
from clothingline.matching.problem import Problem
from clothingline.matching.result import Prices

from .least import EXACT, OWN_DAY, Scene, least_value
from .places import MILLI


def proved_bound(problem: Problem, params: Params, prices: Prices, claimed: int | None = None) -> int:
    """The bound in whole rupiah, rounded up, for every matching costs whole rupiah.

    Orders are reckoned exactly only until the claim is reached; all of them when nothing is claimed or it is not."""
    scene, worth = Scene.of(problem, params, prices), _worth(problem, prices)
    goal = EXACT if claimed is None else OWN_DAY
    value = [least_value(scene, order, goal) for order in range(len(problem.orders))]
    total = sum(value)
    for order in _shared(problem) if goal < EXACT else ():
        if claimed is None or -((worth - total) // MILLI) >= claimed:
            break
        total += least_value(scene, order, EXACT) - value[order]
    return -((worth - total) // MILLI)


def _worth(problem: Problem, prices: Prices) -> int:
    """What all that is free is worth, in thousandths; more than half of a week or a lot is free once."""
    return (
        int((prices.second * problem.makers.free_seconds).sum())
        + int((prices.piece * problem.brands.free_pieces).sum())
        + int((prices.cm * problem.lots.available_cm).sum())
        + int(prices.large_piece[problem.brands.free_pieces > 0].sum())
        + int(prices.large_cm[problem.lots.available_cm > 0].sum())
    )


def _shared(problem: Problem) -> list[int]:
    """The orders that several makers may share, of which reckoning exactly tells more; the short ones first."""
    several = np.flatnonzero((problem.orders.pieces > 1) & (problem.orders.max_makers > 1))
    return [int(order) for order in several[np.argsort(problem.orders.pieces[several], kind="stable")]]
