"""Rows of production in their wire form."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from clothingline.kit.http.amounts import idr
from clothingline.production import schemas
from clothingline.production.models import Inspection, Job, JobProblem, Photo, Run
from clothingline.production.queries import Card
from clothingline.production.service.measuring import BodyMeasures
from clothingline.production.steps import STEPS, Step, next_step, steps_done
from clothingline.reference import facts


def job_out(job: Job, card: Card) -> schemas.JobOut:
    """A job with its card."""
    return schemas.JobOut(**_job(job, card))


def job_detail(job: Job, card: Card, photos: Iterable[UUID], inspections: Iterable[Inspection]) -> schemas.JobDetail:
    """A job with its card, photos and checks."""
    checks = [inspection_out(one) for one in inspections]
    return schemas.JobDetail(**_job(job, card), photos=list(photos), inspections=checks)


def _job(job: Job, card: Card) -> dict[str, Any]:
    own = ("id", "state", "pieces", "sizes", "due_on", "kit_sent_at", "kit_pieces", "good", "faulty")
    return {
        **{name: getattr(job, name) for name in own},
        "run": job.run_id,
        "order_code": card.order_code,
        "brand": card.brand_id,
        "brand_name": card.brand,
        "town": card.town,
        "tailor": job.tailor_id,
        "tailor_name": card.tailor,
        "garment": card.garment,
        "garment_type": card.garment_type,
        "colour": card.colour,
        "options": card.chosen,
        "made_to_measure": card.made_to_measure(job),
        "pay": idr(job.pay_idr),
        "steps": _steps(job, card.problem),
        "next": _step(next_step(job.state, kit_sent=job.kit_sent_at is not None)),
        "problem": _problem(card.problem),
    }


def _steps(job: Job, problem: JobProblem | None) -> list[schemas.StepDone]:
    done = steps_done(job.state, problem.before if problem else None)
    return [schemas.StepDone(**vars(one), done=number < done) for number, one in enumerate(STEPS)]


def _step(step: Step | None) -> schemas.StepOut | None:
    return schemas.StepOut(**vars(step)) if step else None


def _problem(problem: JobProblem | None) -> dict[str, Any] | None:
    if problem is None:
        return None
    return {"kind": problem.kind, "note": problem.note, "reported_at": problem.created_at}


def inspection_out(row: Inspection) -> schemas.InspectionOut:
    """A check."""
    own = ("id", "state", "lot_size", "level", "sample_size", "classes", "found", "reason", "created_at")
    return schemas.InspectionOut(
        **{name: getattr(row, name) for name in own},
        job=row.job_id,
        inspect_all=row.sample_size >= row.lot_size,
        judged_at=None if row.state == "planned" else row.state_at,
    )


def photo_out(row: Photo) -> schemas.PhotoOut:
    """A photo, without its bytes."""
    own = ("id", "width", "height", "size", "created_at")
    return schemas.PhotoOut(**{name: getattr(row, name) for name in own}, job=row.job_id)


def measurements_out(job_id: UUID, found: Sequence[BodyMeasures]) -> schemas.JobMeasurements:
    """Measures with their names, body by body; for the only one also at the top."""
    bodies = [_body(one) for one in found]
    only = bodies[0] if len(bodies) == 1 else None
    return schemas.JobMeasurements(
        job=job_id,
        pseudonym=only.pseudonym if only else None,
        garment_type=found[0].garment_type if found else None,
        measures=only.measures if only else [],
        bodies=bodies,
    )


def _body(body: BodyMeasures) -> schemas.BodyOut:
    values = body.values or {}
    missing = [name for name in body.unconfirmed if name not in values]
    measures = [
        *(_measure(name, value, unconfirmed=name in body.unconfirmed) for name, value in values.items()),
        *(_measure(name, None, unconfirmed=True) for name in missing),
    ]
    return schemas.BodyOut(pseudonym=body.pseudonym, erased=body.values is None, measures=measures)


def _measure(name: str, value: int | None, *, unconfirmed: bool) -> schemas.MeasureOut:
    known = facts.measurements()[name]
    words = {"name_id": known.name_id, "name_en": known.name_en}
    return schemas.MeasureOut.model_validate(
        {"measurement": name, **words, "value": value, "unit": known.stored_unit, "unconfirmed": unconfirmed}
    )


def run_out(row: Run, codes: Mapping[UUID, str]) -> schemas.RunOut:
    """A run."""
    return schemas.RunOut(**_run(row, codes))


def run_detail(
    row: Run, codes: Mapping[UUID, str], jobs: list[schemas.JobOut], timeline: dict[str, Any]
) -> schemas.RunDetail:
    """A run with its jobs and the dates of its plan."""
    return schemas.RunDetail(**_run(row, codes), jobs=jobs, timeline=timeline)


def _run(row: Run, codes: Mapping[UUID, str]) -> dict[str, Any]:
    own = {name: getattr(row, name) for name in ("id", "state", "pieces", "released_at", "created_at")}
    return {**own, "order": row.order_id, "order_code": codes[row.order_id]}
