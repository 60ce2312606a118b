"""The ground of the tests: one embedded server, migrated templates, and a database of its own for every test."""

import asyncio
import gc
import hashlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import AsyncExitStack
from pathlib import Path

import httpx
import procrastinate
import psycopg
import pytest
import structlog
import uvloop
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline import reactions, worker
from clothingline.app import create_app
from clothingline.integrations import messaging
from clothingline.kit import db, events, migrating
from clothingline.kit.clock import advance_business_time
from clothingline.kit.db import locking
from clothingline.kit.db.embedded import Server, acquire
from clothingline.routing import following
from clothingline.settings import Settings
from tests.cast import Cast
from tests.clones import Clones
from tests.templates import filled_once

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / ".local" / "tests"


locking.be_strict()
# Requests by the ten thousand would each print a line.
structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))


def pytest_asyncio_loop_factories() -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """The tests run on the loop on which the service runs."""
    return {"uvloop": uvloop.new_event_loop}


def pytest_collection_finish() -> None:
    """What is loaded now stays to the end: the collector need not look through it again and again."""
    gc.freeze()
    gc.set_threshold(50_000)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The embedded server of the tests; it forgets on power loss (fsync off) and only there."""
    HOME.mkdir(parents=True, exist_ok=True)
    with acquire(HOME / "postgres", fsync=False) as lease:
        yield lease.server


@pytest.fixture(scope="session")
def template(server: Server) -> str:
    """Name of a database with the newest schema; made once for all workers, again when migrations or models change."""
    name = f"pattern_{_fingerprint()}"
    filled_once(server, name, migrate, template="template1", kept=3)
    return name


def _fingerprint() -> str:
    digest = hashlib.sha256()
    sources = [*ROOT.glob("migrations/**/*.*"), *ROOT.glob("src/clothingline/**/models.py")]
    for path in sorted(path for path in sources if path.suffix in (".py", ".sql")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


async def migrate(url: str) -> None:
    """Give a database the newest schema."""
    await asyncio.to_thread(migrating.upgrade, url)
    await migrating.settle(url, clock_movable=True)


@pytest.fixture(scope="session")
def clones(server: Server) -> Iterator[Clones]:
    """What this process has made of the templates; gone after its last test."""
    made = Clones(server)
    yield made
    made.close()


@pytest.fixture(autouse=True)
def nothing_known() -> None:
    """A database that was put back says nothing of it: what this process keeps of its market is void."""
    following.forget()


@pytest.fixture
def database_name(clones: Clones, template: str) -> Iterator[str]:
    """A database that is as the template is; after the test, what must never be true in it is not true."""
    with clones.lent(template) as name:
        yield name


class Roaming(db.Database):
    """One engine for all tests of a process, whose connections lead to the database of the test that runs.

    An engine remembers the statements that it has compiled; a new one for every test would compile them all again.
    """

    def __init__(self, limits: db.Limits) -> None:
        super().__init__("postgresql+psycopg://", limits, async_creator=self._connect)

    async def _connect(self) -> psycopg.AsyncConnection:
        where = db.libpq(self.url)
        return await psycopg.AsyncConnection.connect(where, options=self.limits.options, connect_timeout=3)


@pytest.fixture(scope="session")
def roaming() -> Roaming:
    """The engine of all tests of this process, as the service's own role."""
    return Roaming(db.Limits(role="clothingline_app", pool_size=8))


@pytest.fixture
async def database(server: Server, database_name: str, roaming: Roaming) -> AsyncIterator[db.Database]:
    """The database of this test, used as the service's own role."""
    roaming.url = server.url(database_name)
    yield db.use(roaming)
    await roaming.close()


@pytest.fixture
async def session(database: db.Database) -> AsyncIterator[AsyncSession]:
    """One transaction, committed when the test ends well."""
    async with database.transaction() as opened:
        yield opened


@pytest.fixture
def messages() -> messaging.ConsoleMessenger:
    """Every message that was sent to a phone."""
    chosen = messaging.ConsoleMessenger(quiet=True)
    messaging.use(chosen)
    return chosen


@pytest.fixture
def app(database: db.Database, messages: messaging.ConsoleMessenger) -> FastAPI:
    """The application on this test's database."""
    return create_app(Settings(environment="test", home=HOME))


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """An anonymous caller."""
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://clothingline.test") as opened:
        yield opened


class Draining:
    """The queue of a test, opened when it is first drained, and left open: opening it takes longer than most jobs."""

    def __init__(self, until: AsyncExitStack) -> None:
        self._until = until
        self._opened: procrastinate.App | None = None

    async def __call__(self) -> None:
        """Run every queued job."""
        if self._opened is None:
            self._opened = await self._until.enter_async_context(worker.queue().open_async())
        events.react(reactions.TABLE)
        await worker.finish(self._opened)


@pytest.fixture
async def drain(
    database: db.Database, messages: messaging.ConsoleMessenger
) -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """Run every queued job."""
    async with AsyncExitStack() as until:
        yield Draining(until)


@pytest.fixture
def advance(database: db.Database) -> Callable[..., Awaitable[None]]:
    """Move business time forward: `await advance(hours=25)`."""
    from datetime import timedelta

    async def move(**step: float) -> None:
        async with database.transaction() as opened:
            await advance_business_time(opened, by=timedelta(**step))

    return move


@pytest.fixture
def cast(client: httpx.AsyncClient, messages: messaging.ConsoleMessenger) -> Cast:
    """Signs people in."""
    return Cast(client, messages)
