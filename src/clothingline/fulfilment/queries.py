"""Rows of fulfilment. Whose order it is stands in every query."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.fulfilment.errors import ShipmentUnknown
from clothingline.fulfilment.models import Shipment
from clothingline.kit.access import Reach
from clothingline.kit.clock import business_time
from clothingline.kit.db import locked
from clothingline.orders.models import Order
from clothingline.orders.queries import visible


async def get_shipment(session: AsyncSession, shipment_id: UUID, reach: Reach) -> Shipment:
    """A shipment of an order that the caller may see. Raises `ShipmentUnknown`."""
    query = (
        select(Shipment).join(Order, Order.id == Shipment.order_id).where(Shipment.id == shipment_id, visible(reach))
    )
    found = await session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise ShipmentUnknown
    return found


async def find_shipment(session: AsyncSession, order_id: UUID) -> Shipment | None:
    """The shipment of an order."""
    return await session.scalar(select(Shipment).where(Shipment.order_id == order_id))


async def list_silent(session: AsyncSession, *, limit: int = 100) -> list[UUID]:
    """Delivered orders whose time to object is over, the longest over first."""
    query = select(Order.id).where(Order.state == "delivered", Order.timer_at <= business_time())
    return list(await session.scalars(query.order_by(Order.timer_at).limit(limit)))


async def lock_silent(session: AsyncSession, order_id: UUID) -> Order | None:
    """A delivered order whose time is over, locked; None when it is not so (any more), or somebody holds it."""
    query = select(Order).where(Order.id == order_id, Order.state == "delivered", Order.timer_at <= business_time())
    found = await session.scalar(query.with_for_update(skip_locked=True))
    if found is not None:
        locked(session, "order", [found.id])
    return found
