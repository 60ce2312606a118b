"""Database and service are killed under load: what was acknowledged is there, once, and all goes on by itself."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx
import psycopg
import pytest
from sqlalchemy import text

from clothingline.accounts import service as accounts
from clothingline.accounts.models import DeviceSession
from clothingline.accounts.secrets import token_hash
from clothingline.cli import installation
from clothingline.cli.demo import story
from clothingline.kit import db
from clothingline.kit.access import Membership, Role
from clothingline.kit.clock import business_now, local_date
from clothingline.kit.db.embedded import Lease, Server
from tests.conftest import ROOT
from tests.crash.load import WISH, Writers
from tests.crash.scene import no_job_is_left

TOKEN = "clk_ses_of_the_load"
PATIENCE_SECONDS = 60


@dataclass
class Running:
    """A service in a process of its own that is started again whenever it is killed."""

    popen: "subprocess.Popen[str]"
    home: Path
    port: int

    child: int

    def kill_service(self) -> None:
        """Without a word, and wait for the next one to be started."""
        os.kill(self.child, signal.SIGKILL)
        self.child = int(line_of(self.popen))

    def kill_database(self) -> None:
        """Without a word."""
        os.kill(int((self.home / "postgres" / "data" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)


def line_of(popen: "subprocess.Popen[str]") -> str:
    """The next line that a process says."""
    assert popen.stdout is not None
    return popen.stdout.readline().removeprefix("port ")


@pytest.fixture
def home(lease: Lease, pilot_template: str) -> Iterator[Path]:
    """The home of an installation with the pilot; its database is gone after the test."""
    drop = f'DROP DATABASE IF EXISTS "{installation.NAME}" WITH (FORCE)'
    with psycopg.connect(lease.server.dsn(), autocommit=True) as connection:
        connection.execute(drop)
        connection.execute(f'CREATE DATABASE "{installation.NAME}" TEMPLATE "{pilot_template}"')
        # A copied sequence counts as logged ahead what only its original has logged; after a checkpoint it logs anew.
        connection.execute("CHECKPOINT")
    yield lease.server.data_dir.parents[1]
    lease.ensure()
    with psycopg.connect(lease.server.dsn(), autocommit=True) as connection:
        connection.execute(drop)


@pytest.fixture
def running(home: Path, tmp_path: Path) -> Iterator[Running]:
    """The whole service, as `clothingline serve --with-worker` runs it; its own watchdog looks after the database.

    What it had to say stands under a failure.
    """
    said = {**os.environ, "CLOTHINGLINE_HOME": str(home), "CLOTHINGLINE_JOBS__STALLED_SECONDS": "3"}
    command = [sys.executable, "-m", "tests.crash.zygote", "serve"]
    with (tmp_path / "log.txt").open("w") as log:
        popen = subprocess.Popen(command, cwd=ROOT, env=said, stdout=subprocess.PIPE, stderr=log, text=True)
    try:
        port = int(line_of(popen))
        yield Running(popen, home, port, int(line_of(popen)))
    finally:
        popen.terminate()
        popen.communicate(timeout=PATIENCE_SECONDS)
        print((tmp_path / "log.txt").read_text())


@pytest.fixture
async def http(running: Running) -> AsyncIterator[httpx.AsyncClient]:
    """A caller that waits until the service answers."""
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{running.port}", timeout=PATIENCE_SECONDS) as opened:
        assert (await opened.get("/readyz")).status_code == 200
        yield opened


@pytest.fixture
async def writers(server: Server, http: httpx.AsyncClient) -> AsyncIterator[Writers]:
    """Writers with the device of one consumer, some through the service and some beside it."""
    used = db.use(db.Database(server.url(installation.NAME), db.Limits(role="clothingline_app", pool_size=2)))
    yield await _writers(http)
    await used.close()


async def _writers(http: httpx.AsyncClient) -> Writers:
    async with db.transaction() as session:
        now = await business_now(session)
        consumer = [Membership(Role.CONSUMER, None)]
        bayu = await accounts.open_account(session, phone="+6281200000001", name="Bayu Nugraha", memberships=consumer)
        device = DeviceSession(account_id=bayu.id, token_hash=token_hash(TOKEN), device="HP")
        device.expires_at = now + timedelta(days=1)
        session.add(device)
    needed_by = (local_date(now) + timedelta(days=40)).isoformat()
    return Writers(http, TOKEN, {**WISH, "needed_by": needed_by, "ship_to": story.OFFICE})


async def test_what_was_acknowledged_outlives_the_kill_of_database_and_service_under_load(
    running: Running, writers: Writers
) -> None:
    load = writers.start(4)
    database, service = running.kill_database, running.kill_service
    for kill in database, service, database, database, service, database, database:
        await _progress(writers)
        kill()
    await _progress(writers)
    writers.stop()
    await load
    books = writers.books
    assert books.unavailable > 0
    await _every_order_is_there_once(writers)
    await _every_booking_is_there_once(writers)
    await no_job_is_left()
    assert await _one("SELECT count(*) FROM jobs.procrastinate_jobs WHERE status <> 'succeeded'") == 0
    assert await _one("SELECT count(DISTINCT phone) FROM sign_in_code") == len(books.phones)
    assert await _one("SELECT coalesce(sum(amount), 0) FROM ledger_entry") == 0


async def _progress(writers: Writers) -> None:
    """Wait until every kind of writer has been acknowledged anew."""
    books = writers.books
    before = len(books.orders), len(books.phones), len(books.booked)
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not (writers.failed() or _all_grown(before, _sizes(writers))):  # noqa: ASYNC110  # others are waited for
            await asyncio.sleep(0.02)


def _all_grown(before: tuple[int, ...], now: tuple[int, ...]) -> bool:
    return all(new > old for old, new in zip(before, now, strict=True))


def _sizes(writers: Writers) -> tuple[int, int, int]:
    books = writers.books
    return len(books.orders), len(books.phones), len(books.booked)


async def _every_order_is_there_once(writers: Writers) -> None:
    for key, body in writers.books.orders.items():
        again = await writers.place(key)
        assert (again.content, again.headers["idempotent-replayed"]) == (body, "true")
    assert await _one("SELECT count(*) FROM orders") == len(writers.books.orders)
    assert await _one("SELECT count(*) FROM event WHERE name = 'OrderDrafted'") == len(writers.books.orders)


async def _every_booking_is_there_once(writers: Writers) -> None:
    async with db.transaction() as session:
        rows = await session.execute(text("SELECT source_id FROM ledger_transaction WHERE source_type = 'crash'"))
        assert sorted(row[0] for row in rows) == sorted(writers.books.booked)


async def _one(query: str) -> int:
    async with db.transaction() as session:
        return int((await session.execute(text(query))).scalar_one())
