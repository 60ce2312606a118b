"""A document as YAML that a person can read and a diff can show. Its strings are JSON strings, which are YAML too."""

import json
import re
from collections.abc import Iterator
from typing import Any

_PLAIN_KEY = re.compile(r"[A-Za-z_$/][\w$/{}.-]*")
# Words that YAML readers of one version or another take for something else.
_NOT_PLAIN = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}


def as_yaml(document: dict[str, Any]) -> str:
    """The document in block style, keys in the order in which they stand."""
    return "\n".join(_lines(document, 0)) + "\n"


def _lines(node: Any, depth: int) -> Iterator[str]:
    indent = "  " * depth
    if isinstance(node, dict):
        for name, value in node.items():
            yield from _entry(f"{indent}{_key(name)}:", value, depth)
    else:
        for value in node:
            yield from _entry(f"{indent}-", value, depth)


def _entry(head: str, value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, dict | list) and value:
        yield head
        yield from _lines(value, depth + 1)
    else:
        yield f"{head} {json.dumps(value, ensure_ascii=False)}"


def _key(name: str) -> str:
    plain = _PLAIN_KEY.fullmatch(name) and name.lower() not in _NOT_PLAIN
    return name if plain else json.dumps(name, ensure_ascii=False)
