"""Asks the application at its own door: any bytes may be sent, and a stream is left after its first words."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from fastapi import FastAPI

PATIENCE = 20.0
STREAM = b"text/event-stream"


@dataclass
class Answer:
    """What came back; `fault` is the exception that the handler raised, if it did."""

    status: int = 0
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    content: bytes = b""
    fault: Exception | None = None

    def header(self, name: bytes) -> str:
        """The first value of a header, or an empty text."""
        return next((value.decode("latin-1") for given, value in self.headers if given == name), "")


async def ask(
    app: FastAPI, method: str, url: str, headers: Iterable[tuple[bytes, bytes]] = (), body: bytes = b""
) -> Answer:
    """One request; it is given up after `PATIENCE` seconds with `TimeoutError`."""
    answer, gone = Answer(), asyncio.Event()
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> dict[str, Any]:
        if waiting:
            return waiting.pop()
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            answer.status, answer.headers = message["status"], list(message["headers"])
            return
        answer.content += message.get("body", b"")
        if answer.content and answer.header(b"content-type").encode().startswith(STREAM):
            gone.set()

    try:
        await asyncio.wait_for(app(_scope(method, url, headers, body), receive, send), PATIENCE)
    except TimeoutError:
        raise
    except Exception as error:  # noqa: BLE001  # whatever a handler raises is a finding, with its traceback
        answer.fault = error
    return answer


def _scope(method: str, url: str, headers: Iterable[tuple[bytes, bytes]], body: bytes) -> dict[str, Any]:
    parts = urlsplit(url)
    given = [(name.lower(), value) for name, value in headers]
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(parts.path),
        "raw_path": parts.path.encode(),
        "root_path": "",
        "query_string": parts.query.encode(),
        "headers": [(b"host", b"clothingline.test"), (b"content-length", str(len(body)).encode()), *given],
        "client": ("127.0.0.1", 50_000),
        "server": ("clothingline.test", 80),
    }
