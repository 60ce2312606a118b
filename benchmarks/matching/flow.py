"""OR-Tools' minimum-cost flow on the assignment relaxation."""

import time
from dataclasses import dataclass

import numpy as np
from ortools.graph.python import min_cost_flow

from benchmarks.matching.relaxation import Relaxation


@dataclass(frozen=True)
class Flow:
    """The exact answer of `SimpleMinCostFlow`. `built`, `solved`: seconds of writing the graph and of solving it."""

    cost: int
    unmatched: int
    arcs: int
    built: float
    solved: float


def solve(graph: Relaxation) -> Flow:
    """Orders send one unit each, through one of their makers or straight to the sink at their reserve."""
    begun = time.perf_counter()
    orders, sink = len(graph.reserve), len(graph.reserve)
    order, arc = np.nonzero(graph.maker >= 0)
    asked, node = np.unique(graph.maker[order, arc], return_inverse=True)
    everyone, nobody = np.arange(orders), np.full(orders, sink)
    tail = np.concatenate([order, everyone, sink + 1 + np.arange(len(asked))]).astype(np.int32)
    head = np.concatenate([sink + 1 + node, nobody, np.full(len(asked), sink)]).astype(np.int32)
    most = np.concatenate([np.ones(len(order) + orders, dtype=np.int64), graph.capacity[asked]])
    idr = np.concatenate([graph.idr[order, arc], graph.reserve, np.zeros(len(asked), dtype=np.int64)])
    solver = min_cost_flow.SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(tail, head, most, idr)
    solver.set_nodes_supplies(
        np.arange(orders + 1, dtype=np.int32), np.append(np.ones(orders, dtype=np.int64), -orders)
    )
    built = time.perf_counter()
    status = solver.solve()
    solved = time.perf_counter()
    assert status == solver.OPTIMAL, status
    alone = solver.flows(arcs[len(order) : len(order) + orders])
    return Flow(solver.optimal_cost(), int(alone.sum()), len(order), built - begun, solved - built)
