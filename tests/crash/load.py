"""Writers that never give up: each repeats an act under one key until it is acknowledged, and remembers the answer."""

import asyncio
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import httpx
import psycopg
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from clothingline.kit import db
from clothingline.kit.http.problem import is_busy
from clothingline.ledger import chart
from clothingline.ledger import service as ledger

WISH = {"design": "kemeja-batik-lengan-panjang", "sizes": {"M": 2}}
ACCOUNT = chart.Account("rounding:crash")
AMOUNT_IDR = 1_000


@dataclass
class Books:
    """What was acknowledged, and how often a caller had to try again."""

    orders: dict[str, bytes] = field(default_factory=dict)
    phones: list[str] = field(default_factory=list)
    booked: list[UUID] = field(default_factory=list)
    unavailable: int = 0
    cut: int = 0


class Writers:
    """Many callers of one account, from `start` to `stop`."""

    def __init__(self, http: httpx.AsyncClient, token: str, wish: dict[str, Any]) -> None:
        self.http, self.token, self.wish, self.books = http, token, wish, Books()
        self._stopped = False
        self._load: list[asyncio.Task[None]] = []

    def start(self, count: int) -> "asyncio.Future[list[None]]":
        """`count` writers of orders, and one of each other kind; each ends with the act that it does after `stop`."""
        acts = [*(self._orders() for _ in range(count)), self._codes(), self._bookings()]
        self._load = [asyncio.create_task(act) for act in acts]
        return asyncio.gather(*self._load)

    def failed(self) -> bool:
        """Raises what a writer met that nobody should meet."""
        for task in self._load:
            if task.done():
                task.result()
        return False

    def stop(self) -> None:
        """No new act begins."""
        self._stopped = True

    async def _orders(self) -> None:
        while not self._stopped:
            key = str(uuid4())
            self.books.orders[key] = (await self.place(key)).content

    async def place(self, key: str) -> httpx.Response:
        """Write an order down under this key, however often it takes."""
        return await self._insist("/v1/orders", self.wish, key, 201)

    async def _codes(self) -> None:
        while not self._stopped:
            phone = f"0812{uuid4().int % 10**8:08d}"
            await self._insist("/v1/sign-in-codes", {"phone": phone}, str(uuid4()), 202)
            self.books.phones.append(phone)

    async def _insist(self, path: str, body: dict[str, Any], key: str, expected: int) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": key}
        while True:
            try:
                answer = await self.http.post(path, json=body, headers=headers)
            except httpx.TransportError:
                self.books.cut += 1
            else:
                if answer.status_code == expected:
                    return answer
                self._judge(answer)
            await asyncio.sleep(0.05)

    def _judge(self, answer: httpx.Response) -> None:
        """A refusal must say that the same request may be repeated, and when; anything else is an `AssertionError`."""
        self.books.unavailable += answer.status_code == 503
        polite = answer.headers["content-type"] == "application/problem+json" and "retry-after" in answer.headers
        # 409: the first try is still being carried out, or rolled back.
        assert answer.status_code in (503, 409), f"{answer.status_code} {answer.text}"
        assert polite, answer.headers

    async def _bookings(self) -> None:
        while not self._stopped:
            source = uuid4()
            while not await self._book(source):  # noqa: ASYNC110  # another process is waited for
                await asyncio.sleep(0.05)
            self.books.booked.append(source)

    async def _book(self, source: UUID) -> bool:
        lines = [(chart.PROVIDER, AMOUNT_IDR), (ACCOUNT, -AMOUNT_IDR)]
        try:
            async with db.transaction() as session:
                await ledger.book_all(session, [ledger.Posting("crash", source, "load", tuple(lines))])
        except (SQLAlchemyError, psycopg.Error, PoolTimeout) as error:
            if not is_busy(error):
                raise
            return False
        return True
