"""Runs on the brand's production board."""

from typing import Annotated

from fastapi import Query

from clothingline.kit.http.listing import Asked, Listing
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session
from clothingline.production import presenting, queries, schemas, service
from clothingline.production.routes.street import router

StateAsked = Annotated[schemas.RunState | None, Query(description="Only runs in this state.")]


@router.get("/runs", tags=["runs"], name="list")
async def list_runs(
    session: Session, reach: CurrentReach, asked: Asked, state: StateAsked = None
) -> Listing[schemas.RunOut]:
    """Your runs, newest first."""
    page = await queries.list_runs(session, reach, state=state, asked=asked)
    codes = await queries.codes_of(session, [row.order_id for row in page.rows])
    return Listing(**page.listing([presenting.run_out(row, codes) for row in page.rows]))


@router.get("/runs/{run_id}", tags=["runs"], name="show")
async def show_run(run_id: schemas.RunId, session: Session, reach: CurrentReach) -> schemas.RunDetail:
    """One run with its jobs and the dates that its plan promised."""
    row = await queries.get_run(session, run_id, reach)
    jobs = await queries.list_jobs_of_run(session, row.id)
    cards = await queries.cards(session, [job.id for job in jobs])
    codes = await queries.codes_of(session, [row.order_id])
    timeline = await queries.timeline_of(session, row.plan_id)
    return presenting.run_detail(row, codes, [presenting.job_out(job, cards[job.id]) for job in jobs], timeline)


@router.post("/runs/{run_id}/release", status_code=201, tags=["runs"], name="release")
async def release_run(
    run_id: schemas.RunId, session: Session, caller: CurrentCaller, reach: CurrentReach
) -> schemas.RunOut:
    """Cut the cloth and send the kits. From now on the order cannot be changed."""
    row = await service.release_run(session, run_id=run_id, reach=reach, by=caller.person)
    return presenting.run_out(row, await queries.codes_of(session, [row.order_id]))
