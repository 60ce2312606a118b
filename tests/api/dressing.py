"""Puts a generated case into the world: a caller, ids that stand in the database, an idempotency key of its own."""

import random
import re
from typing import Any
from uuid import UUID

from schemathesis import Case

from clothingline.kit.access import Grants
from tests.api.world import Row, World
from tests.story_fixture import token_of

TYPE_ID = re.compile(r"([a-z]{3})_[0-7][0-9a-hjkmnp-tv-z]{25}")
ORDER_CODE = re.compile(r"CL-\d{4}-\d{4,9}")
# What a reference by id or slug points to, by the tag of the operation or the name of the field.
REFERENCES = {
    "brands": "brd",
    "suppliers": "sup",
    "sentra": "sen",
    "designs": "dsg",
    "design": "dsg",
    "brand": "brd",
}
HAVE_NAMES = {*REFERENCES.values(), "ord"}
JSON = "application/json"


class Dresser:
    """Draws from its own seeded source, so that a run can be repeated."""

    def __init__(self, world: World, grants: Grants, seed: str, *, real: float = 0.5, nobody: float = 0.1) -> None:
        self.world, self.grants, self.draw = world, grants, random.Random(seed)
        self.share, self.nobody = real, nobody
        self.used: list[Row] = []

    def dress(self, case: Case[Any], number: int, example: Any) -> None:
        """Change a case in place, so that what it says of itself (does it fit its schema?) is looked up again."""
        self.used = []
        if example is not None and self.draw.random() < 1 / 3:
            case.body, case.media_type = example, JSON
        case.path_parameters = {
            name: self.in_path(case.operation.tags[0], name, value) for name, value in case.path_parameters.items()
        }
        case.query = self.real(case.query)
        if isinstance(case.body, dict | list | str):
            case.body = self.real(case.body)
        if case.method != "GET" and self.draw.random() < 0.9:
            case.headers["Idempotency-Key"] = f"{case.operation.definition.raw['operationId']}-{number}"
        account = self.caller()
        if account is not None:
            case.headers["Authorization"] = f"Bearer {token_of(account)}"

    def in_path(self, tag: str, name: str, value: Any) -> Any:
        """A part of a path with a row of the database: any `…ref`, else what has the form of an id or a code."""
        return self.reference(tag, value) if name.endswith("ref") else self.real(value)

    def real(self, value: Any, name: str = "") -> Any:
        """A value with ids of the database in the place of others."""
        if isinstance(value, dict):
            return {key: self.real(one, key) for key, one in value.items()}
        if isinstance(value, list):
            return [self.real(one, name) for one in value]
        if isinstance(value, str) and name in REFERENCES and not TYPE_ID.fullmatch(value):
            return self.reference(name, value)
        prefix = _prefix(value) if isinstance(value, str) else None
        return self._instead(value, prefix) if prefix else value

    def reference(self, name: str, value: Any) -> Any:
        """An id or a slug in the place of a value, by the tag of the operation or the name of the field."""
        return self._instead(value, REFERENCES[name])

    def _instead(self, value: Any, prefix: str) -> Any:
        rows = self.world.rows.get(prefix)
        if not rows or self.draw.random() >= self.share:
            return value
        row = self.draw.choice(rows)
        self.used.append(row)
        return row.slug if row.slug and self.draw.random() < 0.5 and prefix in HAVE_NAMES else row.id

    def caller(self) -> UUID | None:
        """Sometimes nobody; else mostly somebody whose the rows are, or anybody whom the policy admits."""
        if self.draw.random() < self.nobody:
            return None
        owners = [account for row in self.used for account in self.world.whose(row, self.grants)]
        if owners and self.draw.random() < 0.8:
            return self.draw.choice(owners)
        return self.draw.choice(self.world.may(self.grants))


def _prefix(value: str) -> str | None:
    """What an id or a code points to, by its form."""
    found = TYPE_ID.fullmatch(value)
    return found.group(1) if found else "ord" if ORDER_CODE.fullmatch(value) else None
