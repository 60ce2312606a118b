"""Every page and act of a form that names a row × every identity × another's, missing and unreachable: no deviation.

Which role may come says the page's own mark; that a row of another party is a missing one is asked here of each.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from pydantic import TypeAdapter

from clothingline import pages
from clothingline.kit.access import Relation
from clothingline.web.route import PageRoute
from tests.api.asking import Answer, ask
from tests.api.matrix import Ground, ground
from tests.api.requests_to_each import NEVER, headers_of
from tests.api.two_worlds import worlds
from tests.api.two_worlds_people import Identity, Worlds
from tests.pilot_fixture import pilot_template

# fixtures are asked for by their names
__all__ = ["ground", "pilot_template", "worlds"]

FORBIDDEN, MISSING, DOOR = 403, 404, "/masuk"
# What stands for a second value of a path, which hangs on the row that the first names.
SECOND = {"number": "1", "day": "2026-12-24", "step": "1", "n": "1"}
WHY = "Sudah diperiksa"
# Forms that are shown again, on a page that shows no row, before their row is looked for: so they are filled in.
FILLED: Mapping[str, Mapping[str, str]] = {
    "POST /admin/alarm/{alarm_id}/akhiri": {"reason": WHY},
    "POST /admin/pendaftaran/{application_id}/tolak": {"reason": WHY},
    "POST /admin/uang/pajak/{declaration_id}/tolak": {"reason": WHY},
    "POST /admin/uang/selisih/{difference_id}/jelaskan": {"resolution": "explained", "reason": WHY},
    "POST /admin/ulasan/{review_id}/sembunyikan": {"reason": WHY},
    "POST /merek/ulasan/{review_id}/jawab": {"words": WHY},
    "POST /pemasok/stok/{lot_id}/hitung": {"metres": "12"},
    "POST /pemasok/stok/{lot_id}/terima": {"metres": "12"},
}


def prefix_of(route: PageRoute) -> str | None:
    """The prefix of the ids that the first value of the path takes; None where it names no row by its id."""
    names = re.findall(r"{(\w+)", route.path)
    for one in route.dependant.path_params:
        if names and one.name == names[0]:
            patterns = [getattr(said, "pattern", None) or "" for said in one.field_info.metadata]
            found = re.search(r"\^\(?(\w{3})_", " ".join(map(str, patterns)) + " " + str(schema_of(one)))
            return found.group(1) if found else None
    return None


def schema_of(one: Any) -> str:
    """The pattern of a value, as its schema says it."""
    kind = one.field_info.annotation
    for said in one.field_info.metadata:
        kind = Annotated[kind, said]
    return str(TypeAdapter(kind).json_schema().get("pattern", ""))


ROUTES = [route for route in pages.every() if prefix_of(route)]


def named(route: PageRoute) -> str:
    return f"{min(route.methods or {'GET'})} {route.path}"


def at(route: PageRoute, row: str) -> str:
    """The path to a row."""
    names = re.findall(r"{(\w+)[^}]*}", route.path)
    first = re.sub(r"{\w+[^}]*}", row, route.path, count=1)
    return re.sub(r"{(\w+)[^}]*}", lambda found: SECOND.get(found[1], f"xyz_{NEVER}"), first) if names[1:] else first


def may_come(route: PageRoute, who: Identity) -> bool:
    return Relation.PUBLIC in route.grants.values() or who.role in route.grants


def reaches_all(route: PageRoute, who: Identity) -> bool:
    return who.role is not None and route.grants.get(who.role) is Relation.ALL


def cells(route: PageRoute, who: Identity, worlds: Worlds) -> Iterator[tuple[str, str, str]]:
    """(kind, path, what must come) for one identity."""
    prefix = prefix_of(route) or ""
    if who.role is None and Relation.PUBLIC not in route.grants.values():
        yield "nobody", at(route, f"{prefix}_{NEVER}"), "door"
        return
    if not may_come(route, who):
        yield "no such role", at(route, f"{prefix}_{NEVER}"), "forbidden"
        return
    yield "missing", at(route, f"{prefix}_{NEVER}"), "missing"
    if not reaches_all(route, who) and Relation.PUBLIC not in route.grants.values():
        for row in worlds.others(prefix, who)[:2] if prefix in worlds.rows else []:
            yield "other", at(route, row.name), "missing"


def fits(answer: Answer, wish: str) -> bool:
    """Whether the answer is what must come."""
    if wish == "door":
        return answer.status == 303 and answer.header(b"location").startswith(DOOR)
    return answer.status == {"forbidden": FORBIDDEN, "missing": MISSING}[wish]


async def send(ground: Ground, route: PageRoute, who: Identity, path: str) -> Answer:
    """The page, or its form with a key and no more than it needs."""
    method = min(route.methods or {"GET"})
    given = headers_of(who, accept="text/html", **{"sec-fetch-site": "same-origin"})
    body = urlencode({"kunci": uuid4().hex, **FILLED.get(named(route), {})}).encode() if method == "POST" else b""
    if body:
        given["content-type"] = "application/x-www-form-urlencoded"
    async with ground.undone():
        return await ask(ground.app, method, path, [(k.encode(), v.encode()) for k, v in given.items()], body)


@pytest.mark.parametrize("route", ROUTES, ids=named)
async def test_no_page_shows_or_changes_a_row_of_another(ground: Ground, route: PageRoute) -> None:
    found, asked = [], 0
    for who in ground.worlds.identities:
        for kind, path, wish in cells(route, who, ground.worlds):
            answer, asked = await send(ground, route, who, path), asked + 1
            if answer.fault is not None or not fits(answer, wish):
                found.append(f"{who.name} · {kind} · {path}: {answer.status} {answer.fault!r} instead of {wish}")
    print(f"{named(route)}: {asked} cells")
    assert asked >= len(ground.worlds.identities)
    assert found == []


def test_every_form_that_is_filled_in_is_one_of_them() -> None:
    assert set(FILLED) <= {named(one) for one in ROUTES}


def test_pages_that_name_a_row_are_found_by_the_pattern_of_their_path() -> None:
    assert {"GET /t/tawaran/{offer_id}", "POST /t/tawaran/{offer_id}/terima"} <= {named(one) for one in ROUTES}
