"""When a search ends. A criterion is called once an iteration with the best cost so far."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol


class Stop(Protocol):
    """Says whether the search should end."""

    def __call__(self, best_cost: int) -> bool:
        """True when the search should end now; `best_cost` is in rupiah."""


class Iterations:
    """Ends after a number of iterations; the only criterion that gives the same answer every time."""

    def __init__(self, most: int) -> None:
        if most < 0:
            raise ValueError(f"iterations: must be zero or more, is {most}")
        self.most = most
        self.done = 0

    def __call__(self, best_cost: int) -> bool:
        """True from the call after the last iteration on."""
        self.done += 1
        return self.done > self.most


class Never:
    """Leaves the end to the search itself: no better answer in sight, or a gap of zero."""

    def __call__(self, best_cost: int) -> bool:
        """Always False."""
        return False


class Until:
    """Ends when a clock that is passed in reaches an instant; the answer may then differ from machine to machine."""

    def __init__(self, clock: Callable[[], float], instant: float) -> None:
        self.clock = clock
        self.instant = instant

    def __call__(self, best_cost: int) -> bool:
        """True once the clock has reached the instant."""
        return self.clock() >= self.instant
