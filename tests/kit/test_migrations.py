"""Migrations: one line of them, from nothing to the tables that the models describe."""

import ast
import os
import runpy
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from psycopg import sql

from clothingline import schema
from clothingline.kit import migrating
from clothingline.kit.db.embedded import Server

VERSIONS = sorted((migrating.folder() / "versions").glob("*.py"))
LOCK_TIMEOUT = "op.execute(\"SET LOCAL lock_timeout = '2s'\")"


@pytest.fixture
def empty(server: Server) -> Iterator[str]:
    """Name of a database with nothing in it; gone after the test."""
    name = f"empty_{os.getpid()}"
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield name
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def test_from_nothing_to_the_models_and_a_second_time_changes_nothing(server: Server, empty: str) -> None:
    migrating.upgrade(server.url(empty))
    migrating.with_alembic(server.url(empty), command.check)
    before = _stamp(server, empty)
    migrating.upgrade(server.url(empty))
    assert _stamp(server, empty) == before == _scripts().get_current_head()


def _stamp(server: Server, name: str) -> str:
    with psycopg.connect(server.dsn(name)) as connection:
        [row] = connection.execute("SELECT version_num FROM alembic_version").fetchall()
        return str(row[0])


def test_a_column_that_no_migration_makes_is_found(server: Server, database_name: str) -> None:
    with psycopg.connect(server.dsn(database_name), autocommit=True) as owner:
        owner.execute("ALTER TABLE lot DROP COLUMN shade")
    with pytest.raises(CommandError, match=r"add_column.*'lot'.*'shade'"):
        migrating.with_alembic(server.url(database_name), command.check)


def test_a_migration_that_fails_leaves_nothing_behind(server: Server, empty: str) -> None:
    with psycopg.connect(server.dsn(empty), autocommit=True) as owner:
        owner.execute("CREATE TABLE payment (in_the_way int)")
    with pytest.raises(Exception, match="payment"):
        migrating.upgrade(server.url(empty))
    with psycopg.connect(server.dsn(empty)) as owner:
        assert owner.execute("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace").fetchall() == [
            ("payment",)
        ]


def test_every_table_of_the_models_is_there_and_no_other(server: Server, database_name: str) -> None:
    query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    with psycopg.connect(server.dsn(database_name)) as owner:
        made = {name for (name,) in owner.execute(query)}
    assert made == {*schema.METADATA.tables, "alembic_version", "clock_offset"}


def test_the_migrations_stand_in_one_line() -> None:
    scripts = _scripts()
    assert len(scripts.get_heads()) == len(scripts.get_bases()) == 1
    line = [one.revision for one in scripts.walk_revisions()][::-1]
    assert line == [path.name[:4] for path in VERSIONS] == [f"{number:04d}" for number in range(1, len(VERSIONS) + 1)]


def _scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(migrating.folder()))
    return ScriptDirectory.from_config(config)


@pytest.mark.parametrize("path", VERSIONS, ids=lambda path: path.stem)
def test_a_migration_waits_two_seconds_for_a_lock_and_not_longer(path: Path) -> None:
    assert first_statement(path.read_text()) == ast.unparse(ast.parse(LOCK_TIMEOUT))


def first_statement(source: str) -> str:
    """What `upgrade` does first, after its docstring."""
    [upgrade] = [
        node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef) and node.name == "upgrade"
    ]
    return ast.unparse(upgrade.body[1 if ast.get_docstring(upgrade) else 0])


def test_a_migration_that_forgets_to_say_how_long_it_waits_is_found_out() -> None:
    assert first_statement("def upgrade():\n    '''Lots.'''\n    op.drop_table('lot')") == "op.drop_table('lot')"


def test_a_new_migration_begins_with_it_too() -> None:
    written = (migrating.folder() / "script.py.mako").read_text()
    assert written.index("SET LOCAL lock_timeout = '2s'") < written.index("${upgrades")


@pytest.mark.parametrize("path", VERSIONS, ids=lambda path: path.stem)
def test_no_migration_promises_a_way_back(path: Path) -> None:
    assert "downgrade" not in runpy.run_path(str(path))
