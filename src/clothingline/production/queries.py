"""Rows of production. Whose work it is stands in every query: the assigned maker's or the brand's."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from clothingline.accounts.models import Organisation
from clothingline.brands.models import Brand
from clothingline.garments.chosen import ChosenOption, in_words
from clothingline.garments.models import Design
from clothingline.garments.options import read
from clothingline.kit.access import Reach
from clothingline.kit.db import Kind, locked
from clothingline.kit.events import Event
from clothingline.kit.page import Page, Window, take
from clothingline.materials.models import Lot
from clothingline.orders.models import BODY, Order, OrderLine
from clothingline.production.errors import InspectionUnknown, JobUnknown, PhotoUnknown, RunUnknown
from clothingline.production.models import Inspection, Job, JobProblem, Photo, Run, Submission
from clothingline.reference.models import Regency
from clothingline.routing.models import Offer, Plan

Locked = TypeVar("Locked", Inspection, Job, Offer, Run)


@dataclass(frozen=True)
class Card:
    """What a job's card says besides the job itself; never who ordered."""

    job_id: UUID
    order_code: str
    brand_id: UUID
    brand: str
    town: str
    tailor: str
    garment_type: str
    garment: str
    options: list[dict[str, Any]]
    answers: dict[str, Any]
    colour: str
    measurement_set_id: UUID | None
    problem: JobProblem | None

    @property
    def chosen(self) -> list[ChosenOption]:
        """What was chosen of the design, in words."""
        return in_words(read(self.options), self.answers)

    def made_to_measure(self, job: Job) -> bool:
        """Whether the job is sewn to a body, or a part of it to bodies of a group."""
        return self.measurement_set_id is not None or BODY in job.sizes


@dataclass(frozen=True)
class Parties:
    """Who may hear of an order's production."""

    brand_id: UUID | None
    consumer_id: UUID


def visible(reach: Reach) -> ColumnElement[bool]:
    """Jobs that a caller may see: assigned to its workshop, of its brand, or all."""
    if reach.everything:
        return true()
    of_brand = Job.order_id.in_(select(Order.id).where(Order.brand_id.in_(reach.brands)))
    return or_(Job.tailor_id.in_(reach.tailors), of_brand)


async def get_job(session: AsyncSession, job_id: UUID, reach: Reach, *, lock: bool = False) -> Job:
    """One job. Raises `JobUnknown`."""
    found = await _rows(session, select(Job).where(Job.id == job_id, visible(reach)), "job" if lock else None)
    if not found:
        raise JobUnknown
    return found[0]


async def _rows(session: AsyncSession, query: Select[Locked], lock: Kind | None = None) -> Sequence[Locked]:
    """The rows as they are in the database, locked as rows of this kind if it is given."""
    fresh = query.execution_options(populate_existing=True)
    found = (await session.scalars(fresh.with_for_update() if lock else fresh)).all()
    if lock:
        locked(session, lock, [row.id for row in found])
    return found


async def list_jobs(session: AsyncSession, reach: Reach, *, state: str | None, asked: Window) -> Page[Job]:
    """Jobs that the caller may see, newest first."""
    query = select(Job).where(visible(reach))
    if state is not None:
        query = query.where(Job.state == state)
    return await take(session, query, key=Job.id, asked=asked)


async def list_jobs_at_work(session: AsyncSession, reach: Reach, *, limit: int = 50) -> Sequence[Job]:
    """Jobs that are not handed over yet, the one that is due first in front."""
    going = select(Job).where(visible(reach), Job.state.not_in(("handed_over", "cancelled")))
    return (await session.scalars(going.order_by(Job.due_on, Job.id).limit(limit))).all()


async def list_jobs_handed_over(session: AsyncSession, reach: Reach, *, limit: int = 20) -> Sequence[Job]:
    """Jobs that were handed over, newest first."""
    done = select(Job).where(visible(reach), Job.state == "handed_over").order_by(Job.state_at.desc(), Job.id)
    return (await session.scalars(done.limit(limit))).all()


