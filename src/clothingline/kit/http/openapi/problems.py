"""Problem documents in the OpenAPI document: one shared answer per status, shown in both languages."""

from typing import Any

from clothingline.kit.access import SignInNeeded
from clothingline.kit.errors import Conflict, Gone, Invalid, NotAllowed, NotFound, Refusal, Unavailable, kinds
from clothingline.kit.http.conditional import PreconditionFailed
from clothingline.kit.http.idempotency import IdempotencyKeyMissing
from clothingline.kit.http.problem import MEDIA_TYPE, Problem, type_of

Document = dict[str, Any]

ANSWERS: dict[int, tuple[str, str, type[Refusal]]] = {
    400: ("MalformedRequest", "The request is malformed or lacks its idempotency key.", IdempotencyKeyMissing),
    401: ("SignInNeeded", "Sign in first, or the proof was wrong.", SignInNeeded),
    403: ("NotAllowed", "This account may not do this.", NotAllowed),
    404: ("NotFound", "There is no such row, or it is another party's.", NotFound),
    409: ("Conflict", "The state has changed; the detail says what to do.", Conflict),
    410: ("Gone", "This is no longer in force.", Gone),
    412: ("PreconditionFailed", "It has changed since the `If-Match` was read.", PreconditionFailed),
    422: ("ToCorrect", "Fields to correct, each named.", Invalid),
    429: ("TooMany", "Too many of these; wait.", Unavailable),
    503: ("Unavailable", "Busy; repeat after `Retry-After`.", Unavailable),
}
LANGUAGES = ("id", "en")


def add(document: Document) -> None:
    """Put the problem, and the shared answers that hold it, among the components."""
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    document["components"]["schemas"] |= schema.pop("$defs") | {"Problem": schema}
    for name in ("HTTPValidationError", "ValidationError"):
        document["components"]["schemas"].pop(name, None)
    answers = document["components"]["responses"] = {}
    for status, (name, words, kind) in ANSWERS.items():
        answers[name] = {"description": words, "content": {MEDIA_TYPE: _content(status, kind)}}


def _content(status: int, kind: type[Refusal]) -> Document:
    found = _known(status, kind)
    shown = {
        language: {"summary": found.title(language), "value": _example(status, found, language)}
        for language in LANGUAGES
    }
    return {"schema": {"$ref": "#/components/schemas/Problem"}, "examples": shown}


def _known(status: int, kind: type[Refusal]) -> Refusal:
    """A refusal of this status; a kind that a house has made, where the ground has none."""
    if kind is Invalid:
        return Invalid(
            "/quantity", "Jumlah sedikitnya 1", "The quantity must be at least 1", code="out_of_range", min=1
        )
    named = kind if kind.status == status else next(one for one in kinds() if one.status == status)
    return named()


def _example(status: int, found: Refusal, language: str) -> Document:
    errors = []
    if isinstance(found, Invalid):
        message = found.detail(language)
        errors = [{"pointer": found.pointer, "code": found.reason_code, "message": message, **found.limits}]
    return {
        "type": type_of(found.code),
        "title": found.title(language),
        "status": status,
        "detail": found.detail(language),
        "instance": "/v1/orders",
        "code": found.code,
        "request_id": "req_01kt08000000000000000000aa",
        "retryable": found.retryable,
        "errors": errors,
    }


def answer(operation: Document, *, mutation: bool, public: bool) -> None:
    """The problems that this operation may answer with, and no other error."""
    responses = operation["responses"]
    for status in [status for status in responses if int(status) >= 400]:
        del responses[status]
    for status, (name, _, _) in ANSWERS.items():
        if status not in _impossible(mutation=mutation, public=public):
            responses[str(status)] = {"$ref": f"#/components/responses/{name}"}


def _impossible(*, mutation: bool, public: bool) -> set[int]:
    if mutation:
        return {403} if public else set()
    return {400, 412, 429, 401, 403} if public else {400, 412, 429}
