"""Delivering again."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Reach
from clothingline.kit.clock import business_time
from clothingline.kit.states import move
from clothingline.notices import queries
from clothingline.notices.errors import EndpointDeleted
from clothingline.notices.models import DELIVERY, WebhookDelivery, WebhookEndpoint


async def replay(session: AsyncSession, *, delivery_id: UUID, reach: Reach, by: UUID | None) -> WebhookDelivery:
    """Deliver it now, as if it had just happened, whatever became of it before: its 72 hours begin again.

    A try that is under way is forgotten, and its receiver may hear twice. Raises `DeliveryNotFound`, `EndpointDeleted`.
    """
    live = select(WebhookEndpoint.id).where(WebhookEndpoint.disabled_at.is_(None))
    wanted = (WebhookDelivery.id == delivery_id, queries.deliveries_within(reach))
    moved = await move(
        session,
        DELIVERY,
        WebhookDelivery,
        "replay",
        *wanted,
        WebhookDelivery.endpoint_id.in_(live),
        by=by,
        tries=0,
        since=business_time(),
        due_at=business_time(),
        taken_until=None,
        delivered_at=None,
    )
    if not moved:
        await queries.get_delivery(session, delivery_id, reach)
        raise EndpointDeleted
    return moved[0]
