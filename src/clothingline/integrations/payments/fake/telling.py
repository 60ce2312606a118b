"""Delivering the fake provider's notices, signed by Standard Webhooks, and reading them at the other end."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import cast, get_args

import httpx
import structlog

from clothingline.integrations.payments import signing
from clothingline.integrations.payments.fake.books import Books
from clothingline.integrations.payments.fake.notices import Notice
from clothingline.integrations.payments.faults import NotSigned
from clothingline.integrations.payments.port import ObjectKind, Told
from clothingline.kit.clock import milliseconds

log = structlog.get_logger("fake_provider")
Deliver = Callable[[bytes, dict[str, str]], Awaitable[None]]


def post_to(url: str, transport: httpx.AsyncBaseTransport | None = None) -> Deliver:
    """Deliver notices to `url`; with an `ASGITransport` the receiver runs in the same process.

    Any answer but 2xx raises `httpx.HTTPError`, so that the notice stays undelivered.
    """

    async def deliver(body: bytes, headers: dict[str, str]) -> None:
        limits = httpx.Timeout(3, connect=1)
        async with httpx.AsyncClient(transport=transport, timeout=limits) as client:
            said = {"content-type": "application/json", **headers}
            (await client.post(url, content=body, headers=said)).raise_for_status()

    return deliver


async def deliver_waiting(books: Books, deliver: Deliver) -> int:
    """Try every notice that is due once; returns how many were acknowledged."""
    due = await asyncio.to_thread(books.waiting)
    return sum([await _tell(books, deliver, notice) for notice in due])


async def _tell(books: Books, deliver: Deliver, notice: Notice) -> bool:
    stamp, secret = milliseconds() // 1000, signing.shared_secret()
    headers = signing.headers(secret, notice=notice.id, timestamp=stamp, body=notice.body)
    try:
        for _ in range(notice.copies):
            await deliver(notice.body, headers)
    except httpx.HTTPError as error:
        log.warning("notice not delivered", notice=notice.id, cause=str(error))
        return False
    await asyncio.to_thread(books.acknowledge, notice.id)
    return True


def read(headers: Mapping[str, str], body: bytes, now: int) -> Told:
    """Verify the raw bytes of a notice and say what it is about. Raises `NotSigned`."""
    said = {name.lower(): value for name, value in headers.items()}
    notice = said.get("webhook-id", "")
    signing.verify(
        signing.shared_secret(),
        notice=notice,
        timestamp=said.get("webhook-timestamp", ""),
        signatures=said.get("webhook-signature", ""),
        body=body,
        now=now,
    )
    try:
        return _told(notice, json.loads(body))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotSigned("body") from error


def _told(notice: str, body: dict[str, object]) -> Told:
    kind = str(body["type"]).partition(".")[0]
    if kind not in get_args(ObjectKind):
        return Told(notice, None, "", str(body["account"]), body["livemode"] is True, body)
    data = cast(dict[str, object], body["data"])
    return Told(notice, cast(ObjectKind, kind), str(data[kind]), str(body["account"]), body["livemode"] is True, body)
