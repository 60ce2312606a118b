"""Names of schemas as a client would write them: `Session`, `SessionList`, `AccountCreate`."""

import re
from collections import Counter
from typing import Any

Document = dict[str, Any]

_REFERENCE = "#/components/schemas/"


def shorten(document: Document) -> None:
    """Rename the schemas and every reference to them; a name that two houses share begins with the house."""
    schemas = document["components"]["schemas"]
    wished = {name: _short(name) for name in schemas}
    taken = Counter(wished.values())
    chosen = {name: short if taken[short] == 1 else _long(name, short) for name, short in wished.items()}
    renamed = {chosen[name]: _titled(schema, chosen[name]) for name, schema in schemas.items()}
    schemas.clear()
    schemas.update(sorted(renamed.items()))
    _follow(document, chosen)


def _long(name: str, short: str) -> str:
    path = name.split("__")
    return f"{path[1].title()}{short}" if len(path) > 2 else name


def describe_parts(schemas: Document) -> None:
    """A field that is another schema, or a list of it, and says nothing itself is what that schema is."""
    for schema in schemas.values():
        for one in schema.get("properties", {}).values():
            reference = one.get("$ref") or one.get("items", {}).get("$ref")
            if reference:
                one.setdefault("description", schemas[reference.removeprefix(_REFERENCE)].get("description", ""))


def _titled(schema: Document, name: str) -> Document:
    """Every schema says what it is; a generic page is a page of its items."""
    return {"description": f"One page of `{name.removesuffix('List')}`.", **schema, "title": name}


def _short(name: str) -> str:
    listed = re.fullmatch(r"Listing_(\w+?)_", name)
    if listed:
        return f"{_short(listed.group(1))}List"
    return name.rsplit("__", 1)[-1].removesuffix("Out")


def _follow(node: Any, chosen: dict[str, str]) -> None:
    if isinstance(node, dict):
        for name, value in node.items():
            node[name] = _renamed(value, chosen) if isinstance(value, str) else value
            _follow(value, chosen)
    elif isinstance(node, list):
        for value in node:
            _follow(value, chosen)


def _renamed(value: str, chosen: dict[str, str]) -> str:
    """References stand under `$ref` and in the mappings of discriminators; no other text begins like one."""
    name = value.removeprefix(_REFERENCE)
    return _REFERENCE + chosen.get(name, name) if value.startswith(_REFERENCE) else value
