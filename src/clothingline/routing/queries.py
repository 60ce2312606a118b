"""Rows of plans and offers."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from clothingline.brands.models import BrandBooking
from clothingline.kit.access import Reach
from clothingline.kit.clock import business_time
from clothingline.kit.db import locked
from clothingline.kit.page import Page, Window, take
from clothingline.materials.models import Reservation
from clothingline.orders.models import Order, OrderLine
from clothingline.orders.queries import visible
from clothingline.routing.errors import OfferNotFound, PlanNotFound
from clothingline.routing.market import Own
from clothingline.routing.models import OPEN, Forbidden, Offer, Plan, PlanShare
from clothingline.tailors.models import TailorBooking

LIVE = (*OPEN, "accepted")
FEWEST_PRICES = 4


def addressed(reach: Reach) -> ColumnElement[bool]:
    """Offers that a caller may see: those to its organisations, or all."""
    if reach.everything:
        return true()
    return Offer.organisation_id.in_(reach.tailors | reach.brands | reach.suppliers)


async def get_offer(session: AsyncSession, offer_id: UUID, reach: Reach) -> Offer:
    """An offer to the caller's organisation. Raises `OfferNotFound`."""
    query = select(Offer).where(Offer.id == offer_id, addressed(reach)).execution_options(populate_existing=True)
    found = await session.scalar(query)
    if found is None:
        raise OfferNotFound
    return found


async def list_offers(
    session: AsyncSession, reach: Reach, *, state: str | None, order_id: UUID | None, asked: Window
) -> Page[Offer]:
    """Offers to the caller's organisations, newest first."""
    query = select(Offer).where(addressed(reach))
    query = query.where(Offer.state == state) if state else query
    query = query.where(Offer.order_id == order_id) if order_id else query
    return await take(session, query, key=Offer.id, asked=asked)


async def list_open_offers(session: AsyncSession, reach: Reach, *, limit: int = 50) -> list[Offer]:
    """Offers that wait for an answer of the caller's organisations, the most urgent first."""
    waiting = (Offer.state.in_(OPEN), Offer.expires_at > business_time())
    query = select(Offer).where(addressed(reach), *waiting).order_by(Offer.expires_at, Offer.id)
    return list(await session.scalars(query.limit(limit)))


async def get_plan(session: AsyncSession, plan_id: UUID, reach: Reach) -> Plan:
    """A plan of an order that the caller may see, with its shares. Raises `PlanNotFound`."""
    query = (
        select(Plan)
        .join(Order, Order.id == Plan.order_id)
        .where(Plan.id == plan_id, visible(reach))
        .options(selectinload(Plan.shares))
    )
    found = await session.scalar(query)
    if found is None:
        raise PlanNotFound
    return found


async def prices_of_design(session: AsyncSession, design_id: UUID, *, days: int = 90) -> list[int]:
    """What a quarter, half and three quarters of the plans for a design cost at most in the last days, a piece; none
    when there were too few to speak of."""
    piece = Plan.price_idr / OrderLine.pieces
    quartiles = func.percentile_disc([0.25, 0.5, 0.75]).within_group(piece.asc())
    recent = (OrderLine.design_id == design_id, Plan.created_at > business_time() - timedelta(days=days))
    query = select(func.count(), quartiles).join(OrderLine, OrderLine.order_id == Plan.order_id).where(*recent)
    count, found = (await session.execute(query)).one()
    return [int(price) for price in found] if count >= FEWEST_PRICES else []


async def list_plans_of_quote(session: AsyncSession, quote_id: UUID) -> Sequence[Plan]:
    """Plans of one quote in the order in which they were proposed, with their shares."""
    query = select(Plan).where(Plan.quote_id == quote_id).order_by(Plan.id).options(selectinload(Plan.shares))
    return list(await session.scalars(query.execution_options(populate_existing=True)))


async def find_adopted_plan(session: AsyncSession, order_id: UUID) -> Plan | None:
    """The plan that is carried out, with its shares."""
    query = select(Plan).where(Plan.order_id == order_id, Plan.state == "adopted").options(selectinload(Plan.shares))
    return await session.scalar(query.execution_options(populate_existing=True))


async def get_adopted_plan(session: AsyncSession, order_id: UUID) -> Plan:
    """The plan that is carried out, with its shares. Raises `PlanNotFound`."""
    found = await find_adopted_plan(session, order_id)
    if found is None:
        raise PlanNotFound
    return found


async def find_held_plan(session: AsyncSession, order_id: UUID) -> Plan | None:
    """The plan of the live quote behind which cloth and capacity are held, with its shares."""
    query = select(Plan).where(Plan.order_id == order_id, Plan.state == "held").options(selectinload(Plan.shares))
    return await session.scalar(query.execution_options(populate_existing=True))


async def list_open_plans(session: AsyncSession, order_id: UUID) -> list[Plan]:
    """The plans of an order that are proposed or held, with their shares."""
    query = select(Plan).where(Plan.order_id == order_id, Plan.state.in_(("proposed", "held")))
    found = await session.scalars(query.options(selectinload(Plan.shares)).execution_options(populate_existing=True))
    return list(found)


async def list_live_offers(session: AsyncSession, order_id: UUID, *, lock: bool = False) -> list[Offer]:
    """Offers of an order that stand: sent, seen or accepted, by id."""
    query = select(Offer).where(Offer.order_id == order_id, Offer.state.in_(LIVE)).order_by(Offer.id)
    query = query.execution_options(populate_existing=True)
    found = list(await session.scalars(query.with_for_update() if lock else query))
    if lock:
        locked(session, "offer", [offer.id for offer in found])
    return found


