"""The rows of the table: who did what on which instance, in what time, at what cost, and whether the bar is reached."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from os import getloadavg
from pathlib import Path
from time import perf_counter, process_time

RESET, STATUS = Path("/proc/self/clear_refs"), Path("/proc/self/status")


@dataclass(frozen=True, kw_only=True)
class Row:
    """One measurement. `seconds`: wall clock; `processor`: of this process, both cores · `cost`, `bound`: rupiah
    · `gap`: share of the cost · `memory_mb`: peak of this process · `ratio`: times that it takes as long as the engine
    · `reached`: None where no bar is set · `load`: of the machine when it began · `bite`: exhausted shares in the
    busiest third, and of all orders the unmatched."""

    part: str
    peer: str
    instance: str
    seed: int
    budget: str
    seconds: float
    load: float
    processor: float | None = None
    cost: int | None = None
    bound: int | None = None
    gap: float | None = None
    memory_mb: int | None = None
    ratio: float | None = None
    bar: str = ""
    reached: bool | None = None
    note: str = ""
    bite: dict[str, float] | None = None


def clock(seconds: float) -> str:
    """In the unit that fits."""
    units = ((1, 1, "s"), (1e-3, 1e3, "ms"), (0, 1e6, "µs"))
    return next(f"{seconds * by:.3g} {unit}" for least, by, unit in units if seconds >= least)


@dataclass
class Watch:
    """Wall clock, processor time, load before and peak memory of a block; None where the system does not say it."""

    load: float = field(default_factory=lambda: round(getloadavg()[0], 1))
    seconds: float = 0.0
    processor: float = 0.0
    memory_mb: int | None = None


@contextmanager
def watched() -> Iterator[Watch]:
    """Watch a block."""
    watch, begun, used = Watch(), _reset(), process_time()
    yield watch
    watch.seconds, watch.processor, watch.memory_mb = perf_counter() - begun, process_time() - used, _peak_mb()


def _reset() -> float:
    """Forget the peak so far, and begin."""
    if RESET.exists():
        RESET.write_text("5")
    return perf_counter()


def _peak_mb() -> int | None:
    lines = STATUS.read_text().splitlines() if STATUS.exists() else []
    return next((int(line.split()[1]) // 1_024 for line in lines if line.startswith("VmHWM:")), None)
