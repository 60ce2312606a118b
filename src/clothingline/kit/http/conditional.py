"""Conditional requests (RFC 9110 section 13) and the link to the next page. A tag is strong: made from the bytes."""

import hashlib
import json

from fastapi import Request, Response
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.datastructures import URL

from clothingline.kit.errors import Refusal

JSON = "application/json"


class PreconditionFailed(Refusal):
    """Data ini sudah berubah sejak Anda membacanya. Baca lagi, lalu ulangi dengan ETag yang baru.

    en: This has changed since you read it. Read it again, then repeat with the new ETag.
    """

    status = 412


def tag(body: bytes) -> str:
    """The strong ETag of an answer."""
    return f'"{hashlib.sha256(body).hexdigest()[:24]}"'


def names(header: str | None, current: str) -> bool:
    """Whether a list of tags holds the current one, or `*`."""
    wished = [one.strip().removeprefix("W/") for one in (header or "").split(",")]
    return "*" in wished or current in wished


_TURN = text("SELECT pg_advisory_xact_lock(hashtextextended(:thing, 0))")


async def take_turn(session: AsyncSession, body: bytes, *, path: str) -> None:
    """Be alone with the thing that `body` shows until the transaction ends; what the session knew of it is forgotten.

    The thing is its id, because an order has a path by id and one by code; a list, which has none, is its path.
    """
    thing = f"if-match {json.loads(body).get('id', path)}"
    await session.execute(_TURN, {"thing": thing})
    session.expunge_all()


def shown(request: Request, response: Response) -> Response:
    """The answer to a GET with its tag and the link to the next page; 304 when the caller holds it already."""
    if response.status_code != 200 or response.media_type != JSON:
        return response
    response.headers["ETag"] = current = tag(bytes(response.body))
    if names(request.headers.get("if-none-match"), current):
        return Response(status_code=304, headers={"ETag": current})
    # A list without a cursor (the first matches of a search) has no next page to link to.
    if b'"has_more":true' in bytes(response.body) and (cursor := json.loads(bytes(response.body)).get("next_cursor")):
        response.headers["Link"] = f'<{_next(request.url, cursor)}>; rel="next"'
    return response


def _next(url: URL, cursor: str) -> str:
    after = url.include_query_params(starting_after=cursor)
    return f"{after.path}?{after.query}"
