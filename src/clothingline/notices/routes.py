"""Webhooks of partners."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import Query, Response
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.http.listing import Asked, Listing
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Now, Session, api_router, secret_answer
from clothingline.notices import queries, schemas, service
from clothingline.notices.models import WebhookDelivery
from clothingline.settings import reaches_private

router = api_router()


@router.post("/webhook-endpoints", status_code=201, tags=["webhook_endpoints"], name="create")
@secret_answer
async def add_endpoint(
    body: schemas.EndpointCreate, session: Session, reach: CurrentReach, caller: CurrentCaller
) -> schemas.EndpointSecret:
    """Be told of events from now on; the secret that verifies them is shown this once."""
    row = await service.add_endpoint(
        session,
        organisation_id=body.organisation,
        url=body.url,
        events=body.events,
        private=reaches_private(),
        reach=reach,
        by=caller.account,
    )
    return schemas.EndpointSecret.of(row)


@router.get("/webhook-endpoints", tags=["webhook_endpoints"], name="list")
async def list_endpoints(session: Session, reach: CurrentReach, asked: Asked) -> Listing[schemas.EndpointOut]:
    """Your endpoints, without their secrets; for staff those of everybody."""
    page = await queries.list_endpoints(session, reach=reach, asked=asked)
    return Listing(**page.listing([schemas.EndpointOut.of(row) for row in page.rows]))


@router.post("/webhook-endpoints/{endpoint_id}/secrets", status_code=201, tags=["webhook_endpoints"], name="rotate")
@secret_answer
async def rotate_secret(
    endpoint_id: schemas.EndpointId, session: Session, reach: CurrentReach, caller: CurrentCaller, now: Now
) -> schemas.EndpointSecret:
    """Take a new secret, shown this once. For 24 hours we sign with the one before it too."""
    row = await service.rotate_secret(session, endpoint_id=endpoint_id, now=now, reach=reach, by=caller.account)
    return schemas.EndpointSecret.of(row)


@router.post("/webhook-endpoints/{endpoint_id}/pings", status_code=201, tags=["webhook_endpoints"], name="ping")
async def ping_endpoint(
    endpoint_id: schemas.EndpointId, session: Session, reach: CurrentReach, caller: CurrentCaller
) -> schemas.Pinged:
    """Try an endpoint out. It alone is told of an event that means nothing; the log says what it answered."""
    event_id = await service.ping_endpoint(session, endpoint_id=endpoint_id, reach=reach, by=caller.account)
    return schemas.Pinged(event=event_id)


@router.delete("/webhook-endpoints/{endpoint_id}", status_code=204, tags=["webhook_endpoints"], name="delete")
async def delete_endpoint(
    endpoint_id: schemas.EndpointId, session: Session, reach: CurrentReach, caller: CurrentCaller, now: Now
) -> Response:
    """Be told of nothing more there. What waits is parked, and its log stays."""
    await service.delete_endpoint(session, endpoint_id=endpoint_id, now=now, reach=reach, by=caller.account)
    return Response(status_code=204)


@router.get("/webhook-deliveries", tags=["webhook_deliveries"], name="list")
async def list_deliveries(
    session: Session,
    reach: CurrentReach,
    asked: Asked,
    endpoint: Annotated[schemas.EndpointId | None, Query(description="Only to this endpoint.")] = None,
    status: Annotated[schemas.DeliveryState | None, Query(description="Only in this state.")] = None,
) -> Listing[schemas.DeliveryOut]:
    """What was delivered to your endpoints, what waits and what is parked, newest first; for staff of everybody."""
    page = await queries.list_deliveries(session, reach=reach, endpoint_id=endpoint, state=status, asked=asked)
    return Listing(**page.listing(await _shown(session, page.rows)))


async def _shown(session: AsyncSession, rows: Sequence[WebhookDelivery]) -> list[schemas.DeliveryOut]:
    names = await queries.names_of_events(session, {row.event_id for row in rows})
    return [schemas.DeliveryOut.of(row, names[row.event_id]) for row in rows]


@router.post("/webhook-deliveries/{delivery_id}/replay", status_code=201, tags=["webhook_deliveries"], name="replay")
async def replay_delivery(
    delivery_id: schemas.DeliveryId, session: Session, reach: CurrentReach, caller: CurrentCaller
) -> schemas.DeliveryOut:
    """Deliver it now, whatever became of it before. It carries the same `webhook-id`."""
    row = await service.replay(session, delivery_id=delivery_id, reach=reach, by=caller.account)
    [shown] = await _shown(session, [row])
    return shown
