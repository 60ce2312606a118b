"""The nation, or the largest part of it that can be answered in time: a process of its own, stopped by the clock."""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from time import perf_counter

from benchmarks.matching import instances
from benchmarks.matching.extents import Extent
from benchmarks.matching.routed import beside, shares
from benchmarks.matching.rows import Row, clock, watched
from benchmarks.matching.warming import warm
from clothingline.matching import Params, Problem, route

SEED, GAP, SECONDS, MEMORY_MB = 1, 0.02, 60.0, 3_000
BAR = f"gap ≤ {GAP:.0%} in ≤ {SECONDS:g} s and ≤ {MEMORY_MB / 1_000:g} GB for all of it"


@dataclass(frozen=True)
class Part:
    """A part of the nation, answered. `first`: seconds to the first answer, with every order asked once."""

    part: float
    engine: Row
    greedy: Row
    first: float


@dataclass
class Stopwatch:
    """A stop by wall clock that notes when it is asked; first when there is a first answer."""

    limit: float
    begun: float = field(default_factory=perf_counter)
    asked: list[tuple[float, int]] = field(default_factory=list)
    """Seconds since it began, and the best cost then."""

    def __call__(self, best_cost: int) -> bool:
        """Whether time is up."""
        self.asked.append((perf_counter() - self.begun, best_cost))
        return self.asked[-1][0] >= self.limit


def nations(extent: Extent) -> Iterator[Row]:
    """Parts in rising order, as long as the next one's first answer can be hoped for within time and memory; the
    engine's row of the last one is held against the bar."""
    for part, larger in zip(extent.nations, (*extent.nations[1:], None), strict=True):
        done = alone(part, extent.nation_seconds)
        reason = "" if larger is None else hopeless(done, larger, extent.nation_seconds)
        last = larger is None or bool(reason)
        yield judged(done, reason) if last else done.engine
        yield done.greedy
        if last:
            return


def alone(part: float, seconds: float) -> Part:
    """Answer a part in a process that does nothing else, so that its memory is what the answer takes."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(answered, part, seconds).result()


def answered(part: float, seconds: float) -> Part:
    """The same in this process, kernels warm."""
    warm()
    problem = instances.nation(SEED, part)
    engine, first = _engine(problem, seconds)
    return Part(part, engine, replace(beside(problem, engine), memory_mb=None), first)


def hopeless(done: Part, larger: float, seconds: float) -> str:
    """Why a larger part is not tried; empty when it is. Time and memory are taken to grow with the part."""
    times, what = larger / done.part, instances.named(larger)
    first, memory = done.first * times, (done.engine.memory_mb or 0) * times
    if first > seconds:
        return f"{what} not tried: its first answer would take about {clock(first)}"
    return f"{what} not tried: it would take about {memory:,.0f} MB" if memory > MEMORY_MB else ""


def judged(done: Part, reason: str) -> Row:
    """The engine's row held against the bar, which is set for the whole."""
    row = done.engine
    reached = done.part == 1 and (row.gap or 0) <= GAP and row.seconds <= SECONDS and (row.memory_mb or 0) <= MEMORY_MB
    note = "; ".join(each for each in (row.note, instances.named(done.part), reason) if each)
    return replace(row, bar=BAR, reached=reached, note=note)


def _engine(problem: Problem, seconds: float) -> tuple[Row, float]:
    with watched() as watch:
        stop = Stopwatch(seconds)
        found = route(problem, Params(), stop)
    first, cost = stop.asked[0]
    done = f"{found.iterations} rounds and turns after it" if found.iterations else "no time for a round after it"
    row = Row(
        part="nation",
        peer="engine",
        instance=f"{len(problem.orders):,} orders, {len(problem.makers):,} makers",
        seed=SEED,
        budget=f"stopped after {seconds:g} s",
        **vars(watch),
        cost=found.cost,
        bound=found.bound,
        gap=found.gap / max(1, found.cost),
        ratio=1.0,
        note=f"first answer after {clock(first)} at {cost:,}; {done}",
        bite=shares(problem, found),
    )
    return row, first
