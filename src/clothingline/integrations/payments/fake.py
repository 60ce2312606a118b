"""The provider that ships for development, the demo and the tests. It keeps its own books and signs its notices."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx
import structlog

from clothingline.integrations.payments import signing
from clothingline.integrations.payments.books import Books, Notice
from clothingline.integrations.payments.pay_page import pages
from clothingline.integrations.payments.port import Charge
from clothingline.kit.clock import milliseconds
from clothingline.settings import settings

log = structlog.get_logger("fake_provider")
Deliver = Callable[[bytes, dict[str, str]], Awaitable[None]]
FILE = "fake-provider.db"


class FakeInProduction(RuntimeError):
    """The fake provider moves no money and therefore refuses to serve production."""


def post_to(url: str, transport: httpx.AsyncBaseTransport | None = None) -> Deliver:
    """Deliver notices to `url`; with an `ASGITransport` the receiver runs in the same process.

    Any answer but 2xx raises `httpx.HTTPError`, so that the notice stays undelivered.
    """

    async def deliver(body: bytes, headers: dict[str, str]) -> None:
        limits = httpx.Timeout(3, connect=1)
        async with httpx.AsyncClient(transport=transport, timeout=limits) as client:
            said = {"content-type": "application/json", **headers}
            (await client.post(url, content=body, headers=said)).raise_for_status()

    return deliver


class FakeProvider:
    """A `PaymentProvider` with its own SQLite file, pay page (`app`) and signed notices.

    `deliver` takes body and headers of a notice (see `post_to`), `pages_url` is where `app` is served, `path` the file
    of the books (default: in the home folder). Raises `FakeInProduction`.
    """

    def __init__(self, deliver: Deliver, *, pages_url: str, path: Path | None = None) -> None:
        if settings().environment == "production":
            raise FakeInProduction("the fake payment provider does not serve production")
        self.books = Books(path or settings().home / FILE, pages_url)
        self.app = pages(self)
        self._deliver = deliver

    async def open_charge(self, reference: str, amount_idr: int, description: str) -> Charge:
        """The charge of this reference."""
        return await asyncio.to_thread(self.books.open_charge, reference, amount_idr, description)

    async def fetch_charge(self, charge_id: str) -> Charge:
        """How a charge stands."""
        return await asyncio.to_thread(self.books.get, charge_id)

    async def find_charge(self, reference: str) -> Charge | None:
        """The charge of a reference of the shop's."""
        return await asyncio.to_thread(self.books.find, reference)

    async def refund(self, charge_id: str, reference: str, amount_idr: int) -> Charge:
        """Pay back a part or all."""
        return await asyncio.to_thread(self.books.refund, charge_id, reference, amount_idr)

    async def describe(self, charge_id: str) -> str:
        """What a charge is for."""
        return await asyncio.to_thread(self.books.describe, charge_id)

    async def pay(self, charge_id: str) -> Charge:
        """What the button of the pay page does: take the money, then tell the shop."""
        charge = await asyncio.to_thread(self.books.pay, charge_id)
        await self.deliver_waiting()
        return charge

    async def expire(self, charge_id: str) -> Charge:
        """Close an open charge; it can no longer be paid."""
        return await asyncio.to_thread(self.books.expire, charge_id)

    async def deliver_waiting(self) -> int:
        """Try every undelivered notice once; returns how many were acknowledged."""
        waiting = await asyncio.to_thread(self.books.waiting)
        return sum([await self._tell(notice) for notice in waiting])

    async def _tell(self, notice: Notice) -> bool:
        stamp, secret = milliseconds() // 1000, signing.shared_secret()
        headers = signing.headers(secret, notice=notice.id, timestamp=stamp, body=notice.body)
        try:
            await self._deliver(notice.body, headers)
        except httpx.HTTPError as error:
            log.warning("notice not delivered", notice=notice.id, cause=str(error))
            return False
        await asyncio.to_thread(self.books.acknowledge, notice.id)
        return True
