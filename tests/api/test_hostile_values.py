"""Hostile values in every field of every body, in every query and in every header that we read.

Either the value is taken and comes back as it was, or a problem document refuses it and names the field by pointer.
Bodies are as valid as the document's own examples but for the one value, ids stand in the database, and the caller is
somebody who may.
"""

import json
from collections.abc import Collection, Iterator
from itertools import groupby, product
from operator import itemgetter
from typing import Any
from urllib.parse import quote

import pytest
from fastapi import FastAPI

from clothingline.app import create_app
from clothingline.kit import db
from clothingline.kit.access import Relation
from clothingline.kit.policy import TABLE
from clothingline.settings import Settings
from tests.api.asking import Answer, ask
from tests.api.document import DOCUMENT
from tests.api.dressing import Dresser
from tests.api.hostile import BODIES, HEADERS, HEADERS_READ, NUMBERS, TEXTS, VALUES, Pointer, fields, put, written
from tests.api.world import World, look_round
from tests.pilot_fixture import pilot_template  # noqa: F401  # a fixture is asked for by its name
from tests.story_fixture import database_name, story_template, token_of  # noqa: F401  # fixtures are asked for by their names

SEED = 20261121
PROBLEM = "application/problem+json"
JSON = b"application/json"
APP = create_app(Settings(environment="test"))
# Where the refusal of one value is said of another field, because the two must go together.
SAID_ELSEWHERE = {
    ("designs_create", "/options/0/kind"): ("/options/0/max_length",),
    ("jobs_submit", "/faulty"): ("/good",),
}
SCHEMAS: dict[str, Any] = DOCUMENT["components"]["schemas"]


class Operation:
    """One operation of the document, and how to ask for it."""

    def __init__(self, method: str, path: str, said: dict[str, Any]) -> None:
        self.method, self.path, self.name, self.tag = method.upper(), path, said["operationId"], said["tags"][0]
        self.parameters = [one for one in said["parameters"] if "name" in one]
        self.media: dict[str, Any] = said.get("requestBody", {}).get("content", {})
        self.content = self.media.get("application/json", {})

    @property
    def example(self) -> Any:
        """The body that the document shows."""
        return self.content["examples"]["contoh"]["value"]

    @property
    def kind(self) -> tuple[object, ...]:
        """What decides which lines read its headers: the method, the body and who may."""
        return self.method, tuple(self.media), Relation.PUBLIC in TABLE[self.name].values()

    def url(self, dresser: Dresser) -> str:
        """The path with real ids."""
        made = self.path
        for one in self.parameters:
            if one["in"] == "path":
                value = dresser.in_path(self.tag, one["name"], one["schema"]["examples"][0])
                made = made.replace(f"{{{one['name']}}}", quote(str(value)))
        return made


OPERATIONS = [
    Operation(method, path, said) for path, ways in DOCUMENT["paths"].items() for method, said in ways.items()
]
WITH_BODY = [one for one in OPERATIONS if one.content]
WITH_QUERY = [one for one in OPERATIONS if any(parameter["in"] == "query" for parameter in one.parameters)]


class Asker:
    """Asks for one operation as somebody who may, again and again; keeps what was wrong with the answers."""

    def __init__(self, app: FastAPI, operation: Operation, dresser: Dresser) -> None:
        self.app, self.operation = app, operation
        self.url, self.body = operation.url(dresser), b""
        if operation.content:
            self.example = dresser.real(operation.example)
            self.body = json.dumps(self.example).encode()
        account = dresser.caller()
        self.token = token_of(account).encode() if account else b""
        self.asked = 0
        self.findings: list[str] = []

    async def ask(
        self, what: str, *, query: str = "", body: bytes | None = None, headers: dict[bytes, bytes] | None = None
    ) -> Answer:
        """One request; a fault and a refusal that is no problem document are findings."""
        what = f"{self.operation.name} {what}"
        self.asked += 1
        said = {
            b"authorization": b"Bearer " + self.token,
            b"idempotency-key": f"{self.operation.name}-{self.asked}".encode(),
            b"content-type": JSON,
            **(headers or {}),
        }
        sent = self.body if body is None else body
        answer = await ask(self.app, self.operation.method, self.url + query, said.items(), sent)
        if answer.fault is not None or answer.status >= 500:
            self.findings.append(f"{what}: {answer.status} {answer.fault!r}")
        elif answer.status >= 400 and not answer.header(b"content-type").startswith(PROBLEM):
            self.findings.append(f"{what}: {answer.status} {answer.content!r} is no problem document")
        return answer


async def _world() -> World:
    async with db.transaction() as session:
        return await look_round(session)


def _asker(app: FastAPI, world: World, operation: Operation) -> Asker:
    return Asker(app, operation, Dresser(world, TABLE[operation.name], f"{SEED}", real=1, nobody=0))


