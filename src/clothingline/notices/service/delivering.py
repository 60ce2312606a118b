"""Which deliveries are tried now, and what became of them.

An endpoint is written before its deliveries, here and where it is deleted, so that no two wait for each other.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.clock import business_time
from clothingline.kit.events import emit
from clothingline.kit.states import move
from clothingline.notices.events import WebhookDeliveryParked
from clothingline.notices.models import DELIVERY, WebhookDelivery, WebhookEndpoint
from clothingline.notices.pauses import next_try

LEASE_SECONDS = 60
"""Six times what a try may take: after that whoever held it is dead, and another takes it."""
MOST_OF_ONE = 2
TAKERS = 0x7765_6268_6F6F_6B


@dataclass(frozen=True)
class Taken:
    """One delivery that is tried by whoever took it; `lease` tells this try from all others. `now`: business time."""

    id: UUID
    endpoint_id: UUID
    url: str
    generation: int
    rotated_at: datetime | None
    lease: datetime
    event_id: UUID
    name: str
    at: datetime
    facts: dict[str, Any]
    now: datetime


# One taker at a time, so that two never count the same endpoint's tries; it is over before anything is sent.
_ALONE = text("SELECT pg_try_advisory_xact_lock(:takers)")
_TAKE = text("""
    WITH due AS (
        SELECT one.id
          FROM webhook_endpoint AS endpoint
         CROSS JOIN LATERAL (
               SELECT delivery.id, delivery.due_at
                 FROM webhook_delivery AS delivery
                WHERE delivery.endpoint_id = endpoint.id AND delivery.state = 'waiting'
                  AND delivery.due_at <= business_now()
                  AND (delivery.taken_until IS NULL OR delivery.taken_until <= clock_timestamp())
                ORDER BY delivery.due_at, delivery.id
                LIMIT greatest(0, :each - (SELECT count(*) FROM webhook_delivery AS held
                                            WHERE held.endpoint_id = endpoint.id AND held.state = 'waiting'
                                              AND held.taken_until > clock_timestamp()))
                  FOR UPDATE SKIP LOCKED
               ) AS one
         WHERE endpoint.disabled_at IS NULL AND (endpoint.failing_since IS NOT NULL) = :failing
         ORDER BY one.due_at, one.id
         LIMIT :most
    )
    UPDATE webhook_delivery AS delivery
       SET taken_until = clock_timestamp() + make_interval(secs => :lease)
      FROM due, webhook_endpoint AS endpoint, event
     WHERE delivery.id = due.id AND endpoint.id = delivery.endpoint_id AND event.id = delivery.event_id
 RETURNING delivery.id, endpoint.id AS endpoint_id, endpoint.url, endpoint.generation, endpoint.rotated_at,
           delivery.taken_until AS lease, event.id AS event_id, event.name, event.at, event.facts,
           business_now() AS now
""")


async def take_due(session: AsyncSession, *, most: int, failing: bool) -> list[Taken]:
    """At most `most` deliveries whose time has come, each held for a minute; nobody else takes them meanwhile.

    Of endpoints whose newest try failed (`failing`) one is tried at a time, of the others two.
    """
    if most <= 0 or not await session.scalar(_ALONE, {"takers": TAKERS}):
        return []
    given = {"most": most, "failing": failing, "each": 1 if failing else MOST_OF_ONE, "lease": LEASE_SECONDS}
    return [Taken(**row) for row in (await session.execute(_TAKE, given)).mappings()]


async def record_delivered(session: AsyncSession, *, taken: Taken, answered: int) -> bool:
    """The receiver has it. False where the try was given up meanwhile: it was replayed, or its lease was over."""
    failing = (WebhookEndpoint.id == taken.endpoint_id, WebhookEndpoint.failing_since.is_not(None))
    await session.execute(update(WebhookEndpoint).where(*failing).values(failing_since=None))
    said: dict[str, Any] = {"answered": answered, "cause": None, "taken_until": None, "delivered_at": business_time()}
    tries = WebhookDelivery.tries + 1
    return bool(await move(session, DELIVERY, WebhookDelivery, "deliver", *_held(taken), tries=tries, **said))


async def record_failed(
    session: AsyncSession, *, taken: Taken, answered: int | None, cause: str, now: datetime, shake_permille: int
) -> bool:
    """The try has failed: the next one, or the end of them. False where the try was given up meanwhile."""
    well = (WebhookEndpoint.id == taken.endpoint_id, WebhookEndpoint.failing_since.is_(None))
    await session.execute(update(WebhookEndpoint).where(*well).values(failing_since=now))
    row = await session.scalar(select(WebhookDelivery).where(*_held(taken)).with_for_update())
    if row is None:
        return False
    row.tries, row.taken_until, row.answered, row.cause = row.tries + 1, None, answered, cause
    again = next_try(tries=row.tries, since=row.since, now=now, shake_permille=shake_permille)
    row.due_at = again or row.due_at
    await session.flush()
    if again is None:
        await _park(session, taken)
    return True


def _held(taken: Taken) -> tuple[Any, ...]:
    return (
        WebhookDelivery.id == taken.id,
        WebhookDelivery.state == "waiting",
        WebhookDelivery.taken_until == taken.lease,
    )


async def _park(session: AsyncSession, taken: Taken) -> None:
    await move(session, DELIVERY, WebhookDelivery, "park", WebhookDelivery.id == taken.id)
    whose = select(WebhookEndpoint.organisation_id).where(WebhookEndpoint.id == taken.endpoint_id)
    owner = await session.scalar(whose)
    await emit(session, WebhookDeliveryParked(taken.id, taken.endpoint_id), audience=[owner] if owner else [])


async def park_deleted(session: AsyncSession) -> int:
    """Park what an event has made for an endpoint while it was being deleted; returns how many."""
    gone = select(WebhookEndpoint.id).where(WebhookEndpoint.disabled_at.is_not(None))
    waiting = (WebhookDelivery.endpoint_id.in_(gone), WebhookDelivery.due_at <= business_time())
    moved = await move(session, DELIVERY, WebhookDelivery, "park", *waiting, cause="endpoint_deleted", taken_until=None)
    return len(moved)
