"""Quality checks."""

from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session
from clothingline.production import presenting, queries, schemas, service
from clothingline.production.routes.street import router


@router.post("/jobs/{job_id}/inspections", status_code=201, tags=["inspections"], name="create")
async def plan_inspection(
    job_id: schemas.JobId, body: schemas.InspectionCreate, session: Session, caller: CurrentCaller, reach: CurrentReach
) -> schemas.InspectionOut:
    """Freeze the sampling plan of a submission before anybody counts."""
    row = await service.plan_inspection(session, job_id=job_id, level=body.level, reach=reach, by=caller.person)
    return presenting.inspection_out(row)


@router.get("/inspections/{inspection_id}", tags=["inspections"], name="show")
async def show_inspection(
    inspection_id: schemas.InspectionId, session: Session, reach: CurrentReach
) -> schemas.InspectionOut:
    """One check with its numbers and its verdict."""
    return presenting.inspection_out(await queries.get_inspection(session, inspection_id, reach))


@router.post("/inspections/{inspection_id}/verdict", status_code=201, tags=["inspections"], name="judge")
async def judge(
    inspection_id: schemas.InspectionId,
    body: schemas.Verdict,
    session: Session,
    caller: CurrentCaller,
    reach: CurrentReach,
) -> schemas.InspectionOut:
    """Say what was found; the frozen numbers decide whether the job passes or goes back."""
    found = {"critical": body.critical, "major": body.major, "minor": body.minor}
    row = await service.judge(
        session, inspection_id=inspection_id, found=found, reason=body.reason, reach=reach, by=caller.person
    )
    return presenting.inspection_out(row)
