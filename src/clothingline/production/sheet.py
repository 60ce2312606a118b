"""The production sheet of one run: the order and its plan, who sews what, cloth, checks, and how far it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.models import Organisation
from clothingline.garments.chosen import ChosenOption, in_words
from clothingline.garments.models import Design
from clothingline.kit.access import Reach
from clothingline.materials.models import Lot, Reservation
from clothingline.orders.models import Order, OrderLine
from clothingline.production import queries
from clothingline.production.board import SENT
from clothingline.production.models import Inspection, Job, JobProblem, Run
from clothingline.production.queries import Card
from clothingline.routing.models import Plan
from clothingline.web.written import size_rank

STAGES: Final = ("cloth", "cut", "sewn", "returned", "finished", "usual")
_SEWN = ("submitted", "passed", "handed_over")


@dataclass(frozen=True)
class Part:
    """What one maker sews, what stops it, and its checks, newest first."""

    job: Job
    tailor: str
    problem: JobProblem | None
    checks: Sequence[Inspection]
    made_to_measure: bool

    @property
    def standing(self) -> str:
        """State of the job; one whose kit has not been sent waits for the cut like its run."""
        waits = self.job.state == "accepted" and self.job.kit_sent_at is None
        return "materials_reserved" if waits else self.job.state


@dataclass(frozen=True)
class Sheet:
    """Everything about one run."""

    run: Run
    order: Order
    line: OrderLine
    design: Design
    plan: Plan
    lot: Lot
    supplier: str
    reservation: Reservation | None
    parts: Sequence[Part]

    @property
    def standing(self) -> str:
        """State of the run; of a packed one that has left the brand that of its order."""
        return self.order.state if self.run.state == "packed" and self.order.state in SENT else self.run.state

    @property
    def colour(self) -> str:
        """Of the cloth, as it was ordered, or as it was chosen for whoever left it to the trade."""
        return self.line.colour or self.lot.colour

    @property
    def chosen(self) -> list[ChosenOption]:
        """What was chosen of the design, in words."""
        return in_words(self.design.schema, self.line.options)

    @property
    def days(self) -> dict[str, date]:
        """What the plan promised, by stage."""
        return {stage: date.fromisoformat(self.plan.timeline[stage]) for stage in STAGES if stage in self.plan.timeline}

    @property
    def done(self) -> frozenset[str]:
        """The stages that lie behind it. Nobody notes when cloth arrives: it is sure once it has been cut."""
        states = [part.job.state for part in self.parts]
        reached = {
            "cloth": self.run.released_at is not None,
            "cut": self.run.released_at is not None,
            "sewn": bool(states) and all(state in _SEWN for state in states),
            "returned": bool(states) and all(state == "handed_over" for state in states),
            "finished": self.run.state in ("packed", "closed"),
            "usual": self.order.state in ("delivered", "accepted"),
        }
        return frozenset(stage for stage, behind in reached.items() if behind)

    def late(self, today: date) -> list[Part]:
        """Parts whose due day is over and which are not back."""
        return [one for one in self.parts if one.job.state != "handed_over" and one.job.due_on < today]

    @property
    def sizes(self) -> list[str]:
        """The sizes of the order from small to large; none for a body's measures."""
        return sorted(self.line.sizes, key=size_rank)


async def get_sheet(session: AsyncSession, run_id: UUID, reach: Reach) -> Sheet:
    """The sheet of a run of the caller's brand. Five statements. Raises `RunUnknown`."""
    run = await queries.get_run(session, run_id, reach)
    query = (
        select(Order, OrderLine, Design, Plan, Lot, Organisation.name, Reservation)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .join(Design, Design.id == OrderLine.design_id)
        .join(Plan, Plan.id == run.plan_id)
        .join(Lot, Lot.id == Plan.lot_id)
        .join(Organisation, Organisation.id == Lot.supplier_id)
        .outerjoin(Reservation, (Reservation.claim == Order.id) & (Reservation.lot_id == Lot.id))
        .where(Order.id == run.order_id)
        .order_by(Reservation.id.desc())
        .limit(1)
    )
    row = (await session.execute(query.execution_options(populate_existing=True))).one()
    return Sheet(run, *row, await _parts(session, run.id))


async def _parts(session: AsyncSession, run_id: UUID) -> list[Part]:
    jobs = await queries.list_jobs_of_run(session, run_id)
    cards = await queries.cards(session, [job.id for job in jobs])
    checks = await _checks(session, [job.id for job in jobs])
    return [_part(job, cards[job.id], checks.get(job.id, [])) for job in jobs]


def _part(job: Job, card: Card, checks: Sequence[Inspection]) -> Part:
    return Part(job, card.tailor, card.problem, checks, card.made_to_measure(job))


async def _checks(session: AsyncSession, job_ids: Sequence[UUID]) -> dict[UUID, list[Inspection]]:
    query = select(Inspection).where(Inspection.job_id.in_(job_ids)).order_by(Inspection.id.desc())
    found: dict[UUID, list[Inspection]] = {}
    for check in await session.scalars(query.execution_options(populate_existing=True)):
        found.setdefault(check.job_id, []).append(check)
    return found
