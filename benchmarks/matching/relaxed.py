"""The assignment relaxation: the engine's auction, and minimum-cost flow on the same graph."""

from collections.abc import Iterator
from importlib import import_module

import numpy as np

from benchmarks.matching import extras, instances
from benchmarks.matching.extents import Extent
from benchmarks.matching.relaxation import Relaxation, relaxation
from benchmarks.matching.rows import Row, watched
from clothingline.matching import Params
from clothingline.matching.search.assignment import Candidates, assign

SEED, GAP, TIMES = 1, 0.005, 10


def assignments(extent: Extent) -> Iterator[Row]:
    """The engine to a certified gap, and OR-Tools to the optimum."""
    graph = relaxation(instances.nation(SEED, extent.assignment), Params())
    engine = _engine(graph)
    yield engine
    if extras.installed("ortools"):
        yield _flow(graph, engine)


def candidates(graph: Relaxation) -> Candidates:
    """The same graph, the arcs of one order after the other."""
    kept = graph.maker >= 0
    first = np.concatenate([[0], np.cumsum(kept.sum(axis=1))])
    return Candidates(first, graph.maker[kept], graph.idr[kept], graph.reserve, graph.capacity)


def _engine(graph: Relaxation) -> Row:
    asked = candidates(graph)
    with watched() as watch:
        found = assign(asked)
    return Row(
        part="assignment",
        peer="engine",
        instance=f"{len(graph.reserve):,} orders, {len(asked.maker):,} arcs",
        seed=SEED,
        budget=f"gap ≤ {GAP:.1%}",
        **vars(watch),
        cost=found.cost,
        bound=found.bound,
        gap=found.gap / max(1, found.cost),
        ratio=1.0,
        bar=f"certified gap ≤ {GAP:.1%}",
        reached=found.gap <= GAP * found.cost,
        note=f"{int((found.maker < 0).sum()):,} unmatched, {found.phases} phases, {found.bids:,} bids",
    )


def _flow(graph: Relaxation, engine: Row) -> Row:
    """Timed around solving alone. Loaded when it is asked: its HiGHS and that of highspy do not go together."""
    flow = import_module("benchmarks.matching.flow")
    with watched() as watch:
        found = flow.solve(graph)
    return Row(
        part="assignment",
        peer="OR-Tools SimpleMinCostFlow",
        instance=engine.instance,
        seed=engine.seed,
        budget="to the optimum",
        seconds=found.solved,
        load=watch.load,
        cost=found.cost,
        bound=found.cost,
        gap=0.0,
        memory_mb=watch.memory_mb,
        ratio=found.solved / engine.seconds,
        bar=f"≥ {TIMES} × the engine's time",
        reached=found.solved >= TIMES * engine.seconds,
        note=f"{found.unmatched:,} unmatched; without {found.built:.1f} s of writing the graph",
    )
