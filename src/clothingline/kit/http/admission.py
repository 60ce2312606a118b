"""Who sends a request, may they, did they send it before: one trip to the database, which begins the transaction."""

from collections.abc import Callable

from fastapi import Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Caller, Grants, Question, reach
from clothingline.kit.db import raw_connection
from clothingline.kit.http import idempotency

Identify = Callable[[Request], Question]


async def ask(session: AsyncSession, request: Request) -> Caller:
    """Who sends this request."""
    return (await _ask(session, request, key=None))[0]


async def admit(
    session: AsyncSession, request: Request, *, grants: Grants, keyed: bool
) -> tuple[idempotency.Claim | None, Response | None]:
    """Let the sender in: `request.state` gets session, caller, reach and, where a key is demanded, the time `now`.

    Returns the right to carry out a `keyed` request, and its stored answer if it was carried out before. Raises what
    the policy and `idempotency.claim` raise.
    """
    key = idempotency.key_of(request) if keyed else None
    caller, found = await _ask(session, request, key=key)
    request.state.session, request.state.caller = session, caller
    request.state.reach = reach(grants, caller)
    if not keyed:
        return None, None
    return await idempotency.claim(request, str(caller.account or _host(request)), key, found)


async def _ask(session: AsyncSession, request: Request, *, key: str | None) -> tuple[Caller, idempotency.Found | None]:
    identify: Identify = request.app.state.identify
    question = identify(request)
    connection = await raw_connection(session)
    async with connection.pipeline():
        bearer = await connection.execute(question.statement, question.values)
        found = await idempotency.look(connection, _host(request), key) if key else None
    return question.read(await bearer.fetchone()), found


def _host(request: Request) -> str:
    return request.client.host if request.client else "-"
