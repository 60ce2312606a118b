"""Fans committed events out to the open streams of this process.

A trigger says `NOTIFY event` with the id of each event that has an audience. One connection per process listens,
outside the pool, as long as anybody is subscribed; the rows are read in a short transaction per batch. Nobody is ever
waited for: whoever falls behind, or loses the database, has the stream ended and resumes from the last event seen.
"""

import asyncio
from collections.abc import AsyncIterator, Collection, Iterable
from contextlib import asynccontextmanager
from uuid import UUID

import structlog
from psycopg import AsyncConnection, Error
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from clothingline.kit import db
from clothingline.kit.events import Event

log = structlog.get_logger("stream")
LONGEST_QUEUE = 256


class Subscription:
    """One open stream: the events of its `audience` (accounts and organisations; it may be exchanged), bounded."""

    def __init__(self, audience: Collection[UUID], longest: int = LONGEST_QUEUE) -> None:
        self.audience = frozenset(audience)
        self._queue: asyncio.Queue[Event | None] = asyncio.Queue(longest)

    def offer(self, event: Event) -> None:
        """Queue an event that is for this audience; a full queue ends the stream."""
        if self.audience.isdisjoint(event.audience):
            return
        try:
            self._queue.put_nowait(event)
        except asyncio.QueueFull:
            log.warning("stream fell behind", waiting=self._queue.qsize())
            self.end()

    def end(self) -> None:
        """Let the reader stop now; what it has not read yet it gets when it resumes."""
        while not self._queue.empty():
            self._queue.get_nowait()
        self._queue.put_nowait(None)

    async def next(self, *, patience: float) -> Event | None:
        """The next event, None at the end. Raises `TimeoutError` after `patience` seconds of silence."""
        async with asyncio.timeout(patience):
            return await self._queue.get()


class Hub:
    """The subscriptions of one process, and its one listening connection."""

    def __init__(self) -> None:
        self._subscriptions: set[Subscription] = set()
        self._listener: asyncio.Task[None] | None = None
        self._ready = asyncio.Event()

    @asynccontextmanager
    async def subscribe(self, audience: Collection[UUID]) -> AsyncIterator[Subscription]:
        """Every event that commits from now on and is for `audience`."""
        subscription = Subscription(audience)
        self._subscriptions.add(subscription)
        try:
            await self._listening()
            yield subscription
        finally:
            self._subscriptions.discard(subscription)
            if not self._subscriptions:
                self._hang_up()

    @property
    def open(self) -> int:
        """How many streams are open."""
        return len(self._subscriptions)

    def close(self) -> None:
        """End every stream, so that the process can stop."""
        self._end(self._subscriptions)
        self._hang_up()

    async def _listening(self) -> None:
        if self._listener is None:
            self._ready = asyncio.Event()
            self._listener = asyncio.create_task(self._listen(self._ready))
        await self._ready.wait()

    def _hang_up(self) -> None:
        # Not awaited: this may run in a scope that is being cancelled already.
        if self._listener is not None:
            self._listener.cancel()
            self._listener = None

    async def _listen(self, ready: asyncio.Event) -> None:
        try:
            async with await _connect() as connection:
                await connection.execute("LISTEN event")
                ready.set()
                while True:
                    self._fan_out(await _read([UUID(one.payload) async for one in connection.notifies(stop_after=1)]))
        except (Error, SQLAlchemyError, OSError) as error:
            log.warning("the listening connection broke", error=str(error))
        finally:
            ready.set()
            if self._listener is asyncio.current_task():
                self._listener = None
                self._end(self._subscriptions)

    def _fan_out(self, events: Iterable[Event]) -> None:
        for event in events:
            for subscription in self._subscriptions:
                subscription.offer(event)

    @staticmethod
    def _end(subscriptions: Iterable[Subscription]) -> None:
        for one in subscriptions:
            one.end()


async def _connect() -> AsyncConnection:
    used = db.current()
    options = used.limits.options
    return await AsyncConnection.connect(db.libpq(used.url), autocommit=True, options=options, connect_timeout=3)


async def _read(ids: list[UUID]) -> list[Event]:
    async with db.transaction() as session:
        found = {one.id: one for one in await session.scalars(select(Event).where(Event.id.in_(ids)))}
    return [found[one] for one in ids]
