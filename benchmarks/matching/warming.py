"""Every kernel once, on problems so small that it takes no time but the compiler's."""

from time import perf_counter

import numpy as np

from benchmarks.matching import instances
from benchmarks.matching.asked import ask
from benchmarks.matching.greedy import greedy
from benchmarks.matching.relaxation import relaxation
from benchmarks.matching.relaxed import candidates
from clothingline.matching import Iterations, Params, route
from clothingline.matching.search.asking import Asker
from clothingline.matching.search.assignment import assign
from clothingline.matching.world import lay

ITERATIONS = 40
"""Enough that the local search begins."""


def warm() -> float:
    """Seconds that it took."""
    begun, params = perf_counter(), Params()
    for problem in (instances.pilot(1), instances.nation(1, 1 / 1_000)):
        greedy(problem, params)
        route(problem, params, Iterations(ITERATIONS))
        ask(Asker(lay(problem, params), exact=True), np.arange(3))
        assign(candidates(relaxation(problem, params)))
    return perf_counter() - begun
