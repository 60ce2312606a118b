"""Invented adults: each measure lies between the smallest and the largest model body, where the body's size says."""

import random

from clothingline.reference import facts

# How far one measure of a real body strays from its size, in thousandths.
STRAY_PERMILLE = 40
# The model bodies are scaled in all directions alike, which people are not: the largest would be two metres ten.
TALLEST = 1_950


def body(chance: random.Random, sex: str) -> dict[str, int]:
    """Every measure that the model bodies have, and a height that goes with them."""
    size = chance.randint(0, 1000)
    values = {
        known.id: _stray(chance, _at(size, *span))
        for known in facts.measurements().values()
        if (span := _span(known, sex)) is not None
    }
    return values | {"height": min(_stray(chance, values["waist_to_floor"] * 1000 // 625), TALLEST)}


def _span(known: facts.Measurement, sex: str) -> tuple[int, int] | None:
    low = known.model_female_min_mm if sex == "female" else known.model_male_min_mm
    high = known.model_female_max_mm if sex == "female" else known.model_male_max_mm
    return None if low is None or high is None else (low, high)


def _at(size: int, low: int, high: int) -> int:
    return low + (high - low) * size // 1000


def _stray(chance: random.Random, value: int) -> int:
    return value * chance.randint(1000 - STRAY_PERMILLE, 1000 + STRAY_PERMILLE) // 1000
