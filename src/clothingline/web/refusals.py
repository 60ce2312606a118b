"""The catalogue of refusals, and the page that a browser gets instead of a problem document."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from clothingline.kit.errors import NotFound, Refusal, kinds, message
from clothingline.kit.http import problem
from clothingline.web.rendering import page


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


async def listed(request: Request) -> Response:
    """`/api/masalah`: all of them."""
    return page("problems/list.html", entries=catalogue())


async def shown(request: Request) -> Response:
    """`/api/masalah/{slug}`: where the `type` of a problem document leads. Raises `NotFound`."""
    found = [one for one in catalogue() if one.slug == request.path_params["slug"]]
    if not found:
        raise NotFound
    return page("problems/show.html", entries=found)


def is_browser(request: Request) -> bool:
    """Whether a person looks at this, rather than a program at the API."""
    return "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/v1/")


async def refused(request: Request, error: Exception) -> Response:
    """A page for a browser, a problem document for everybody else."""
    answer = await (problem.refused if isinstance(error, Refusal) else problem.http_error)(request, error)
    if not is_browser(request):
        return answer
    kind = type(error) if isinstance(error, Refusal) else problem.gate(answer.status_code)
    return page("problems/refused.html", status=answer.status_code, answered=answer.status_code, entry=_entry(kind))
