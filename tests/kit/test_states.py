"""State machines: the database knows what the code lists, and refuses all else on every table that has a state."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline import schema
from clothingline.certification.models import CERTIFICATE, Certificate
from clothingline.kit import states
from clothingline.kit.db import Base
from clothingline.kit.db.embedded import Server
from clothingline.kit.ids import new_id
from clothingline.kit.states import Machine, Stateful, StateTransition, Transition
from tests.kit.listed import listed
from tests.parties import make_certificate, make_tailor

assert schema.HOUSES  # with the schema every machine is known
MACHINES = {machine.name: machine for machine in states.machines()}
MODELS: dict[str, Any] = {
    str(mapper.local_table.description): mapper.class_
    for mapper in Base.registry.mappers
    if issubclass(mapper.class_, Stateful)
}
each_machine = pytest.mark.parametrize("machine", MACHINES.values(), ids=list(MACHINES))


@pytest.fixture
def owner(server: Server, database_name: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection of the schema's owner, who may do anything."""
    with psycopg.connect(server.dsn(database_name), autocommit=True) as connection:
        yield connection


async def test_the_database_knows_exactly_the_pairs_of_the_code(session: AsyncSession) -> None:
    rows = await session.execute(select(StateTransition.machine, StateTransition.source, StateTransition.target))
    births = {(one.name, "", state) for one in MACHINES.values() for state in one.initial}
    moves = {(one.name, *pair) for one in MACHINES.values() for pair in one.pairs}
    assert {tuple(row) for row in rows} == births | moves


def test_every_table_with_a_state_has_a_machine_and_the_other_way_round() -> None:
    assert MODELS.keys() == MACHINES.keys()


def test_every_table_with_a_state_is_guarded(owner: psycopg.Connection[Any]) -> None:
    query = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'guard_transition' AND tgenabled = 'O'"
    assert {name for (name,) in owner.execute(query)} == MODELS.keys()
    assert sorted(listed("STATEFUL")) == sorted(MODELS)


def test_the_check_of_a_table_lists_the_states_of_its_machine(owner: psycopg.Connection[Any]) -> None:
    for machine in MACHINES.values():
        allowed = _check(owner, machine.name)
        for state in (*machine.states, "", "asleep"):
            said = sql.SQL("SELECT {} FROM (SELECT {}::text AS state)").format(allowed, state)
            assert owner.execute(said).fetchone() == (state in machine.states,), f"{machine.name}: {state}"


def _check(owner: psycopg.Connection[Any], table: str) -> sql.SQL:
    query = "SELECT pg_get_expr(conbin, conrelid) FROM pg_constraint WHERE conname = %s"
    found = owner.execute(query, [f"ck_{table}_state"]).fetchone()
    assert found is not None, f"{table} has no check of its states"
    return sql.SQL(found[0])


def test_the_guard_lets_listed_moves_and_births_through_and_nothing_else(owner: psycopg.Connection[Any]) -> None:
    for machine in MACHINES.values():
        with owner.transaction(force_rollback=True):
            _strip(owner, machine.name)
            born = {state for state in machine.states if _is_born(owner, machine.name, state)}
            moved = {pair for pair in product(machine.states, repeat=2) if _moves(owner, machine.name, *pair)}
        assert born == set(machine.initial), machine.name
        assert moved == machine.pairs | {(state, state) for state in machine.states}, machine.name


def _strip(owner: psycopg.Connection[Any], table: str) -> None:
    """Leave nothing of a table's rules but its guard, so that a row with an id and a state is a row."""
    query = "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('c', 'f', 'n', 'x')"
    for (name,) in owner.execute(query, [table]).fetchall():
        if name != f"{table}_id_not_null":
            owner.execute(sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(*map(sql.Identifier, (table, name))))
    indexes = (
        "SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = %s::regclass AND indisunique "
        "AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)"
    )
    for (name,) in owner.execute(indexes, [table]).fetchall():
        owner.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))


def _is_born(owner: psycopg.Connection[Any], table: str, state: str) -> bool:
    birth = sql.SQL("INSERT INTO {} (id, state) VALUES ({}, {})").format(sql.Identifier(table), str(new_id()), state)
    return _passes(owner, birth)


