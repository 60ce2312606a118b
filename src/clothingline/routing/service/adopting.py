"""From a paid quote to a plan that is carried out."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.brands import service as brands
from clothingline.kit.events import emit
from clothingline.kit.states import move
from clothingline.materials import service as materials
from clothingline.orders import queries as orders
from clothingline.orders import service as order_steps
from clothingline.routing import queries
from clothingline.routing.events import PlanAdopted
from clothingline.routing.models import PLAN, Plan
from clothingline.routing.service.issuing import ask_brand, ask_supplier, ask_tailor
from clothingline.settings import OfferSettings


async def adopt_plan(session: AsyncSession, *, order_id: UUID, now: datetime, rules: OfferSettings) -> bool:
    """Turn the held plan of a paid order into the adopted one, and ask its parties. False when that was done before."""
    order = await orders.get_order_by_id(session, order_id, lock=True)
    plan = await queries.find_held_plan(session, order_id)
    if order.state != "placed" or plan is None:
        return False
    await move(session, PLAN, Plan, "release", Plan.order_id == order_id, Plan.state == "proposed")
    await move(session, PLAN, Plan, "adopt", Plan.id == plan.id)
    await brands.book_pieces(session, claim=order_id)
    await materials.request_cloth(session, claim=order_id)
    await emit(session, PlanAdopted(order_id, plan.id), audience=[order.consumer_id, plan.brand_id])
    await ask_brand(session, order, plan, now=now, rules=rules)
    await ask_supplier(session, order, plan, now=now, rules=rules)
    for share in sorted(plan.shares, key=lambda share: share.tailor_id):
        await ask_tailor(session, order, plan, share, now=now, rules=rules)
    return True


async def confirm_order(session: AsyncSession, *, order_id: UUID, undo: timedelta) -> bool:
    """Confirm an order when, under its lock, every offer of its plan is still accepted and past its undo."""
    order = await orders.get_order_by_id(session, order_id, lock=True)
    # An undo that has begun but not ended holds its offer: wait for it, then look.
    await queries.list_live_offers(session, order_id, lock=True)
    still = await queries.list_confirmable(session, undo=undo, order_id=order_id)
    if order.state != "placed" or not still:
        return False
    await order_steps.mark_confirmed(session, order_id=order_id)
    return True
