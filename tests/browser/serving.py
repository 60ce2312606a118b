"""The real application behind a real socket of this process: pages, API, pay pages, on the database of a test."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx
import uvicorn
from fastapi import FastAPI
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from clothingline import worker
from clothingline.app import create_app
from clothingline.cli.running import Server
from clothingline.cli.wiring import NOTICES, PAY_PAGES
from clothingline.integrations import messaging, payments
from clothingline.integrations.payments.fake import FakeProvider, post_to
from clothingline.kit import db
from clothingline.kit.clock import WIB, advance_business_time, business_now
from clothingline.settings import Settings
from tests.cast import Cast
from tests.conftest import HOME

NOBODY_IN = Response(status_code=503)


class Door:
    """One address for all tests of a process; behind it stands the application of the test that runs."""

    def __init__(self) -> None:
        self.url = ""
        self.app: ASGIApp | None = None
        self.inside = 0
        self.delays: dict[str, float] = {}
        self.shut = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, later where a test wants it so."""
        if self.app is None:
            raise RuntimeError(f"no test runs that {scope['path']} could belong to")
        self.inside += 1
        try:
            await asyncio.sleep(self.delays.get(scope["path"], 0))
            await (NOBODY_IN if self.shut else self.app)(scope, receive, send)
        finally:
            self.inside -= 1

    async def close_behind(self) -> None:
        """Wait until every request has been answered, then let nobody in."""
        async with asyncio.timeout(20):
            while self.inside:  # noqa: ASYNC110  # the server's own tasks are waited for
                await asyncio.sleep(0.01)
        self.app = None
        self.shut = False
        self.delays.clear()


@asynccontextmanager
async def door_open() -> AsyncIterator[Door]:
    """A server on a free port of this machine, for the time of a block."""
    door = Door()
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listening:
        door.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        server = Server(uvicorn.Config(door, lifespan="off", log_config=None, access_log=False, server_header=False))
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            yield door
        finally:
            server.should_exit = server.force_exit = True
            await serving


@dataclass
class Site:
    """What stands behind the door: where it is, who lives there, what was sent and paid."""

    url: str
    app: FastAPI
    door: Door
    messages: messaging.ConsoleMessenger
    provider: FakeProvider
    cast: Cast

    async def settle(self) -> None:
        """Run every job that waits."""
        await worker.drain()

    async def advance(self, **step: float) -> None:
        """Move business time forward: `await site.advance(hours=25)`."""
        async with db.transaction() as session:
            await advance_business_time(session, by=timedelta(**step))

    async def wait_for(self, weekday: int, hour: int) -> None:
        """Move business time to the next such hour (0 = Monday; western Indonesian time)."""
        async with db.transaction() as session:
            now = (await business_now(session)).astimezone(WIB)
            then = now.replace(hour=hour, minute=0, second=0, microsecond=0)
            then += timedelta(days=(weekday - now.weekday()) % 7)
            await advance_business_time(session, by=then - now if then >= now else then - now + timedelta(days=7))


@asynccontextmanager
async def site_behind(door: Door, folder: Path) -> AsyncIterator[Site]:
    """The application on the database in use; the provider's books are in `folder`, files are the story's."""
    messages = messaging.ConsoleMessenger(quiet=True)
    messaging.use(messages)
    provider = FakeProvider(post_to(door.url + NOTICES), pages_url=door.url + PAY_PAGES, path=folder / "books.db")
    payments.use(provider)
    app = create_app(Settings(environment="test", home=HOME, public_url=door.url))
    app.mount(PAY_PAGES, provider.app)
    door.app = app
    async with httpx.AsyncClient(base_url=door.url) as client:
        yield Site(door.url, app, door, messages, provider, Cast(client, messages))
    app.state.hub.close()
    await door.close_behind()
