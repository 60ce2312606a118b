"""Offers as the inbox of a brand or a supplier shows them: with their order, plan, design and lot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.models import Organisation
from clothingline.garments.chosen import ChosenOption, in_words
from clothingline.garments.models import Design
from clothingline.kit.access import Reach
from clothingline.kit.page import Page, Window, take
from clothingline.materials.models import Lot, Reservation
from clothingline.orders.models import Order, OrderLine
from clothingline.routing.errors import OfferNotFound
from clothingline.routing.models import OPEN, Offer, Plan, PlanShare
from clothingline.routing.queries import addressed

MOST_SHOWN = 100


@dataclass(frozen=True)
class Asked:
    """What an offer to a brand or a supplier is about; `metres` and `lot` of what a supplier is asked for."""

    offer: Offer
    order: Order
    plan: Plan
    line: OrderLine
    design: Design
    lot: Lot
    brand: str
    cm: int | None

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer; the clock is asked when it is given."""
        return self.offer.state in OPEN

    @property
    def chosen(self) -> list[ChosenOption]:
        """What was chosen of the design, in words."""
        return in_words(self.design.schema, self.line.options)

    @property
    def ceiling_idr(self) -> int | None:
        """The consumer's budget, for the brand whose order it is now."""
        return self.order.ceiling_idr if self.order.brand_id == self.offer.organisation_id else None

    def minutes_left(self, now: datetime) -> int:
        """Until the offer ends, at least 0."""
        return max(int((self.offer.expires_at - now).total_seconds() // 60), 0)


async def list_waiting(session: AsyncSession, reach: Reach, *, kind: str) -> list[Asked]:
    """Offers that wait for an answer, the soonest over first; at most 100."""
    query = _asked().where(_of(reach, kind), Offer.state.in_(OPEN))
    return await _read(session, query.order_by(Offer.expires_at, Offer.id).limit(MOST_SHOWN))


async def list_answered(session: AsyncSession, reach: Reach, *, kind: str, asked: Window) -> Page[Asked]:
    """Offers that are answered or over, newest first."""
    query = select(Offer).where(_of(reach, kind), Offer.state.not_in(OPEN))
    page = await take(session, query, key=Offer.id, asked=asked)
    found = await _of_ids(session, [offer.id for offer in page.rows])
    return Page([found[offer.id] for offer in page.rows], page.next_cursor)


async def count_waiting(session: AsyncSession, reach: Reach, *, kind: str) -> int:
    """How many offers wait for an answer."""
    return (await session.scalars(select(func.count()).where(_of(reach, kind), Offer.state.in_(OPEN)))).one()


async def get_asked(session: AsyncSession, offer_id: UUID, reach: Reach, *, kind: str) -> Asked:
    """One offer of this kind to the caller's organisation. Raises `OfferNotFound`."""
    found = await _read(session, _asked().where(Offer.id == offer_id, _of(reach, kind)))
    if not found:
        raise OfferNotFound
    return found[0]


async def list_shares(session: AsyncSession, plan_id: UUID) -> list[PlanShare]:
    """Who sews how much by a plan, in the order of the shares."""
    return list(await session.scalars(select(PlanShare).where(PlanShare.plan_id == plan_id).order_by(PlanShare.id)))


def _of(reach: Reach, kind: str) -> ColumnElement[bool]:
    return addressed(reach) & (Offer.kind == kind)


async def _of_ids(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, Asked]:
    return {one.offer.id: one for one in await _read(session, _asked().where(Offer.id.in_(ids)))}


def _asked() -> Select[*tuple[Any, ...]]:
    return (
        select(Offer, Order, Plan, OrderLine, Design, Lot, Organisation.name, Reservation.cm)
        .join(Order, Order.id == Offer.order_id)
        .join(Plan, Plan.id == Offer.plan_id)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .join(Design, Design.id == OrderLine.design_id)
        .join(Lot, Lot.id == Plan.lot_id)
        .join(Organisation, Organisation.id == Plan.brand_id)
        .outerjoin(Reservation, Reservation.id == Offer.reservation_id)
        .execution_options(populate_existing=True)
    )


async def _read(session: AsyncSession, query: Select[*tuple[Any, ...]]) -> list[Asked]:
    return [Asked(*row) for row in await session.execute(query)]
