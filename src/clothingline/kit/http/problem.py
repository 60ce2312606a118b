"""RFC 9457 problem documents for every refusal, and the corrections of a payload in plain words."""

from datetime import datetime
from typing import Any, TypeVar

import psycopg
from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.routing import Match
from starlette.types import Receive, Scope, Send

from clothingline.kit.errors import Invalid, NotFound, Refusal, Unavailable
from clothingline.kit.http.corrections import Correction, corrections
from clothingline.kit.trace import request_id

MEDIA_TYPE = "application/problem+json"
Answer = TypeVar("Answer", bound=Response)


class Problem(BaseModel):
    """What went wrong and what to do next (RFC 9457)."""

    model_config = ConfigDict(extra="allow")
    type: str = Field(description="Page that explains this kind of problem.", examples=["/api/masalah/offer-expired"])
    title: str = Field(description="Constant per kind and language.", examples=["Tawaran ini sudah berakhir."])
    status: int = Field(description="The HTTP status.", examples=[409])
    detail: str = Field(description="What happened and what to do.", examples=["Tawaran berakhir Selasa 2 Juni 08.00."])
    instance: str = Field(description="The path that was asked.", examples=["/v1/offers/off_01kt08/acceptance"])
    code: str = Field(description="Stable word for machines.", examples=["offer_expired"])
    request_id: str | None = Field(description="Name it when you ask for help.", examples=["req_01kt0b"])
    retryable: bool = Field(description="Whether the same request may succeed later.", examples=[False])
    errors: list[Correction] = Field(default=[], description="For 422: each field to correct.")


class Gate(Refusal):
    """Permintaan tidak dapat dilayani. Lihat acuan API.

    en: The request cannot be served. See the API reference.
    """


class MalformedRequest(Gate):
    """Isi permintaan tidak dapat dibaca. Kirim JSON yang benar.

    en: The body of the request cannot be read. Send valid JSON.
    """


class MethodNotAllowed(Gate):
    """Alamat ini tidak melayani cara itu. Lihat acuan API.

    en: This address does not serve that method. See the API reference.
    """

    status = 405


class BodyTooLarge(Gate):
    """Isi permintaan terlalu besar. Kirim paling banyak 10 MB.

    en: The body of the request is too large. Send at most 10 MB.
    """

    status = 413


class MediaTypeNotSupported(Gate):
    """Jenis isi ini tidak dilayani. Kirim `application/json`.

    en: This media type is not served. Send `application/json`.
    """

    status = 415


def language(request: Request) -> str:
    """`id` or `en`, from Accept-Language; English when nothing is asked."""
    wished = request.headers.get("accept-language", "en").lower()
    return "id" if wished.startswith("id") else "en"


async def refused(request: Request, error: Exception) -> Response:
    """Answer to a `Refusal`."""
    if not isinstance(error, Refusal):
        raise error
    errors = [_correction(error, language(request))] if isinstance(error, Invalid) else []
    return document(request, error, errors=errors)


async def unprocessable(request: Request, error: Exception) -> Response:
    """Answer to a payload that does not fit; a malformed path is a missing row."""
    if not isinstance(error, RequestValidationError):
        raise error
    found = error.errors()
    if any(one["loc"][0] == "path" for one in found):
        return document(request, NotFound())
    invalid = Invalid("/", "Perbaiki isian yang disebut di bawah.", "Correct the fields named below.")
    return document(request, invalid, errors=corrections(found, language(request)))


async def http_error(request: Request, error: Exception) -> Response:
    """Answer to the framework's own errors: unknown path, wrong method, too large."""
    if not isinstance(error, HTTPException):
        raise error
    answer = document(request, gate(error.status_code)(), status=error.status_code)
    answer.headers.update(error.headers or {})
    if error.status_code == MethodNotAllowed.status and (served := _methods(request)):
        answer.headers["Allow"] = ", ".join(served)
    return answer


def _methods(request: Request) -> list[str]:
    """Every method that this path serves: the framework names those of the first route only."""
    routes: list[APIRoute] = request.app.state.operations
    found = [route.methods or set() for route in routes if route.matches(request.scope)[0] is Match.PARTIAL]
    return sorted(set().union(*found))


def gate(status: int) -> type[Refusal]:
    """The refusal that the framework means by a status."""
    return _GATES.get(status, Gate)


class InternalFault(Refusal):
    """Ada kesalahan pada kami. Coba lagi; bila tetap gagal, sebutkan `request_id` kepada pengelola.

    en: A fault of ours. Try again; when it fails again, tell the programme the `request_id`.
    """

    status = 500


async def fault(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer to what nobody expected; it tells nothing of the inside."""
    await document(Request(scope), InternalFault())(scope, receive, send)


_GATES: dict[int, type[Refusal]] = {
    400: MalformedRequest,
    404: NotFound,
    405: MethodNotAllowed,
    413: BodyTooLarge,
    415: MediaTypeNotSupported,
}
_BUSY_STATES = ("40001", "40P01", "55P03", "57014", "53300", "57P01", "57P02", "57P03", "08")


async def database_busy(request: Request, error: Exception) -> Response:
    """503 for a database that is away, locked or out of connections; anything else is a fault of ours and stays one."""
    if not is_busy(error):
        raise error
    return document(request, Unavailable())


def is_busy(error: Exception) -> bool:
    """Whether the database asked for patience rather than found a mistake."""
    if isinstance(error, PoolTimeout) or (isinstance(error, DBAPIError) and error.connection_invalidated):
        return True
    said = error.orig if isinstance(error, DBAPIError) else error
    if state := getattr(said, "sqlstate", None):
        return str(state).startswith(_BUSY_STATES)
    # Without a state it was said on this side: the connection is gone, or something of ours does not fit.
    return isinstance(said, psycopg.OperationalError | psycopg.InterfaceError)


def type_of(code: str) -> str:
    """The page that explains a kind of problem."""
    return f"/api/masalah/{code.replace('_', '-')}"


def document(request: Request, error: Refusal, *, status: int | None = None, errors: Any = ()) -> JSONResponse:
    """The problem document of a refusal."""
    chosen = status or error.status
    body = {
        **{name: _plain(value) for name, value in error.facts.items()},
        "type": type_of(error.code),
        "title": error.title(language(request)),
        "status": chosen,
        "detail": error.detail(language(request)),
        "instance": request.url.path,
        "code": error.code,
        "request_id": request_id(),
        "retryable": error.retryable,
        "errors": [one.model_dump(mode="json", exclude_none=True) for one in errors],
    }
    return later(JSONResponse(body, chosen, media_type=MEDIA_TYPE), error)


def later(answer: Answer, error: Refusal) -> Answer:
    """The same answer, which says after how many seconds to try again, if that helps."""
    if error.again_in is not None:
        answer.headers["Retry-After"] = str(error.again_in)
    return answer


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return value if isinstance(value, int | str | bool | list | dict | None) else str(value)


def _correction(error: Invalid, words: str) -> Correction:
    return Correction(pointer=error.pointer, code=error.reason_code, message=error.detail(words), **error.limits)
