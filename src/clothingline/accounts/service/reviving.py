"""A person sees to a background job that has failed at every try."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.errors import BackgroundJobNotDead, BackgroundJobUnknown
from clothingline.accounts.events import DeadJobDropped, DeadJobRetried
from clothingline.kit import dead_jobs
from clothingline.kit.dead_jobs import Act, QueuedJob
from clothingline.kit.events import emit


async def decide_on_job(session: AsyncSession, *, number: int, act: Act, reason: str, by: UUID) -> QueuedJob:
    """Try a dead job once more, or give it up; who and why is kept.

    Raises `BackgroundJobUnknown` or `BackgroundJobNotDead`.
    """
    job = await find_job(session, number)
    if not await dead_jobs.decide(session, number=number, act=act, reason=reason, by=by):
        raise BackgroundJobNotDead
    happened = DeadJobRetried if act == "retry" else DeadJobDropped
    await emit(session, happened(number, job.task), by=by)
    return await find_job(session, number)


async def find_job(session: AsyncSession, number: int) -> QueuedJob:
    """A job of the queue. Raises `BackgroundJobUnknown`."""
    found = await dead_jobs.find(session, number)
    if found is None:
        raise BackgroundJobUnknown
    return found
