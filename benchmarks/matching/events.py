"""What happens while a matching stands: declines, lost lots, makers who fall ill, new orders."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from time import perf_counter

import numpy as np

from benchmarks.matching import instances
from benchmarks.matching.extents import Extent
from benchmarks.matching.rows import Row, Watch, clock, watched
from clothingline.matching import Iterations, Orders, Params, Plan, Problem
from clothingline.matching.columns import specs
from clothingline.matching.live import Live, Turn
from clothingline.matching.route import searched

SEED, PROVINCE_S, NATION_S = 1, 5e-3, 50e-3
ILL = 3
"""Weeks in which a maker who falls ill has no time, from the first in which the order would be sewn."""


@dataclass
class Told:
    """What one kind of event took, and whom it moved. `seconds` (events,), the first of which warmed up."""

    seconds: list[float] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)


def events(extent: Extent) -> Iterator[Row]:
    """A row for p50 and one for p99 of each kind: of all provinces together, and of each part of the nation."""
    provinces = [extent.province_of(seed) for seed in range(1, extent.event_provinces + 1)]
    yield from rows(provinces, (extent.event_iterations, extent.events[0]), ("a province", PROVINCE_S))
    for part, iterations in extent.event_nations:
        problem = instances.nation(SEED, part)
        yield from rows([problem], (iterations, extent.events[1]), (instances.named(part), NATION_S))


def happened(problem: Problem, iterations: int, count: int, seed: int) -> dict[str, Told]:
    """Kinds take turns, `count` times after one that warms up, on one matching that stands all the while."""
    standing, draw = Live(searched(problem, Params(), Iterations(iterations))), np.random.default_rng(seed)
    told = {kind: Told() for kind in KINDS}
    for _ in range(count + 1):
        for kind, event in KINDS.items():
            act = event(standing, problem, draw)
            begun = perf_counter()
            turn = act()
            told[kind].seconds.append(perf_counter() - begun)
            told[kind].turns.append(turn)
    return told


def _decline(standing: Live, problem: Problem, draw: np.random.Generator) -> Callable[[], Turn]:
    plan = _planned(standing, problem, draw)
    return lambda: standing.decline(plan.order, plan.makers[0])


def _lose(standing: Live, problem: Problem, draw: np.random.Generator) -> Callable[[], Turn]:
    plan = _planned(standing, problem, draw)
    return lambda: standing.lose(plan.lot)


def _away(standing: Live, problem: Problem, draw: np.random.Generator) -> Callable[[], Turn]:
    plan = _planned(standing, problem, draw)
    ill = plan.shares[-1]
    first, _ = ill.seconds[0]
    return lambda: standing.away(ill.maker, range(first, min(first + ILL, problem.weeks)))


def _arrive(standing: Live, problem: Problem, draw: np.random.Generator) -> Callable[[], Turn]:
    """One more order, as one of the problem is."""
    order, orders = int(draw.integers(len(problem.orders))), problem.orders
    columns = {name: getattr(orders, name)[order : order + 1] for name, spec in specs(orders).items() if spec.per_row}
    return lambda: standing.arrive(Orders(**columns))


KINDS: dict[str, Callable[[Live, Problem, np.random.Generator], Callable[[], Turn]]] = {
    "decline": _decline,
    "lost lot": _lose,
    "maker away": _away,
    "new order": _arrive,
}


def _planned(standing: Live, problem: Problem, draw: np.random.Generator) -> Plan:
    """The plan of a random order that has one."""
    while True:
        plan = standing.plan(int(draw.integers(len(problem.orders))))
        if plan is not None:
            return plan


def rows(problems: list[Problem], budget: tuple[int, int], bar: tuple[str, float]) -> Iterator[Row]:
    """Events on some problems, each with a seed of its own; `budget`: iterations of the routing, events of each kind on
    each problem; `bar`: where, and the most seconds."""
    told = {kind: Told() for kind in KINDS}
    with watched() as watch:
        for seed, problem in enumerate(problems, start=SEED):
            for kind, more in happened(problem, *budget, seed).items():
                told[kind].seconds += more.seconds[1:]
                told[kind].turns += more.turns[1:]
    of = f"{len(problems[0].orders):,} orders"
    instance = of if len(problems) == 1 else f"{len(problems)} × {of}"
    for kind, found in told.items():
        for row in _quantiles(kind, found, watch, bar):
            note = f"{row.note}; routed by {budget[0]} iterations" if row.note else ""
            yield replace(row, instance=instance, note=note)


def _quantiles(kind: str, found: Told, watch: Watch, bar: tuple[str, float]) -> Iterator[Row]:
    for name, share, most in (("p50", 0.5, 0.0), ("p99", 0.99, bar[1])):
        seconds = float(np.quantile(found.seconds, share))
        yield Row(
            part="event",
            peer=f"engine {kind} {name}",
            instance="",
            seed=SEED,
            budget=f"{len(found.seconds)} events",
            seconds=seconds,
            load=watch.load,
            memory_mb=watch.memory_mb,
            ratio=1.0,
            bar=f"≤ {most * 1e3:g} ms in {bar[0]}" if most else "",
            reached=seconds <= most if most else None,
            note=moved(found) if most else "",
        )


def moved(told: Told) -> str:
    """Whom the events moved, and what that took for each of them."""
    counts, waiting = [len(turn.moved) for turn in told.turns], sum(len(turn.waiting) for turn in told.turns)
    each = f", {clock(sum(told.seconds) / sum(counts))} each" if any(counts) else ""
    return f"{sum(counts)} plans moved, at most {max(counts)} by one{each}; {waiting} orders then had none"
