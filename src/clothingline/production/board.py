"""The production board of a brand: where each run and each maker's part stands, and where it can go next.

Nobody types a stage. It is derived from runs and jobs, and a card moves by the act that makes it move; where the act is
another's, the board says whose.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.models import Organisation
from clothingline.garments.models import Design
from clothingline.kit.access import Reach
from clothingline.kit.ids import show
from clothingline.orders.models import Order, OrderLine
from clothingline.production.models import Job, JobProblem, Run

COLUMNS: Final = ("ready", "cut", "sew", "check", "pack")
TARGETS: Final = (*COLUMNS, "send")
COLUMN_OF_JOB: Final = {
    "accepted": "cut",
    "ready": "sew",
    "in_progress": "sew",
    "blocked": "sew",
    "rework": "sew",
    "submitted": "check",
    "passed": "pack",
    "handed_over": "pack",
}
TARGET_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "ready": {"id": "Siap bahan", "en": "Materials ready"},
    "cut": {"id": "Potong", "en": "Cut"},
    "sew": {"id": "Jahit", "en": "Sew"},
    "check": {"id": "Periksa mutu", "en": "Quality check"},
    "pack": {"id": "Kemas & kirim", "en": "Pack and send"},
    "send": {"id": "Kirim", "en": "Send"},
}
"""What a place on the board is called, on the page and in a refusal."""
MOST_RUNS = 200
LIVE = ("materials_reserved", "released", "packed")
ARRIVED = ("delivered", "accepted")
SENT = ("shipped", *ARRIVED)
"""States of an order that say more of a packed run than that it is packed; its run is closed a moment later."""


@dataclass(frozen=True)
class Card:
    """A run before its cut and after its packing, in between the part of one maker. `due_on`: promise, or due day."""

    ref: str
    run: str
    column: str
    state: str
    code: str
    garment: str
    pieces: int
    due_on: date
    tailor: str | None
    problem: str | None

    @property
    def next_column(self) -> str:
        """Where it goes next."""
        return TARGETS[TARGETS.index(self.column) + 1]

    def days_left(self, today: date) -> int:
        """Until it is due; negative when it is late."""
        return (self.due_on - today).days


@dataclass(frozen=True)
class _Work:
    run: Run
    order: Order
    garment: str


async def list_cards(session: AsyncSession, reach: Reach) -> list[Card]:
    """The cards of the caller's brands, the soonest due first. Two statements, the 200 runs due soonest."""
    works = await _works(session, reach)
    parts = await _parts(session, [run_id for run_id, work in works.items() if work.run.state == "released"])
    whole = [_whole(work) for work in works.values() if work.run.state != "released"]
    return sorted([*whole, *(_part(works, *row) for row in parts)], key=lambda card: (card.due_on, card.code, card.ref))


async def _works(session: AsyncSession, reach: Reach) -> dict[UUID, _Work]:
    query = (
        select(Run, Order, Design.name)
        .join(Order, Order.id == Run.order_id)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .join(Design, Design.id == OrderLine.design_id)
        .where(_of_brand(reach), Run.state.in_(LIVE), Order.state.not_in(ARRIVED))
        .order_by(Order.promise_on, Run.id)
        .limit(MOST_RUNS)
    )
    return {row[0].id: _Work(*row) for row in await session.execute(query)}


def _of_brand(reach: Reach) -> ColumnElement[bool]:
    return true() if reach.everything else Run.brand_id.in_(reach.brands)


async def _parts(session: AsyncSession, run_ids: Sequence[UUID]) -> Iterable[tuple[Job, str, str | None]]:
    query = (
        select(Job, Organisation.name, JobProblem.note)
        .join(Organisation, Organisation.id == Job.tailor_id)
        .outerjoin(JobProblem, (JobProblem.job_id == Job.id) & JobProblem.answered_at.is_(None))
        .where(Job.run_id.in_(run_ids), Job.state != "cancelled")
    )
    return [(job, tailor, note) for job, tailor, note in await session.execute(query)]


def _whole(work: _Work) -> Card:
    waiting = work.run.state == "materials_reserved"
    return Card(
        ref=show("run", work.run.id),
        run=show("run", work.run.id),
        column="ready" if waiting else "pack",
        state="shipped" if work.order.state == "shipped" else work.run.state,
        code=work.order.code,
        garment=work.garment,
        pieces=work.run.pieces,
        due_on=work.order.promise_on or work.order.needed_by,
        tailor=None,
        problem=None,
    )


def _part(works: dict[UUID, _Work], job: Job, tailor: str, note: str | None) -> Card:
    work = works[job.run_id or job.id]
    return Card(
        ref=show("job", job.id),
        run=show("run", work.run.id),
        column=COLUMN_OF_JOB[job.state],
        state=job.state,
        code=work.order.code,
        garment=work.garment,
        pieces=job.pieces,
        due_on=job.due_on,
        tailor=tailor,
        problem=note,
    )
