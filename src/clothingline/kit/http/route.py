"""One request, one transaction: sign-in, policy, idempotency, the handler, and the commit before the answer leaves."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from datetime import datetime
from typing import Annotated, Any, TypeVar

import psycopg
from fastapi import APIRouter, Depends, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit import captured, db
from clothingline.kit.access import Caller, Grants, Reach
from clothingline.kit.http import admission, conditional, idempotency
from clothingline.kit.policy import TABLE

Handler = Callable[[Request], Coroutine[Any, Any, Response]]
Preparation = Callable[[AsyncSession, Request, Caller, Reach], Awaitable[Any]]
Thought = Callable[[Any], Awaitable[Any]]

Body = TypeVar("Body", bound=BaseModel)

MUTATIONS = frozenset({"POST", "PUT", "PATCH", "DELETE"})
MOST_TRIES = 3
_AGAIN = ("40001", "40P01")


async def _as_seen(seen: Any) -> Any:
    return seen


def look_think(look: Preparation, think: Thought = _as_seen) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Mark a handler whose answer needs slow thought: `look` reads in a transaction of its own, `think` runs in none.

    The result stands in `request.state.thought` when the writing transaction begins, which checks again what was read.
    Without `think` it is what was seen; what `look` has counted stays counted although the act is refused.
    """

    def mark(handler: Callable[..., Any]) -> Callable[..., Any]:
        handler.look_think = (look, think)  # type: ignore[attr-defined]  # a mark that the route reads
        return handler

    return mark


async def body_of(request: Request, model: type[Body]) -> Body:
    """The body of a request, for the looking half of a handler. Raises what the framework raises for a bad payload."""
    try:
        return model.model_validate_json(await request.body() or b"{}")
    except ValidationError as error:
        found = [{**one, "loc": ("body", *one["loc"])} for one in error.errors()]
        raise RequestValidationError(found) from error


def secret_answer(handler: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a handler whose answer holds a secret: only that it was given is stored, and a repeat is told so."""
    handler.secret_answer = True  # type: ignore[attr-defined]  # a mark that the route reads
    return handler


def own_idempotency(handler: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a handler that recognises repeats by itself, such as by a message's own id: our header is not demanded."""
    handler.own_idempotency = True  # type: ignore[attr-defined]  # a mark that the route reads
    return handler


class Route(APIRoute):
    """A route of the API. Its operation id names its row in the policy table."""

    @property
    def grants(self) -> Grants:
        """Who may ask."""
        return TABLE[self.unique_id]

    def get_route_handler(self) -> Handler:
        """Wrap the framework's handler in the transaction, retried at most three times for deadlocks."""
        answer = super().get_route_handler()

        async def handle(request: Request) -> Response:
            for attempt in range(1, MOST_TRIES + 1):
                try:
                    with captured.waited(request.headers):
                        return await self._serve(request, answer)
                except (DBAPIError, psycopg.Error) as error:
                    said = error.orig if isinstance(error, DBAPIError) else error
                    if attempt == MOST_TRIES or getattr(said, "sqlstate", None) not in _AGAIN:
                        raise
                await asyncio.sleep(random.uniform(0.01, 0.05) * attempt)  # noqa: S311  # no secret, only no marching in step
            raise AssertionError("unreachable: the last attempt returns or raises")

        return handle

    async def _serve(self, request: Request, answer: Handler) -> Response:
        mark = getattr(self.endpoint, "look_think", None)
        if mark and (stored := await self._look_think(request, *mark)) is not None:
            return stored
        with idempotency.one_at_a_time():
            async with db.transaction() as session:
                taken, stored = await self._admit(session, request)
                if taken is None:
                    return conditional.shown(request, await answer(request))
                if stored is None:
                    await self._check_match(session, request)
                return stored or await self._once(session, request, answer, taken)

    async def _check_match(self, session: AsyncSession, request: Request) -> None:
        """Compare If-Match with what a GET of the same path, or of the path that the act is on, says now.

        Of two acts that have seen the same, the second waits for the first and is then compared with what it left.
        Acts without If-Match do not wait. Raises `PreconditionFailed` when the caller has seen something else.
        """
        wished = request.headers.get("if-match")
        if wished is None:
            return
        readers: Mapping[str, Route] = request.app.state.readers
        reader = readers.get(self.path) or readers.get(self.path.rpartition("/")[0])
        current = await reader.read(request) if reader else b""
        if reader and conditional.names(wished, conditional.tag(current)):
            await conditional.take_turn(session, current, path=request.url.path)
            current = await reader.read(request)
        if not conditional.names(wished, conditional.tag(current)):
            raise conditional.PreconditionFailed

    async def read(self, request: Request) -> bytes:
        """What this route, a GET, says to the same caller in the same transaction."""
        scope = {**request.scope, "method": "GET", "query_string": b""}
        return bytes((await super().get_route_handler()(Request(scope, request.receive))).body)

    def _keyed(self, request: Request) -> bool:
        return request.method in MUTATIONS and not getattr(self.endpoint, "own_idempotency", False)

    async def _look_think(self, request: Request, look: Preparation, think: Thought) -> Response | None:
        """The stored answer of a repeat; else what was thought is put into `request.state`."""
        async with db.transaction() as session:
            _, stored = await self._admit(session, request)
            if stored is not None:
                return stored
            seen = await look(session, request, request.state.caller, request.state.reach)
        request.state.thought = await think(seen)
        return None

    async def _admit(self, session: AsyncSession, request: Request) -> tuple[idempotency.Claim | None, Response | None]:
        return await admission.admit(session, request, grants=self.grants, keyed=self._keyed(request))

    async def _once(
        self, session: AsyncSession, request: Request, answer: Handler, taken: idempotency.Claim
    ) -> Response:
        response = await answer(request)
        secret = getattr(self.endpoint, "secret_answer", False)
        await idempotency.remember(session, taken, response, secret=secret)
        return response


def operation_id(route: APIRoute) -> str:
    """`offers_accept`: the tag is the resource, the name the act."""
    return f"{route.tags[0]}_{route.name}"


def api_router() -> APIRouter:
    """The router of a house: version 1 of the API, one transaction a request."""
    return APIRouter(prefix="/v1", route_class=Route, generate_unique_id_function=operation_id)


# Coroutine functions, because the framework sends plain ones to a thread each.
async def _session(request: Request) -> AsyncSession:
    session: AsyncSession = request.state.session
    return session


async def _caller(request: Request) -> Caller:
    caller: Caller = request.state.caller
    return caller


async def _reach(request: Request) -> Reach:
    allowed: Reach = request.state.reach
    return allowed


async def _now(request: Request) -> datetime:
    now: datetime = request.state.now
    return now


Session = Annotated[AsyncSession, Depends(_session)]
CurrentCaller = Annotated[Caller, Depends(_caller)]
CurrentReach = Annotated[Reach, Depends(_reach)]
# Business time at which the key of a mutation was taken: only where keys are demanded.
Now = Annotated[datetime, Depends(_now)]
