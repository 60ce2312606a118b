"""Where the contract of a provider is tried: the fake in this process, Stripe's adaptor on the fake's wire, and Stripe.

Stripe's test mode is there only when `CLOTHINGLINE_TEST_STRIPE_KEY` is set.
"""

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from clothingline.integrations.payments import PaymentProvider
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.integrations.payments.fake.books import Books
from clothingline.integrations.payments.fake.wire import wire
from clothingline.integrations.payments.stripe.provider import StripeProvider

KEY = "CLOTHINGLINE_TEST_STRIPE_KEY"
SECRET = "whsec_test"
OURS = ("fake", "wire")
EVERYWHERE = (*OURS, "stripe") if os.environ.get(KEY) else OURS


@dataclass
class Place:
    """A provider, and the books behind it where the world outside is played by hand; Stripe has none that we could."""

    provider: PaymentProvider
    books: Books | None

    @property
    def hand(self) -> Books:
        """The books of a place that has some."""
        assert self.books is not None
        return self.books


async def _nobody(body: bytes, headers: dict[str, str]) -> None:
    """Notices are not looked at here."""


@asynccontextmanager
async def at_the_fake(folder: Path) -> AsyncIterator[Place]:
    """The provider that ships, in this process."""
    provider = FakeProvider(_nobody, pages_url="http://bayar.test", path=folder / "books.db")
    yield Place(provider, provider.books)


@asynccontextmanager
async def on_the_wire(folder: Path) -> AsyncIterator[Place]:
    """Stripe's adaptor, which speaks to the books over HTTP."""
    books = Books(folder / "books.db", "http://bayar.test")
    async with served(books) as address, stripe_at("sk_test_wire", address) as provider:
        yield Place(provider, books)


@asynccontextmanager
async def at_stripe(folder: Path) -> AsyncIterator[Place]:
    """Stripe's test mode."""
    async with stripe_at(os.environ[KEY], None) as provider:
        yield Place(provider, None)


@asynccontextmanager
async def stripe_at(key: str, address: str | None) -> AsyncIterator[StripeProvider]:
    """The adaptor, closed afterwards."""
    country = os.environ.get("CLOTHINGLINE_TEST_STRIPE_COUNTRY", "US")
    provider = StripeProvider(
        key, notice_secrets=[SECRET], country=country, back_url="http://toko.test", address=address
    )
    yield provider
    await provider.close()


@asynccontextmanager
async def served(books: Books) -> AsyncIterator[str]:
    """The wire on the loopback; its address."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(wire(books), log_config=None, access_log=False, lifespan="off")
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started:  # noqa: ASYNC110  # the server has no event to wait for
        await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    await running


PLACES: dict[str, Callable[[Path], AbstractAsyncContextManager[Place]]] = {
    "fake": at_the_fake,
    "wire": on_the_wire,
    "stripe": at_stripe,
}
