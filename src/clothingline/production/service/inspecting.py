"""Inspection by ISO 2859-1: the plan is frozen before anybody counts, and the numbers decide."""

from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Reach
from clothingline.kit.errors import Invalid
from clothingline.kit.states import move
from clothingline.production import queries
from clothingline.production.errors import InspectionPending, StepOutOfOrder, VerdictGiven
from clothingline.production.events import InspectionJudged, InspectionPlanned, JobPassed, JobReworked
from clothingline.production.models import INSPECTION, Inspection, Job
from clothingline.production.service.moving import step, tell
from clothingline.reference.aql import CLOTHING_MAJOR_AQL, CLOTHING_MINOR_AQL, ClothingPlan, SamplingPlan, clothing_plan

AQLS = {"critical": "0", "major": CLOTHING_MAJOR_AQL, "minor": CLOTHING_MINOR_AQL}


async def plan_inspection(session: AsyncSession, *, job_id: UUID, level: str, reach: Reach, by: UUID) -> Inspection:
    """Freeze the sampling plan of a submitted job; its lot is what the maker counted as good.

    Raises `JobUnknown`, `StepOutOfOrder` when nothing is submitted, or `InspectionPending`.
    """
    job = await queries.get_job(session, job_id, reach, lock=True)
    if job.state != "submitted":
        raise StepOutOfOrder(state=job.state)
    plan = clothing_plan(job.good or job.pieces, level=level)
    inspection = await _add_once(session, _frozen(job, plan, level))
    await tell(session, InspectionPlanned(inspection.id, job.id), job, by=by)
    return inspection


def _frozen(job: Job, plan: ClothingPlan, level: str) -> Inspection:
    parts = {"critical": plan.critical, "major": plan.major, "minor": plan.minor}
    return Inspection(
        job_id=job.id,
        lot_size=plan.major.lot_size,
        level=level,
        sample_size=plan.pieces,
        classes=[_defect_class(defect, part) for defect, part in parts.items()],
        state="planned",
    )


def _defect_class(defect: str, part: SamplingPlan) -> dict[str, Any]:
    numbers = {"sample_size": part.pieces, "accept": part.accept, "reject": part.reject}
    return {"defect": defect, "aql": AQLS[defect], **numbers}


async def _add_once(session: AsyncSession, inspection: Inspection) -> Inspection:
    session.add(inspection)
    try:
        await session.flush()
    except IntegrityError as error:
        raise InspectionPending from error
    return inspection


async def judge(
    session: AsyncSession, *, inspection_id: UUID, found: dict[str, int], reason: str | None, reach: Reach, by: UUID
) -> Inspection:
    """Compare the defects found with the frozen numbers: the job passes, or goes back with a reason.

    `found` counts defects by class. Raises `InspectionUnknown`, `VerdictGiven`, or `Invalid` without a reason to fail.
    """
    seen = await queries.get_inspection(session, inspection_id, reach)
    await queries.get_job(session, seen.job_id, reach, lock=True)
    passes = seen.passes(found)
    if not passes and not reason:
        raise Invalid("/reason", "Tulis apa yang harus diperbaiki.", "Say what must be put right.", code="missing")
    event = "pass" if passes else "fail"
    planned = Inspection.id == inspection_id
    judged = await move(session, INSPECTION, Inspection, event, planned, by=by, found=found, reason=reason)
    if not judged:
        raise VerdictGiven
    await _tell_verdict(session, judged[0], passes=passes, reach=reach, by=by)
    return judged[0]


async def _tell_verdict(session: AsyncSession, judged: Inspection, *, passes: bool, reach: Reach, by: UUID) -> None:
    job = await step(session, "pass" if passes else "rework", job_id=judged.job_id, reach=reach, by=by)
    await tell(session, InspectionJudged(judged.id, job.id), job, by=by)
    verdict = JobPassed if passes else JobReworked
    await tell(session, verdict(job.id, job.order_id), job, by=by, consumer=passes)
