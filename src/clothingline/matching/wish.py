"""What one order asks of the engine."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from .result import Prices

NEVER = 1 << 60
"""The value of what cannot be; sums of two still fit."""


class Objective(Enum):
    """What is minimised: all parts of the cost, only the paid ones, or expected defects before all parts."""

    COST = "cost"
    PAID = "paid"
    QUALITY = "quality"


@dataclass(frozen=True)
class Wish:
    """What one order is asked: at which prices, for which objective, until when, and with whom."""

    order: int
    prices: Prices | None = None
    objective: Objective = Objective.COST
    deadline: int | None = None
    """A day of delivery before the due day, or None."""
    must: int | None = None
    """A maker who has to be part of the plan, or None."""
