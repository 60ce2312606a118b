"""The authorisation matrix: every identity asks every operation for every kind of row; the policy says what comes."""

import json
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from clothingline.app import create_app
from clothingline.integrations import payments
from clothingline.integrations.payments.fake import FakeProvider, post_to
from clothingline.kit import db, ids
from clothingline.kit.access import Relation
from clothingline.kit.db.embedded import Server
from clothingline.settings import Settings
from tests.api.asking import Answer, ask
from tests.api.requests_to_each import NEVER, WORDS, Operation, content_of
from tests.api.two_worlds_people import Identity, Row, Worlds, gather
from tests.api.two_worlds_rows import TABLES
from tests.api.undone import UndoneDatabase
from tests.conftest import HOME
from tests.pilot_fixture import clone

UNSIGNED, FORBIDDEN, MISSING = 401, 403, 404
REACHED = 200
MOST_ROWS = 2
# Their bodies, or the rest of their paths, name a second row: it may be missing where the first is not.
SECOND_ROW_MISSING = {
    "orders_checkout": "plan_not_found",  # the plan of the body belongs to another order of the same consumer
    "jobs_confirm_measure": "made_to_sizes",  # shirts by size have no body
    "jobs_measurements": "made_to_sizes",
    "payees_create": "party_not_yours",  # the body names an organisation: a sentra has none in these worlds
    "payouts_create": "payee_unknown",  # the body names a payee: staff of a sentra have none
}


@dataclass
class Ground:
    """The application on a clone of both worlds, whose every change can be undone."""

    app: FastAPI
    database: UndoneDatabase
    worlds: Worlds

    @asynccontextmanager
    async def undone(self) -> AsyncIterator[None]:
        """Use the database for a while; nothing of it stays."""
        db.use(self.database)
        async with self.database.undone():
            yield


@pytest.fixture(scope="session")
async def ground(server: Server, worlds: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Ground]:
    """A clone for this worker."""
    with clone(server, worlds) as name, psycopg.connect(server.dsn(name), autocommit=True) as connection:
        database = UndoneDatabase(server.url(name), db.Limits(role="clothingline_app", pool_size=2))
        db.use(database)
        payments.use(_provider(connection, tmp_path_factory.mktemp("books")))
        found = await gather(connection)
        yield Ground(create_app(Settings(environment="test", home=HOME)), database, found)
        await database.close()


def _provider(connection: psycopg.Connection, folder: Path) -> FakeProvider:
    """A provider who knows of the worlds no more than the accounts of those who are paid."""
    provider = FakeProvider(post_to("http://nowhere"), pages_url="http://bayar.test", path=folder / "books.db")
    query = "SELECT provider_account FROM payee WHERE provider_account IS NOT NULL"
    with provider.books.writing() as clerk:
        for (account,) in connection.execute(query):
            words = "INSERT INTO payee (id, reference, name, country, at) VALUES (?, ?, ?, 'ID', 0)"
            clerk.write(words, account, account, account)
    return provider


@dataclass(frozen=True)
class Cell:
    """Who asks for what, and what must come; `deleted` = the row is deleted first."""

    who: Identity
    kind: str
    path: str
    expected: int
    deleted: str = ""


def expected(operation: Operation, who: Identity, row: Row | None, *, there: bool = True) -> int:
    """What the policy table promises: 401, 403, 404, or 200 for anything that is not one of them."""
    relation = Relation.PUBLIC if Relation.PUBLIC in operation.grants.values() else None
    if relation is None and who.role is None:
        return UNSIGNED
    if relation is None and who.role is not None:
        relation = operation.grants.get(who.role)
    if relation is None:
        return FORBIDDEN
    if not there or (row is not None and row.gone):
        return MISSING
    if row is None or relation is Relation.ALL or row.parties & who.parties:
        return REACHED
    return REACHED if relation is Relation.PUBLIC and not row.hidden else MISSING


def cells(operation: Operation, worlds: Worlds) -> Iterator[Cell]:
    """Every cell of one operation."""
    for who in worlds.identities:
        yield from _cells(operation, who, worlds)


def _cells(operation: Operation, who: Identity, worlds: Worlds) -> Iterator[Cell]:
    prefix = operation.prefix
    if prefix is None:
        there, absent = WORDS.get(operation.parameter or "", ("", ""))
        yield Cell(who, "any", operation.at(there), expected(operation, who, None))
        if absent:
            yield Cell(who, "missing", operation.at(absent), expected(operation, who, None, there=False))
        return
    for kind, row in _rows(operation, prefix, who, worlds):
        yield Cell(who, kind, operation.at(row.name), expected(operation, who, row))
    absent_result = expected(operation, who, None, there=False)
    yield Cell(who, "missing", operation.at(f"{prefix}_{NEVER}"), absent_result)
    yield Cell(who, "other type", operation.at(f"xyz_{NEVER}"), absent_result)
    yield from _deleted(operation, prefix, who, worlds)


