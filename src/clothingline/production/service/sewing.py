"""The steps of a maker: kit, start, submission, hand-over."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Reach
from clothingline.kit.clock import business_now
from clothingline.kit.errors import Invalid
from clothingline.kit.events import emit
from clothingline.kit.states import move
from clothingline.orders import queries as orders
from clothingline.orders import service as orders_service
from clothingline.production import queries
from clothingline.production.events import JobHandedOver, JobStarted, JobSubmitted, KitReceived, RunPacked
from clothingline.production.models import RUN, Job, Run, Submission
from clothingline.production.service.moving import step, tell
from clothingline.production.service.problems import report_problem


async def receive_kit(session: AsyncSession, *, job_id: UUID, pieces: int, reach: Reach, by: UUID) -> Job:
    """The maker has counted `pieces` in the kit; too few are reported as a problem at once.

    Raises `KitNotSent`, the refusal of the job's stage, or `Invalid` for more pieces than were cut.
    """
    planned = (await queries.get_job(session, job_id, reach)).pieces
    if pieces > planned:
        raise _more_than(planned, "/pieces")
    sent = Job.kit_sent_at.is_not(None)
    job = await step(session, "receive_kit", sent, job_id=job_id, reach=reach, by=by, kit_pieces=pieces)
    await tell(session, KitReceived(job.id, job.order_id), job, by=by)
    if pieces == planned:
        return job
    note = f"Kit berisi {pieces} dari {planned} potong. (The kit holds {pieces} of {planned} pieces.)"
    return await report_problem(session, job_id=job_id, kind="cloth", note=note, reach=reach, by=by)


def _more_than(planned: int, pointer: str) -> Invalid:
    return Invalid(
        pointer,
        f"Lebih dari jumlah pekerjaan ini; paling banyak {planned} potong.",
        f"More than this job holds; at most {planned} pieces.",
        code="out_of_range",
        max=planned,
    )


async def start_job(session: AsyncSession, *, job_id: UUID, reach: Reach, by: UUID) -> Job:
    """The maker begins to sew. Raises the refusal of the job's stage."""
    job = await step(session, "start", job_id=job_id, reach=reach, by=by)
    await tell(session, JobStarted(job.id, job.order_id), job, by=by)
    return job


async def submit_job(
    session: AsyncSession,
    *,
    job_id: UUID,
    good: int,
    faulty: int,
    photos: Sequence[UUID],
    note: str | None,
    age: timedelta | None,
    reach: Reach,
    by: UUID,
) -> Job:
    """Hand pieces to inspection with the maker's own counts and at least one photo of this job.

    `age`: how long the maker's phone has kept it; the time of that is noted beside the time of arrival.

    Raises the refusal of the job's stage, or `Invalid` for counts or photos that do not belong to it.
    """
    planned = (await queries.get_job(session, job_id, reach)).pieces
    if good + faulty > planned:
        raise _more_than(planned, "/good")
    if await queries.count_photos(session, job_id, photos) != len(set(photos)):
        raise Invalid("/photos", "Pilih foto dari pekerjaan ini.", "Choose photos of this job.", code="unknown_photo")
    now = await business_now(session)
    captured_at = None if age is None else await _said_at(session, job_id, age, now=now, reach=reach, by=by)
    job = await step(session, "submit", job_id=job_id, reach=reach, by=by, good=good, faulty=faulty)
    said = Submission(job_id=job.id, good=good, faulty=faulty, note=note, at=now, captured_at=captured_at)
    said.photo_ids = list(dict.fromkeys(photos))
    session.add(said)
    await tell(session, JobSubmitted(job.id, job.order_id), job, by=by)
    return job


async def _said_at(
    session: AsyncSession, job_id: UUID, age: timedelta, *, now: datetime, reach: Reach, by: UUID
) -> datetime:
    """When a maker said what arrives now: not before others last changed the job, for it is about what they left.

    Nor after `now`, since when others may have changed it once more.
    """
    seen = await queries.get_job(session, job_id, reach)
    left = await queries.last_changed_by_others(session, seen, by) or seen.created_at
    return min(max(now - age, left), now)


async def hand_over(session: AsyncSession, *, job_id: UUID, reach: Reach, by: UUID) -> Job:
    """The passed pieces are back at the brand; with the last job the run is packed and the order ready."""
    seen = await queries.get_job(session, job_id, reach)
    await orders.get_order_by_id(session, seen.order_id, lock=True)
    run = await queries.find_live_run_for_update(session, seen.order_id)
    job = await step(session, "hand_over", job_id=job_id, reach=reach, by=by)
    await tell(session, JobHandedOver(job.id, job.order_id), job, by=by)
    if run is not None:
        await _pack_when_complete(session, run)
    return job


async def _pack_when_complete(session: AsyncSession, run: Run) -> None:
    jobs = await queries.list_jobs_of_run(session, run.id)
    if any(job.state != "handed_over" for job in jobs):
        return
    [packed] = await move(session, RUN, Run, "pack", Run.id == run.id)
    await emit(session, RunPacked(packed.id, packed.order_id), audience=[packed.brand_id])
    await orders_service.mark_ready(session, order_id=packed.order_id)
