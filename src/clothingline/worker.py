"""The worker: runs jobs, puts stalled ones back, and sweeps what has run out of time."""

import asyncio
import contextlib

import procrastinate
import structlog

from clothingline import reactions
from clothingline.kit import db, events, jobs

log = structlog.get_logger("worker")
STALLED_AFTER_SECONDS = 30


def libpq(url: str) -> str:
    """The libpq form of a SQLAlchemy URL."""
    return url.replace("postgresql+psycopg://", "postgresql://", 1)


def queue() -> procrastinate.App:
    """The queue of the database in use, with every job registered."""
    events.react(reactions.TABLE)
    used = db.current()
    return jobs.queue(libpq(used.url), options=used.limits.options)


async def drain(limit: int = 1) -> None:
    """Run jobs until none is left, for the demo and the tests."""
    async with queue().open_async() as app:
        await app.run_worker_async(wait=False, concurrency=limit, install_signal_handlers=False)


async def work(concurrency: int = 4) -> None:
    """Run jobs for ever, with the sweeps beside them."""
    async with queue().open_async() as app:
        async with asyncio.TaskGroup() as group:
            rescue = group.create_task(_rescue_for_ever(app))
            await app.run_worker_async(concurrency=concurrency, install_signal_handlers=True)
            rescue.cancel()


async def _rescue_for_ever(app: procrastinate.App) -> None:
    with contextlib.suppress(asyncio.CancelledError):
        while True:
            await rescue(app)
            await asyncio.sleep(STALLED_AFTER_SECONDS)


async def rescue(app: procrastinate.App) -> int:
    """Put back the jobs of workers that have stopped beating; returns how many."""
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS))
    for job in stalled:
        log.warning("job stalled", job=job.id, task=job.task_name)
        await app.job_manager.retry_job(job)
    return len(stalled)
