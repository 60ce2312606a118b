"""A database that was lent is what its template is, or it is lent no more."""

from typing import Any

import psycopg
import pytest

from clothingline.kit.db.embedded import Server
from tests.clones import Clones

ONE_ORGANISATION = "INSERT INTO organisation (id, kind, name) SELECT uuidv7(), 'brand', 'Busana ' || number"


def _owner(server: Server, name: str) -> psycopg.Connection[Any]:
    return psycopg.connect(server.dsn(name), autocommit=True)


def _contents(server: Server, name: str) -> dict[str, object]:
    """Every row of every table, and where every sequence stands."""
    with _owner(server, name) as owner:
        tables = owner.execute(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname IN ('public', 'jobs')"
        ).fetchall()
        rows = {table: sorted(owner.execute(f"SELECT t::text FROM {table} AS t").fetchall()) for (table,) in tables}
        drawn = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname IN ('public', 'jobs')"
        return {**rows, "sequences": sorted(owner.execute(drawn).fetchall(), key=str)}


def test_what_was_added_changed_deleted_and_drawn_is_put_back(server: Server, clones: Clones, template: str) -> None:
    with clones.lent(template) as name:
        first = _contents(server, name)
        with _owner(server, name) as owner:
            owner.execute(f"{ONE_ORGANISATION} FROM generate_series(1, 3) AS number")
            owner.execute("UPDATE alembic_version SET version_num = '0001'")
            owner.execute("DELETE FROM state_transition WHERE machine = 'orders' AND target = 'draft'")
            owner.execute("INSERT INTO jobs.procrastinate_workers DEFAULT VALUES")
        changed = _contents(server, name)
    with clones.lent(template) as again:
        assert (again, _contents(server, again)) == (name, first)
    differing = {where for where, rows in changed.items() if rows != first[where]}
    assert differing == {
        "public.organisation",
        "public.alembic_version",
        "public.state_transition",
        "jobs.procrastinate_workers",
        "sequences",
    }


def test_a_second_loan_is_put_back_as_well(server: Server, clones: Clones, template: str) -> None:
    seen = []
    for _ in range(3):
        with clones.lent(template) as name:
            seen.append(_contents(server, name))
            with _owner(server, name) as owner:
                owner.execute("UPDATE alembic_version SET version_num = '0001'")
    assert seen == seen[:1] * 3


def test_a_database_whose_schema_was_altered_is_lent_no_more(server: Server, clones: Clones, template: str) -> None:
    with clones.lent(template) as name, _owner(server, name) as owner:
        owner.execute("ALTER TABLE organisation DISABLE TRIGGER ALL")
    with clones.lent(template) as another:
        assert another != name


def test_a_database_with_many_dead_rows_is_lent_no_more(server: Server, clones: Clones, template: str) -> None:
    with clones.lent(template) as name, _owner(server, name) as owner:
        owner.execute(f"{ONE_ORGANISATION} FROM generate_series(1, 60000) AS number")
    with clones.lent(template) as another:
        assert another != name


def test_what_must_never_be_true_is_said_by_the_test_that_made_it_so(
    server: Server, clones: Clones, template: str
) -> None:
    loan = clones.lent(template)
    name = loan.__enter__()
    with _owner(server, name) as owner:
        owner.execute("SET session_replication_role = replica")
        owner.execute("DELETE FROM state_transition WHERE machine = 'quote'")
        owner.execute(
            "INSERT INTO quote (id, order_id, order_version, version, state, expires_at) "
            "SELECT uuidv7(), uuidv7(), 1, 1, 'offered', now()"
        )
    with pytest.raises(AssertionError, match="a state that no machine knows"):
        loan.__exit__(None, None, None)
    with clones.lent(template) as another:
        assert another != name


def test_a_connection_that_was_left_open_is_ended(server: Server, clones: Clones, template: str) -> None:
    with clones.lent(template) as name:
        left = psycopg.connect(server.dsn(name))
        left.execute("UPDATE alembic_version SET version_num = '0001'")
    with pytest.raises(psycopg.OperationalError):
        left.execute("SELECT")
    left.close()
