"""Jobs: the maker's steps and the brand's answers."""

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Header, Query
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit import captured
from clothingline.kit.clock import business_now
from clothingline.kit.http.listing import Asked, Listing
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session
from clothingline.production import presenting, queries, schemas, service
from clothingline.production.models import Job
from clothingline.production.routes.street import router

StateAsked = Annotated[schemas.JobState | None, Query(description="Only jobs in this state.")]
CapturedAt = Annotated[
    schemas.Captured | None,
    Header(alias="X-Captured-At", description="When it was said, if offline.", examples=["2026-06-02T08:00:00+07:00"]),
]


async def _card(session: AsyncSession, job: Job) -> schemas.JobOut:
    return presenting.job_out(job, await queries.get_card(session, job))


@router.get("/jobs", tags=["jobs"], name="list")
async def list_jobs(
    session: Session, reach: CurrentReach, asked: Asked, state: StateAsked = None
) -> Listing[schemas.JobOut]:
    """Your jobs, newest first; for a brand the jobs of its orders."""
    page = await queries.list_jobs(session, reach, state=state, asked=asked)
    cards = await queries.cards(session, [job.id for job in page.rows])
    return Listing(**page.listing([presenting.job_out(job, cards[job.id]) for job in page.rows]))


@router.get("/jobs/{job_id}", tags=["jobs"], name="show")
async def show_job(job_id: schemas.JobId, session: Session, reach: CurrentReach) -> schemas.JobDetail:
    """One job with its steps, photos and checks."""
    job = await queries.get_job(session, job_id, reach)
    card = await queries.get_card(session, job)
    photos = await queries.list_photos(session, job.id)
    return presenting.job_detail(job, card, photos, await queries.list_inspections(session, job.id))


@router.get("/jobs/{job_id}/measurements", tags=["jobs"], name="measurements")
async def read_measurements(
    job_id: schemas.JobId, session: Session, caller: CurrentCaller, reach: CurrentReach
) -> schemas.JobMeasurements:
    """The body measures that this garment needs. Every look is written down."""
    body = await service.read_measurements(session, job_id=job_id, reach=reach, by=caller.person)
    return presenting.measurements_out(job_id, body)


@router.post("/jobs/{job_id}/kit-receipt", status_code=201, tags=["jobs"], name="receive_kit")
async def receive_kit(
    job_id: schemas.JobId, body: schemas.KitReceipt, session: Session, caller: CurrentCaller, reach: CurrentReach
) -> schemas.JobOut:
    """Count the cut cloth. Too few pieces are reported to the brand at once."""
    job = await service.receive_kit(session, job_id=job_id, pieces=body.pieces, reach=reach, by=caller.person)
    return await _card(session, job)


@router.post("/jobs/{job_id}/start", status_code=201, tags=["jobs"], name="start")
async def start_job(
    job_id: schemas.JobId, session: Session, caller: CurrentCaller, reach: CurrentReach
) -> schemas.JobOut:
    """Start sewing."""
    return await _card(session, await service.start_job(session, job_id=job_id, reach=reach, by=caller.person))


@router.post("/jobs/{job_id}/submission", status_code=201, tags=["jobs"], name="submit")
async def submit_job(
    *,
    job_id: schemas.JobId,
    body: schemas.SubmissionCreate,
    session: Session,
    caller: CurrentCaller,
    reach: CurrentReach,
    captured_at: CapturedAt = None,
) -> schemas.JobOut:
    """Hand the pieces in for inspection, with your own counts and at least one photo."""
    job = await service.submit_job(
        session,
        job_id=job_id,
        good=body.good,
        faulty=body.faulty,
        photos=body.photos,
        note=body.note,
        age=None if captured_at is None else await _age(session, captured_at),
        reach=reach,
        by=caller.person,
    )
    return await _card(session, job)


@router.post("/jobs/{job_id}/confirmed-measures", status_code=201, tags=["jobs"], name="confirm_measure")
async def confirm_measure(
    job_id: schemas.JobId, body: schemas.MeasureConfirm, session: Session, caller: CurrentCaller, reach: CurrentReach
) -> schemas.JobOut:
    """Say what a measure is that was not sure; nothing is cut before that is said of each."""
    job = await service.confirm_measure(
        session, job_id=job_id, measurement=body.measurement, value=body.value, reach=reach, by=caller.person
    )
    return await _card(session, job)


async def _age(session: AsyncSession, said: datetime) -> timedelta:
    """By the phone's own clock where it tells when it sends; else its clock is taken for ours."""
    told = captured.age()
    return captured.waited_until(await business_now(session), said=said) if told is None else told


@router.post("/jobs/{job_id}/problems", status_code=201, tags=["jobs"], name="report_problem")
async def report_problem(
    job_id: schemas.JobId, body: schemas.ProblemCreate, session: Session, caller: CurrentCaller, reach: CurrentReach
) -> schemas.JobOut:
    """Say what stops you. Your clock rests until the brand answers."""
    job = await service.report_problem(
        session, job_id=job_id, kind=body.kind, note=body.note, reach=reach, by=caller.person
    )
    return await _card(session, job)


@router.post("/jobs/{job_id}/problem-answer", status_code=201, tags=["jobs"], name="answer_problem")
async def answer_problem(
    job_id: schemas.JobId, body: schemas.ProblemAnswer, session: Session, caller: CurrentCaller, reach: CurrentReach
) -> schemas.JobOut:
    """Answer a maker; the job goes on as before and its due day moves by the days it stood still."""
    now = await business_now(session)
    job = await service.answer_problem(
        session, job_id=job_id, answer=body.answer, reach=reach, by=caller.person, now=now
    )
    return await _card(session, job)


@router.post("/jobs/{job_id}/handover", status_code=201, tags=["jobs"], name="hand_over")
async def hand_over(
    job_id: schemas.JobId, session: Session, caller: CurrentCaller, reach: CurrentReach
) -> schemas.JobOut:
    """The passed pieces are back at the brand."""
    return await _card(session, await service.hand_over(session, job_id=job_id, reach=reach, by=caller.person))
