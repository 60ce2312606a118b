"""What has happened, as a list and as a stream."""

from collections import deque
from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

import structlog
from fastapi import Header, Query, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from clothingline.accounts import event_queries as queries
from clothingline.accounts.event_schemas import EventId, EventOut, wire_facts
from clothingline.accounts.events import ApiTokenRevoked, SessionRevoked
from clothingline.kit import db
from clothingline.kit.events import Event
from clothingline.kit.http import admission
from clothingline.kit.http.listing import Asked, Listing
from clothingline.kit.http.problem import is_busy
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session, api_router
from clothingline.kit.http.stream import Hub, Subscription

log = structlog.get_logger("events")
LOOK_AGAIN_SECONDS = 15.0
RECONNECT_MILLISECONDS = 2_000
REMEMBERED = 1_000
MAY_END_THE_SESSION = frozenset({SessionRevoked.__name__, ApiTokenRevoked.__name__})

Name = Annotated[
    str | None, Query(pattern=r"^[A-Za-z]{1,60}$", description="Only events of this name.", examples=["OrderPaid"])
]
LastSeen = Annotated[EventId | None, Header(alias="Last-Event-ID", description="Resume after this event.")]

router = api_router()


@router.get("/events", tags=["events"], name="list")
async def list_events(
    session: Session, caller: CurrentCaller, reach: CurrentReach, asked: Asked, name: Name = None
) -> Listing[EventOut]:
    """What has happened to you and your organisations, newest first; everything for administrators and auditors."""
    page = await queries.list_events(session, reach, name=name, asked=asked)
    known = None if reach.everything else caller.account
    return Listing(**page.listing([_out(row, known) for row in page.rows]))


def _out(row: Event, known: UUID | None) -> EventOut:
    """An actor other than `known` is not named; None names everybody."""
    actor = row.actor if known is None or row.actor == known else None
    return EventOut(id=row.id, name=row.name, at=row.at, actor=actor, facts=wire_facts(row.facts))


@router.get("/events/stream", tags=["events"], name="stream", response_class=EventSourceResponse)
async def stream_events(
    request: Request, caller: CurrentCaller, last_seen: LastSeen = None
) -> AsyncIterator[ServerSentEvent]:
    """What happens to you and your organisations, as it happens (server-sent events).

    `data` is an event as in the list, `event` its name, `id` its id. Each event comes at least once: after a
    reconnection with `Last-Event-ID` the last half minute may come again, so drop the ids that you know. The stream
    ends when the session does.
    """
    hub: Hub = request.app.state.hub
    async with hub.subscribe(queries.audience_of(caller)) as subscription:
        yield ServerSentEvent(comment="terhubung", retry=RECONNECT_MILLISECONDS)
        sent: deque[UUID] = deque(maxlen=REMEMBERED)
        async for row in following(request, subscription, last_seen):
            if row.id not in sent:
                sent.append(row.id)
                yield ServerSentEvent(data=_out(row, caller.account), event=row.name, id=wire_id(row))


def wire_id(row: Event) -> str:
    """Its id as it is said to a stream."""
    return str(_out(row, None).model_dump()["id"])


async def following(request: Request, subscription: Subscription, since: UUID | None) -> AsyncIterator[Event]:
    """What was missed since an event, then what happens, until the session of the request ends."""
    try:
        if since is not None:
            async for row in queries.list_missed(subscription.audience, since=since):
                yield row
        async for row in _live(request, subscription):
            yield row
    except Exception as error:
        if not is_busy(error):
            raise
        log.warning("stream ended without the database", error=str(error))


async def _live(request: Request, subscription: Subscription) -> AsyncIterator[Event]:
    while True:
        try:
            row = await subscription.next(patience=LOOK_AGAIN_SECONDS)
            if row is None:
                return
        except TimeoutError:
            row = None
        if (row is None or row.name in MAY_END_THE_SESSION) and not await _still_signed_in(request, subscription):
            return
        if row is not None:
            yield row


async def _still_signed_in(request: Request, subscription: Subscription) -> bool:
    async with db.transaction() as session:
        caller = await admission.ask(session, request)
    subscription.audience = queries.audience_of(caller)
    return caller.account is not None
