"""The OpenAPI document is complete enough to make a client from, and is the one in the repository."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from clothingline.app import create_app
from clothingline.kit.http.openapi import as_yaml
from clothingline.kit.policy import PUBLIC, TABLE
from clothingline.settings import Settings
from tests.api.document import DOCUMENT

WRITTEN = Path(__file__).resolve().parents[2] / "openapi" / "clothingline.yaml"
SCHEMAS: dict[str, Any] = DOCUMENT["components"]["schemas"]
PROBLEM = "application/problem+json"
MUTATIONS = {"post", "put", "patch", "delete"}


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every operation with its method."""
    for methods in DOCUMENT["paths"].values():
        yield from methods.items()


OPERATIONS = [pytest.param(method, operation, id=operation["operationId"]) for method, operation in operations()]


def resolved(node: dict[str, Any]) -> dict[str, Any]:
    """A component behind its reference."""
    if "$ref" not in node:
        return node
    found: dict[str, Any] = DOCUMENT
    for part in node["$ref"].removeprefix("#/").split("/"):
        found = found[part]
    return found


def shown(schema: dict[str, Any]) -> bool:
    """Whether a field shows a value: an example of its own, or a named schema that has them."""
    if {"examples", "$ref", "const", "enum"} & schema.keys() or schema.get("type") == "boolean":
        return True
    return any(
        shown(one) for one in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), schema.get("items", {})) if one
    )


def fits(media: str, entry: dict[str, Any]) -> bool:
    """Whether an answer shows itself; a file is only named by its media type."""
    return bool(entry["examples"]) if media in ("application/json", "text/event-stream") else bool(media)


def test_the_document_in_the_repository_is_the_one_of_the_routes() -> None:
    assert WRITTEN.read_text() == as_yaml(create_app(Settings(environment="test")).openapi()), "run `make openapi`"


def test_the_yaml_says_what_the_document_says() -> None:
    assert yaml.safe_load(as_yaml(DOCUMENT)) == DOCUMENT


def test_yaml_keys_and_texts_that_look_like_something_else_stay_what_they_are() -> None:
    awkward = {
        "on": "no",
        "200": "null",
        "a b": "x: y #z\n- é",
        "x-y": [[], {}, [1, [2]], {"k": None}],
        "e": "1e3",
        "b": True,
    }
    assert yaml.safe_load(as_yaml(awkward)) == awkward


def test_operation_ids_are_readable_and_unique() -> None:
    ids = [operation["operationId"] for _, operation in operations()]
    assert len(ids) == len(set(ids))
    assert [one for one in ids if not re.fullmatch(r"[a-z]+(_[a-z]+)+", one)] == []


def test_every_tag_in_use_is_described() -> None:
    described = {one["name"] for one in DOCUMENT["tags"] if one["description"]}
    assert {operation["tags"][0] for _, operation in operations()} == described


@pytest.mark.parametrize(("method", "operation"), OPERATIONS)
def test_an_operation_says_what_it_does_under_one_tag(method: str, operation: dict[str, Any]) -> None:
    assert len(operation["tags"]) == 1
    assert operation["operationId"].startswith(f"{operation['tags'][0]}_")
    assert len(operation["summary"].split()) > 1
    assert not operation["summary"].endswith(".")


@pytest.mark.parametrize(("method", "operation"), OPERATIONS)
def test_an_operation_says_who_may(method: str, operation: dict[str, Any]) -> None:
    public = TABLE[operation["operationId"]] == PUBLIC
    assert operation["security"] == ([] if public else [{"bearer": []}])
    assert operation["x-policy"]


@pytest.mark.parametrize(("method", "operation"), OPERATIONS)
def test_a_mutation_asks_for_its_idempotency_key_and_a_read_does_not(method: str, operation: dict[str, Any]) -> None:
    names = [resolved(one)["name"] for one in operation["parameters"]]
    assert names.count("Idempotency-Key") == (1 if method in MUTATIONS else 0)


@pytest.mark.parametrize(("method", "operation"), OPERATIONS)
def test_every_parameter_is_described_and_shown(method: str, operation: dict[str, Any]) -> None:
    found = [resolved(one) for one in operation["parameters"]]
    assert [one["name"] for one in found if not (one["description"] and shown(one["schema"]))] == []


@pytest.mark.parametrize(("method", "operation"), OPERATIONS)
def test_an_operation_shows_a_success_and_two_problems(method: str, operation: dict[str, Any]) -> None:
    answers = {int(status): resolved(one) for status, one in operation["responses"].items()}
    good = [one for status, one in answers.items() if status < 400]
    bad = [one["content"] for status, one in answers.items() if status >= 400]
    assert good
    assert [media for one in good for media, entry in one.get("content", {}).items() if not fits(media, entry)] == []
    assert all(content.keys() == {PROBLEM} for content in bad)
    assert sum(len(content[PROBLEM]["examples"]) for content in bad) >= 2


@pytest.mark.parametrize(("method", "operation"), OPERATIONS)
def test_a_body_is_a_named_schema_with_an_example(method: str, operation: dict[str, Any]) -> None:
    for media, entry in operation.get("requestBody", {"content": {}})["content"].items():
        assert media != "application/json" or entry["examples"]
        assert media != "application/json" or "properties" not in entry["schema"]


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_and_each_of_its_fields_is_described_and_shown(name: str) -> None:
    assert re.fullmatch(r"[A-Z][A-Za-z]+", name), "a name that a client would not write"
    assert SCHEMAS[name].get("description")
    fields = SCHEMAS[name].get("properties", {})
    assert [field for field, one in fields.items() if not one.get("description") or not shown(one)] == []


def test_no_object_is_anonymous() -> None:
    inside = [*DOCUMENT["paths"].values(), *(list(one.get("properties", {}).values()) for one in SCHEMAS.values())]
    assert [one for one in walk(inside) if one.get("type") == "object" and "properties" in one] == []


def walk(node: Any) -> Iterator[dict[str, Any]]:
    """Every object below a node, examples left out."""
    if isinstance(node, dict):
        yield node
        for name, value in node.items():
            if name not in ("examples", "example", "default"):
                yield from walk(value)
    elif isinstance(node, list):
        for value in node:
            yield from walk(value)


def test_every_reference_leads_somewhere() -> None:
    references = [one for one in walk(DOCUMENT) if isinstance(one.get("$ref"), str)]
    assert references
    assert all(resolved(one) for one in references)


def test_the_document_names_its_servers_and_how_to_sign_in() -> None:
    assert [one["url"] for one in DOCUMENT["servers"]]
    assert DOCUMENT["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"
