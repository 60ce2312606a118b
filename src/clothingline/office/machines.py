"""How the machines are: queues of jobs, those that failed or stand still, heartbeats, and the chain of the books."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.heartbeats import ROUNDS, Heartbeat
from clothingline.ledger.models import LedgerLink
from clothingline.orders.models import Order

MOST = 50
CHECKED = 2_000
"""Newest places of the chain that a page looks at; `clothingline ledger verify` looks at all."""

_QUEUES = text("""
    SELECT split_part(task_name, '.', 1) AS house, count(*) FILTER (WHERE status = 'todo') AS todo,
           count(*) FILTER (WHERE status = 'doing') AS doing, count(*) FILTER (WHERE status = 'failed') AS failed,
           count(*) FILTER (WHERE status = 'succeeded') AS done
      FROM jobs.procrastinate_jobs GROUP BY house ORDER BY house
""")
_FAILED = text("""
    SELECT job.id, job.task_name, job.attempts, why.cause, why.at
      FROM jobs.procrastinate_jobs AS job LEFT JOIN job_failure AS why ON why.job_id = job.id
     WHERE job.status = 'failed' ORDER BY job.id DESC LIMIT :most
""")
_STALLED = text("""
    SELECT job.id, job.task_name, job.attempts, worker.last_heartbeat
      FROM jobs.procrastinate_jobs AS job LEFT JOIN jobs.procrastinate_workers AS worker ON worker.id = job.worker_id
     WHERE job.status = 'doing'
       AND (worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => :silent))
     ORDER BY job.id LIMIT :most
""")
_FAULT = text("SELECT place, fault FROM ledger_faults(:since, :until) ORDER BY place LIMIT 1")


@dataclass(frozen=True)
class Lane:
    """The jobs of one house, by how they stand."""

    house: str
    todo: int
    doing: int
    failed: int
    done: int


@dataclass(frozen=True)
class FailedJob:
    """A job that has failed at every try: an exception and its place, never what was in it."""

    id: int
    task: str
    tries: int
    cause: str | None
    at: datetime | None


@dataclass(frozen=True)
class StalledJob:
    """A job whose worker is silent; it is put back by itself."""

    id: int
    task: str
    tries: int
    heard_at: datetime | None


async def list_lanes(session: AsyncSession) -> list[Lane]:
    """Every house with jobs."""
    return [Lane(*row) for row in await session.execute(_QUEUES)]


async def list_failed(session: AsyncSession) -> list[FailedJob]:
    """Jobs that have failed, newest first; at most 50."""
    return [FailedJob(*row) for row in await session.execute(_FAILED, {"most": MOST})]


async def list_stalled(session: AsyncSession, *, silent_seconds: float) -> list[StalledJob]:
    """Jobs whose worker has been silent for so long; at most 50."""
    given: dict[str, Any] = {"most": MOST, "silent": silent_seconds}
    return [StalledJob(*row) for row in await session.execute(_STALLED, given)]


async def code_of(session: AsyncSession, arguments: dict[str, Any]) -> str | None:
    """The code of the order that a job is about, if it is about one."""
    try:
        order_id = UUID(str(arguments.get("order_id")))
    except ValueError:
        return None
    found: str | None = await session.scalar(select(Order.code).where(Order.id == order_id))
    return found


@dataclass(frozen=True)
class Beat:
    """When something that is done at intervals last showed life, by the real clock."""

    name: str
    every: timedelta
    real_at: datetime
    missed: bool


async def list_beats(session: AsyncSession) -> list[Beat]:
    """Every heartbeat; missed is one of two rounds ago."""
    missed = func.now() - Heartbeat.real_at > ROUNDS * Heartbeat.every
    query = select(Heartbeat.name, Heartbeat.every, Heartbeat.real_at, missed).order_by(Heartbeat.name)
    return [Beat(*row) for row in await session.execute(query)]


@dataclass(frozen=True)
class Chain:
    """How the chain of the books stands: its newest place, and the first that does not follow from the one before."""

    place: int
    at: datetime | None
    since: int
    broken_at: int | None = None
    fault: str | None = None


async def chain_of(session: AsyncSession) -> Chain:
    """The chain, its newest places looked at. At most two statements."""
    newest = select(LedgerLink.position, LedgerLink.at).order_by(LedgerLink.position.desc()).limit(1)
    row = (await session.execute(newest)).first()
    if row is None:
        return Chain(0, None, 0)
    since = max(int(row.position) - CHECKED, 0)
    wrong = (await session.execute(_FAULT, {"since": since, "until": int(row.position)})).first()
    return Chain(int(row.position), row.at, since, *(wrong or ()))
