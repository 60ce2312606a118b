"""What is shown beside an order: its thing and its parties. Whose order it is has been settled by whoever asks."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.models import Organisation
from clothingline.brands.models import Brand
from clothingline.certification.queries import skills_of
from clothingline.garments.models import Design
from clothingline.production.models import Inspection, Job, JobProblem, Submission
from clothingline.reference.models import Regency
from clothingline.routing.models import Offer, PlanShare
from clothingline.tailors.models import Tailor
from clothingline.tracking.errors import LinkUnknown
from clothingline.tracking.models import OrderLink


@dataclass(frozen=True)
class House:
    """A brand and where it is."""

    name: str
    town: str


@dataclass(frozen=True)
class Maker:
    """Who sews a part of an order, what is proved of it, and how far it is."""

    job: Job
    name: str
    town: str
    problem: str | None
    planned_on: date
    certified: bool

    @property
    def first_name(self) -> str:
        """How the maker is called before strangers."""
        return self.name.split()[0]


async def designs_of(session: AsyncSession, design_ids: Collection[UUID]) -> Mapping[UUID, Design]:
    """Designs by id, whether or not they are still sold. One statement."""
    return {row.id: row for row in await session.scalars(select(Design).where(Design.id.in_(design_ids)))}


async def find_house(session: AsyncSession, brand_id: UUID | None) -> House | None:
    """The brand of an order; None before one is chosen."""
    query = (
        select(Organisation.name, Regency.name)
        .join(Brand, Brand.id == Organisation.id)
        .join(Regency, Regency.code == Brand.regency_code)
        .where(Brand.id == brand_id)
    )
    row = (await session.execute(query)).one_or_none()
    return House(*row) if row else None


async def makers_of(session: AsyncSession, order_id: UUID) -> list[Maker]:
    """Everybody who sews an order, oldest job first. Two statements."""
    query = (
        select(Job, Organisation.name, Regency.name, JobProblem.kind, PlanShare.due_on)
        .join(Organisation, Organisation.id == Job.tailor_id)
        .join(Tailor, Tailor.id == Job.tailor_id)
        .join(Regency, Regency.code == Tailor.regency_code)
        .join(Offer, Offer.id == Job.offer_id)
        .join(PlanShare, PlanShare.id == Offer.share_id)
        .outerjoin(JobProblem, (JobProblem.job_id == Job.id) & JobProblem.answered_at.is_(None))
        .where(Job.order_id == order_id, Job.state != "cancelled")
        .order_by(Job.id)
        .execution_options(populate_existing=True)
    )
    rows = (await session.execute(query)).all()
    proved = await skills_of(session, {row[0].tailor_id for row in rows}) if rows else {}
    return [Maker(*row, certified=bool(proved[row[0].tailor_id])) for row in rows]


async def submissions_of(session: AsyncSession, job_ids: Collection[UUID]) -> Sequence[Submission]:
    """What the makers handed in, oldest first."""
    query = select(Submission).where(Submission.job_id.in_(job_ids)).order_by(Submission.at, Submission.id)
    return (await session.scalars(query)).all()


async def verdicts_of(session: AsyncSession, job_ids: Collection[UUID]) -> Sequence[Inspection]:
    """The checks that were decided, oldest first."""
    judged = select(Inspection).where(Inspection.job_id.in_(job_ids), Inspection.state != "planned")
    return (await session.scalars(judged.order_by(Inspection.state_at, Inspection.id))).all()


async def find_link(session: AsyncSession, order_id: UUID) -> str | None:
    """The word of the link to an order; None while it is not shared."""
    return await session.scalar(select(OrderLink.token).where(OrderLink.order_id == order_id))


async def get_shared(session: AsyncSession, token: str) -> UUID:
    """The order behind a link, for whoever holds it. Raises `LinkUnknown`."""
    found = await session.scalar(select(OrderLink.order_id).where(OrderLink.token == token))
    if found is None:
        raise LinkUnknown
    return found
