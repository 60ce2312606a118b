"""The catalogue of refusals, and the page that a browser gets instead of a problem document."""

from dataclasses import dataclass

from fastapi.exceptions import RequestValidationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from clothingline.kit.errors import NotFound, Refusal, kinds, message
from clothingline.kit.http import problem
from clothingline.kit.trace import request_id
from clothingline.web.route import page_router, public
from clothingline.web.showing import Show, language, show

pages = page_router()


@dataclass(frozen=True)
class Entry:
    """One kind of refusal in words."""

    code: str
    slug: str
    status: int
    retryable: bool
    title: dict[str, str]
    advice: dict[str, str]


def catalogue() -> list[Entry]:
    """Every kind of refusal, by status and code."""
    return [_entry(kind) for kind in kinds()]


def _entry(kind: type[Refusal]) -> Entry:
    said = {language: message(kind, language) for language in ("id", "en")}
    return Entry(
        code=kind.word(),
        slug=problem.type_of(kind.word()).rsplit("/", 1)[-1],
        status=kind.status,
        retryable=kind.retryable,
        title={language: title for language, (title, _) in said.items()},
        advice={language: advice for language, (_, advice) in said.items()},
    )


@pages.get("/api/masalah")
@public
async def listed(show: Show) -> Response:
    """All of them."""
    return show("problems/list.html", entries=catalogue())


@pages.get("/api/masalah/{slug}")
@public
async def shown(slug: str, show: Show) -> Response:
    """Where the `type` of a problem document leads. Raises `NotFound`."""
    found = [one for one in catalogue() if one.slug == slug]
    if not found:
        raise NotFound
    return show("problems/show.html", entries=found)


def is_browser(request: Request) -> bool:
    """Whether a person looks at this, rather than a program at the API."""
    return "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/v1/")


async def refused(request: Request, error: Exception) -> Response:
    """A page for a browser, a problem document for everybody else."""
    answer = await _document(request, error)
    if not is_browser(request):
        return answer
    kind = type(error) if isinstance(error, Refusal) else problem.gate(answer.status_code)
    shown = _page(request, kind, _advice(request, error), answer.status_code)
    return problem.later(shown, error) if isinstance(error, Refusal) else shown


async def _document(request: Request, error: Exception) -> Response:
    if isinstance(error, Refusal):
        return await problem.refused(request, error)
    if isinstance(error, RequestValidationError):
        return await problem.unprocessable(request, error)
    return await problem.http_error(request, error)


def _advice(request: Request, error: Exception) -> str | None:
    return error.advice(language(request)) if isinstance(error, Refusal) else None


def _page(request: Request, kind: type[Refusal], advice: str | None, status: int) -> Response:
    values = {"answered": status, "entry": _entry(kind), "advice": advice, "request_id": request_id()}
    return show(request)("problems/refused.html", status=status, **values)


async def fault(scope: Scope, receive: Receive, send: Send) -> None:
    """What a browser gets when something happens that nobody expected; others get the problem document."""
    request = Request(scope)
    if not is_browser(request):
        await problem.fault(scope, receive, send)
        return
    await _page(request, problem.InternalFault, None, problem.InternalFault.status)(scope, receive, send)
