"""The invariants have teeth: each finds the fault planted for it, and none finds anything in a sound database.

A house lists its faults in its `faults.py`, by what its statements say: `FAULTS`, SQL that is run on a street with a
confirmed order by an owner whom no trigger and no foreign key stops; `WALLED`, what is tried without this and refused.
"""

import importlib
from collections.abc import Awaitable, Callable
from pathlib import Path

import psycopg
from sqlalchemy import select

from clothingline import invariants, reactions, worker
from clothingline.cli import health as doctor
from clothingline.kit import db, heartbeats
from clothingline.kit.alarms import Alarm
from clothingline.kit.db.embedded import Server
from clothingline.settings import Settings
from tests import invariants as outside
from tests.conftest import ROOT
from tests.routing.conftest import owner, provider, street
from tests.routing.street import Street

__all__ = ["owner", "provider", "street"]
HOUSES = ["payments"]
FAULTS: dict[str, dict[str, str]] = {house: importlib.import_module(f"tests.{house}.faults").FAULTS for house in HOUSES}
WALLED: dict[str, dict[str, str]] = {house: importlib.import_module(f"tests.{house}.faults").WALLED for house in HOUSES}
AS_OWNER = "SET LOCAL session_replication_role = replica"  # neither triggers nor foreign keys
REFUSED = (psycopg.errors.CheckViolation, psycopg.errors.UniqueViolation, psycopg.errors.RestrictViolation)
LONE_ENTRY = (
    "INSERT INTO ledger_entry (id, transaction_id, account_id, amount, currency) "
    "VALUES (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 7, 'IDR')"
)


def test_every_statement_has_a_fault_that_it_finds_or_a_wall_before_it() -> None:
    said: dict[str, set[str]] = {house: set() for house in HOUSES}
    for one in invariants.statements():
        said.setdefault(one.house, set()).add(one.says)
    assert said == {house: {*FAULTS[house], *WALLED[house]} for house in HOUSES}


async def test_each_invariant_finds_the_fault_that_is_planted_for_it(
    street: Street, server: Server, database_name: str
) -> None:
    await street.confirmed()
    every = invariants.together(invariants.statements())
    with psycopg.connect(server.dsn(database_name)) as connection:
        for says, fault in [one for house in HOUSES for one in FAULTS[house].items()]:
            connection.execute(AS_OWNER)
            for words in fault.split("; "):
                connection.execute(words.encode())
            assert says in invariants.gather(connection.execute(every, prepare=True)), says
            connection.rollback()
        assert invariants.gather(connection.execute(every)) == {}


async def test_what_is_walled_is_refused_by_the_database_itself(street: Street, owner: Callable[[str], None]) -> None:
    await street.confirmed()
    for says, words in [one for house in HOUSES for one in WALLED[house].items()]:
        try:
            owner(words)
        except REFUSED:
            continue
        raise AssertionError(says)


async def test_what_is_broken_sounds_one_alarm_and_is_over_when_it_is_mended(
    database: db.Database, server: Server
) -> None:
    assert await alarms_after_a_check(database) == []
    unguarded(database, LONE_ENTRY)
    for _ in range(2):
        broken = await alarms_after_a_check(database)
        assert {(one.name, one.detail["house"]) for one in broken} == {(invariants.BROKEN, "ledger")}
        assert "a ledger transaction does not sum to zero" in {one.subject for one in broken}
        assert all(len(one.detail["rows"]) == 1 for one in broken)
    unguarded(database, "DELETE FROM ledger_entry")
    assert await alarms_after_a_check(database) == []


def unguarded(database: db.Database, words: str) -> None:
    """Say something where no trigger looks."""
    with psycopg.connect(db.libpq(database.url), autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(words.encode())


async def alarms_after_a_check(database: db.Database) -> list[Alarm]:
    """What stands after the invariants were run."""
    async with database.transaction() as session:
        await invariants.check(session)
    async with database.transaction() as session:
        return list(await session.scalars(select(Alarm).where(Alarm.cleared_at.is_(None))))


async def test_the_worker_runs_them_every_five_minutes(
    database: db.Database, server: Server, advance: Callable[..., Awaitable[None]]
) -> None:
    assert await worker.watch() == 0
    unguarded(database, LONE_ENTRY)
    assert await worker.watch() == 0
    await advance(minutes=5)
    assert await worker.watch() > 0
    unguarded(database, "DELETE FROM ledger_entry")
    await advance(minutes=5)
    assert await worker.watch() > 0
    async with database.transaction() as session:
        assert (await heartbeats.ages(session)).keys() == reactions.HEARTBEATS.keys()


async def test_the_doctor_runs_them_too(database: db.Database, server: Server) -> None:
    chosen = Settings(environment="test")
    with psycopg.connect(db.libpq(database.url), autocommit=True) as connection:
        assert doctor._invariants(chosen, connection) == (True, str(len(invariants.statements())))
        unguarded(database, LONE_ENTRY)
        well, said = doctor._invariants(chosen, connection)
        unguarded(database, "DELETE FROM ledger_entry")
    assert not well
    assert "a ledger transaction does not sum to zero: (" in said


def test_two_kinds_are_read_and_remarks_are_left_out() -> None:
    text = (
        "-- Of invented things.\n\n-- name: a sum is wrong (at all)\nSELECT 1\n-- in between\n FROM a;\n\n"
        "-- More.\n-- alarm: a thing waits\nSELECT 2;\n"
    )
    assert [(one.alarm, one.says, one.words) for one in invariants.read("kit", text)] == [
        (invariants.BROKEN, "a sum is wrong (at all)", "SELECT 1\n FROM a"),
        (invariants.OVERDUE, "a thing waits", "SELECT 2"),
    ]


def test_what_only_takes_too_long_is_no_matter_of_every_test() -> None:
    assert outside.queries().keys() == {one.says for one in invariants.statements() if one.alarm == invariants.BROKEN}


def test_every_file_of_statements_is_read() -> None:
    files = {path.parent.name for path in (ROOT / "src" / "clothingline").rglob("invariants.sql")}
    assert {one.house for one in invariants.statements()} == files
