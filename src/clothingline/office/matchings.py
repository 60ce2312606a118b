"""How orders are matched, as an officer reads it: what waits, the plans side by side, who could and who could not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from clothingline.accounts.models import Organisation
from clothingline.brands.models import Brand
from clothingline.garments.models import Design
from clothingline.kit.ids import read
from clothingline.office.queues import UNMATCHED
from clothingline.orders.models import Order, OrderLine
from clothingline.reference import facts
from clothingline.reference.facts import Skill
from clothingline.reference.models import Regency
from clothingline.routing.models import Offer, Plan, Solution
from clothingline.routing.queries import LIVE
from clothingline.tailors.models import Tailor

MOST = 100


@dataclass(frozen=True)
class Unmatched:
    """An order whose parties have not all said yes."""

    order: Order
    design: str
    pieces: int
    brand: str | None
    accepted: int
    asked: int
    passed: int


async def list_unmatched(session: AsyncSession) -> list[Unmatched]:
    """What waits for makers: what stands still first, then what is needed soonest; at most 100. One statement."""
    counted = {
        "accepted": func.count().filter(Offer.state == "accepted"),
        "asked": func.count().filter(Offer.state.in_(LIVE)),
        "passed": func.count().filter(Offer.state.in_(("declined", "expired"))),
    }
    waiting = Offer.order_id.in_(select(Order.id).where(Order.state.in_(UNMATCHED)))
    of_order = select(Offer.order_id, *(one.label(name) for name, one in counted.items())).where(waiting)
    told = of_order.group_by(Offer.order_id).subquery()
    query = (
        select(
            Order,
            Design.name,
            OrderLine.pieces,
            Organisation.name,
            *(func.coalesce(told.c[name], 0) for name in counted),
        )
        .join(OrderLine, OrderLine.order_id == Order.id)
        .join(Design, Design.id == OrderLine.design_id)
        .outerjoin(Organisation, Organisation.id == Order.brand_id)
        .outerjoin(told, told.c.order_id == Order.id)
        .where(Order.state.in_(UNMATCHED))
        .order_by(Order.state, Order.needed_by, Order.id)
    )
    return [Unmatched(*row) for row in await session.execute(query.limit(MOST))]


@dataclass(frozen=True)
class Asked:
    """An offer and whom it was made to."""

    offer: Offer
    name: str


async def list_asked(session: AsyncSession, order_id: UUID) -> list[Asked]:
    """Everybody who was asked about an order, newest first; at most 100."""
    query = select(Offer, Organisation.name).join(Organisation, Organisation.id == Offer.organisation_id)
    rows = await session.execute(query.where(Offer.order_id == order_id).order_by(Offer.id.desc()).limit(MOST))
    return [Asked(*row) for row in rows]


async def list_plans(session: AsyncSession, order_id: UUID) -> list[tuple[Plan, Solution]]:
    """The newest plans of an order with the question that each answers: the one carried out, then the cheapest."""
    query = select(Plan, Solution).join(Solution, Solution.id == Plan.solution_id).where(Plan.order_id == order_id)
    newest = query.order_by(Plan.round.desc(), (Plan.state == "adopted").desc(), Plan.id.desc()).limit(12)
    rows = (await session.execute(newest.options(selectinload(Plan.shares)))).all()
    if not rows:
        return []
    chosen: Plan = rows[0][0]
    same = [(plan, kept) for plan, kept in rows if plan.solution_id == chosen.solution_id]
    return sorted(same, key=lambda row: (row[0].id != chosen.id, row[0].cost_idr))


@dataclass(frozen=True)
class Party:
    """A brand or a workshop on the map."""

    id: UUID
    name: str
    town: str
    lat_micro: int
    lon_micro: int


async def list_parties(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, Party]:
    """Names, towns and places of brands and workshops. One statement."""
    at = [func.coalesce(getattr(Tailor, name), getattr(Brand, name)) for name in ("lat_micro", "lon_micro")]
    town = or_(Regency.code == Tailor.regency_code, Regency.code == Brand.regency_code)
    query = (
        select(Organisation.id, Organisation.name, Regency.name, *at)
        .outerjoin(Tailor, Tailor.id == Organisation.id)
        .outerjoin(Brand, Brand.id == Organisation.id)
        .join(Regency, town)
        .where(Organisation.id.in_(list(ids)))
    )
    return {row[0]: Party(*row) for row in await session.execute(query)}


async def find_town(session: AsyncSession, code: str) -> Regency:
    """The regency to which an order is sent."""
    return await session.get_one(Regency, code)


@dataclass(frozen=True)
class Candidate:
    """A maker whom the engine weighed; `extra_idr` dearer than the plan, or barred by a `limit`."""

    tailor_id: UUID
    chosen: bool
    limit: str | None
    extra_idr: int | None
    lacks: tuple[Skill, ...]


def candidates(plan: Plan) -> list[Candidate]:
    """Who was weighed: those chosen, those able from the least dear, those barred. Empty until it is explained."""
    said = plan.explanation
    found = [_candidate(one) for one in said["makers"]] if said else []
    return sorted(found, key=lambda one: (not one.chosen, one.limit is not None, one.extra_idr or 0))


def _candidate(one: dict[str, Any]) -> Candidate:
    lacks = tuple(facts.skills()[slug] for slug in one["lacks"] or ())
    return Candidate(read("tlr", one["tailor"]), one["chosen"], one["limit"], one["extra_idr"], lacks)


@dataclass(frozen=True)
class Proof:
    """The certificate of a plan: its cost is at most `gap_idr` above the best possible of its question."""

    cost_idr: int
    bound_idr: int
    gap_idr: int
    verified: bool
    findings: tuple[str, ...]
    problem: str
    params: str
    version: str
    asked_at: datetime


def proof_of(plan: Plan, kept: Solution) -> Proof | None:
    """The proof that is kept with the question of a plan; None until the job that proves has come to it."""
    said = (kept.certificate or {}).get("plans", {}).get(str(plan.number))
    if said is None:
        return None
    return Proof(
        said["cost_idr"],
        said["bound_idr"],
        said["gap_idr"],
        said["verified"],
        tuple(said["findings"]),
        said["problem_digest"],
        said["params_digest"],
        kept.params_version,
        kept.created_at,
    )
