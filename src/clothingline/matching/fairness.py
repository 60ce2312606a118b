"""Work shared fairly over time: who is behind its share, how uneven earnings are, and what evening them out costs.

The credit is whole numbers and part of a problem (`Makers.fair_credit`); the figures of a report are fractions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .problem import Makers
from .result import Matching

Whole = NDArray[np.int64]
Real = NDArray[np.float64]

WEEKS = 8
"""So many weeks count, the running one among them."""
NEAR_M = 50_000
"""Straight metres around a maker within which its work might have been offered to others."""
MOST_PERMILLE = 1_000
"""The credit of a maker to whom nothing of its share was offered."""
BLOCK = 256
"""Rows of offers that are compared with all makers at once."""


@dataclass(frozen=True, eq=False)
class Offered:
    """Work that was offered over some weeks, whatever was answered; one row a maker and set of skills.

    `maker`: row of the maker · `need_skills`: bit set that the work needed · `seconds`: of that maker's time.
    """

    maker: Whole
    need_skills: NDArray[np.uint64]
    seconds: Whole


def credit(
    makers: Makers, offered: Offered, declared: Whole, *, near_m: int = NEAR_M, most: int = MOST_PERMILLE
) -> Whole:
    """How far each maker is behind its share, (makers,) permille: most · max(0, share − had) / share, rounded down.

    `declared` (makers,): seconds of free time over the same weeks · had: seconds offered to the maker. Zero for who had
    its share or more, and for who declared nothing. It falls with what the maker itself is offered, and grows with what
    others near it are offered of work for which it is certified.
    """
    share, had = shares(makers, offered, declared, near_m=near_m), np.zeros(len(makers), dtype=np.int64)
    np.add.at(had, offered.maker, offered.seconds)
    permille: Whole = most * np.maximum(share - had, 0) // np.maximum(share, 1)
    return permille


def shares(makers: Makers, offered: Offered, declared: Whole, *, near_m: int = NEAR_M) -> Whole:
    """Seconds (makers,) that each would have been offered, had every piece of work been shared by declared time.

    Work w of maker m(w) is shared among the equally certified makers nearby, E(w) = {k : skills(k) ⊇ skills that w
    needs, |place(k) − place(m(w))| ≤ near_m}, m(w) among them. The share of i is Σ over w with i ∈ E(w) of
    seconds(w) · declared(i) / Σ over k ∈ E(w) of declared(k), each summand rounded down. A further certificate
    therefore never makes a share smaller. All makers are compared with all rows.
    """
    share = np.zeros(len(makers), dtype=np.int64)
    for begin in range(0, len(offered.maker), BLOCK):
        rows = slice(begin, begin + BLOCK)
        at, need = offered.maker[rows, None], offered.need_skills[rows, None]
        x, y = makers.x - makers.x[at], makers.y - makers.y[at]
        able = (x * x + y * y <= near_m * near_m) & (makers.skills & need == need)
        time = np.where(able, declared, 0)
        share += (offered.seconds[rows, None] * time // np.maximum(time.sum(axis=1, keepdims=True), 1)).sum(axis=0)
    return share


def lorenz(amounts: Whole, weights: Whole) -> tuple[Real, Real]:
    """The Lorenz curve of amount per weight: running shares of all weights and of all amounts, least per weight first.

    Both begin at 0 and end at 1. Who has no weight is left out; ValueError when nobody has any, or something is below
    zero. Where all amounts are zero the curve is the diagonal.
    """
    if (amounts < 0).any() or (weights < 0).any() or not (weights > 0).any():
        raise ValueError("amounts and weights must be zero or more, and one weight more than zero")
    kept = np.flatnonzero(weights > 0)
    order = kept[np.argsort(amounts[kept] / weights[kept], kind="stable")]
    people = np.concatenate([[0.0], weights[order].cumsum() / weights[order].sum()])
    total = int(amounts[order].sum())
    return people, np.concatenate([[0.0], amounts[order].cumsum() / total]) if total else people


def gini(amounts: Whole, weights: Whole) -> float:
    """Gini's coefficient of amount per weight: one less twice the area under the Lorenz curve (Gini 1914).

    0: all have the same per weight · towards 1: one of many has all. With earnings in rupiah and free hours it is that
    of earnings per free hour, each hour counted once.
    """
    people, amount = lorenz(amounts, weights)
    return float(max(1 - (np.diff(people) * (amount[1:] + amount[:-1])).sum(), 0.0))


def price_of_fairness(fair: Iterable[Matching], plain: Iterable[Matching]) -> float:
    """What the credit costs, as a share of the cost without it (Bertsimas, Farias and Trichakis 2011).

    `fair`: matchings found with the credit, `plain`: of the same orders with the credit switched off.
    """
    costs = [sum(cost_without_credit(one) for one in matchings) for matchings in (fair, plain)]
    return (costs[0] - costs[1]) / max(costs[1], 1)


def cost_without_credit(matching: Matching) -> int:
    """Rupiah: every part of all plans but the credit, and the reserves of the unmatched."""
    return matching.cost - sum(plan.parts.fairness_credit for plan in matching.plans if plan is not None)
