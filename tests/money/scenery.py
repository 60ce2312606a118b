"""A database, a provider and one order of a single run of the state machine, driven from code without a loop."""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID, uuid4

import psycopg
import uvloop
from sqlalchemy import select

from clothingline import reactions, worker
from clothingline.accounts.models import Account
from clothingline.integrations import payments as providers
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db, events
from clothingline.kit.clock import advance_business_time, business_now, milliseconds
from clothingline.kit.db.embedded import Server
from clothingline.kit.errors import Refusal
from clothingline.ledger import chart
from clothingline.ledger.service import Posting, book_all
from clothingline.orders.models import Order
from clothingline.payments import service as payments
from clothingline.payments.models import Payment, Refund
from tests import invariants
from tests.clones import Clones
from tests.payments.stage import Scene

Result = TypeVar("Result")
ENDOWMENT_IDR = 10_000_000
QUEUED = "SELECT 1 FROM jobs.procrastinate_jobs WHERE status = 'todo' LIMIT 1"


@dataclass
class World:
    """What the rules act on. Every call runs until nothing is queued."""

    runner: asyncio.Runner
    provider: FakeProvider
    owner: psycopg.Connection[Any]
    officers: list[UUID] = field(default_factory=list)

    def run(self, act: Coroutine[Any, Any, Result]) -> Result:
        """Run to its end, then every job that is queued."""
        result = self.runner.run(act)
        if self.owner.execute(QUEUED).fetchone():
            self.runner.run(worker.drain())
        return result

    def tried(self, act: Coroutine[Any, Any, Result]) -> Result | None:
        """As `run`; None where the house refused politely."""
        try:
            return self.run(act)
        except Refusal:
            return None

    def play(self, mode: str, act: str) -> None:
        """Let the provider go wrong once, in this way and at this act; `plain` is not at all."""
        if mode != "plain":
            self.provider.play(mode, act)

    def deliver(self) -> None:
        """The provider tells what it has to tell."""
        self.run(self.provider.deliver_waiting())

    def wrong(self) -> dict[str, list[str]]:
        """What must never be true and is."""
        return invariants.found(self.owner)


@contextmanager
def opened(server: Server, clones: Clones, template: str, folder: Path) -> Iterator[World]:
    """A world of its own on a clone of the template; loop and engine end with it."""
    with clones.lent(template) as name, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        database = db.Database(server.url(name), db.Limits(role="clothingline_app", pool_size=4))
        db.use(database)
        events.react(reactions.TABLE)
        provider = FakeProvider(_keep, pages_url="http://bayar.test", path=folder / f"{uuid4()}.db")
        providers.use(provider)
        with psycopg.connect(server.dsn(name), autocommit=True) as owner:
            world = World(runner, provider, owner)
            world.officers = [runner.run(_officer()) for _ in range(2)]
            runner.run(_endow(provider))
            try:
                yield world
            finally:
                runner.run(database.close())


async def _keep(body: bytes, headers: dict[str, str]) -> None:
    """What the door for notices does: read, keep, acknowledge."""
    told = payments.read_notice(headers, body, milliseconds() // 1000)
    async with db.transaction() as session:
        await payments.keep_notice(session, told, signature=b"")


async def _endow(provider: FakeProvider) -> None:
    """The programme has put so much into the guarantee fund that no maker waits."""
    provider.books.top_up(ENDOWMENT_IDR)
    lines = ((chart.PROVIDER, ENDOWMENT_IDR), (chart.GUARANTEE, -ENDOWMENT_IDR))
    async with db.transaction() as session:
        await book_all(session, [Posting("funding", uuid4(), "book", lines)])


async def _officer() -> UUID:
    async with db.transaction() as session:
        account = Account(phone=f"+62{uuid4().int % 10**11}", name="Petugas")
        session.add(account)
        await session.flush()
        return account.id


async def pass_time(**step: float) -> None:
    """Move business time forward."""
    async with db.transaction() as session:
        await advance_business_time(session, by=timedelta(**step))


async def order_of(scene: Scene) -> Order:
    """The order as it stands."""
    async with db.transaction() as session:
        return await session.get_one(Order, scene.order)


async def payments_of(scene: Scene, *states: str) -> list[Payment]:
    """Payments of the order in these states, oldest first."""
    query = select(Payment).where(Payment.order_id == scene.order, Payment.state.in_(states)).order_by(Payment.id)
    async with db.transaction() as session:
        return list(await session.scalars(query))


async def refunds_of(scene: Scene, *states: str) -> list[Refund]:
    """Refunds of the order in these states, oldest first."""
    mine = select(Refund).join(Payment, Payment.id == Refund.payment_id).where(Payment.order_id == scene.order)
    async with db.transaction() as session:
        return list(await session.scalars(mine.where(Refund.state.in_(states)).order_by(Refund.id)))


async def hours_until_six() -> int:
    """Whole hours until it is past six in the morning in Jakarta."""
    async with db.transaction() as session:
        return (23 - (await business_now(session)).hour) % 24 + 1
