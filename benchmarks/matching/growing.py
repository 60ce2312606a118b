"""How time grows with size: laying a problem out and asking every order once, exactly, at zero prices."""

from collections.abc import Iterator, Sequence

import numpy as np

from benchmarks.matching import instances
from benchmarks.matching.extents import Extent
from benchmarks.matching.rows import Row, watched
from clothingline.matching import Params
from clothingline.matching.search.asking import Asker
from clothingline.matching.search.plans import Plans
from clothingline.matching.search.prices import Pricing
from clothingline.matching.world import lay

SEED, EXPONENT = 1, 1.15


def growth(extent: Extent) -> Iterator[Row]:
    """A row for each part of the nation, the smallest first."""
    for part in extent.growth:
        yield _pass(part)


def exponent(rows: Sequence[Row]) -> float:
    """k of time ~ n^k: the slope of the logarithms by least squares."""
    sizes = [int(row.instance.split()[0].replace(",", "")) for row in rows]
    return float(np.polyfit(np.log(sizes), np.log([row.seconds for row in rows]), 1)[0])


def _pass(part: float) -> Row:
    problem = instances.nation(SEED, part)
    with watched() as watch:
        asker = Asker(lay(problem, Params()), exact=False)
        bound = Pricing(asker, Plans(asker)).bound
    return Row(
        part="growth",
        peer="engine",
        instance=f"{len(problem.orders):,} orders",
        seed=SEED,
        budget="laid, one exact pass",
        **vars(watch),
        bound=bound,
        note="bound at zero prices",
    )
