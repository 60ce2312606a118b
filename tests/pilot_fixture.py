"""A template with the seeded pilot, and a database of its own for every test that asks for it.

    from tests.pilot_fixture import pilot_database, pilot_template  # the database alone
    from tests.pilot_fixture import database_name, pilot_template  # `session`, `client`, `cast` … on the pilot

The template is made anew each day, because the certificates in it are dated from the day of the seed.
"""

import asyncio
import fcntl
import hashlib
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count

import psycopg
import pytest
from psycopg import sql

from clothingline import pilot
from clothingline.kit import db
from clothingline.kit.clock import local_date
from clothingline.kit.db.embedded import Server
from tests import invariants
from tests.clones import Clones
from tests.conftest import HOME, ROOT

KEPT = 3
_numbers = count()


@pytest.fixture(scope="session")
def pilot_template(server: Server, template: str) -> str:
    """Name of a clone of the template with the pilot in it; made once for all workers."""
    name = f"pilot_{_fingerprint(template)}"
    with alone(), psycopg.connect(server.dsn(), autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone() is None:
            _drop_old(connection)
            _build(server, connection, template, name)
    return name


def _fingerprint(template: str) -> str:
    digest = hashlib.sha256(f"{template} {local_date(datetime.now(UTC))}".encode())
    for house in ("pilot", "reference"):
        found = (ROOT / "src" / "clothingline" / house).rglob("*")
        for path in sorted(path for path in found if path.suffix in (".py", ".csv")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def alone() -> Iterator[None]:
    """One process at a time makes a template."""
    with (HOME / "pilot.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _drop_old(connection: psycopg.Connection) -> None:
    query = "SELECT datname FROM pg_database WHERE datname LIKE 'pilot_%%' ORDER BY oid DESC OFFSET %s"
    for (name,) in connection.execute(query, (KEPT,)).fetchall():
        say(connection, "DROP DATABASE {} WITH (FORCE)", name)


def _build(server: Server, connection: psycopg.Connection, template: str, name: str) -> None:
    draft = f"{name}_new"
    say(connection, "DROP DATABASE IF EXISTS {} WITH (FORCE)", draft)
    say(connection, "CREATE DATABASE {} TEMPLATE {}", draft, template)
    with asyncio.Runner() as runner:
        runner.run(_seed(server.url(draft)))
    say(connection, "ALTER DATABASE {} RENAME TO {}", draft, name)


def say(connection: psycopg.Connection, words: str, *names: str) -> None:
    """One statement about databases by their names."""
    connection.execute(sql.SQL(words).format(*(sql.Identifier(name) for name in names)))


async def _seed(url: str) -> None:
    used = db.Database(url, db.Limits(role="clothingline_app", pool_size=1))
    async with used.transaction() as session:
        await pilot.seed(session)
    await used.close()


@contextmanager
def clone(server: Server, template: str) -> Iterator[str]:
    """A database of its own, made of a template; what must never be true in it is not true in the end."""
    name = f"seeded_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        say(connection, "CREATE DATABASE {} TEMPLATE {}", name, template)
        try:
            yield name
            if wrong := invariants.violations(server.dsn(name)):
                raise AssertionError(wrong)
        finally:
            say(connection, "DROP DATABASE {} WITH (FORCE)", name)


@pytest.fixture
def database_name(clones: Clones, pilot_template: str) -> Iterator[str]:
    """A database that is as the seed left it, in the place of the empty one."""
    with clones.lent(pilot_template) as name:
        yield name


@pytest.fixture
async def pilot_database(server: Server, clones: Clones, pilot_template: str) -> AsyncIterator[db.Database]:
    """A seeded database in use as the service's own role."""
    with clones.lent(pilot_template) as name:
        used = db.use(db.Database(server.url(name), db.Limits(role="clothingline_app", pool_size=8)))
        yield used
        await used.close()
