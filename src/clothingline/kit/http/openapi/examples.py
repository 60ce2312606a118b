"""Whole examples of bodies and answers, put together from the examples of their fields."""

import json
import re
from collections.abc import Mapping
from typing import Any

Document = dict[str, Any]

JSON = "application/json"
STREAM = "text/event-stream"


def give(operation: Document, schemas: Mapping[str, Any]) -> None:
    """Show the request body and every successful answer of an operation."""
    if "requestBody" in operation:
        _show(operation["requestBody"]["content"], schemas, leave_out_nulls=True)
    for answer in operation["responses"].values():
        if "content" in answer:
            _show(answer["content"], schemas, leave_out_nulls=False)


def _show(content: Document, schemas: Mapping[str, Any], *, leave_out_nulls: bool) -> None:
    for media, entry in content.items():
        if media == JSON and entry.get("schema"):
            value = example_of(entry["schema"], schemas, leave_out_nulls=leave_out_nulls)
            entry["examples"] = {"contoh": {"value": value}}
        elif media == STREAM:
            entry.clear()
            entry["schema"] = {"type": "string", "description": "Server-sent events; `data` is an `Event` as JSON."}
            entry["examples"] = {"contoh": {"value": _one_event(example_of(_EVENT, schemas, leave_out_nulls=False))}}


_EVENT = {"$ref": "#/components/schemas/Event"}


def _one_event(event: Any) -> str:
    return f"event: {event['name']}\ndata: {json.dumps(event)}\nid: {event['id']}\n\n"


_FORMS = {"date": "2026-06-12", "date-time": "2026-06-02T08:00:00+07:00"}
_CHOICE = re.compile(r"\^\((\w+)\|[\w|]+\)\$")


def show_form(schema: Document) -> None:
    """Give a parameter whose form says enough an example: a date, an instant, one of some words."""
    for one in (schema, *schema.get("anyOf", ())):
        choice = _CHOICE.fullmatch(one.get("pattern", ""))
        found = choice.group(1) if choice else _FORMS.get(one.get("format", ""))
        if found is not None:
            one.setdefault("examples", [found])


def example_of(schema: Document, schemas: Mapping[str, Any], *, leave_out_nulls: bool) -> Any:
    """A value of a schema: its own example, or one made of its parts."""
    schema = _resolve(schema, schemas)
    if schema.get("examples"):
        return schema["examples"][0]
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    for choice in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *schema.get("allOf", ())):
        return example_of(choice, schemas, leave_out_nulls=leave_out_nulls)
    return _made(schema, schemas, leave_out_nulls=leave_out_nulls)


def _resolve(schema: Document, schemas: Mapping[str, Any]) -> Document:
    while "$ref" in schema and not schema.get("examples"):
        schema = schemas[schema["$ref"].rsplit("/", 1)[-1]]
    return schema


def _made(schema: Document, schemas: Mapping[str, Any], *, leave_out_nulls: bool) -> Any:
    if schema.get("type") == "array":
        return [example_of(schema["items"], schemas, leave_out_nulls=leave_out_nulls)]
    if schema.get("type") == "object":
        fields = schema.get("properties", {})
        values = {name: example_of(one, schemas, leave_out_nulls=leave_out_nulls) for name, one in fields.items()}
        return {name: value for name, value in values.items() if value is not None or not leave_out_nulls}
    return schema.get("default")
