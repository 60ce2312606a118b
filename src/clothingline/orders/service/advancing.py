"""Stages of an order that follow from what other houses have seen happen."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.clock import business_time
from clothingline.kit.events import Happening, emit
from clothingline.kit.states import move
from clothingline.orders import queries
from clothingline.orders.errors import OrderStateConflict
from clothingline.orders.events import (
    CuttingStarted,
    OrderAccepted,
    OrderConfirmed,
    OrderDelivered,
    OrderNeedsChoice,
    OrderReady,
    OrderShipped,
)
from clothingline.orders.models import ORDER, Order, OrderLine


async def mark_confirmed(session: AsyncSession, *, order_id: UUID) -> Order:
    """Every party has accepted, past its undo."""
    return await _advance(session, order_id, "all_accepted", OrderConfirmed(order_id))


async def mark_action_required(
    session: AsyncSession, *, order_id: UUID, reason: dict[str, Any], until: datetime
) -> Order:
    """Nothing fits any more; `reason` says why and what would help, `until` is the end of the consumer's choice."""
    return await _advance(session, order_id, "no_plan", OrderNeedsChoice(order_id), reason=reason, timer_at=until)


async def mark_cut(session: AsyncSession, *, order_id: UUID, by: UUID) -> Order:
    """The brand has cut the line; from now on nothing can be changed."""
    order = await _advance(session, order_id, "first_cut", CuttingStarted(order_id), by=by)
    await session.execute(update(OrderLine).where(OrderLine.order_id == order_id).values(cut_at=business_time()))
    return order


async def mark_ready(session: AsyncSession, *, order_id: UUID) -> Order:
    """Everything is sewn, passed and back at the brand."""
    return await _advance(session, order_id, "all_packed", OrderReady(order_id))


async def mark_shipped(session: AsyncSession, *, order_id: UUID, by: UUID) -> Order:
    """The parcel has left; only once everything is paid."""
    return await _advance(session, order_id, "last_dispatch", OrderShipped(order_id), by=by)


async def mark_delivered(session: AsyncSession, *, order_id: UUID, by: UUID, accept_by: datetime) -> Order:
    """The parcel has arrived; without a word it counts as accepted at `accept_by`."""
    return await _advance(session, order_id, "last_delivered", OrderDelivered(order_id), by=by, timer_at=accept_by)


async def mark_accepted(session: AsyncSession, *, order_id: UUID, by: UUID | None) -> Order:
    """The consumer, or time (`by` None), has accepted the goods."""
    return await _advance(session, order_id, "accept", OrderAccepted(order_id), by=by, timer_at=None)


async def note_plan(session: AsyncSession, *, order_id: UUID, brand_id: UUID, promise_on: date) -> None:
    """A re-routed plan may change the brand, and moves the promise only to a later day."""
    later = func.greatest(Order.promise_on, promise_on)
    await session.execute(update(Order).where(Order.id == order_id).values(brand_id=brand_id, promise_on=later))


async def _advance(
    session: AsyncSession, order_id: UUID, event: str, happening: Happening, *, by: UUID | None = None, **values: Any
) -> Order:
    moved = await move(session, ORDER, Order, event, Order.id == order_id, by=by, **values)
    if not moved:
        order = await queries.get_order_by_id(session, order_id)
        raise OrderStateConflict(state=order.state)
    [order] = moved
    audience = [order.consumer_id] if order.brand_id is None else [order.consumer_id, order.brand_id]
    await emit(session, happening, by=by, audience=audience)
    return order
