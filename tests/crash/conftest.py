"""A server of its own for what is killed: it keeps its promises (fsync on), and no other test uses it."""

import os
from collections.abc import Iterator

import psycopg
import pytest

from clothingline.kit.db.embedded import Lease, Server, acquire
from tests import conftest, pilot_fixture
from tests.templates import drop_old, filled_once


@pytest.fixture(scope="session")
def lease() -> Iterator[Lease]:
    """A share in the durable server of this pytest worker."""
    root = conftest.HOME / "crash" / os.environ.get("PYTEST_XDIST_WORKER", "alone")
    root.mkdir(parents=True, exist_ok=True)
    with acquire(root / "postgres") as held:
        yield held


@pytest.fixture(scope="session")
def server(lease: Lease) -> Server:
    """The durable server."""
    return lease.server


@pytest.fixture(scope="session")
def pilot_template(server: Server) -> str:
    """Name of a database with the newest schema and the pilot; made anew when one of them or the day changes."""
    empty = f"pattern_{conftest._fingerprint()}"
    name = f"pilot_{pilot_fixture._fingerprint(empty)}"
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        drop_old(connection, "seeded", kept=0)
    filled_once(server, empty, conftest.migrate, template="template1", kept=0)
    filled_once(server, name, pilot_fixture.seed, template=empty, kept=0)
    return name


@pytest.fixture
def database_name(server: Server, pilot_template: str) -> Iterator[str]:
    """A fresh clone of the pilot; gone after the test."""
    with pilot_fixture.clone(server, pilot_template) as name:
        yield name
