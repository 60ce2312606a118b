"""Events stand or fall with their transaction, and so do their jobs; what was written once can never be changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from uuid import UUID

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.models import Organisation
from clothingline.kit import db, events, jobs, trace
from clothingline.kit.db.embedded import Server
from clothingline.kit.events import Event, Happening, emit
from clothingline.kit.ids import new_id
from tests.kit.listed import listed

KEPT_FOR_EVER = listed("APPEND_ONLY")


@dataclass(frozen=True)
class KebayaSewn(Happening):
    """An invented event of these tests."""

    order_id: UUID
    pieces: int


@dataclass(frozen=True)
class NobodyCares(Happening):
    """An event that nothing follows."""


async def iron(order_id: str, pieces: int) -> None:
    """An invented reaction."""


async def pack(order_id: str, pieces: int) -> None:
    """Another."""


@pytest.fixture(autouse=True)
def _reactions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "_reactions", {})
    events.react({KebayaSewn: [iron, pack]})


async def written(database: db.Database) -> tuple[list[str], list[tuple[str, object]], int]:
    """Names of events, jobs with their arguments, and the number of organisations."""
    async with database.transaction() as session:
        names = list(await session.scalars(select(Event.name).order_by(Event.seq)))
        queued = await session.execute(text("SELECT task_name, args FROM jobs.procrastinate_jobs ORDER BY id"))
        parties = await session.scalars(select(Organisation.id))
        return names, [(row[0], row[1]) for row in queued], len(list(parties))


async def test_a_commit_leaves_the_change_its_event_and_one_job_for_each_reaction(database: db.Database) -> None:
    order = new_id()
    async with database.transaction() as session:
        session.add(Organisation(kind="brand", name="Busana Melati"))
        await emit(session, KebayaSewn(order, 3))
    arguments = {"order_id": str(order), "pieces": 3}
    assert await written(database) == (
        ["KebayaSewn"],
        [(jobs.name_of(iron), arguments), (jobs.name_of(pack), arguments)],
        1,
    )


async def test_a_rollback_leaves_neither_the_change_nor_its_event_nor_a_job(database: db.Database) -> None:
    with pytest.raises(ZeroDivisionError):
        await _change_and_fail(database)
    assert await written(database) == ([], [], 0)


async def _change_and_fail(database: db.Database) -> None:
    async with database.transaction() as session:
        session.add(Organisation(kind="brand", name="Busana Melati"))
        await emit(session, KebayaSewn(new_id(), 3))
        assert await session.scalar(text("SELECT count(*) FROM jobs.procrastinate_jobs")) == 2
        raise ZeroDivisionError


async def test_nobody_sees_an_event_or_its_jobs_before_the_commit(database: db.Database) -> None:
    async with database.transaction() as session:
        await emit(session, KebayaSewn(new_id(), 3))
        assert await written(database) == ([], [], 0)
    assert len((await written(database))[1]) == 2


async def test_a_change_that_the_database_refuses_is_refused_before_its_event(database: db.Database) -> None:
    async with database.transaction() as session:
        session.add(Organisation(kind="kapal", name="Kapal Melati"))
        with pytest.raises(Exception, match="ck_organisation_kind"):
            await emit(session, KebayaSewn(new_id(), 3))
        await session.rollback()
    assert await written(database) == ([], [], 0)


async def test_an_event_without_a_reaction_is_kept_all_the_same(database: db.Database) -> None:
    async with database.transaction() as session:
        await emit(session, NobodyCares())
    assert await written(database) == (["NobodyCares"], [], 0)


async def test_an_event_says_who_when_in_which_request_to_what_and_for_whom(database: db.Database) -> None:
    order, actor, party = new_id(), new_id(), new_id()
    request = trace.begin("req_kebaya")
    async with database.transaction() as session:
        event_id = await emit(session, KebayaSewn(order, 3), by=actor, audience=[party])
        begun = await session.scalar(text("SELECT now()"))
    async with database.transaction() as session:
        row = await session.get_one(Event, event_id)
        now = await session.scalar(text("SELECT business_now()"))
    assert (row.actor, row.request, row.audience) == (actor, request, [party])
    assert row.facts == {"order_id": str(order), "pieces": 3}
    assert begun <= row.at <= now


async def test_an_event_of_a_savepoint_vanishes_with_it_and_the_others_stay(database: db.Database) -> None:
    async with database.transaction() as session:
        await emit(session, NobodyCares())
        with pytest.raises(ZeroDivisionError):
            await _emit_in_a_savepoint_and_fail(session)
    assert await written(database) == (["NobodyCares"], [], 0)


async def _emit_in_a_savepoint_and_fail(session: AsyncSession) -> None:
    async with session.begin_nested():
        await emit(session, KebayaSewn(new_id(), 1))
        raise ZeroDivisionError


async def test_events_are_numbered_in_the_order_in_which_they_happened(database: db.Database) -> None:
    for _ in range(3):
        async with database.transaction() as session:
            await emit(session, KebayaSewn(new_id(), 1))
            await emit(session, NobodyCares())
    names, _, _ = await written(database)
    assert names == ["KebayaSewn", "NobodyCares"] * 3


def test_the_audit_trail_the_ledger_and_the_movements_of_stock_are_kept_for_ever() -> None:
    assert {"event", "ledger_transaction", "ledger_entry", "stock_entry", "acceptance"} <= set(KEPT_FOR_EVER)


def test_every_table_with_the_guard_is_listed_once(owner: psycopg.Connection) -> None:
    query = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'guard_append_only' AND tgenabled = 'O'"
    assert sorted(KEPT_FOR_EVER) == sorted(name for (name,) in owner.execute(query))


@pytest.fixture
def owner(server: Server, database_name: str) -> Iterator[psycopg.Connection]:
    """A connection of the schema's owner, who may do anything that no trigger refuses."""
    with psycopg.connect(server.dsn(database_name), autocommit=True) as connection:
        yield connection


