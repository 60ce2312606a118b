"""A database, a provider and one order of a single run of the state machine, driven from code without a loop."""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Self, TypeVar
from uuid import UUID, uuid4

import procrastinate
import psycopg
import uvloop
from sqlalchemy import select

from clothingline import worker
from clothingline.accounts.models import Account
from clothingline.integrations import payments as providers
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.kit.clock import advance_business_time, business_now, milliseconds
from clothingline.kit.db.embedded import Server
from clothingline.kit.errors import Refusal
from clothingline.ledger import chart
from clothingline.ledger.service import Posting, book_all
from clothingline.payments import service as payments
from clothingline.payments.models import Payment, Refund
from tests import invariants
from tests.clones import Clones
from tests.payments.stage import Scene

Result = TypeVar("Result")
ENDOWMENT_IDR = 10_000_000
LIMITS = db.Limits(role="clothingline_app", pool_size=4)
QUEUED = "SELECT 1 FROM jobs.procrastinate_jobs WHERE status = 'todo' LIMIT 1"


@dataclass
class World:
    """What the rules act on. Every call runs until nothing is queued."""

    runner: asyncio.Runner
    queue: procrastinate.App
    provider: FakeProvider
    owner: psycopg.Connection[Any]
    officers: list[UUID] = field(default_factory=list)

    def run(self, act: Coroutine[Any, Any, Result]) -> Result:
        """Run to its end, then every job that is queued."""
        result = self.runner.run(act)
        if self.owner.execute(QUEUED).fetchone():
            self.runner.run(self.drain())
        return result

    async def drain(self) -> None:
        """Run every queued job."""
        await worker.finish(self.queue)

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

    def order(self, scene: Scene) -> tuple[str, int, int]:
        """State of the order, rupiah that it counts as paid, and its price."""
        query = "SELECT state, paid_idr, price_idr FROM orders WHERE id = %s"
        [(state, paid, price)] = self.owner.execute(query, (scene.order,)).fetchall()
        return str(state), int(paid), int(price)

    def wrong(self) -> dict[str, list[str]]:
        """What must never be true and is."""
        return invariants.found(self.owner)


class Ground:
    """Loop, engine, queue and database on which one story is told after another: they need to warm up only once.

    Each story finds the database as its template is; what cannot be put back is left for a new one.
    """

    def __init__(self, server: Server, clones: Clones, template: str, folder: Path) -> None:
        self._server, self._clones, self._template, self._folder = server, clones, template, folder
        self._held, self._stands = ExitStack(), False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._leave()

    @contextmanager
    def opened(self) -> Iterator[World]:
        """A world of its own for one story."""
        if not self._stands:
            self._enter()
        world = World(self._runner, self._queue, self._provider(), self._clone.owner)
        try:
            world.officers = [self._runner.run(_officer()) for _ in range(2)]
            self._runner.run(_endow(world.provider))
            yield world
        except BaseException:
            self._leave()
            raise
        if not self._clone.restore():
            self._leave()

    def _enter(self) -> None:
        with ExitStack() as held:
            self._clone = held.enter_context(self._clones.held(self._template))
            self._runner = held.enter_context(asyncio.Runner(loop_factory=uvloop.new_event_loop))
            self._queue = self._runner.run(_connect(self._server.url(self._clone.name)))
            held.callback(lambda: self._runner.run(_disconnect(self._queue)))
            self._held = held.pop_all()
        self._stands = True

    def _leave(self) -> None:
        self._stands = False
        self._held.close()

    def _provider(self) -> FakeProvider:
        chosen = FakeProvider(_keep, pages_url="http://bayar.test", path=self._folder / f"{uuid4()}.db")
        providers.use(chosen)
        return chosen


async def _connect(url: str) -> procrastinate.App:
    """Use a database; its queue, open."""
    db.use(db.Database(url, LIMITS))
    queue = worker.queue()
    await queue.open_async()
    return queue


async def _disconnect(queue: procrastinate.App) -> None:
    await queue.close_async()
    await db.current().close()


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
