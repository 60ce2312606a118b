"""Rows of webhooks within reach. A deleted endpoint is found by nobody; its deliveries stay in the log."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Reach, Role
from clothingline.kit.events import Event
from clothingline.kit.page import Page, Window, take
from clothingline.notices.errors import DeliveryNotFound, EndpointNotFound
from clothingline.notices.models import WebhookDelivery, WebhookEndpoint


def within(reach: Reach) -> ColumnElement[bool]:
    """Endpoints of the caller's organisations that have not been deleted."""
    return _theirs(reach) & WebhookEndpoint.disabled_at.is_(None)


def _theirs(reach: Reach) -> ColumnElement[bool]:
    return true() if reach.everything else WebhookEndpoint.organisation_id.in_(reach.of(*Role))


def deliveries_within(reach: Reach) -> ColumnElement[bool]:
    """Deliveries to endpoints of the caller's organisations, deleted ones too."""
    if reach.everything:
        return true()
    return WebhookDelivery.endpoint_id.in_(select(WebhookEndpoint.id).where(_theirs(reach)))


async def get_endpoint(session: AsyncSession, endpoint_id: UUID, reach: Reach) -> WebhookEndpoint:
    """One endpoint within reach, read afresh. Raises `EndpointNotFound`."""
    query = select(WebhookEndpoint).where(WebhookEndpoint.id == endpoint_id, within(reach))
    found = await session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise EndpointNotFound
    return found


async def list_endpoints(session: AsyncSession, *, reach: Reach, asked: Window) -> Page[WebhookEndpoint]:
    """Endpoints within reach, newest first."""
    return await take(session, select(WebhookEndpoint).where(within(reach)), key=WebhookEndpoint.id, asked=asked)


async def get_delivery(session: AsyncSession, delivery_id: UUID, reach: Reach) -> WebhookDelivery:
    """One delivery within reach, read afresh. Raises `DeliveryNotFound`."""
    query = select(WebhookDelivery).where(WebhookDelivery.id == delivery_id, deliveries_within(reach))
    found = await session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise DeliveryNotFound
    return found


async def list_deliveries(
    session: AsyncSession, *, reach: Reach, endpoint_id: UUID | None, state: str | None, asked: Window
) -> Page[WebhookDelivery]:
    """The log within reach, newest first."""
    query = select(WebhookDelivery).where(deliveries_within(reach))
    if endpoint_id is not None:
        query = query.where(WebhookDelivery.endpoint_id == endpoint_id)
    if state is not None:
        query = query.where(WebhookDelivery.state == state)
    return await take(session, query, key=WebhookDelivery.id, asked=asked)


async def names_of_events(session: AsyncSession, event_ids: Collection[UUID]) -> dict[UUID, str]:
    """What each event is called. One statement."""
    rows = await session.execute(select(Event.id, Event.name).where(Event.id.in_(event_ids)))
    return {row.id: row.name for row in rows}
