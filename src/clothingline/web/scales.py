"""Numbers made ready for drawing: round steps, what fits on an axis, how a sum is shared, degrees on a plane."""

import itertools
import math
from collections.abc import Callable, Sequence

from clothingline.web.marks import Place

OnPlane = Callable[[float, float], tuple[float, float]]
SERIES = 5  # more cannot be told apart; the rest is one series
LABELS = 6  # as many names as a map has room for
LETTERS = 42  # as many letters as an axis has room for at 320 px


def plane(places: Sequence[Place]) -> tuple[OnPlane, tuple[float, float]]:
    """From degrees to the units of a map, and its size: a border all around, between 120 and 480 units high."""
    west, east = min(place.lon for place in places), max(place.lon for place in places)
    south, north = min(place.lat for place in places), max(place.lat for place in places)
    squeeze = math.cos(math.radians((south + north) / 2))
    unit = min(312 / max((east - west) * squeeze, 0.01), 432 / max(north - south, 0.01))
    tall = max((north - south) * unit + 48, 120)
    left, top = (360 - (east - west) * squeeze * unit) / 2, (tall - (north - south) * unit) / 2
    return (lambda lon, lat: (left + (lon - west) * squeeze * unit, top + (north - lat) * unit)), (360, tall)


def steps(most: float) -> list[float]:
    """Round numbers from zero until `most` is reached: three to six of them."""
    rough = max(most, 1e-9) / 4
    power = 10 ** math.floor(math.log10(rough))
    size = next(power * step for step in (1, 2, 5, 10) if power * step >= rough * 0.999)
    return [size * at for at in range(math.ceil(most / size - 1e-9) + 1)] if most > 0 else [0, 1]


def folded(series: dict[str, Sequence[float]], rest: str) -> dict[str, Sequence[float]]:
    """At most five series: the fifth of a longer list is the sum of all that did not fit."""
    if len(series) <= SERIES:
        return series
    names = list(series)
    over = [series[name] for name in names[SERIES - 1 :]]
    return {name: series[name] for name in names[: SERIES - 1]} | {
        rest: [sum(each) for each in zip(*over, strict=True)]
    }


def apart(levels: Sequence[float], least: float) -> list[float]:
    """The same levels in the same order, moved up until no two are nearer to each other than `least`."""
    moved = dict[int, float]()
    for at in sorted(range(len(levels)), key=lambda one: -levels[one]):
        moved[at] = min([levels[at], *(level - least for level in moved.values())])
    return [moved[at] for at in range(len(levels))]


def shares(values: Sequence[float]) -> list[tuple[float, float]]:
    """Points of the Lorenz curve, from (0, 0) to (1, 1)."""
    ordered, total = sorted(values), sum(values) or 1
    return [(at / len(ordered), sum(ordered[:at]) / total) for at in range(len(ordered) + 1)]


def gini(values: Sequence[float]) -> float:
    """Twice the area between the curve and equal parts: 0 all alike, towards 1 one has all."""
    curve = shares(values)
    below = sum((x2 - x1) * (y1 + y2) / 2 for (x1, y1), (x2, y2) in itertools.pairwise(curve))
    return 1 - 2 * below if sum(values) else 0


def shade(value: float, full: float) -> int:
    """0 for nothing, then 1 to 4 by quarters."""
    return min(4, max(0, math.ceil(4 * value / full))) if full else 0


def spread(labels: Sequence[str]) -> list[int]:
    """Which labels are written: all, or evenly as many as have room, the last one always."""
    room = max(1, LETTERS // (max(map(len, labels), default=0) + 1))
    return list(range(len(labels) - 1, -1, -math.ceil(len(labels) / room)))[::-1] if labels else []


def path(points: Sequence[tuple[float, float]]) -> str:
    """A path through points."""
    return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in points)