async def cards(session: AsyncSession, job_ids: Collection[UUID]) -> dict[UUID, Card]:
    """The cards of jobs by job, in one statement."""
    owner, maker = aliased(Organisation), aliased(Organisation)
    query = (
        select(
            Job.id,
            Order.code,
            owner.id,
            owner.name,
            Regency.name,
            maker.name,
            Design.garment_type,
            Design.name,
            Design.options,
            OrderLine.options,
            func.coalesce(OrderLine.colour, Lot.colour),
            OrderLine.measurement_set_id,
            JobProblem,
        )
        .join(Order, Order.id == Job.order_id)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .join(Design, Design.id == OrderLine.design_id)
        .join(Offer, Offer.id == Job.offer_id)
        .join(Plan, Plan.id == Offer.plan_id)
        .join(Lot, Lot.id == Plan.lot_id)
        .join(Brand, Brand.id == Order.brand_id)
        .join(owner, owner.id == Brand.id)
        .join(Regency, Regency.code == Brand.regency_code)
        .join(maker, maker.id == Job.tailor_id)
        .outerjoin(JobProblem, (JobProblem.job_id == Job.id) & JobProblem.answered_at.is_(None))
        .where(Job.id.in_(job_ids))
        .execution_options(populate_existing=True)
    )
    rows: Sequence[Sequence[Any]] = (await session.execute(query)).all()
    return {row[0]: Card(*row) for row in rows}


async def get_card(session: AsyncSession, job: Job) -> Card:
    """The card of one job."""
    return (await cards(session, [job.id]))[job.id]


async def find_live_job(session: AsyncSession, offer_id: UUID) -> Job | None:
    """The job that came from an offer and was not cancelled."""
    return await session.scalar(select(Job).where(Job.offer_id == offer_id, Job.state != "cancelled"))


async def list_jobs_of_run(session: AsyncSession, run_id: UUID, *, lock: bool = False) -> Sequence[Job]:
    """The jobs of a run that were not cancelled, in the order of their ids."""
    query = select(Job).where(Job.run_id == run_id, Job.state != "cancelled").order_by(Job.id)
    return await _rows(session, query, "job" if lock else None)


async def lock_offer(session: AsyncSession, offer_id: UUID) -> Offer | None:
    """An offer, locked."""
    return next(iter(await _rows(session, select(Offer).where(Offer.id == offer_id), "offer")), None)


async def lock_accepted_offers(session: AsyncSession, order_id: UUID) -> Sequence[Offer]:
    """The makers' offers of an order that stand accepted, locked in the order of their ids."""
    wanted = (Offer.order_id == order_id, Offer.kind == "tailor", Offer.state == "accepted")
    return await _rows(session, select(Offer).where(*wanted).order_by(Offer.id), "offer")


async def get_run(session: AsyncSession, run_id: UUID, reach: Reach, *, lock: bool = False) -> Run:
    """One run of the caller's brand. Raises `RunUnknown`."""
    found = await _rows(session, select(Run).where(Run.id == run_id, _of_brand(reach)), "run" if lock else None)
    if not found:
        raise RunUnknown
    return found[0]


def _of_brand(reach: Reach) -> ColumnElement[bool]:
    return true() if reach.everything else Run.brand_id.in_(reach.brands)


async def find_live_run_for_update(session: AsyncSession, order_id: UUID) -> Run | None:
    """The run of an order that was not cancelled."""
    query = select(Run).where(Run.order_id == order_id, Run.state != "cancelled")
    return next(iter(await _rows(session, query, "run")), None)


async def list_runs(session: AsyncSession, reach: Reach, *, state: str | None, asked: Window) -> Page[Run]:
    """Runs that the caller may see, newest first."""
    query = select(Run).where(_of_brand(reach))
    if state is not None:
        query = query.where(Run.state == state)
    return await take(session, query, key=Run.id, asked=asked)


async def codes_of(session: AsyncSession, order_ids: Collection[UUID]) -> dict[UUID, str]:
    """Codes of orders by id."""
    rows = await session.execute(select(Order.id, Order.code).where(Order.id.in_(order_ids)))
    return {row.id: row.code for row in rows}


async def timeline_of(session: AsyncSession, plan_id: UUID) -> dict[str, Any]:
    """Dates by stage as the plan of a run promised them."""
    timeline: dict[str, Any] = (await session.scalars(select(Plan.timeline).where(Plan.id == plan_id))).one()
    return timeline


