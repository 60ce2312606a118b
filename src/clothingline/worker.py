"""The worker: runs jobs, puts stalled ones back, and sweeps what has run out of time."""

import asyncio
from collections.abc import Awaitable, Callable

import procrastinate
import structlog

from clothingline import invariants, reactions
from clothingline.kit import db, dead_jobs, events, heartbeats, jobs, sweeping
from clothingline.settings import settings

log = structlog.get_logger("worker")
SWEEP_EVERY_SECONDS = 5
# New jobs are told of by the database; this is for those that wait for their next try.
LOOK_EVERY_SECONDS = 1


def queue() -> procrastinate.App:
    """The queue of the database in use, with every job registered."""
    events.react(reactions.TABLE)
    used = db.current()
    return jobs.queue(db.libpq(used.url), options=used.limits.options)


async def drain() -> None:
    """Run jobs until none is left, one at a time, for the demo and the tests."""
    async with queue().open_async() as app:
        await finish(app)


async def finish(opened: procrastinate.App) -> None:
    """Run the jobs of a queue that is open until none is left, one at a time."""
    # Nobody has to tell it of new jobs: it ends when it finds none.
    await opened.run_worker_async(wait=False, listen_notify=False, install_signal_handlers=False)


async def sweep() -> int:
    """End everything whose time is over; returns how many rows moved.

    What fails is logged and hinders nothing else; it is raised at the end, as an `ExceptionGroup`.
    """
    return await sweeping.every((*reactions.SWEEPS, take_up_failed), lambda one: one())


async def take_up_failed() -> int:
    """Put back the jobs of money that have failed at every try, when it is time; returns how many."""
    async with db.transaction() as session:
        if await heartbeats.due(session, "jobs.take_up", every=reactions.HEARTBEATS["jobs.take_up"]):
            return await jobs.take_up_failed(session, dead_jobs.MONEY)
    return 0


async def watch() -> int:
    """Find out what nobody reports; returns how many alarms came or went.

    It may take longer than the sweeps are apart, so it is none of them. Raises as `sweep`.
    """
    return await sweeping.every((check_invariants, miss_heartbeats), lambda one: one())


async def check_invariants() -> int:
    """Run them when it is time; returns how many alarms came or went."""
    async with db.transaction() as session:
        if await heartbeats.due(session, "invariants", every=reactions.HEARTBEATS["invariants"]):
            return await invariants.check(session)
    return 0


async def miss_heartbeats() -> int:
    """Sound the alarm for what has not been done for two rounds, and end it for what has; returns how many."""
    async with db.transaction() as session:
        return await heartbeats.watch(session, reactions.HEARTBEATS)


async def work(concurrency: int = 4, *, signals: bool = True) -> None:
    """Run jobs until a signal, with the sweeps, the loops and the rescue of stalled jobs beside them.

    Without `signals` the caller ends it by cancelling it; jobs that have begun are finished in both cases.
    """
    silent = settings().jobs.stalled_seconds
    async with queue().open_async() as app:
        await rescue()
        beside = [
            asyncio.create_task(_for_ever(sweep, SWEEP_EVERY_SECONDS)),
            asyncio.create_task(_for_ever(watch, SWEEP_EVERY_SECONDS)),
            asyncio.create_task(_for_ever(rescue, silent / 3)),
            *(asyncio.create_task(_for_ever(one, LOOK_EVERY_SECONDS)) for one in reactions.LOOPS),
        ]
        try:
            await app.run_worker_async(
                concurrency=concurrency,
                install_signal_handlers=signals,
                fetch_job_polling_interval=LOOK_EVERY_SECONDS,
                update_heartbeat_interval=silent / 3,
                stalled_worker_timeout=silent,
            )
        finally:
            for one in beside:
                one.cancel()
            await asyncio.gather(*beside, return_exceptions=True)


async def _for_ever(act: Callable[[], Awaitable[int]], seconds: float) -> None:
    """Repeat until cancelled; a failure (the database is away) is said, and the next round tries again."""
    while not sweeping.ending():
        try:
            await act()
        except Exception:  # whatever failed, the sweep must go on
            log.exception("sweep failed")
        if not sweeping.ending():
            await asyncio.sleep(seconds)


async def rescue() -> int:
    """Put back the jobs of workers that have stopped beating; returns how many."""
    async with db.transaction() as session:
        stalled = await jobs.put_back(session, silent_seconds=settings().jobs.stalled_seconds)
    for job, task, status in stalled:
        log.warning("job stalled", job=job, task=task, status=status)
    return len(stalled)
