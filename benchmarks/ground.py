"""The ground of a run: an embedded server that syncs, a fresh database with the pilot, and consumers signed in."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
from psycopg import sql
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline import pilot
from clothingline.accounts import service as accounts
from clothingline.cli import installation
from clothingline.cli.demo import story
from clothingline.kit import db, migrating
from clothingline.kit.access import Membership, Role
from clothingline.kit.clock import business_now, local_date
from clothingline.kit.db.embedded import Server, acquire
from clothingline.kit.ids import show
from clothingline.measurements import service as measurements
from clothingline.settings import settings

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / ".local" / "bench"
NAME = f"bench_{os.getpid()}"
# What production demands; nothing of it is reached by what is measured.
PRODUCTION = {
    "CLOTHINGLINE_ENVIRONMENT": "production",
    "CLOTHINGLINE_HOME": str(HOME),
    "CLOTHINGLINE_SECRET": uuid4().hex,
    "CLOTHINGLINE_MESSAGING__URL": "http://127.0.0.1:9/",
    "CLOTHINGLINE_PAYMENTS__NOTICE_SECRET": "whsec_" + uuid4().hex,
}


@dataclass(frozen=True)
class Consumer:
    """Somebody who orders: the account, the token of a signed-in device, and a measured body (a TypeID)."""

    account: UUID
    token: str
    body: str


@dataclass(frozen=True)
class Ground:
    """An address of the database as its owner, and the consumers in it."""

    url: str
    consumers: tuple[Consumer, ...]

    def connect(self) -> psycopg.Connection:
        """A connection of the owner's, for looking at what was written."""
        return psycopg.connect(db.libpq(self.url), autocommit=True, options="-c search_path=public,jobs")


@contextmanager
def laid(consumers: int) -> Iterator[Ground]:
    """The ground for the time of a block; children of this process find it by the environment."""
    HOME.mkdir(parents=True, exist_ok=True)
    with acquire(HOME / "postgres") as lease:
        url = lease.server.url(NAME)
        _create(lease.server)
        os.environ.update(PRODUCTION, CLOTHINGLINE_DATABASE__URL=url)
        settings.cache_clear()
        try:
            yield Ground(url, asyncio.run(_fill(url, consumers)))
        finally:
            _say(lease.server, "DROP DATABASE {} WITH (FORCE)")


def _create(server: Server) -> None:
    _say(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)")
    _say(server, "CREATE DATABASE {}")
    migrating.upgrade(server.url(NAME))
    asyncio.run(migrating.settle(server.url(NAME), clock_movable=False))


def _say(server: Server, words: str) -> None:
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute(sql.SQL(words).format(sql.Identifier(NAME)))


async def _fill(url: str, consumers: int) -> tuple[Consumer, ...]:
    used = db.use(db.Database(url, installation.limits(settings())))
    async with used.transaction() as session:
        await pilot.seed(session)
        found = tuple([await _consumer(session, number) for number in range(consumers)])
    await used.close()
    return found


async def _consumer(session: AsyncSession, number: int) -> Consumer:
    now = await business_now(session)
    role = [Membership(Role.CONSUMER)]
    account = await accounts.open_account(session, phone=f"+6281399{number:06d}", name="Rina", memberships=role)
    await accounts.give_consent(session, account_id=account.id, purpose="measurements", version="2026-06", now=now)
    _, token = await accounts.open_session(session, account=account, device="bench", now=now, days=1)
    person = await measurements.add_person(session, account_id=account.id, label="Saya", sex="female")
    taken = measurements.Taken(story.MEASURES, "self", "Rina", local_date(now), confirmed=True)
    body = await measurements.store_set(
        session, person_id=person.id, account_id=account.id, taken=taken, today=local_date(now)
    )
    return Consumer(account.id, token, show("mst", body.id))
