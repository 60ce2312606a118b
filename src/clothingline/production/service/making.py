"""Jobs out of accepted offers, runs out of confirmed orders, and their end when the reason falls away."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.events import emit
from clothingline.kit.states import move
from clothingline.orders import queries as orders
from clothingline.orders.models import BODY
from clothingline.production import queries
from clothingline.production.events import JobCancelled, JobMade, RunCancelled, RunClosed, RunPlanned
from clothingline.production.models import JOB, RUN, Job, Run
from clothingline.production.service.moving import tell
from clothingline.routing import queries as routing
from clothingline.routing.models import Offer, Plan
from clothingline.wearers import service as wearers


async def make_job(session: AsyncSession, *, offer_id: UUID) -> Job | None:
    """The job of a maker's offer that stands accepted; None when it no longer does. May be asked twice."""
    offer = await queries.lock_offer(session, offer_id)
    if offer is None or offer.kind != "tailor" or offer.state != "accepted":
        return None
    return await _job_of(session, offer)


async def _job_of(session: AsyncSession, offer: Offer) -> Job:
    known = await queries.find_live_job(session, offer.id)
    if known is not None:
        return known
    job = Job(
        order_id=offer.order_id,
        offer_id=offer.id,
        tailor_id=offer.organisation_id,
        pieces=offer.pieces,
        sizes=offer.sizes,
        pay_idr=offer.pay_idr,
        due_on=offer.due_on,
        state="accepted",
    )
    session.add(job)
    await session.flush()
    if BODY in job.sizes:
        await wearers.claim_bodies(session, order_id=job.order_id, job_id=job.id, pieces=job.sizes[BODY])
    await tell(session, JobMade(job.id, job.order_id), job, by=None)
    return job


async def cancel_job(session: AsyncSession, *, offer_id: UUID) -> list[Job]:
    """End the job of an offer that no longer stands accepted, unless its kit is on the way."""
    offer = await queries.lock_offer(session, offer_id)
    if offer is None or offer.state == "accepted":
        return []
    cancelled = await move(session, JOB, Job, "cancel", Job.offer_id == offer_id, Job.kit_sent_at.is_(None))
    await _end_jobs(session, cancelled)
    return cancelled


async def _end_jobs(session: AsyncSession, jobs: Sequence[Job]) -> None:
    for job in jobs:
        if BODY in job.sizes:
            await wearers.free_bodies(session, order_id=job.order_id, job_id=job.id)
        await tell(session, JobCancelled(job.id, job.order_id), job, by=None)


async def make_run(session: AsyncSession, *, order_id: UUID) -> Run | None:
    """The run of a confirmed order with all its jobs; None when the order is not confirmed. May be asked twice.

    Jobs that nobody has made yet are made here, so that it does not matter which reaction comes first. A re-routing may
    have moved a maker's due day, so the offer's day counts.
    """
    order = await orders.get_order_by_id(session, order_id, lock=True)
    if order.state != "confirmed":
        return None
    offers = await queries.lock_accepted_offers(session, order_id)
    plan = await routing.get_adopted_plan(session, order_id)
    run = await _run_of(session, plan, pieces=order.line.pieces)
    for offer in offers:
        job = await _job_of(session, offer)
        job.run_id, job.due_on = run.id, offer.due_on
    await session.flush()
    return run


async def _run_of(session: AsyncSession, plan: Plan, *, pieces: int) -> Run:
    known = await queries.find_live_run_for_update(session, plan.order_id)
    if known is not None and known.plan_id == plan.id:
        return known
    await _end_runs(session, plan.order_id)
    run = Run(
        order_id=plan.order_id, plan_id=plan.id, brand_id=plan.brand_id, pieces=pieces, state="materials_reserved"
    )
    session.add(run)
    await session.flush()
    await emit(session, RunPlanned(run.id, run.order_id), audience=[run.brand_id])
    return run


async def _end_runs(session: AsyncSession, order_id: UUID) -> None:
    for run in await move(session, RUN, Run, "cancel", Run.order_id == order_id):
        await emit(session, RunCancelled(run.id, run.order_id), audience=[run.brand_id])


async def cancel_run(session: AsyncSession, *, order_id: UUID) -> None:
    """End the run and the jobs of a cancelled order. May be asked twice."""
    order = await orders.get_order_by_id(session, order_id, lock=True)
    if order.state != "cancelled":
        return
    await _end_runs(session, order_id)
    jobs = await move(session, JOB, Job, "cancel", Job.order_id == order_id)
    await _end_jobs(session, jobs)


async def close_run(session: AsyncSession, *, order_id: UUID) -> None:
    """Close the packed run of an order that was delivered. May be asked twice."""
    for run in await move(session, RUN, Run, "close", Run.order_id == order_id):
        await emit(session, RunClosed(run.id, run.order_id), audience=[run.brand_id])
