"""Runs `invariants.sql` on a database and says what must never be true there."""

import re
from functools import cache
from pathlib import Path

import psycopg
from psycopg import sql

FILE = Path(__file__).with_suffix(".sql")
_NAMED = re.compile(r"^-- name: (.+)\n((?:(?!-- name:).*\n?)+)", re.MULTILINE)


@cache
def queries() -> dict[str, str]:
    """The statements by what is wrong when they return a row."""
    return {name: words.strip().removesuffix(";") for name, words in _NAMED.findall(FILE.read_text())}


def violations(dsn: str) -> dict[str, list[str]]:
    """What is wrong in a database, read by a connection of its own."""
    with psycopg.connect(dsn) as connection:
        return found(connection)


def found(connection: psycopg.Connection) -> dict[str, list[str]]:
    """Rows of every statement that returns any, at most five each; all of them see the same moment."""
    rows: dict[str, list[str]] = {}
    for name, row in connection.execute(_all_at_once(), prepare=True):
        rows.setdefault(name, []).append(row)
    return rows


@cache
def _all_at_once() -> sql.Composed:
    one = "(SELECT {name}, one::text FROM ({words}) AS one LIMIT 5)"
    return sql.SQL("\nUNION ALL ").join(
        sql.SQL(one).format(name=sql.Literal(name), words=sql.SQL(words)) for name, words in queries().items()
    )