async def list_forbidden(session: AsyncSession, order_id: UUID) -> dict[str, frozenset[UUID]]:
    """Parties that an order is not offered to again, by kind (tailor, brand, lot)."""
    found: dict[str, set[UUID]] = {}
    for row in await session.scalars(select(Forbidden).where(Forbidden.order_id == order_id)):
        found.setdefault(row.kind, set()).add(row.subject_id)
    return {kind: frozenset(subjects) for kind, subjects in found.items()}


async def list_named(session: AsyncSession, plan_id: UUID) -> dict[UUID, int]:
    """Pieces by tailor whom an officer has named in the place of those who were passed over in a plan."""
    query = select(Offer.instead_id, func.sum(Offer.pieces)).where(Offer.plan_id == plan_id, Offer.state == "withdrawn")
    rows = await session.execute(query.where(Offer.instead_id.is_not(None)).group_by(Offer.instead_id))
    return {tailor_id: int(pieces) for tailor_id, pieces in rows if tailor_id}


async def own_claims(session: AsyncSession, *, order_id: UUID, shares: Sequence[UUID]) -> Own:
    """What an order and its shares have set aside at this moment, cloth at the price of its reservation."""
    seconds = select(TailorBooking).where(TailorBooking.claim.in_(shares), TailorBooking.state != "released")
    pieces = select(BrandBooking).where(BrandBooking.claim == order_id, BrandBooking.state != "released")
    cloth = select(Reservation).where(
        Reservation.claim == order_id, Reservation.state.in_(("held", "requested", "confirmed"))
    )
    reserved = list(await session.scalars(cloth))
    return Own(
        {(row.tailor_id, row.monday): row.seconds for row in await session.scalars(seconds)},
        {(row.brand_id, row.monday): row.pieces for row in await session.scalars(pieces)},
        {row.lot_id: row.cm for row in reserved},
        {row.lot_id: row.price_idr for row in reserved},
    )


async def is_booked(session: AsyncSession, *, claim: UUID) -> bool:
    """Whether a share's weeks are booked, and not merely held."""
    query = select(exists().where(TailorBooking.claim == claim, TailorBooking.state == "booked"))
    return bool(await session.scalar(query))


async def list_lapsed_offers(session: AsyncSession, *, limit: int = 200) -> list[UUID]:
    """Offers whose deadline has passed without an answer, the longest over first."""
    query = select(Offer.id).where(Offer.state.in_(OPEN), Offer.expires_at <= business_time())
    return list(await session.scalars(query.order_by(Offer.expires_at).limit(limit)))


async def list_confirmable(
    session: AsyncSession, *, undo: timedelta, order_id: UUID | None = None, limit: int = 100
) -> list[UUID]:
    """Placed orders (or just this one) whose every offer is accepted and past its undo, the longest placed first."""
    settled = Offer.accepted_at + undo <= business_time()
    pending = exists().where(Offer.plan_id == Plan.id, Offer.state.in_(LIVE), or_(Offer.state != "accepted", ~settled))
    accepted = select(func.count()).where(Offer.plan_id == Plan.id, Offer.state == "accepted").scalar_subquery()
    query = (
        select(Plan.order_id)
        .join(Order, Order.id == Plan.order_id)
        .where(Plan.state == "adopted", Order.state == "placed", ~pending, accepted == _places())
        .order_by(Order.state_at)
        .limit(limit)
    )
    query = query.where(Order.id == order_id) if order_id else query
    return list(await session.scalars(query))


def _places() -> ColumnElement[int]:
    """How many must say yes to a plan: each maker, the brand and the supplier."""
    return select(func.count() + 2).where(PlanShare.plan_id == Plan.id).scalar_subquery()


async def list_agreed(session: AsyncSession, *which: ColumnElement[bool]) -> dict[str, datetime]:
    """When the last yes was said, by code, of placed orders whose every offer is accepted; the earliest first."""
    last = func.max(Offer.accepted_at)
    query = (
        select(Order.code, last)
        .join(Plan, Plan.order_id == Order.id)
        .join(Offer, Offer.plan_id == Plan.id)
        .where(Plan.state == "adopted", Order.state == "placed", Offer.state.in_(LIVE), *which)
        .group_by(Order.id, Plan.id)
        .having(func.bool_and(Offer.state == "accepted"), func.count() == _places())
        .order_by(last)
    )
    return {code: at for code, at in await session.execute(query) if at is not None}


async def list_forgotten(session: AsyncSession, *, limit: int = 50) -> list[UUID]:
    """Placed orders whose held plan is not adopted, or whose plan has a place without an offer that stands; the longest
    placed first. A job that is on its way to them is not seen here."""
    live = select(func.count()).where(Offer.plan_id == Plan.id, Offer.state.in_(LIVE)).scalar_subquery()
    shares = select(func.count()).where(PlanShare.plan_id == Plan.id).scalar_subquery()
    gap = or_(Plan.state == "held", and_(Plan.state == "adopted", live < shares + 2))
    query = select(Order.id).join(Plan, Plan.order_id == Order.id).where(Order.state == "placed", gap)
    return list(await session.scalars(query.order_by(Order.state_at).limit(limit)))
