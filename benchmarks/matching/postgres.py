"""PostgreSQL as a peer: `nearest` and `quote` with earthdistance, cube and GiST over all makers of an instance."""

import io
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import psycopg
from numpy.typing import NDArray
from psycopg import sql

from benchmarks.ground import HOME
from benchmarks.matching.statements import NEAREST, NEAREST_BY_INDEX, QUOTE, SCHEMA, SETTLE
from clothingline.kit.db.embedded import acquire
from clothingline.kit.db.embedded.server import Server
from clothingline.matching import Params, Problem
from clothingline.reference.distances import EARTH_RADIUS_M, JAVA_LAT_MICRO

NAME = "bench_matching"
WITHIN_M = 100_000
TUNED = {"shared_buffers": "1GB", "effective_cache_size": "4GB", "max_wal_size": "4GB", "random_page_cost": "1.1"}
SESSION = (
    "SET jit = off",
    "SET max_parallel_workers_per_gather = 2",
    "SET plan_cache_mode = force_custom_plan",  # a generic plan does not know how many hold the skills
)
BY_INDEX = ("SET enable_seqscan = off", "SET enable_bitmapscan = off")
"""The planner takes the conditions on bit sets for rarer than they are and would read the whole table."""
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Timed:
    """Milliseconds of each of the seeded questions; `found` is how many rows they gave on average."""

    asked: int
    p50: float
    p99: float
    found: float


@dataclass(frozen=True)
class Nearby:
    """`box`: earth_box with earth_distance · `knn`: the index's own order by distance · `load`: seconds of COPY, index
    and analyze."""

    box: Timed
    knn: Timed
    load: float
    version: str


@dataclass(frozen=True)
class Quoted:
    """`quote`: the best plan · `load`: seconds of COPY, index and analyze."""

    quote: Timed
    load: float
    version: str


def nearby(problem: Problem, orders: Whole, day: int) -> Nearby:
    """Load an instance and ask for the makers nearest to orders (n,) whose certificates hold on a day."""
    questions = [near(problem, int(order)) | {"due": day} for order in orders]
    with _loaded(problem) as (connection, load):
        box = _timed(connection, NEAREST, questions)
        for setting in BY_INDEX:
            connection.execute(setting)
        knn = _timed(connection, NEAREST_BY_INDEX, questions)
        return Nearby(box, knn, load, _version(connection))


def quoted(problem: Problem, params: Params, orders: Whole) -> Quoted:
    """Load an instance and ask for the best plans of orders (n,) of single pieces."""
    questions = [_quote(problem, params, int(order)) for order in orders]
    with _loaded(problem) as (connection, load):
        return Quoted(_timed(connection, QUOTE, questions), load, _version(connection))


def _version(connection: psycopg.Connection) -> str:
    return str(connection.info.server_version // 10_000)


def _timed(connection: psycopg.Connection, statement: str, questions: list[dict[str, object]]) -> Timed:
    """The first question warms up and does not count."""
    taken, found = [], []
    for question in questions:
        begun = time.perf_counter()
        rows = connection.execute(statement, question, prepare=True).fetchall()
        taken.append((time.perf_counter() - begun) * 1_000)
        found.append(len(rows))
    counted = taken[1:] or taken
    p99 = statistics.quantiles(counted, n=100, method="inclusive")[98] if len(counted) > 1 else counted[0]
    return Timed(len(counted), statistics.median(counted), p99, statistics.fmean(found))


@contextmanager
def _loaded(problem: Problem) -> Iterator[tuple[psycopg.Connection, float]]:
    HOME.mkdir(parents=True, exist_ok=True)
    with acquire(HOME / "matching", fsync=False, settings=TUNED) as lease:
        _say(lease.server, "DROP DATABASE IF EXISTS {} WITH (FORCE)")
        _say(lease.server, "CREATE DATABASE {}")
        try:
            with psycopg.connect(lease.server.dsn(NAME), autocommit=True) as connection:
                load = _load(connection, problem)
                for setting in SESSION:
                    connection.execute(setting)
                yield connection, load
        finally:
            _say(lease.server, "DROP DATABASE {} WITH (FORCE)")


def _say(server: Server, words: str) -> None:
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute(sql.SQL(words).format(sql.Identifier(NAME)))


def _load(connection: psycopg.Connection, problem: Problem) -> float:
    begun = time.perf_counter()
    connection.execute(SCHEMA)
    m, b, x = problem.makers, problem.brands, problem.lots
    until = np.where(m.skill_until >= 0, m.skill_until, 2**30).min(axis=1)
    lasting = (m.skill_until < 0) | (m.skill_until == until[:, None])
    assert lasting.all(), "a maker's certificates must end on one day: the table has one column for it"
    free = m.free_seconds.sum(axis=1)
    makers = (
        m.skills, m.machines, until, m.rate_idr, m.defect_ppm, m.fair_credit, m.efficiency_permille, free, m.rush,
        m.reach_m,
    )  # fmt: skip
    _copy(connection, "maker", m.x, m.y, makers)
    _copy(connection, "brand", b.x, b.y, (b.families, b.fee_idr, b.cut_days + b.finish_days))
    lots = (x.cloth_class, x.colour, x.available_cm, x.price_idr, x.min_cut_cm, x.lead_days)
    _copy(connection, "lot", x.x, x.y, lots)
    for statement in SETTLE:
        connection.execute(statement)
    return time.perf_counter() - begun


def _copy(connection: psycopg.Connection, table: str, x: Whole, y: Whole, columns: tuple[NDArray[Any], ...]) -> None:
    """Rows of number, latitude, longitude and columns; the place on the sphere is made from them when all are there."""
    lat, lon = degrees(x, y)
    text = io.StringIO()
    whole = np.column_stack([np.arange(len(x)), *(column.astype(np.int64) for column in columns)])
    for row, a, b in zip(whole.tolist(), lat.tolist(), lon.tolist(), strict=True):
        text.write("\t".join(map(str, (row[0], a, b, *row[1:]))) + "\n")
    with connection.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(f"{table}_row"))) as copy:
        copy.write(text.getvalue())


def degrees(x: Whole, y: Whole) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Latitude and longitude of places on the plane: the inverse of `plane_xy`."""
    scale = EARTH_RADIUS_M * np.cos(np.radians(JAVA_LAT_MICRO / 1_000_000))
    return np.degrees(y / EARTH_RADIUS_M), np.degrees(x / scale)


def near(problem: Problem, order: int) -> dict[str, object]:
    """What is asked about the makers nearest to an order."""
    o = problem.orders
    lat, lon = degrees(o.x[order : order + 1], o.y[order : order + 1])
    return {
        "lat": float(lat[0]),
        "lon": float(lon[0]),
        "skills": int(o.need_skills[order]),
        "machines": int(o.need_machines[order]),
        "due": int(o.due_day[order]),
        "rush": int(o.rush[order]),
        "within": WITHIN_M,
    }


def _quote(problem: Problem, params: Params, order: int) -> dict[str, object]:
    o = problem.orders
    return near(problem, order) | {
        "family": 1 << int(o.family[order]),
        "brand": int(o.fixed_brand[order]),
        "class": int(o.cloth_class[order]),
        "colour": int(o.colour[order]),
        "cm": int(o.cloth_cm[order]),
        "seconds": int(o.standard_seconds[order]),
        "base": params.transport_base_idr,
        "km": params.transport_idr_per_km * params.detour_permille / 10**6,
        "set_up": params.set_up_idr,
        "defect": params.defect_cost_idr / 10**6,
        "credit": params.fairness_permille / 10**6,
    }