@pytest.mark.parametrize("operation", WITH_BODY, ids=lambda one: one.name)
async def test_a_field_of_a_body_comes_back_as_it_was_or_is_named_by_its_pointer(
    app: FastAPI, operation: Operation
) -> None:
    asker = _asker(app, await _world(), operation)
    places = list(dict.fromkeys(fields(operation.content["schema"], SCHEMAS)))
    unchanged = _pointers(await asker.ask("as the document shows it"))
    for at in places:
        for value in VALUES:
            what = f"{written(at)!r} = {str(value)[:40]!a}"
            answer = await asker.ask(what, body=json.dumps(put(asker.example, at, value)).encode())
            meant = {written(at), *unchanged, *SAID_ELSEWHERE.get((operation.name, written(at)), ())}
            asker.findings += [f"{what}: {one}" for one in _wrong(answer, at, value, meant)]
    print(f"{operation.name}: {len(places)} fields, {asker.asked} requests, seed {SEED}")
    assert asker.asked == 1 + len(places) * len(VALUES)
    assert not asker.findings, "\n".join(asker.findings)


def _wrong(answer: Answer, at: Pointer, value: Any, meant: Collection[str]) -> Iterator[str]:
    pointers = _pointers(answer)
    if pointers and not any(_names(one, field) for one in pointers for field in meant):
        yield f"the refusal names {pointers}"
    if answer.status in (200, 201) and isinstance(value, str) and len(at) == 1:
        shown = json.loads(answer.content)
        kept = shown.get(at[0]) if isinstance(shown, dict) else None
        # Spaces at the ends go from every line, and colours are kept in small letters.
        if isinstance(kept, str) and kept.casefold() not in (value.casefold(), value.strip().casefold()):
            yield f"comes back as {kept[:60]!a}"


def _pointers(answer: Answer) -> list[str]:
    """The fields that a refusal of a payload names."""
    return [one["pointer"] for one in json.loads(answer.content)["errors"]] if answer.status == 422 else []


def _names(pointer: str, field: str) -> bool:
    """A pointer to the field itself, to something in it, or to what it stands in."""
    return f"{pointer}/".startswith(f"{field}/") or f"{field}/".startswith(f"{pointer.rstrip('/')}/")


async def test_a_body_that_is_no_object_of_ours_meets_no_fault(app: FastAPI) -> None:
    findings, world = [], await _world()
    for operation in WITH_BODY:
        asker = _asker(app, world, operation)
        for what, (media, body) in BODIES.items():
            await asker.ask(what, body=body, headers={b"content-type": media})
        findings += asker.findings
    assert not findings, "\n".join(findings)


async def test_a_hostile_query_meets_no_fault(app: FastAPI) -> None:
    texts = [quote(text[:5_000].encode("utf-8", "surrogatepass")) for text in TEXTS]
    values = [*texts, *(str(value) for value in NUMBERS), "%ff", "%c3%28", ""]
    findings, world = [], await _world()
    for operation in WITH_QUERY:
        asker = _asker(app, world, operation)
        for name in (one["name"] for one in operation.parameters if one["in"] == "query"):
            for value in values:
                await asker.ask(f"?{name}={value[:40]}", query=f"?{name}={value}")
            await asker.ask(f"?{name} twice", query=f"?{name}={values[0]}&{name}={values[-1]}")
        findings += asker.findings
    assert not findings, "\n".join(findings)


async def test_a_hostile_header_meets_no_fault(app: FastAPI) -> None:
    findings, world = [], await _world()
    for operation, group in groupby(_headers(), key=itemgetter(0)):
        asker = _asker(app, world, operation)
        for _, name, value in group:
            await asker.ask(f"{name!r}: {value[:40]!r}", headers={name: value})
        findings += asker.findings
    assert not findings, "\n".join(findings)


def _headers() -> Iterator[tuple[Operation, bytes, bytes]]:
    """Every value in every header for the first operation that is read in the same way, and for a header of its own.

    What all operations read is read by the same lines for all that are alike; each of the others gets every header,
    with another value each time.
    """
    met: set[tuple[object, ...]] = set()
    for turn, operation in enumerate(OPERATIONS):
        own = [one["name"].lower().encode() for one in operation.parameters if one["in"] == "header"]
        first = operation.kind not in met
        met.add(operation.kind)
        for number, name in enumerate(HEADERS_READ):
            values = HEADERS if first else [HEADERS[(turn + number) % len(HEADERS)]]
            yield from ((operation, name, value) for value in values)
        yield from ((operation, name, value) for name in own for value in HEADERS)


def test_every_operation_gets_every_header_and_every_header_every_value() -> None:
    asked = [(operation.name, name, value) for operation, name, value in _headers()]
    print(f"{len(asked)} requests, {len({operation.kind for operation in OPERATIONS})} kinds of operations")
    assert {(name, header) for name, header, _ in asked} >= set(product(TABLE, HEADERS_READ))
    assert {(header, value) for _, header, value in asked} >= set(product(HEADERS_READ, HEADERS))


def _methods(path: str) -> set[str]:
    return {method.upper() for method in DOCUMENT["paths"][path]}


@pytest.mark.parametrize("path", DOCUMENT["paths"])
async def test_a_method_that_a_path_does_not_serve_is_refused_with_those_that_it_does(path: str) -> None:
    for method in sorted({"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "HOLA"} - _methods(path)):
        answer = await ask(APP, method, path.replace("{", "").replace("}", ""))
        assert answer.status == 405, method
        assert answer.header(b"content-type").startswith(PROBLEM)
        assert set(answer.header(b"allow").split(", ")) == _methods(path)