WAYS = ("UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE")


def test_the_service_may_not_change_or_remove_what_was_written_once(owner: psycopg.Connection) -> None:
    owner.execute("SET ROLE clothingline_app")
    for way, table in product(WAYS, KEPT_FOR_EVER):
        owner.execute(sql.SQL("SELECT 1 FROM {}").format(sql.Identifier(table)))
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            owner.execute(way.format(table).encode())


def test_its_owner_cannot_either(owner: psycopg.Connection) -> None:
    for way, table in product(WAYS, KEPT_FOR_EVER):
        with pytest.raises(psycopg.errors.RestrictViolation, match="is append-only; correct it with a new row"):
            owner.execute(way.format(table).encode())


async def test_an_event_that_stands_cannot_be_rewritten(database: db.Database, owner: psycopg.Connection) -> None:
    async with database.transaction() as session:
        await emit(session, KebayaSewn(new_id(), 3))
    with pytest.raises(psycopg.errors.RestrictViolation):
        owner.execute("UPDATE event SET facts = '{}', actor = gen_random_uuid()")
    with pytest.raises(psycopg.errors.RestrictViolation):
        owner.execute("DELETE FROM event WHERE name = 'KebayaSewn'")
    assert (await written(database))[0] == ["KebayaSewn"]


def test_the_role_of_the_service_owns_nothing_and_makes_nothing(owner: psycopg.Connection) -> None:
    owned = "SELECT relname FROM pg_class WHERE relowner = 'clothingline_app'::regrole"
    assert owner.execute(owned).fetchall() == []
    owner.execute("SET ROLE clothingline_app")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        owner.execute("CREATE TABLE public.mine (id int)")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        owner.execute("ALTER TABLE event DISABLE TRIGGER ALL")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        owner.execute("SET session_replication_role = replica")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        owner.execute("SELECT keep_for_ever('orders')")