def _rows(operation: Operation, prefix: str, who: Identity, worlds: Worlds) -> Iterator[tuple[str, Row]]:
    named = [("own", row) for row in worlds.own(prefix, who)], [("other", row) for row in worlds.others(prefix, who)]
    removed = [("removed", row) for row in worlds.rows[prefix] if row.gone]
    mine = [one for one in removed if one[1].parties & who.parties]
    for some in (*named, mine or removed):
        shown = [one for one in some if _takes(operation, one[1], prefix)]
        visible, hidden = [one for one in shown if not one[1].hidden], [one for one in shown if one[1].hidden]
        refused = expected(operation, who, None) != REACHED
        yield from shown[:1] if refused else (*visible[:MOST_ROWS], *hidden[:1])


def _takes(operation: Operation, row: Row, prefix: str) -> bool:
    """Whether the path takes this name of a row: a code or a slug only where there is no pattern of an id."""
    return row.name.startswith(f"{prefix}_") or (f"{{{prefix}_id}}" not in operation.path and _by_name(operation))


def _by_name(operation: Operation) -> bool:
    return operation.parameter in ("ref", "order", "design_ref")


def _deleted(operation: Operation, prefix: str, who: Identity, worlds: Worlds) -> Iterator[Cell]:
    rows = [row for row in (*worlds.own(prefix, who), *worlds.others(prefix, who)) if row.name.startswith(f"{prefix}_")]
    if prefix in TABLES and rows:
        result = expected(operation, who, None, there=False)
        yield Cell(who, "deleted", operation.at(rows[0].name), result, deleted=rows[0].name)


async def deviations(ground: Ground, operation: Operation) -> tuple[int, list[str]]:
    """How many cells were asked, and what came that the table does not promise."""
    found: list[str] = []
    asked = list(cells(operation, ground.worlds))
    absent: dict[str, tuple[int, str]] = {}
    for cell in sorted(asked, key=lambda cell: cell.kind != "missing"):
        answer = await _ask(ground, operation, cell)
        said = (answer.status, _plain(answer, cell.path))
        if cell.kind == "missing":
            absent[cell.who.name] = said
        wrong = _deviation(operation, cell, answer, said, absent.get(cell.who.name))
        found += [f"{cell.who.name} · {cell.kind} · {operation.method} {cell.path}: {wrong}"] if wrong else []
    return len(asked), found


async def _ask(ground: Ground, operation: Operation, cell: Cell) -> Answer:
    async with ground.undone():
        if cell.deleted:
            await _delete(ground, cell.deleted)
        return await send(ground, operation, cell.who, cell.path)


async def send(ground: Ground, operation: Operation, who: Identity, path: str, **headers: str) -> Answer:
    """One valid request."""
    said = content_of(operation, who, ground.worlds)
    body = json.dumps(said["json"]).encode() if "json" in said else said.get("content", b"")
    kind = {"content-type": "application/json"} if "json" in said else {}
    given = {**said["headers"], **kind, **headers}
    query = urlencode(operation.query())
    url = f"{path}?{query}" if query else path
    return await ask(ground.app, operation.method, url, [(k.encode(), v.encode()) for k, v in given.items()], body)


async def _delete(ground: Ground, row: str) -> None:
    """Delete a row as if it had never had children: behind the back of every guard."""
    table, row_id = TABLES[row[:3]], ids.read(row[:3], row)
    async with ground.database.transaction() as session:
        await session.execute(text("SET LOCAL role = none"))
        await session.execute(text("SET LOCAL session_replication_role = replica"))
        await session.execute(text(f'DELETE FROM "{table}" WHERE id = :id'), {"id": row_id})
        await session.execute(text("SET LOCAL session_replication_role = origin"))
        await session.execute(text("SET LOCAL role = clothingline_app"))


def _plain(answer: Answer, path: str) -> str:
    """The answer without what must differ: the path that was asked and the id of the request."""
    body = answer.content.decode(errors="replace") if answer.status >= 400 else ""
    return re.sub(r'"request_id":"[^"]*"', "", body.replace(json.dumps(path), ""))


def _deviation(
    operation: Operation, cell: Cell, answer: Answer, said: tuple[int, str], absent: tuple[int, str] | None
) -> str:
    if answer.fault is not None:
        return f"fault {answer.fault!r}"
    if answer.status >= 500:
        return f"{answer.status} {said[1]}"
    if cell.expected == REACHED:
        return "" if _reached(operation, answer) else f"refused with {answer.status} {said[1]}"
    if answer.status != cell.expected:
        return f"{answer.status} instead of {cell.expected} {said[1][:300]}"
    if cell.kind in ("other", "removed", "deleted") and absent and said != absent:
        return f"differs from a missing row: {said[1]} / {absent[1]}"
    return ""


def _reached(operation: Operation, answer: Answer) -> bool:
    if answer.status == MISSING:
        return bool(json.loads(answer.content)["code"] == SECOND_ROW_MISSING.get(operation.id))
    return answer.status not in (UNSIGNED, FORBIDDEN)
