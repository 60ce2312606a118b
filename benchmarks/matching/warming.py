"""Every kernel once, on problems so small that it takes no time but the compiler's."""

from time import perf_counter

import numpy as np

from benchmarks.matching import instances
from benchmarks.matching.asked import ask
from benchmarks.matching.events import happened
from benchmarks.matching.greedy import greedy
from benchmarks.matching.near import spots
from benchmarks.matching.relaxation import relaxation
from benchmarks.matching.relaxed import candidates
from clothingline.matching import Iterations, Params, route
from clothingline.matching.nearest import nearest_all
from clothingline.matching.search.asking import Asker
from clothingline.matching.search.assignment import assign
from clothingline.matching.world import lay

FEW, ITERATIONS = 2, 40
"""Of a matching in which something happens, and of one in which the local search begins."""


def warm() -> float:
    """Seconds that it took."""
    begun, params = perf_counter(), Params()
    for problem in (instances.pilot(1), instances.nation(1, 1 / 1_000)):
        greedy(problem, params)
        route(problem, params, Iterations(ITERATIONS))
        laid = lay(problem, params)
        ask(Asker(laid, exact=True), np.arange(3))
        asked = spots(problem, laid)
        nearest_all(laid, asked.kind, asked.x, asked.y, asked.within)
        happened(problem, FEW, 1, 1)
        assign(candidates(relaxation(problem, params)))
    return perf_counter() - begun
