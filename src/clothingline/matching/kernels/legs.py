"""Legs between places: whole metres, days on the road, whole rupiah."""

from __future__ import annotations

from math import sqrt
from typing import Any

from .compiling import inlined
from .tables import BASE, DETOUR, PER_DAY, PER_KM


@inlined
def metres(dx: int, dy: int) -> int:
    """Straight metres, rounded down. The root is exact: squares of distances on earth stay below 2⁵³."""
    return int(sqrt(dx * dx + dy * dy))


@inlined
def leg_idr(rules: Any, straight: int) -> int:
    """Rupiah of a leg: a base, and each kilometre of road, rounded up. Never falls with distance."""
    road = straight * rules[DETOUR] // 1_000
    return rules[BASE] + (road * rules[PER_KM] + 999) // 1_000


@inlined
def leg_days(rules: Any, straight: int) -> int:
    """Days on the road. Never falls with distance."""
    return 1 + straight * rules[DETOUR] // 1_000 // rules[PER_DAY]


@inlined
def per_metre(rules: Any) -> float:
    """Value of a straight metre. A leg of m metres costs at least its base and m − 2 of these: rounding takes less."""
    return rules[DETOUR] * rules[PER_KM] * 1e-3
