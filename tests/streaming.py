"""A reader of server-sent events: the application is called at its own door, and the answer is read as it comes."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI

PATIENCE = 20.0


class Stream:
    """What one reader has heard so far."""

    def __init__(self) -> None:
        self.status = 0
        self.headers: dict[str, str] = {}
        self.chunks: asyncio.Queue[str | None] = asyncio.Queue()

    async def event(self) -> dict[str, Any] | None:
        """The next event with its `id` and `event`; None when the stream has ended. Comments are passed over."""
        while (chunk := await asyncio.wait_for(self.chunks.get(), PATIENCE)) is not None:
            fields = dict(line.split(": ", 1) for line in chunk.strip().splitlines() if not line.startswith(":"))
            if "data" in fields:
                return {**fields, "data": json.loads(fields["data"])}
        return None

    async def hear(self, message: Any) -> None:
        """The `send` of ASGI."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        elif message.get("body"):
            self.chunks.put_nowait(message["body"].decode())
        if message["type"] == "http.response.body" and not message.get("more_body", False):
            self.chunks.put_nowait(None)


@asynccontextmanager
async def listening(
    app: FastAPI, token: str, *, last_event_id: str | None = None, page: bool = False
) -> AsyncIterator[Stream]:
    """A reader that hangs up at the end of the block; the first words of the stream have been heard when it begins.

    A `page` listens as pages do: at their own path, with the cookie of a browser.
    """
    stream, gone = Stream(), asyncio.Event()

    async def receive() -> dict[str, Any]:
        await gone.wait()
        return {"type": "http.disconnect"}

    call = asyncio.create_task(app(_scope(token, last_event_id, page=page), receive, stream.hear))
    first = await asyncio.wait_for(stream.chunks.get(), PATIENCE)
    if stream.status != 200:
        stream.chunks.put_nowait(first)
    yield stream
    gone.set()
    await asyncio.wait_for(call, PATIENCE)


def _scope(token: str, last_event_id: str | None, *, page: bool) -> dict[str, Any]:
    cookie, bearer = (b"cookie", f"sesi={token}".encode()), (b"authorization", f"Bearer {token}".encode())
    path = "/peristiwa" if page else "/v1/events/stream"
    headers = [cookie if page else bearer, (b"host", b"clothingline.test"), (b"accept", b"text/event-stream")]
    if last_event_id is not None:
        headers.append((b"last-event-id", last_event_id.encode()))
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": headers,
        "client": ("127.0.0.1", 50_000),
        "server": ("clothingline.test", 80),
    }
