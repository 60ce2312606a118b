"""One order at a time: the exact best five plans from the engine, and the best plan from PostgreSQL."""

from collections.abc import Iterator
from dataclasses import replace
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from benchmarks.matching import instances, postgres
from benchmarks.matching.extents import Extent
from benchmarks.matching.rows import Row, Watch, watched
from clothingline.matching import Params, Problem
from clothingline.matching.kernels.tables import MILLI, PIECES, RESERVE
from clothingline.matching.search.asking import Asker
from clothingline.matching.world import lay

SEED, PLANS, TIMES = 1, 5, 1_000
P50_S, P99_S = 300e-6, 2e-3


def quotes(extent: Extent) -> Iterator[Row]:
    """p50 and p99 of the engine for each part of the nation, of all orders and of single pieces; for the first part
    those of PostgreSQL, which is asked for single pieces alone."""
    for part in extent.quotes:
        problem = instances.nation(SEED, part)
        every, single = _engine(problem, extent.asked)
        yield from every + single
        if extent.asked_of_postgres and part == extent.quotes[0]:
            yield from _postgres(problem, single, extent.asked_of_postgres)


def ask(asker: Asker, orders: NDArray[np.int64]) -> list[float]:
    """Seconds of each question at zero prices; the first warms up and does not count."""
    taken, price = [], np.zeros_like(asker.free)
    limit = MILLI * asker.world.order[:, RESERVE] + 1
    for order in orders:
        begun = perf_counter()
        asker.ask(np.array([order]), asker.free, price, limit[[order]], PLANS)
        taken.append(perf_counter() - begun)
    return taken[1:]


def _engine(problem: Problem, asked: int) -> tuple[list[Row], list[Row]]:
    """Rows of all orders, which set the bar, and of the single pieces among them."""
    asker = Asker(lay(problem, Params()), exact=True)
    orders = np.random.default_rng(SEED).permutation(len(problem.orders))[: asked + 1]
    with watched() as watch:
        taken = np.array(ask(asker, orders))
    single = asker.world.order[orders[1:], PIECES] == 1
    every = _quantiles(taken, problem, watch, "singles and runs")
    return every, [replace(row, bar="", reached=None) for row in _quantiles(taken[single], problem, watch, "singles")]


def _quantiles(taken: NDArray[np.float64], problem: Problem, watch: Watch, what: str) -> list[Row]:
    rows = ((np.quantile(taken, 0.5), "p50", P50_S), (np.quantile(taken, 0.99), "p99", P99_S))
    return [
        Row(
            part="quote",
            peer=f"engine {name}",
            instance=_size(problem),
            seed=SEED,
            budget=f"exact best {PLANS}, {len(taken):,} orders",
            seconds=float(seconds),
            load=watch.load,
            memory_mb=watch.memory_mb,
            ratio=1.0,
            bar=f"≤ {most * 1e6:,.0f} µs",
            reached=bool(seconds <= most),
            note=f"{what}, at zero prices",
        )
        for seconds, name, most in rows
    ]


def _postgres(problem: Problem, single: list[Row], asked: int) -> list[Row]:
    """The best plan of single pieces without days and weeks: less than what the engine answers to them."""
    load, orders = Watch().load, np.random.default_rng(SEED).permutation(len(problem.orders))
    singles = orders[problem.orders.pieces[orders] == 1][: asked + 1]
    found = postgres.quoted(problem, Params(), singles)
    pairs = zip(single, (found.quote.p50, found.quote.p99), strict=True)
    return [
        Row(
            part="quote",
            peer=f"PostgreSQL {found.version} {row.peer.split()[-1]}",
            instance=row.instance,
            seed=SEED,
            budget=f"best plan, {found.quote.asked} orders",
            seconds=milliseconds / 1_000,
            load=load,
            ratio=milliseconds / 1_000 / row.seconds,
            bar=f"≥ {TIMES:,} × the engine's time",
            reached=milliseconds / 1_000 >= TIMES * row.seconds,
            note="weaker: one plan of a single piece, 20 brands within 100 km, no days, no weeks",
        )
        for row, milliseconds in pairs
    ]


def _size(problem: Problem) -> str:
    return f"{len(problem.makers):,} makers, {len(problem.brands):,} brands"
