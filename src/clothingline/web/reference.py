"""The reference of the API, drawn from its OpenAPI document: one page per resource."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Field:
    """A field or a parameter; `link` is the shape that it holds."""

    name: str
    kind: str
    link: str | None
    required: bool
    words: str
    example: str
    place: str = ""


@dataclass(frozen=True)
class Shape:
    """A named schema."""

    name: str
    words: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Answer:
    """One answer of an operation."""

    status: str
    words: str
    shape: str | None
    example: str


@dataclass(frozen=True)
class Operation:
    """One operation as a reader needs it."""

    id: str
    method: str
    path: str
    summary: str
    words: str
    everybody: bool
    who: tuple[tuple[str, str], ...]
    parameters: tuple[Field, ...]
    body: Answer | None
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Resource:
    """A tag with its operations and the shapes that they use."""

    tag: str
    words: str
    operations: tuple[Operation, ...]
    shapes: tuple[Shape, ...]


def resources(document: Document) -> list[Resource]:
    """Every resource of the document, in its order."""
    return [_resource(document, one["name"], one["description"]) for one in document["tags"]]


def _resource(document: Document, tag: str, words: str) -> Resource:
    raw = [
        (method, path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if operation["tags"] == [tag]
    ]
    found = tuple(_operation(document, *one) for one in raw)
    return Resource(tag, words, found, tuple(_shapes(document, [operation for _, _, operation in raw])))


def _operation(document: Document, method: str, path: str, raw: Document) -> Operation:
    body = raw.get("requestBody", {}).get("content")
    return Operation(
        id=raw["operationId"],
        method=method.upper(),
        path=path,
        summary=raw["summary"],
        words=raw["description"] if raw["description"].rstrip(".") != raw["summary"] else "",
        everybody="everybody" in raw["x-policy"] and bool(raw["security"]),
        who=tuple(raw["x-policy"].items()) if raw["security"] else (),
        parameters=tuple(_parameter(_resolve(document, one)) for one in raw["parameters"]),
        body=_answer("", {"description": "", "content": body}) if body else None,
        answers=tuple(_answer(status, _resolve(document, one)) for status, one in raw["responses"].items()),
    )


def _parameter(raw: Document) -> Field:
    kind, link = _kind(raw["schema"])
    example = _example(raw["schema"])
    return Field(raw["name"], kind, link, raw.get("required", False), raw["description"], example, raw["in"])


def _answer(status: str, raw: Document) -> Answer:
    for entry in raw.get("content", {}).values():
        shown = next((one["value"] for one in entry.get("examples", {}).values()), None)
        text = shown.strip() if isinstance(shown, str) else json.dumps(shown, indent=2, ensure_ascii=False)
        return Answer(status, raw["description"], _kind(entry.get("schema", {}))[1], text if shown is not None else "")
    return Answer(status, raw["description"], None, "")


def _shapes(document: Document, operations: list[Document]) -> Iterator[Shape]:
    schemas = document["components"]["schemas"]
    waiting, seen = sorted(set(_references(operations))), set[str]()
    while waiting:
        name = waiting.pop(0)
        if name not in seen:
            seen.add(name)
            waiting += sorted(set(_references(schemas[name])) - seen)
            yield _shape(name, schemas[name])


def _references(node: Any) -> Iterator[str]:
    yield from re.findall(r'"#/components/schemas/(\w+)"', json.dumps(node))


def _shape(name: str, raw: Document) -> Shape:
    required = raw.get("required", ())
    fields = tuple(_field(field, one, field in required) for field, one in raw.get("properties", {}).items())
    return Shape(name, raw.get("description", ""), fields)


def _field(name: str, raw: Document, required: bool) -> Field:
    kind, link = _kind(raw)
    return Field(name, kind, link, required, raw.get("description", ""), _example(raw))


def _kind(raw: Document) -> tuple[str, str | None]:
    """What stands in a field, in a word, and the shape behind it."""
    if "$ref" in raw:
        name = raw["$ref"].rsplit("/", 1)[-1]
        return name, name
    if choices := raw.get("anyOf") or raw.get("oneOf") or raw.get("allOf"):
        found = [_kind(one) for one in choices]
        return " | ".join(kind for kind, _ in found), next((link for _, link in found if link), None)
    if raw.get("type") == "array":
        kind, link = _kind(raw["items"])
        return f"{kind}[]", link
    return _plain_kind(raw), None


def _plain_kind(raw: Document) -> str:
    if "const" in raw:
        return json.dumps(raw["const"])
    if "enum" in raw:
        return " | ".join(json.dumps(one) for one in raw["enum"])
    return " ".join(str(raw[name]) for name in ("type", "format") if name in raw) or "any"


def _example(raw: Document) -> str:
    choices = [raw, *raw.get("anyOf", ())]
    return next((json.dumps(one["examples"][0], ensure_ascii=False) for one in choices if one.get("examples")), "")


def _resolve(document: Document, raw: Document) -> Document:
    if "$ref" not in raw:
        return raw
    _, _, kind, name = raw["$ref"].split("/")
    found: Document = document["components"][kind][name]
    return found
