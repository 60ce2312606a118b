"""Where people live: the real regencies on one plane, and places scattered in them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clothingline.reference import facts
from clothingline.reference.distances import plane_xy
from clothingline.reference.facts import Regency

Whole = NDArray[np.int64]
Real = NDArray[np.float64]
CENTRE = "33.74"
"""Semarang; a part of the nation is the regencies nearest to it."""
JAVA = ("32", "33", "35")
"""The large provinces of Java."""


@dataclass(frozen=True)
class Land:
    """Regencies as arrays of one length: centres and radii in metres, people, and 1 for a town (kota)."""

    x: Whole
    y: Whole
    radius: Real
    people: Real
    town: Whole

    def __len__(self) -> int:
        return len(self.x)

    @classmethod
    def of(cls, regencies: Sequence[Regency]) -> "Land":
        """The land of some regencies."""
        at = np.array([plane_xy(one.lat_micro, one.lon_micro) for one in regencies])
        return cls(
            at[:, 0],
            at[:, 1],
            np.sqrt([one.area_m2 / np.pi for one in regencies]),
            np.array([float(one.population) for one in regencies]),
            np.array([int(one.kind == "kota") for one in regencies]),
        )


def province(seed: int) -> Land:
    """One of the large provinces of Java."""
    code = JAVA[seed % len(JAVA)]
    return Land.of([one for one in facts.regencies().values() if one.province_code == code])


def neighbourhood(seed: int, count: int = 2) -> Land:
    """A regency of Java and its nearest neighbour."""
    java = [one for one in facts.regencies().values() if one.province_code in JAVA]
    return Land.of(_by_distance(java, java[seed * 7 % len(java)])[:count])


def nation(part: float = 1) -> Land:
    """All regencies, or those nearest to the centre of Java that hold this part of the people."""
    near = _by_distance(list(facts.regencies().values()), facts.regencies()[CENTRE])
    people = np.cumsum([one.population for one in near])
    return Land.of(near[: int(np.searchsorted(people, part * people[-1])) + 1])


def _by_distance(regencies: list[Regency], centre: Regency) -> list[Regency]:
    x, y = plane_xy(centre.lat_micro, centre.lon_micro)
    at = np.array([plane_xy(one.lat_micro, one.lon_micro) for one in regencies])
    order = np.argsort((at[:, 0] - x) ** 2 + (at[:, 1] - y) ** 2, kind="stable")
    return [regencies[row] for row in order]


def settled(draw: np.random.Generator, land: Land, count: int, *, towns: float, uneven: float) -> Whole:
    """The regency (count,) of each, by people; a town counts `towns` times, and chance differs by e^±`uneven`."""
    weight = land.people * np.where(land.town == 1, towns, 1.0) * draw.lognormal(0, uneven, len(land))
    return np.sort(draw.choice(len(land), count, p=weight / weight.sum()))


def scattered(draw: np.random.Generator, land: Land, regency: Whole) -> tuple[Whole, Whole]:
    """A place in each regency, denser toward its centre: its distance from there is uniform up to the radius."""
    far, turn = land.radius[regency] * draw.random(len(regency)), draw.uniform(0, 2 * np.pi, len(regency))
    return _whole(land.x[regency] + far * np.cos(turn)), _whole(land.y[regency] + far * np.sin(turn))


def gathered(draw: np.random.Generator, x: Whole, y: Whole, share: float, size: int) -> tuple[Whole, Whole]:
    """The same places, of which a share has moved together: runs of `size` neighbours in the list, about 1 km wide."""
    rows = np.arange(len(x))
    moved = draw.random(len(x) // size + 1)[rows // size] < share
    middle = np.minimum(rows // size * size, len(x) - 1)
    near_x, near_y = (_whole(draw.normal(at[middle], 1_000)) for at in (x, y))
    return np.where(moved, near_x, x), np.where(moved, near_y, y)


def _whole(values: Real) -> Whole:
    return np.rint(values).astype(np.int64)
