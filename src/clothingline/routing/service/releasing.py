"""Giving back what was set aside: for a quote that ended, an order that was not paid, an order that was cancelled."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.events import emit
from clothingline.kit.states import move
from clothingline.orders import queries as orders
from clothingline.orders import service as order_steps
from clothingline.routing import queries
from clothingline.routing.events import OfferWithdrawn
from clothingline.routing.models import OFFER, PLAN, Offer, Plan
from clothingline.routing.service.quoting import free_held
from clothingline.routing.service.recording import release_plan


async def release_lapsed(session: AsyncSession, *, order_id: UUID) -> None:
    """Free what a quote held that has ended; nothing when a newer quote stands."""
    order = await orders.get_order_by_id(session, order_id, lock=True)
    if order.state == "draft":
        await free_held(session, order_id)


async def release_unpaid(session: AsyncSession, *, order_id: UUID, quote_id: UUID | None) -> None:
    """The payment of a quote ran out: the order is a draft again and everything is free. Nothing when another quote
    stands; a payment that does not know its quote was asked for by the version before this one."""
    order = await orders.get_order_by_id(session, order_id, lock=True)
    quote = await orders.find_live_quote(session, order_id)
    if quote is None or quote_id not in (None, quote.id):
        return
    if await order_steps.unprice_order(session, order=order):
        await free_held(session, order_id)


async def release_cancelled(session: AsyncSession, *, order_id: UUID) -> None:
    """Withdraw every offer of a cancelled order and free all that was set aside."""
    order = await orders.get_order_by_id(session, order_id, lock=True)
    if order.state != "cancelled":
        return
    await free_held(session, order_id)
    withdrawn = await move(session, OFFER, Offer, "withdraw", Offer.order_id == order_id)
    for offer in withdrawn:
        await emit(session, OfferWithdrawn(order_id, offer.id), audience=[offer.organisation_id])
    plan = await queries.find_adopted_plan(session, order_id)
    if plan is not None:
        await release_plan(session, plan)
        await move(session, PLAN, Plan, "release", Plan.id == plan.id)
