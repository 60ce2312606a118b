"""The queue: procrastinate, whose jobs are deferred on the session's own connection."""

import asyncio
import json
import traceback
from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, LiteralString, cast

import procrastinate
import psycopg
import structlog
from psycopg_pool import PoolTimeout
from sqlalchemy import BigInteger, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from clothingline.kit import alarms, db, failpoints
from clothingline.kit.clock import business_time
from clothingline.kit.db import Base, raw_connection

log = structlog.get_logger("jobs")
Job = Callable[..., Awaitable[None]]
# With waits of 2, 4, 8 … seconds the last try comes after four and a half hours: a provider may be away for long.
MOST_TRIES = 14
MOST_SAYINGS = 3
LONGEST_SECONDS = 60
FAILED = "job_failed"
"""Name of the alarm for a job that has failed at every try; its subject is the job and its number."""
TAKEN_UP_AT_ONCE = 200
# procrastinate counts the tries that lie behind.
RETRY = procrastinate.RetryStrategy(max_attempts=MOST_TRIES - 1, exponential_wait=2)

_registered: dict[str, Job] = {}
# Never opened: it only writes jobs through connections that it is handed.
_writer = procrastinate.App(connector=procrastinate.PsycopgConnector())


class JobFailure(Base):
    """Why the newest try of a job failed: an exception and its place, never what was in it."""

    __tablename__ = "job_failure"
    job_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    task: Mapped[str]
    cause: Mapped[str]
    at: Mapped[datetime] = mapped_column(server_default=business_time())


def task(function: Job) -> Job:
    """Register a coroutine function as a job. Its arguments are ids only; it may run more than once."""
    _registered[name_of(function)] = function
    return function


def name_of(function: Job) -> str:
    """`routing.route_order` for `clothingline.routing.tasks.route_order`."""
    parts = function.__module__.split(".")
    return f"{parts[1]}.{function.__name__}"


def registered() -> dict[str, Job]:
    """Every job by name."""
    return dict(_registered)


async def defer(session: AsyncSession, function: Job, arguments: dict[str, Any]) -> None:
    """Queue `function(**arguments)`: the job commits or vanishes with the session's transaction.

    Raises `psycopg.Error` as the connection does.
    """
    connection = await raw_connection(session)
    with _as_the_database_said():
        await _writer.configure_task(name_of(function), connection=connection).defer_async(**arguments)


async def defer_all(session: AsyncSession, function: Job, arguments: Sequence[dict[str, Any]]) -> None:
    """Queue the same job with each of these arguments, in one statement. As `defer`."""
    if not arguments:
        return
    connection = await raw_connection(session)
    with _as_the_database_said():
        await _writer.configure_task(name_of(function), connection=connection).batch_defer_async(*arguments)


_WAITING = text("""
    SELECT EXISTS (SELECT FROM jobs.procrastinate_jobs
                    WHERE status IN ('todo', 'doing') AND task_name = ANY(:names) AND args @> CAST(:said AS jsonb))
""")


async def is_waiting(session: AsyncSession, functions: Iterable[Job], arguments: dict[str, Any]) -> bool:
    """Whether one of these jobs is queued or running with these arguments, and perhaps others."""
    given = {"names": [name_of(function) for function in functions], "said": json.dumps(arguments)}
    return bool(await session.scalar(_WAITING, given))


@contextmanager
def _as_the_database_said() -> Iterator[None]:
    try:
        yield
    except procrastinate.exceptions.ConnectorException as error:
        if isinstance(error.__cause__, psycopg.Error):
            raise error.__cause__ from None
        raise


class _Repeating(procrastinate.PsycopgConnector):
    """Says again what was lost with its connection: a worker that lives on would leave a job `doing` that has ended."""

    async def execute_query_async(self, query: LiteralString, **arguments: Any) -> None:
        for said in range(1, MOST_SAYINGS + 1):
            try:
                await super().execute_query_async(query, **arguments)
            except procrastinate.exceptions.ConnectorException as error:
                if said == MOST_SAYINGS or not _is_lost(error.__cause__):
                    raise
                log.warning("said again", cause=type(error.__cause__).__name__)
            else:
                return


def _is_lost(error: BaseException | None) -> bool:
    """Not so when the database stayed away: for that the pool has waited already."""
    return isinstance(error, psycopg.OperationalError) and not isinstance(error, PoolTimeout)


def queue(dsn: str, *, options: str) -> procrastinate.App:
    """The procrastinate app with every registered job, on a libpq `dsn` with connection `options`."""
    connector = _Repeating(conninfo=dsn, kwargs={"options": options}, min_size=1, max_size=4)
    app = procrastinate.App(connector=connector)
    for name, function in _registered.items():
        app.task(name=name, retry=RETRY, pass_context=True)(cast(Any, _watched(name, function)))
    return app


def _watched(name: str, function: Job) -> Job:
    async def run(context: procrastinate.JobContext, **arguments: Any) -> None:
        try:
            async with asyncio.timeout(LONGEST_SECONDS):
                await _act(name, function, arguments)
        except Exception as error:
            await _note(context.job, cause_of(error))
            raise

    return run