def _moves(owner: psycopg.Connection[Any], name: str, source: str, target: str) -> bool:
    table, row = sql.Identifier(name), str(new_id())
    owner.execute(
        "SET session_replication_role = replica"
    )  # no trigger looks while the row is put where it is to start
    owner.execute(sql.SQL("INSERT INTO {} (id, state) VALUES ({}, {})").format(table, row, source))
    owner.execute("SET session_replication_role = origin")
    return _passes(owner, sql.SQL("UPDATE {} SET state = {} WHERE id = {}").format(table, target, row))


def _passes(owner: psycopg.Connection[Any], statement: sql.Composed) -> bool:
    try:
        with owner.transaction(force_rollback=True):
            return owner.execute(statement).rowcount == 1
    except psycopg.errors.CheckViolation as error:
        if error.diag.constraint_name == "guard_transition":
            return False
        raise


async def test_a_move_from_the_wrong_state_moves_nothing(session: AsyncSession) -> None:
    row = await make_certificate(session, (await make_tailor(session)).id)
    by, mine = new_id(), Certificate.id == row.id
    assert await states.move(session, CERTIFICATE, Certificate, "verify", mine, by=by, reason="again") == []
    await session.refresh(row)
    assert (row.state, row.state_by, row.reason) == ("active", None, None)
    [moved] = await states.move(session, CERTIFICATE, Certificate, "revoke", mine, by=by, reason="notice of the LSP")
    assert (moved.state, moved.state_by, moved.reason) == ("revoked", by, "notice of the LSP")


async def test_a_move_takes_only_the_rows_that_are_meant_and_in_a_state_to_go(session: AsyncSession) -> None:
    tailor, other = await make_tailor(session), await make_tailor(session)
    first = await make_certificate(session, tailor.id, state="uploaded")
    await make_certificate(session, tailor.id)
    await make_certificate(session, other.id, state="uploaded")
    moved = await states.move(session, CERTIFICATE, Certificate, "refuse", Certificate.tailor_id == tailor.id)
    assert [row.id for row in moved] == [first.id]


async def test_an_event_that_a_machine_does_not_know_is_a_mistake_of_ours(session: AsyncSession) -> None:
    with pytest.raises(KeyError, match="certificate knows no event launder"):
        await states.move(session, CERTIFICATE, Certificate, "launder")


@each_machine
def test_every_state_can_be_reached_and_every_move_has_a_name_and_an_actor(machine: Machine) -> None:
    assert findings(machine) == []


def findings(machine: Machine) -> list[str]:
    """What a reader of the machine would stumble over."""
    reached, more = set(machine.initial), True
    while more:
        new = {target for source, target in machine.pairs if source in reached} - reached
        reached, more = reached | new, bool(new)
    events = [one.event for one in machine.transitions]
    return [
        *(f"{state}: nothing leads here" for state in machine.states if state not in reached),
        *(f"{event}: stands twice" for event in sorted(set(events)) if events.count(event) > 1),
        *(f"{one.event}: without a name" for one in machine.transitions if not _is_named(one)),
    ]


def _is_named(one: Transition) -> bool:
    return all((one.event, one.actor, one.target, one.source, *one.source))


def test_a_machine_with_an_island_a_double_and_a_nameless_move_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(states, "_machines", {})
    planted = Machine(
        "planted",
        ("born",),
        (
            Transition("grow", ("born",), "grown", "system"),
            Transition("grow", ("lost",), "found", "system"),
            Transition("end", ("grown",), "", "nobody"),
            Transition("rest", ("grown",), "born", ""),
            Transition("start", (), "born", "system"),
        ),
    )
    assert findings(planted) == [
        "lost: nothing leads here",
        "found: nothing leads here",
        "grow: stands twice",
        "end: without a name",
        "rest: without a name",
        "start: without a name",
    ]


def test_the_states_that_can_be_left_are_open() -> None:
    assert CERTIFICATE.open_states() == ("uploaded", "needs_photo", "active")
