"""Routes of pages: the rules of the API's routes (one transaction, policy, idempotency), said with forms and pages."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.datastructures import FormData, UploadFile
from starlette.responses import JSONResponse, RedirectResponse

from clothingline.kit.access import Grants, Relation, Role, SignInNeeded
from clothingline.kit.errors import NotAllowed, NotFound, Refusal
from clothingline.kit.http import idempotency, problem
from clothingline.kit.http.idempotency import Claim
from clothingline.kit.http.route import Handler, Route
from clothingline.kit.policy import PUBLIC, SIGNED_IN, TABLE
from clothingline.web import forms, origin
from clothingline.web.showing import language

SIGN_IN = "/masuk"
WHOSE = "x-account"
"""Whose act it is that has waited on a phone: on a shared one, somebody else may have signed in since."""


def stands_for(operation: str, *roles: Role) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Mark a page as the face of an operation of the API: its row of the policy, narrowed to these roles if any."""
    row = TABLE[operation]
    return grants({role: _signed_in(row[role]) for role in roles} if roles else row)


def _signed_in(relation: Relation) -> Relation:
    """What everybody may see is, on a page for some roles, for those who have signed in."""
    return Relation.SELF if relation is Relation.PUBLIC else relation


def open_to(*roles: Role) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Mark a page that only shows the caller's own: open to everybody who is signed in, or to these roles."""
    return grants({role: SIGNED_IN[role] for role in roles or SIGNED_IN})


def grants(allowed: Grants) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Mark a page with who may come."""

    def mark(handler: Callable[..., Any]) -> Callable[..., Any]:
        handler.grants = allowed  # type: ignore[attr-defined]  # a mark that the route reads
        return handler

    return mark


public = grants(PUBLIC)


class PageRoute(Route):
    """A page, or the act of a form on it. A form that is refused is shown again with what was typed."""

    @property
    def grants(self) -> Grants:
        """Who may come. Raises `RuntimeError` for a page without a mark."""
        allowed: Grants | None = getattr(self.endpoint, "grants", None)
        if allowed is None:
            raise RuntimeError(f"no policy for the page {self.path}")
        return allowed

    def get_route_handler(self) -> Handler:
        """Let in, look at the form, answer; lead somebody who is not signed in to the door."""
        answer = super().get_route_handler()

        async def handle(request: Request) -> Response:
            try:
                return await (answer(request) if request.method in ("GET", "HEAD") else self._take(request, answer))
            except SignInNeeded:
                if is_program(request):
                    raise
                return _to_the_door(request)

        return handle

    async def _admit(self, session: AsyncSession, request: Request) -> tuple[Claim | None, Response | None]:
        """As for the API. Raises `SignInNeeded` for an act of somebody else than who is signed in, so that it waits."""
        admitted = await super()._admit(session, request)
        signed_in = str(request.state.caller.account)
        if request.headers.get(WHOSE, signed_in) != signed_in:
            raise SignInNeeded
        return admitted

    async def _take(self, request: Request, answer: Handler) -> Response:
        origin.demand_own(request)
        if is_program(request):
            return _way(await self._act(request, answer))
        return await self._act(request, answer)

    async def _act(self, request: Request, answer: Handler) -> Response:
        await request.body()  # kept, so that it can be read again after the form was taken from it
        async with request.form() as typed:
            return await self._answer(request, typed, answer)

    async def _answer(self, request: Request, typed: FormData, answer: Handler) -> Response:
        request.state.fingerprint = await _fingerprint(typed)
        _put_key(request, typed)
        try:
            return await answer(request)
        except (SignInNeeded, NotAllowed, NotFound):
            raise
        except (Refusal, RequestValidationError) as error:
            if is_program(request):
                raise
            return await self._again(request, typed, error)

    async def _again(self, request: Request, typed: FormData, error: Refusal | RequestValidationError) -> Response:
        page = shown_on(request.app.state.pages, self.path)
        if page is None or _missing(error):
            raise error
        request.state.form = forms.refused(typed, error, language(request), request.url.path)
        shown = await page.get_route_handler()(Request({**request.scope, "method": "GET"}, request.receive))
        if shown.status_code == 200:
            shown.status_code = error.status if isinstance(error, Refusal) else 422
        elif isinstance(error, Refusal) and error.retryable:
            raise error  # the page leads on, and nobody would be told when to try again
        return problem.later(shown, error) if isinstance(error, Refusal) else shown


def is_program(request: Request) -> bool:
    """Whether the page's own script sends a form that waited on a phone: it wants to know, not to be led."""
    return request.headers.get("accept", "") == "application/json"


def _way(answer: Response) -> Response:
    """Where an act led to, for a script that cannot look into a redirection."""
    if not isinstance(answer, RedirectResponse) and not 300 <= answer.status_code < 400:
        return answer
    told = JSONResponse({"to": answer.headers["location"]})
    told.raw_headers += [one for one in answer.raw_headers if one[0] == b"set-cookie"]
    return told


def _to_the_door(request: Request) -> Response:
    """The page of signing in; to a stream, which shows no page, that there is nothing for it (204 ends it)."""
    if "text/event-stream" in request.headers.get("accept", ""):
        return Response(status_code=204)
    return RedirectResponse(f"{SIGN_IN}?lanjut={quote(_page_of(request))}", 303)


def _missing(error: Exception) -> bool:
    """Whether the address itself does not fit, which is a missing page."""
    found = error.errors() if isinstance(error, RequestValidationError) else ()
    return any(one["loc"][0] == "path" for one in found)


def shown_on(pages: Mapping[str, PageRoute], path: str) -> PageRoute | None:
    """The page on which a form to this path stands: that of the path itself, else of the nearest path above it."""
    while path and path not in pages:
        path = path.rpartition("/")[0]
    return pages.get(path)


def _page_of(request: Request) -> str:
    """Where to return after sign-in: this page, or for an act the page from which it was sent."""
    if request.method in ("GET", "HEAD"):
        return request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return request.url.path.rpartition("/")[0] or "/"


async def _fingerprint(typed: FormData) -> bytes:
    """The same for the same form, however a browser packs it."""
    digest = hashlib.sha256()
    for name, value in sorted(typed.multi_items(), key=lambda one: one[0]):
        content = await _content(value) if isinstance(value, UploadFile) else value.encode()
        digest.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    return digest.digest()


async def _content(file: UploadFile) -> bytes:
    content = await file.read()
    await file.seek(0)
    return content


def _put_key(request: Request, typed: FormData) -> None:
    given = typed.get(forms.KEY)
    if idempotency.HEADER not in request.headers and isinstance(given, str):
        request.state.key = given


def page_router() -> APIRouter:
    """The pages of a house."""
    return APIRouter(route_class=PageRoute, include_in_schema=False, generate_unique_id_function=_name)


def _name(route: APIRoute) -> str:
    return f"page {' '.join(sorted(route.methods or ()))} {route.path}"


def pages_of(*routers: APIRouter) -> list[PageRoute]:
    """Every page and act of these routers. Raises `RuntimeError` for one without a mark of who may come."""
    found = [route for router in routers for route in router.routes if isinstance(route, PageRoute)]
    for route in found:
        _ = route.grants
    return found


def readable(routes: list[PageRoute]) -> dict[str, PageRoute]:
    """The pages that can be looked at, by path."""
    return {route.path: route for route in routes if "GET" in (route.methods or ())}
