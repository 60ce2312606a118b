"""Runs `invariants.sql` on a database and says what must never be true there."""

import re
from pathlib import Path

import psycopg

FILE = Path(__file__).with_suffix(".sql")
_NAMED = re.compile(r"^-- name: (.+)\n((?:(?!-- name:).*\n?)+)", re.MULTILINE)


def queries() -> dict[str, str]:
    """The statements by what is wrong when they return a row."""
    return dict(_NAMED.findall(FILE.read_text()))


def violations(dsn: str) -> dict[str, list[tuple[object, ...]]]:
    """Rows of every statement that returns any, at most five each, read in one snapshot by one connection."""
    with psycopg.connect(dsn) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return found(connection)


def found(connection: psycopg.Connection) -> dict[str, list[tuple[object, ...]]]:
    """The violations that a connection sees inside its own transaction."""
    rows = {name: connection.execute(words.encode()).fetchmany(5) for name, words in queries().items()}
    return {name: some for name, some in rows.items() if some}
