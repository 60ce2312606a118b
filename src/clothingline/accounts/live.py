"""The stream behind pages that are open: that something has happened, so that they ask again what they show."""

from collections.abc import AsyncIterator

from fastapi import Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from clothingline.accounts.event_queries import audience_of
from clothingline.accounts.event_routes import RECONNECT_MILLISECONDS, LastSeen, following, wire_id
from clothingline.kit.http.route import CurrentCaller
from clothingline.kit.http.stream import Hub
from clothingline.web.route import page_router, stands_for

NEWS = "kabar"

pages = page_router()


@pages.get("/peristiwa", response_class=EventSourceResponse)
@stands_for("events_stream")
async def stream_news(
    request: Request, caller: CurrentCaller, last_seen: LastSeen = None
) -> AsyncIterator[ServerSentEvent]:
    """One message named `kabar` for each event that the caller may hear, with the event's name and nothing else.

    It ends when the session does, as the stream of the API.
    """
    hub: Hub = request.app.state.hub
    async with hub.subscribe(audience_of(caller)) as subscription:
        yield ServerSentEvent(comment="terhubung", retry=RECONNECT_MILLISECONDS)
        async for row in following(request, subscription, last_seen):
            yield ServerSentEvent(data=row.name, event=NEWS, id=wire_id(row))
