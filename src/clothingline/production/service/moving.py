"""One step of a job: taken in one statement, or refused by name; and who hears of it."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Reach
from clothingline.kit.errors import Refusal
from clothingline.kit.events import Happening, emit
from clothingline.kit.states import move
from clothingline.production import queries
from clothingline.production.errors import JobBlocked, JobWithdrawn, KitNotSent, StepOutOfOrder
from clothingline.production.models import JOB, Job


async def step(
    session: AsyncSession, event: str, *where: ColumnElement[bool], job_id: UUID, reach: Reach, by: UUID, **values: Any
) -> Job:
    """Take a job that the caller may touch through `event`. Raises `JobUnknown` or the refusal of its stage."""
    moved = await move(session, JOB, Job, event, Job.id == job_id, queries.visible(reach), *where, by=by, **values)
    if not moved:
        raise _refusal(await queries.get_job(session, job_id, reach))
    return moved[0]


def _refusal(job: Job) -> Refusal:
    if job.state == "cancelled":
        return JobWithdrawn()
    if job.state == "blocked":
        return JobBlocked()
    if job.state == "accepted" and job.kit_sent_at is None:
        return KitNotSent()
    return StepOutOfOrder(state=job.state)


async def tell(
    session: AsyncSession, happening: Happening, job: Job, *, by: UUID | None, consumer: bool = False
) -> None:
    """Emit what happened to a job for its maker, its brand and, where it concerns them, the consumer."""
    parties = await queries.get_parties(session, job.order_id)
    heard = (job.tailor_id, parties.brand_id, parties.consumer_id if consumer else None)
    await emit(session, happening, by=by, audience=[one for one in heard if one is not None])
