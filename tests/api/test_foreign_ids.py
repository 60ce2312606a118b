"""Ids of other people in bodies and in filters, and fields that nobody may set."""

import json

import pytest

from clothingline.kit.access import Relation
from clothingline.kit.db import Base
from tests.api.asking import ask
from tests.api.matrix import Ground, ground
from tests.api.requests_to_each import BY_ID, OPERATIONS, WORDS, Operation, content_of, headers_of, id_fields
from tests.api.two_worlds import worlds
from tests.api.two_worlds_people import Identity
from tests.pilot_fixture import pilot_template

# fixtures are asked for by their names
__all__ = ["ground", "pilot_template", "worlds"]

COLUMNS = sorted({column.name for table in Base.metadata.tables.values() for column in table.columns})
WITH_BODY = [one for one in OPERATIONS if one.example is not None and not one.own_idempotency]
FILTERS = [
    (one, parameter["name"], prefix)
    for one in OPERATIONS
    for parameter in one.spec["parameters"]
    if parameter.get("in") == "query" and Relation.OWN in one.grants.values()
    for _, prefix in id_fields({parameter["name"]: parameter["schema"]})
]
LIMITED = {Relation.OWN, Relation.ASSIGNED, Relation.SELF, Relation.PUBLIC}
# To whoever may do it to every row, no id is another's.
BODY_IDS = [
    (one, name, prefix)
    for one in WITH_BODY
    for name, prefix in id_fields(one.body_schema)
    if LIMITED & {*one.grants.values()}
]


def _doers(operation: Operation, ground: Ground) -> list[Identity]:
    """Who may do it to rows of their own only; anybody where everybody may."""
    return [one for one in ground.worlds.identities if one.role and operation.grants.get(one.role) in LIMITED]


def _path(operation: Operation, who: Identity, ground: Ground) -> str | None:
    if operation.prefix is None:
        return operation.at(WORDS.get(operation.parameter or "", ("",))[0])
    rows = ground.worlds.own(operation.prefix, who)
    return operation.at(rows[0].name) if rows else None


async def _send(ground: Ground, operation: Operation, who: Identity, path: str, body: object) -> tuple[int, bytes]:
    said = headers_of(who, **{"content-type": "application/json"})
    headers = [(name.encode(), value.encode()) for name, value in said.items()]
    async with ground.undone():
        answer = await ask(ground.app, operation.method, path, headers, json.dumps(body).encode() if body else b"")
    assert answer.fault is None
    return answer.status, answer.content


@pytest.mark.parametrize(("operation", "name", "prefix"), BODY_IDS, ids=lambda one: getattr(one, "id", one))
async def test_an_id_of_another_in_a_body_is_refused(
    ground: Ground, operation: Operation, name: str, prefix: str
) -> None:
    asked = 0
    for who in _doers(operation, ground):
        path, others = _path(operation, who, ground), ground.worlds.others(prefix, who)
        for row in [one for one in others if one.name.startswith(f"{prefix}_")][:3] if path else []:
            listed = isinstance(operation.example.get(name), list)
            body = {**content_of(operation, who, ground.worlds)["json"], name: [row.name] if listed else row.name}
            status, content = await _send(ground, operation, who, str(path), body)
            assert 400 <= status < 500, (who.name, row.name, status, content)
            asked += 1
    assert asked


@pytest.mark.parametrize(("operation", "name", "prefix"), FILTERS, ids=lambda one: getattr(one, "id", one))
async def test_a_filter_by_a_row_of_another_finds_nothing_of_theirs(
    ground: Ground, operation: Operation, name: str, prefix: str
) -> None:
    asked = 0
    for who in _doers(operation, ground):
        strangers = [one for one in ground.worlds.rows[prefix] if not one.parties & _circle(who, ground)]
        for row in [one for one in strangers if one.name.startswith(f"{prefix}_")][:3]:
            status, content = await _send(ground, operation, who, f"{operation.path}?{name}={row.name}", None)
            assert status == 200
            assert _foreign(json.loads(content)["data"], who, ground) == [], (who.name, row.name)
            asked += 1
    assert asked


def _foreign(listed: list[dict[str, str]], who: Identity, ground: Ground) -> list[str]:
    """What is listed and not one's own; whoever declined an offer in the other world still has that offer."""
    found = [one["id"] for one in listed]
    own = {row.name for prefix in {one[:3] for one in found} for row in ground.worlds.own(prefix, who)}
    return sorted(set(found) - own)


def _circle(who: Identity, ground: Ground) -> frozenset[object]:
    """Everybody of the same world: their orders are partly one's own."""
    letter = who.name[-2:]
    return frozenset().union(*(one.parties for one in ground.worlds.identities if one.name.endswith(letter)))


@pytest.mark.parametrize("operation", WITH_BODY, ids=lambda one: one.id)
async def test_no_column_can_be_set_that_the_schema_does_not_name(ground: Ground, operation: Operation) -> None:
    may = [one for one in ground.worlds.identities if one.role in operation.grants]
    own = [one for one in may if _path(operation, one, ground)]
    who = (own or may)[0]
    unnamed = {name: None for name in COLUMNS if name not in operation.body_schema}
    body = {**content_of(operation, who, ground.worlds)["json"], **unnamed}
    path = _path(operation, who, ground) or operation.at(ground.worlds.rows[operation.prefix or ""][0].name)
    status, content = await _send(ground, operation, who, path, body)
    refused = {one["pointer"] for one in json.loads(content)["errors"] if one["code"] == "extra_forbidden"}
    assert (status, refused) == (422, {f"/{name}" for name in unnamed})


def test_there_is_something_to_ask() -> None:
    assert BY_ID["orders_create"] in [operation for operation, _, _ in BODY_IDS]
    assert len(COLUMNS) > 100
    assert len(FILTERS) >= 4
