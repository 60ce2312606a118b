"""Who is near: the exact 32 nearest makers who may do an order's work, from the engine and from PostgreSQL."""

from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from benchmarks.matching import instances, postgres
from benchmarks.matching.extents import Extent
from benchmarks.matching.rows import Row, Watch, watched
from clothingline.matching import Params, Problem
from clothingline.matching.kernels.tables import KIND, X, Y
from clothingline.matching.nearest import Within, nearest, nearest_all
from clothingline.matching.world import Laid, lay

Whole = NDArray[np.int64]
SEED, P99_S, A_SECOND = 1, 250e-6, 20_000


@dataclass(frozen=True)
class Spots:
    """Where and for which kind of work is asked (n,): the places of orders of the problem, `order`; all on one day."""

    order: Whole
    kind: Whole
    x: Whole
    y: Whole
    within: Within


def nears(extent: Extent) -> Iterator[Row]:
    """p50 and p99 of questions one after the other, and many at once in both threads; then those of PostgreSQL."""
    problem = instances.nation(SEED, extent.nearest)
    laid = lay(problem, Params())
    asked = spots(problem, laid)
    single = _single(problem, laid, asked, extent.nearest_asked)
    yield from single
    yield _together(problem, laid, asked)
    if extent.nearest_of_postgres:
        del laid  # its memory is better used by the server
        yield from _postgres(problem, asked, single, extent.nearest_of_postgres)


def spots(problem: Problem, laid: Laid) -> Spots:
    """All orders in seeded order. Certificates must hold on the last due day, for all spots alike."""
    row = np.random.default_rng(SEED).permutation(len(problem.orders))
    kind, x, y = laid.world.order[row][:, [KIND, X, Y]].T.copy()
    return Spots(laid.numbers.order[row], kind, x, y, Within(day=int(problem.orders.due_day.max())))


def _single(problem: Problem, laid: Laid, asked: Spots, count: int) -> list[Row]:
    """The first question warms up and does not count."""
    taken, found = [], 0
    with watched() as watch:
        for kind, x, y in zip(
            *(column[: count + 1].tolist() for column in (asked.kind, asked.x, asked.y)), strict=True
        ):
            begun = perf_counter()
            makers, _ = nearest(laid, kind, x, y, asked.within)
            taken.append(perf_counter() - begun)
            found += len(makers)
    rows = (("p50", 0.5, None), ("p99", 0.99, P99_S))
    return [
        Row(
            part="nearest",
            peer=f"engine {name}",
            instance=_size(problem),
            seed=SEED,
            budget=f"{asked.within.count} nearest, {len(taken) - 1:,} spots",
            seconds=(seconds := float(np.quantile(taken[1:], share))),
            load=watch.load,
            memory_mb=watch.memory_mb,
            ratio=1.0,
            bar=f"≤ {most * 1e6:,.0f} µs" if most else "",
            reached=seconds <= most if most else None,
            note=f"one after the other, called from Python; {found / len(taken):.1f} found on average",
        )
        for name, share, most in rows
    ]


def _together(problem: Problem, laid: Laid, asked: Spots) -> Row:
    """Seconds are those of one question of many."""
    with watched() as watch:
        nearest_all(laid, asked.kind, asked.x, asked.y, asked.within)
    each = watch.seconds / len(asked.kind)
    return Row(
        part="nearest",
        peer="engine at once",
        instance=_size(problem),
        seed=SEED,
        budget=f"{asked.within.count} nearest, {len(asked.kind):,} spots",
        seconds=each,
        processor=watch.processor / len(asked.kind),
        load=watch.load,
        memory_mb=watch.memory_mb,
        ratio=1.0,
        bar=f"≥ {A_SECOND:,} a second",
        reached=each * A_SECOND <= 1,
        note=f"{1 / each:,.0f} a second in two threads; time and cpu are those of one question",
    )


def _postgres(problem: Problem, asked: Spots, single: list[Row], count: int) -> Iterator[Row]:
    """The same question in both of its ways, on the sphere instead of the plane."""
    load = Watch().load
    found = postgres.nearby(problem, asked.order[: count + 1], asked.within.day)
    for way, timed in (("box", found.box), ("by index", found.knn)):
        for row, milliseconds in zip(single, (timed.p50, timed.p99), strict=True):
            yield Row(
                part="nearest",
                peer=f"PostgreSQL {found.version} {way} {row.peer.split()[-1]}",
                instance=row.instance,
                seed=SEED,
                budget=f"{asked.within.count} nearest, {timed.asked} spots",
                seconds=milliseconds / 1_000,
                load=load,
                ratio=milliseconds / 1_000 / row.seconds,
                note=f"the same question on the sphere; {timed.found:.1f} found on average; {WAYS[way]}",
            )


WAYS = {
    "box": "as the manual says, with earth_box and earth_distance",
    "by index": "GiST hands out by distance, and the planner is told to use it",
}


def _size(problem: Problem) -> str:
    return f"{len(problem.makers):,} makers"
