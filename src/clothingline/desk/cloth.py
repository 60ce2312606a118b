"""The cloth of a brand's orders: what is set aside where, what a supplier was asked and until when it answers."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.models import Organisation
from clothingline.kit.access import Reach
from clothingline.materials.models import Lot, Reservation
from clothingline.orders.models import Order
from clothingline.routing.models import Offer
from clothingline.routing.queries import LIVE

MOST_SHOWN: Final = 100
SHOWN: Final = ("held", "requested", "confirmed")


@dataclass(frozen=True)
class Cloth:
    """Cloth of one order: its lot and supplier, and the offer by which the supplier was asked, if any."""

    reservation: Reservation
    lot: Lot
    code: str
    supplier: str
    offer: Offer | None


async def list_cloth(session: AsyncSession, reach: Reach) -> list[Cloth]:
    """Cloth that is set aside for the caller's orders and not cut yet, newest first; at most 100. One statement."""
    rows = await session.execute(_of(reach).order_by(Reservation.id.desc()).limit(MOST_SHOWN))
    return [Cloth(*row) for row in rows]


@dataclass(frozen=True)
class Request:
    """What a supplier was asked for, of which lot, and how it answered; `offer.reason` says what it could not."""

    offer: Offer
    code: str
    supplier: str
    lot: Lot
    cm: int


async def list_requests(session: AsyncSession, reach: Reach) -> list[Request]:
    """Requests for cloth of the caller's orders in any state, newest first; at most 100. One statement."""
    query = (
        select(Offer, Order.code, Organisation.name, Lot, Reservation.cm)
        .join(Order, Order.id == Offer.order_id)
        .join(Organisation, Organisation.id == Offer.organisation_id)
        .join(Reservation, Reservation.id == Offer.reservation_id)
        .join(Lot, Lot.id == Reservation.lot_id)
        .where(Order.brand_id.in_(reach.brands), Offer.kind == "supplier")
        .order_by(Offer.id.desc())
        .limit(MOST_SHOWN)
        .execution_options(populate_existing=True)
    )
    return [Request(*row) for row in await session.execute(query)]


def _of(reach: Reach) -> Select[*tuple[Any, ...]]:
    asked = (Offer.reservation_id == Reservation.id) & Offer.state.in_(LIVE)
    return (
        select(Reservation, Lot, Order.code, Organisation.name, Offer)
        .join(Lot, Lot.id == Reservation.lot_id)
        .join(Order, Order.id == Reservation.claim)
        .join(Organisation, Organisation.id == Lot.supplier_id)
        .outerjoin(Offer, asked)
        .where(Order.brand_id.in_(reach.brands), Reservation.state.in_(SHOWN))
    )
