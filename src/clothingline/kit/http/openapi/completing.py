"""What the framework leaves out of an operation: its policy, its idempotency key, its problems, its examples."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from fastapi import FastAPI

from clothingline.kit.access import Grants, Relation, Role
from clothingline.kit.http.idempotency import HEADER, LONGEST
from clothingline.kit.http.openapi import examples, names, problems
from clothingline.kit.http.openapi.tags import TAGS
from clothingline.kit.http.route import MUTATIONS
from clothingline.kit.policy import TABLE

Document = dict[str, Any]

BEARER = {
    "type": "http",
    "scheme": "bearer",
    "description": "The token of a signed-in device (`sessions_create`) or of a program (`api_tokens_create`).",
}
KEY = {
    "name": HEADER,
    "in": "header",
    "required": True,
    "description": "One random value for each act, and the same one when you repeat it: the first answer comes again.",
    "schema": {
        "type": "string",
        "minLength": 1,
        "maxLength": LONGEST,
        "examples": ["7f1c3a52-9d1e-4a53-a5e0"],
    },
}
DONE = {
    "200": "What was asked for.",
    "201": "It has been made.",
    "202": "It is accepted and goes on.",
    "204": "It is done; there is nothing to show.",
}
SERVERS = [
    {"url": "/", "description": "This installation"},
    {"url": "http://127.0.0.1:8000", "description": "A test installation on your machine (`make run`)"},
]


def install(app: FastAPI) -> None:
    """Let `app.openapi()` answer the completed document."""
    made = app.openapi

    @cache
    def document() -> Document:
        return complete(made())

    app.openapi = document  # type: ignore[method-assign]  # the framework documents this as the way


def complete(document: Document) -> Document:
    """Complete the framework's document in place."""
    schemas = document["components"]["schemas"]
    problems.add(document)
    names.shorten(document)
    names.describe_parts(schemas)
    document["servers"] = SERVERS
    document["components"]["securitySchemes"] = {"bearer": BEARER}
    document["components"]["parameters"] = {"IdempotencyKey": KEY}
    used = set()
    for method, operation in operations(document):
        _complete(operation, method, schemas)
        used.update(operation["tags"])
    document["tags"] = [{"name": tag, "description": words} for tag, words in TAGS.items() if tag in used]
    return document


def operations(document: Document) -> Iterator[tuple[str, Document]]:
    """Every operation with its method in capitals."""
    for path in document["paths"].values():
        for method, operation in path.items():
            yield method.upper(), operation


def _complete(operation: Document, method: str, schemas: Document) -> None:
    grants = TABLE[operation["operationId"]]
    public = Relation.PUBLIC in grants.values()
    operation["security"] = [] if public else [{"bearer": []}]
    operation["x-policy"] = _policy(grants)
    _say(operation)
    parameters = operation.setdefault("parameters", [])
    for one in parameters:
        one.setdefault("description", one["schema"].get("description", ""))
        examples.show_form(one["schema"])
    if method in MUTATIONS:
        parameters.append({"$ref": "#/components/parameters/IdempotencyKey"})
    problems.answer(operation, mutation=method in MUTATIONS, public=public)
    examples.give(operation, schemas)


def _policy(grants: Grants) -> dict[str, str]:
    if len(grants) == len(Role) and len(set(grants.values())) == 1:
        return {"everybody": next(iter(grants.values())).value}
    return {role.value: relation.value for role, relation in grants.items()}


def _say(operation: Document) -> None:
    """The first sentence of the handler's docstring is the summary, the rest the description."""
    words = " ".join(operation.get("description", "").split())
    first, _, rest = words.partition(". ")
    operation["summary"] = first.removesuffix(".")
    operation["description"] = rest or words
    for status, answer in operation["responses"].items():
        answer["description"] = DONE.get(status, answer["description"])
