"""Databases that are filled once, for all workers, and cloned for each test."""

import asyncio
import fcntl
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql

from clothingline.kit.db.embedded import Server


def filled_once(
    server: Server, name: str, fill: Callable[[str], Coroutine[Any, Any, None]], *, template: str, kept: int
) -> None:
    """A clone of `template` that `fill` has filled, given its URL.

    Others whose names begin like this one, up to the first `_`, are dropped, except for the newest `kept`.
    """
    with _alone(server), psycopg.connect(server.dsn(), autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone() is None:
            drop_old(connection, name.partition("_")[0], kept)
            draft = f"{name}_new"
            say(connection, "DROP DATABASE IF EXISTS {} WITH (FORCE)", draft)
            say(connection, "CREATE DATABASE {} TEMPLATE {}", draft, template)
            with asyncio.Runner() as runner:
                runner.run(fill(server.url(draft)))
            say(connection, "ALTER DATABASE {} RENAME TO {}", draft, name)


@contextmanager
def _alone(server: Server) -> Iterator[None]:
    """One process at a time makes a template."""
    with (server.data_dir.parents[1] / "templates.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def drop_old(connection: psycopg.Connection, kind: str, kept: int) -> None:
    """Drop the databases of a kind, except for the newest ones."""
    query = "SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY oid DESC OFFSET %s"
    for (name,) in connection.execute(query, (f"{kind}_%", kept)).fetchall():
        say(connection, "DROP DATABASE {} WITH (FORCE)", name)


def say(connection: psycopg.Connection, words: str, *names: str) -> None:
    """One statement about databases by their names."""
    connection.execute(sql.SQL(words).format(*(sql.Identifier(name) for name in names)))