async def get_parties(session: AsyncSession, order_id: UUID) -> Parties:
    """Brand and consumer of an order that is in production."""
    row = (await session.execute(select(Order.brand_id, Order.consumer_id).where(Order.id == order_id))).one()
    return Parties(row.brand_id, row.consumer_id)


async def find_open_problem(session: AsyncSession, job_id: UUID) -> JobProblem | None:
    """The problem of a job that waits for an answer."""
    return await session.scalar(select(JobProblem).where(JobProblem.job_id == job_id, JobProblem.answered_at.is_(None)))


async def last_changed_by_others(session: AsyncSession, job: Job, by: UUID) -> datetime | None:
    """When somebody else than `by`, or the system, last did something with a job; None for an untouched one."""
    of_job = (Event.facts["order_id"].astext == str(job.order_id), Event.facts["job_id"].astext == str(job.id))
    query = select(func.max(Event.at)).where(*of_job, Event.actor.is_distinct_from(by))
    return await session.scalar(query)


async def list_photos(session: AsyncSession, job_id: UUID) -> Sequence[UUID]:
    """Photos of a job, oldest first; at most 200."""
    return (await session.scalars(select(Photo.id).where(Photo.job_id == job_id).order_by(Photo.id).limit(200))).all()


async def photos_of(session: AsyncSession, job_ids: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """Photos by job, oldest first; at most 200. One statement."""
    query = select(Photo.job_id, Photo.id).where(Photo.job_id.in_(job_ids)).order_by(Photo.id).limit(200)
    found: dict[UUID, list[UUID]] = {}
    for job_id, photo_id in await session.execute(query):
        found.setdefault(job_id, []).append(photo_id)
    return found


class DefectPhoto(NamedTuple):
    """A picture of a defect."""

    id: UUID
    inspection_id: UUID
    defect: str


async def list_defect_photos(session: AsyncSession, inspection_ids: Collection[UUID]) -> Sequence[DefectPhoto]:
    """Pictures that were taken at these checks, oldest first; at most 200. One statement."""
    query = select(Photo.id, Photo.inspection_id, Photo.defect).where(Photo.inspection_id.in_(inspection_ids))
    rows = await session.execute(query.order_by(Photo.id).limit(200))
    return [DefectPhoto(one, check, defect) for one, check, defect in rows if check and defect]


async def count_photos(session: AsyncSession, job_id: UUID, photo_ids: Collection[UUID]) -> int:
    """How many of these photos show this job."""
    query = select(func.count()).where(Photo.job_id == job_id, Photo.id.in_(photo_ids))
    return (await session.scalars(query)).one()


async def get_photo(session: AsyncSession, photo_id: UUID, reach: Reach) -> Photo:
    """A photo of a job that the caller may see. Raises `PhotoUnknown`."""
    query = select(Photo).join(Job, Job.id == Photo.job_id).where(Photo.id == photo_id, visible(reach))
    found = await session.scalar(query)
    if found is None:
        raise PhotoUnknown
    return found


async def get_photo_of_order(session: AsyncSession, photo_id: UUID, order_id: UUID) -> Photo:
    """A picture with which a part of an order was handed in, for whoever may see the order. Raises `PhotoUnknown`."""
    proof = (Submission.job_id == Photo.job_id) & Submission.photo_ids.overlap([photo_id])
    query = select(Photo).join(Job, Job.id == Photo.job_id).join(Submission, proof)
    found = await session.scalar(query.where(Photo.id == photo_id, Job.order_id == order_id).limit(1))
    if found is None:
        raise PhotoUnknown
    return found


async def list_inspections(session: AsyncSession, job_id: UUID) -> Sequence[Inspection]:
    """The checks of a job, newest first; at most 50."""
    query = select(Inspection).where(Inspection.job_id == job_id).order_by(Inspection.id.desc()).limit(50)
    return (await session.scalars(query)).all()


async def get_inspection(session: AsyncSession, inspection_id: UUID, reach: Reach) -> Inspection:
    """A check of a job that the caller may see. Raises `InspectionUnknown`."""
    query = select(Inspection).join(Job, Job.id == Inspection.job_id)
    found = await _rows(session, query.where(Inspection.id == inspection_id, visible(reach)))
    if not found:
        raise InspectionUnknown
    return found[0]