async def _act(name: str, function: Job, arguments: dict[str, Any]) -> None:
    with failpoints.within(name):
        await failpoints.failpoint(f"job:{name}:before")
        await function(**arguments)
        await failpoints.failpoint(f"job:{name}:after")


def cause_of(error: BaseException) -> str:
    """`KeyError: payments/tasks.py:87`, the innermost place of ours that the exception went through."""
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if "/clothingline/" in frame.filename]
    place = f": {ours[-1].filename.rpartition('/clothingline/')[2]}:{ours[-1].lineno}" if ours else ""
    return f"{type(error).__name__}{place}"


async def _note(job: procrastinate.jobs.Job, cause: str) -> None:
    log.warning("job failed", job=job.id, task=job.task_name, tries=job.attempts + 1, cause=cause)
    statement = insert(JobFailure).values(job_id=job.id, task=job.task_name, cause=cause)
    newest = {"cause": cause, "at": business_time()}
    try:
        async with db.transaction() as session:
            await session.execute(statement.on_conflict_do_update(index_elements=["job_id"], set_=newest))
    except (SQLAlchemyError, psycopg.Error) as error:
        log.warning("cause not kept", job=job.id, why=type(error).__name__)


# Those that stalled together run again one after the other, so that the one that kills its worker does it alone.
_PUT_BACK = text("""
    WITH stalled AS (
        SELECT job.id, job.task_name, job.attempts + 1 >= :most AS poisoned
          FROM jobs.procrastinate_jobs AS job
          LEFT JOIN jobs.procrastinate_workers AS worker ON worker.id = job.worker_id
         WHERE job.status = 'doing'
           AND (worker.id IS NULL
                OR worker.last_heartbeat < now() - make_interval(secs => :silent)
                OR NOT EXISTS (SELECT FROM jobs.procrastinate_events AS event
                                WHERE event.job_id = job.id AND event.type = 'started'
                                  AND event.at > now() - make_interval(secs => :longest)))
           FOR UPDATE OF job SKIP LOCKED
    ), queued AS (
        SELECT id, task_name, poisoned, row_number() OVER (ORDER BY id) - 1 AS place FROM stalled
    ), noted AS (
        INSERT INTO job_failure (job_id, task, cause)
        SELECT id, task_name, 'WorkerDied' FROM queued WHERE poisoned
        ON CONFLICT (job_id) DO UPDATE SET cause = excluded.cause, at = excluded.at
    )
    UPDATE jobs.procrastinate_jobs AS job
       SET status = (CASE WHEN poisoned THEN 'failed' ELSE 'todo' END)::jobs.procrastinate_job_status,
           attempts = attempts + 1, scheduled_at = now() + make_interval(secs => place), worker_id = NULL,
           abort_requested = false
      FROM queued WHERE job.id = queued.id
 RETURNING job.id, job.task_name, job.status::text
""")


async def put_back(session: AsyncSession, *, silent_seconds: float) -> list[tuple[int, str, str]]:
    """Put back the jobs whose worker has been silent for so long, or which nobody has ended long after their limit.

    A job that has taken its worker with it `MOST_TRIES` times stands `failed`. Returns id, task and status of each.
    """
    given = {"most": MOST_TRIES, "silent": silent_seconds, "longest": LONGEST_SECONDS + silent_seconds}
    return [(row[0], row[1], row[2]) for row in await session.execute(_PUT_BACK, given)]


# What has killed its worker at every try is left for a person. Those that are put back run one after the other.
_TAKE_UP = text("""
    WITH failed AS (
        SELECT job.id, why.cause, row_number() OVER (ORDER BY job.id) - 1 AS place
          FROM jobs.procrastinate_jobs AS job LEFT JOIN job_failure AS why ON why.job_id = job.id
         WHERE job.status = 'failed' AND split_part(job.task_name, '.', 1) = ANY(:houses)
           AND why.cause IS DISTINCT FROM 'WorkerDied'
         ORDER BY job.id LIMIT :most
    )
    UPDATE jobs.procrastinate_jobs AS job
       SET status = 'todo', attempts = 0, scheduled_at = now() + make_interval(secs => failed.place), worker_id = NULL
      FROM failed WHERE job.id = failed.id AND job.status = 'failed'
 RETURNING job.id, job.task_name, failed.cause
""")
_UNDONE = text("""
    SELECT task_name, id FROM jobs.procrastinate_jobs
     WHERE status <> 'succeeded' AND split_part(task_name, '.', 1) = ANY(:houses)
""")


async def take_up_failed(session: AsyncSession, houses: Collection[str]) -> int:
    """Give the jobs of these houses that have failed at every try all their tries again; returns how many.

    The alarm stands for each until it has succeeded, or a person ends it.
    """
    given = {"houses": list(houses), "most": TAKEN_UP_AT_ONCE}
    taken = (await session.execute(_TAKE_UP, given)).all()
    for number, name, cause in taken:
        await alarms.sound(session, name=FAILED, subject=f"{name} {number}", detail={"cause": cause})
    undone = {f"{name} {number}" for name, number in await session.execute(_UNDONE, {"houses": list(houses)})}
    await alarms.clear_others(session, name=FAILED, subjects=undone)
    return len(taken)
