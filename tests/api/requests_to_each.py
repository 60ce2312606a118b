"""One valid request to any operation: path, query, body and headers, from the examples of the OpenAPI document."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from clothingline.app import operations
from clothingline.integrations.payments import signing
from clothingline.kit.access import Grants
from clothingline.kit.clock import milliseconds
from clothingline.kit.http.route import MUTATIONS
from clothingline.kit.policy import TABLE
from tests.api.document import DOCUMENT
from tests.api.two_worlds_people import Identity, Worlds
from tests.api.two_worlds_wishes import DAY_OFF
from tests.production.camera import shot

TYPE_ID = re.compile(r"([a-z]{3})_[0-7][0-9a-hjkmnp-tv-z]{25}")
BY_FOLDER = {"brands": "brd", "suppliers": "sup", "sentra": "sen", "orders": "ord", "designs": "dsg"}
ENDPOINTS = {route.unique_id: route.endpoint for route in operations()}
NEVER = "01kt08000000000000000000zz"
PICTURE = shot()
# Parts of a path that name no row of anybody's: a value that is there, and one that is not.
WORDS = {"purpose": ("measurements", "marketing"), "regency_code": ("32.73", "99.99"), "number": ("1", "999999999")}


@dataclass(frozen=True)
class Operation:
    """One operation of the API, as the document describes it."""

    id: str
    method: str
    path: str
    spec: Mapping[str, Any]

    @property
    def grants(self) -> Grants:
        """Its row of the policy table."""
        return TABLE[self.id]

    @property
    def mutates(self) -> bool:
        """Whether it needs an idempotency key."""
        return self.method in MUTATIONS

    @property
    def own_idempotency(self) -> bool:
        """Whether it changes something and knows a repeat without a key: a signed notice."""
        return self.mutates and getattr(ENDPOINTS[self.id], "own_idempotency", False)

    @property
    def secret_answer(self) -> bool:
        """Whether its answer is given once and never kept."""
        return getattr(ENDPOINTS[self.id], "secret_answer", False)

    @property
    def parameter(self) -> str | None:
        """The part of the path that names a row; a second part hangs on the first."""
        found = re.search(r"{(\w+)}", self.path)
        return found.group(1) if found else None

    @property
    def prefix(self) -> str | None:
        """The prefix of the ids that the path takes, None where it names no row of anybody's."""
        if self.parameter is None or self.parameter in WORDS:
            return None
        pattern = next(one["schema"].get("pattern", "") for one in self.spec["parameters"] if one.get("in") == "path")
        found = re.match(r"\^(\w{3})_", pattern)
        return found.group(1) if found else BY_FOLDER[self.path.split("/")[2]]

    @property
    def example(self) -> Any:
        """The JSON body that the document shows."""
        content = self.spec.get("requestBody", {}).get("content", {})
        return content.get("application/json", {}).get("examples", {}).get("contoh", {}).get("value")

    @property
    def body_schema(self) -> dict[str, Any]:
        """The fields of the JSON body by name."""
        schema = self.spec.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
        named: dict[str, Any] = DOCUMENT["components"]["schemas"].get(schema.get("$ref", "").rpartition("/")[2], {})
        return dict(named.get("properties", {}))

    def query(self) -> dict[str, str]:
        """The parameters that must be given."""
        asked = [one for one in self.spec["parameters"] if one.get("in") == "query" and one.get("required")]
        return {one["name"]: str(one["schema"]["examples"][0]) for one in asked}

    def at(self, row: str) -> str:
        """The path to a row."""
        return self.path.replace(f"{{{self.parameter}}}", row).replace("{day}", DAY_OFF)


OPERATIONS = [
    Operation(spec["operationId"], method.upper(), path, spec)
    for path, methods in DOCUMENT["paths"].items()
    for method, spec in methods.items()
]
BY_ID = {one.id: one for one in OPERATIONS}


def headers_of(who: Identity, **more: str) -> dict[str, str]:
    """Who asks, with a fresh key."""
    signed = {"authorization": f"Bearer {who.token}"} if who.token else {}
    return {**signed, "idempotency-key": str(uuid4()), **more}


def content_of(operation: Operation, who: Identity, worlds: Worlds) -> dict[str, Any]:
    """Arguments of the client: a body that this caller may send."""
    if operation.id in OTHERWISE:
        return OTHERWISE[operation.id](operation, who)
    body = operation.example
    if body is None:
        return {"headers": headers_of(who)}
    return {"json": _dressed(with_own_ids(body, who, worlds), operation, worlds), "headers": headers_of(who)}


def _photo(operation: Operation, who: Identity) -> dict[str, Any]:
    return {"content": PICTURE, "headers": headers_of(who, **{"content-type": "image/jpeg"})}


def _notice(operation: Operation, who: Identity) -> dict[str, Any]:
    body = json.dumps(operation.example).encode()
    secret = signing.shared_secret()
    signed = signing.headers(secret, notice=f"ntc_{uuid4().hex}", timestamp=milliseconds() // 1000, body=body)
    return {"content": body, "headers": headers_of(who, **signed, **{"content-type": "application/json"})}


# What is not just JSON with a key: a line for each operation whose body is signed, or is a file.
OTHERWISE: dict[str, Callable[[Operation, Identity], dict[str, Any]]] = {
    "photos_create": _photo,
    "payment_notices_create": _notice,
}


def _dressed(body: Any, operation: Operation, worlds: Worlds) -> Any:
    if operation.id == "sessions_create":
        return {**body, "code": worlds.code}
    return body


def with_own_ids(body: Any, who: Identity, worlds: Worlds) -> Any:
    """The body with rows of the caller's own in the place of the invented ids of the examples."""

    def swap(text: str) -> str:
        found = TYPE_ID.fullmatch(text)
        rows = worlds.own(found.group(1), who) if found and found.group(1) in worlds.rows else []
        return rows[0].name if rows else text

    return mapped(body, swap)


def mapped(node: Any, change: Callable[[str], str]) -> Any:
    """A JSON value with every text changed."""
    if isinstance(node, dict):
        return {name: mapped(value, change) for name, value in node.items()}
    if isinstance(node, list):
        return [mapped(value, change) for value in node]
    return change(node) if isinstance(node, str) else node


def id_fields(schema: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(field, prefix) of every field that holds an id, or a list of them."""
    for name, field in schema.items():
        found = re.search(r'"\^(\w{3})_\[', json.dumps(field))
        if found:
            yield name, found.group(1)
