"""Seeded problems from the real regencies: `pilot`, `province`, and the `nation` or a part of it."""

from collections.abc import Callable

import numpy as np

from benchmarks.matching import demand, land, supply
from benchmarks.matching.kinds import kinds
from benchmarks.matching.land import Land
from benchmarks.matching.sizes import NATION, PILOT, PROVINCE, Size
from clothingline.matching import Problem


def pilot(seed: int) -> Problem:
    """Sixty orders in two neighbouring regencies of Java."""
    return instance(PILOT, seed)


def province(seed: int) -> Problem:
    """A thousand orders in one province of Java."""
    return instance(PROVINCE, seed)


def nation(seed: int, part: float = 1) -> Problem:
    """A hundred thousand orders in all regencies. Of a part both sides shrink and the density stays: it is that part of
    everything, in the regencies nearest to the centre of Java that hold this part of the people."""
    return instance(NATION.part(part), seed, land.nation(part))


def named(part: float) -> str:
    """What a part of the nation is called."""
    return "the nation" if part == 1 else f"1/{1 / part:g} of the nation"


def instance(size: Size, seed: int, where: Land | None = None) -> Problem:
    """A problem of a size; the same seed gives the same digest. `where` defaults to the land of the named size."""
    where = where or LANDS[size.name](seed)
    kind, draws = kinds(), [np.random.default_rng([seed, table]) for table in range(5)]
    orders, regency = demand.wanted(draws[0], size, where, kind)
    brands, homes = supply.brands(draws[1], size, where, orders)
    lots = supply.lots(draws[2], size, where, orders, kind)
    makers = supply.makers(draws[3], size, where, kind)
    orders = demand.asked_by_name(draws[4], orders, regency, brands, homes)
    return Problem(orders, brands, lots, makers)


LANDS: dict[str, Callable[[int], Land]] = {
    "pilot": land.neighbourhood,
    "province": land.province,
    "nation": lambda _: land.nation(),
}
