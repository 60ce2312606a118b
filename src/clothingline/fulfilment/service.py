"""What brand and consumer do with a parcel."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.fulfilment import queries
from clothingline.fulfilment.errors import (
    AlreadyAccepted,
    AlreadyShipped,
    BalanceDue,
    NotDelivered,
    NotReady,
    ShipmentEnded,
)
from clothingline.fulfilment.events import ShipmentDelivered, ShipmentDispatched
from clothingline.fulfilment.models import SHIPMENT, Acceptance, Shipment
from clothingline.kit.access import Reach
from clothingline.kit.clock import business_time
from clothingline.kit.events import emit
from clothingline.kit.states import move
from clothingline.orders import queries as orders
from clothingline.orders import service as orders_service
from clothingline.orders.models import Order


async def ship_order(
    session: AsyncSession, *, ref: str, carrier: str, tracking: str, weight_g: int, reach: Reach, by: UUID
) -> Shipment:
    """Hand the parcel of a ready and fully paid order to a courier.

    Raises `OrderNotFound`, `AlreadyShipped`, `NotReady` or `BalanceDue`.
    """
    order = await orders.get_order(session, ref, reach, lock=True)
    await _check_may_leave(session, order)
    shipment = Shipment(order_id=order.id, pieces=order.line.pieces, state="dispatched", state_by=by)
    shipment.carrier, shipment.tracking, shipment.weight_g = carrier, tracking, weight_g
    session.add(shipment)
    await session.flush()
    await orders_service.mark_shipped(session, order_id=order.id, by=by)
    await emit(session, ShipmentDispatched(order.id, shipment.id), by=by, audience=_parties(order))
    return shipment


async def _check_may_leave(session: AsyncSession, order: Order) -> None:
    if await queries.find_shipment(session, order.id) is not None:
        raise AlreadyShipped
    if order.state != "ready":
        raise NotReady(state=order.state)
    if order.paid_idr < (order.price_idr or 0):
        raise BalanceDue(owed_idr=(order.price_idr or 0) - order.paid_idr)


def _parties(order: Order) -> list[UUID]:
    return [order.consumer_id, *([order.brand_id] if order.brand_id else [])]


async def deliver_shipment(
    session: AsyncSession, *, shipment_id: UUID, received_by: str, reach: Reach, by: UUID, now: datetime, days: int
) -> Shipment:
    """The parcel has arrived; without a word of the consumer the goods count as accepted after `days`.

    Raises `ShipmentUnknown` or `ShipmentEnded`.
    """
    seen = await queries.get_shipment(session, shipment_id, reach)
    order = await orders.get_order_by_id(session, seen.order_id, lock=True)
    proof = {"received_by": received_by, "delivered_at": business_time()}
    moved = await move(session, SHIPMENT, Shipment, "deliver", Shipment.id == shipment_id, by=by, **proof)
    if not moved:
        raise ShipmentEnded(state=(await queries.get_shipment(session, shipment_id, reach)).state)
    await orders_service.mark_delivered(session, order_id=order.id, by=by, accept_by=now + timedelta(days=days))
    await emit(session, ShipmentDelivered(order.id, shipment_id), by=by, audience=_parties(order))
    return moved[0]


async def accept_order(session: AsyncSession, *, ref: str, reach: Reach, by: UUID) -> Acceptance:
    """The consumer accepts the goods, which starts the pay clock.

    Raises `OrderNotFound`, `AlreadyAccepted` or `NotDelivered`.
    """
    order = await orders.get_order(session, ref, reach, lock=True)
    if order.state == "accepted":
        raise AlreadyAccepted
    if order.state != "delivered":
        raise NotDelivered
    return await _accept(session, order, by=by)


async def _accept(session: AsyncSession, order: Order, *, by: UUID | None) -> Acceptance:
    acceptance = Acceptance(order_id=order.id, by=by)
    session.add(acceptance)
    await session.flush()
    await orders_service.mark_accepted(session, order_id=order.id, by=by)
    return acceptance


async def accept_silently(session: AsyncSession, *, order_id: UUID) -> bool:
    """Accept a delivered order whose time to object is over; False when it is not so. May be asked twice."""
    order = await queries.lock_silent(session, order_id)
    if order is None:
        return False
    await _accept(session, order, by=None)
    return True
