"""A template with the seeded pilot, and a database of its own for every test that asks for it.

    from tests.pilot_fixture import pilot_database, pilot_template  # the database alone
    from tests.pilot_fixture import database_name, pilot_template  # `session`, `client`, `cast` … on the pilot

The template is made anew each day, because the certificates in it are dated from the day of the seed.
"""

import hashlib
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count

import psycopg
import pytest

from clothingline import pilot
from clothingline.kit import db
from clothingline.kit.clock import local_date
from clothingline.kit.db.embedded import Server
from tests import invariants
from tests.clones import Clones
from tests.conftest import ROOT
from tests.templates import filled_once, say

KEPT = 3
_numbers = count()


@pytest.fixture(scope="session")
def pilot_template(server: Server, template: str) -> str:
    """Name of a clone of the template with the pilot in it; made once for all workers."""
    name = f"pilot_{_fingerprint(template)}"
    filled_once(server, name, seed, template=template, kept=KEPT)
    return name


def _fingerprint(template: str) -> str:
    digest = hashlib.sha256(f"{template} {local_date(datetime.now(UTC))}".encode())
    for house in ("pilot", "reference"):
        found = (ROOT / "src" / "clothingline" / house).rglob("*")
        for path in sorted(path for path in found if path.suffix in (".py", ".csv")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


async def seed(url: str) -> None:
    """Seed the pilot."""
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
