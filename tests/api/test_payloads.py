"""What a payload takes: a number is a number, and no truth, which Python itself would take for 0 or 1."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from clothingline.kit.http.plain import Input

import_module("clothingline.app")  # which knows every payload


def payloads(above: type[Input] = Input) -> Iterator[type[Input]]:
    for one in above.__subclasses__():
        yield one
        yield from payloads(one)


def numbers(schema: Any, path: str) -> Iterator[tuple[str, bool]]:
    """(where, whether nothing but a number is taken) of every number in a schema of pydantic's core."""
    if isinstance(schema, dict):
        if schema.get("type") == "int":
            yield path, schema.get("strict") is True
        for name, part in schema.items():
            yield from numbers(part, f"{path}.{name}")
    elif isinstance(schema, list | tuple):
        for part in schema:
            yield from numbers(part, path)


def test_no_payload_takes_a_truth_for_a_number() -> None:
    found = {where: strict for one in payloads() for where, strict in numbers(one.__pydantic_core_schema__, str(one))}
    assert len(found) > 20
    assert [where for where, strict in found.items() if not strict] == []
