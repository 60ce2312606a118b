"""What stops a maker, and the brand's answer."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Reach
from clothingline.kit.clock import local_date
from clothingline.production import queries
from clothingline.production.errors import NoOpenProblem
from clothingline.production.events import JobProblemAnswered, JobProblemReported
from clothingline.production.models import Job, JobProblem
from clothingline.production.service.moving import step, tell


async def report_problem(session: AsyncSession, *, job_id: UUID, kind: str, note: str, reach: Reach, by: UUID) -> Job:
    """Stop the maker's own clock until the brand answers. Raises the refusal of the job's stage."""
    before = (await queries.get_job(session, job_id, reach, lock=True)).state
    job = await step(session, "block", job_id=job_id, reach=reach, by=by)
    problem = JobProblem(job_id=job.id, kind=kind, note=note, before=before)
    session.add(problem)
    await session.flush()
    await tell(session, JobProblemReported(job.id, problem.id), job, by=by)
    return job


async def answer_problem(
    session: AsyncSession, *, job_id: UUID, answer: str, reach: Reach, by: UUID, now: datetime
) -> Job:
    """Answer a maker: the job goes on as before, and its due day moves by the days it stood still.

    Raises `JobUnknown` or `NoOpenProblem`.
    """
    blocked = await queries.get_job(session, job_id, reach, lock=True)
    problem = await queries.find_open_problem(session, job_id)
    if problem is None:
        raise NoOpenProblem
    stood = max(local_date(now) - local_date(problem.created_at), timedelta(0))
    problem.answer, problem.answered_at, problem.answered_by = answer, now, by
    event, due_on = f"answer_{problem.before}", blocked.due_on + stood
    job = await step(session, event, job_id=job_id, reach=reach, by=by, due_on=due_on)
    await tell(session, JobProblemAnswered(job.id, problem.id), job, by=by)
    return job
