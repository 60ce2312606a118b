"""How large a run of the benchmark is: the whole of it, or small sizes for every day."""

from dataclasses import dataclass
from pathlib import Path

from benchmarks.ground import HOME, ROOT
from benchmarks.matching import land
from benchmarks.matching.instances import instance
from benchmarks.matching.sizes import PROVINCE
from clothingline.matching import Problem


@dataclass(frozen=True)
class Extent:
    """Seeds count from 1. Parts are parts of an instance; of several the first is what the bar is set for."""

    name: str
    folder: Path
    """Where JSON and plots go."""
    pilots: int
    """Seeds of the pilot, and of them those that the solvers get."""
    pilots_solved: int
    pilot_iterations: int
    province: float
    provinces: int
    provinces_solved: int
    province_iterations: int
    solver_seconds: float
    keep: int
    """Candidates of each order that the solvers' programme of a province keeps."""
    assignment: float
    quotes: tuple[float, ...]
    asked: int
    asked_of_postgres: int
    """Quotes asked of the engine, and of PostgreSQL; none of it, and it is left out."""
    nations: tuple[float, ...]
    """Rising; how far it gets is found out, by time and memory."""
    nation_seconds: float
    nearest: float
    nearest_asked: int
    nearest_of_postgres: int
    """Spots asked one after the other of the engine, and of PostgreSQL; none of it, and it is left out."""
    event_provinces: int
    """Seeds of the province in which things happen."""
    event_iterations: int
    """Of the routing of a province in which things happen."""
    event_nations: tuple[tuple[float, int], ...]
    """Parts of the nation, each with the iterations of its routing."""
    events: tuple[int, int]
    """Of each kind: in each province, and in each part of the nation. So few that most of what is offered stays."""
    growth: tuple[float, ...]

    def province_of(self, seed: int) -> Problem:
        """The province, or the part of it that this run takes."""
        return instance(PROVINCE.part(self.province), seed, land.province(seed))


WHOLE = Extent(
    name="whole",
    folder=ROOT / "docs" / "benchmarks",
    pilots=20,
    pilots_solved=2,
    pilot_iterations=60,
    province=1,
    provinces=10,
    provinces_solved=1,
    province_iterations=14,
    solver_seconds=60,
    keep=8,
    assignment=1,
    quotes=(1, 1 / 16),
    asked=2_000,
    asked_of_postgres=20,
    nations=(1 / 64, 1 / 32, 1 / 16, 1 / 8),
    nation_seconds=60,
    nearest=1,
    nearest_asked=20_000,
    nearest_of_postgres=200,
    event_provinces=4,
    event_iterations=10,
    event_nations=((1 / 16, 1),),
    events=(25, 100),
    growth=(1 / 16, 1 / 4, 1),
)
QUICK = Extent(
    name="quick",
    folder=HOME / "quick",
    pilots=3,
    pilots_solved=1,
    pilot_iterations=30,
    province=1 / 4,
    provinces=2,
    provinces_solved=1,
    province_iterations=10,
    solver_seconds=4,
    keep=4,
    assignment=1 / 64,
    quotes=(1 / 64,),
    asked=300,
    asked_of_postgres=5,
    nations=(1 / 256,),
    nation_seconds=3,
    nearest=1 / 64,
    nearest_asked=1_000,
    nearest_of_postgres=10,
    event_provinces=1,
    event_iterations=4,
    event_nations=((1 / 256, 2),),
    events=(10, 10),
    growth=(1 / 256, 1 / 128, 1 / 64),
)
