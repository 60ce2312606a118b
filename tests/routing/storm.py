"""Many callers who press the same button in the same moment."""

import asyncio
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from starlette.types import ASGIApp, Message

from tests.cast import Actor


@dataclass
class Answer:
    """What one caller got."""

    status: int = 0
    media_type: str = ""
    body: bytes = b""

    @property
    def document(self) -> dict[str, Any]:
        """The JSON of the body."""
        found: dict[str, Any] = json.loads(self.body)
        return found


@dataclass
class Outcome:
    """What all callers got."""

    answers: list[Answer] = field(default_factory=list)

    @property
    def statuses(self) -> Counter[int]:
        """How many got which status."""
        return Counter(one.status for one in self.answers)

    @property
    def refusals(self) -> Counter[tuple[str, str]]:
        """How many refusals of which media type and code."""
        return Counter((one.media_type, one.document["code"]) for one in self.answers if one.status >= 400)


async def storm(app: ASGIApp, actors: Sequence[Actor], path: str, *, requests: int, at_once: int) -> Outcome:
    """`requests` POSTs of nothing to `path`, each with its own key, `at_once` in flight; callers take turns."""
    outcome, waiting = Outcome(), iter(range(requests))

    async def press() -> None:
        for number in waiting:
            outcome.answers.append(await post(app, actors[number % len(actors)], path))

    async with asyncio.TaskGroup() as crowd:
        for _ in range(at_once):
            crowd.create_task(press())
    return outcome


async def post(app: ASGIApp, actor: Actor, path: str) -> Answer:
    """One POST straight into the application: no socket and no client, so it costs what the server costs."""
    answer = Answer()

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.media_type = dict(message["headers"])[b"content-type"].decode()
        answer.body += message.get("body", b"")

    await app(_scope(actor, path), receive, send)
    return answer


def _scope(actor: Actor, path: str) -> dict[str, Any]:
    headers = {"host": "clothingline.test", "authorization": f"Bearer {actor.token}", "idempotency-key": str(uuid4())}
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("clothingline.test", 80),
    }
