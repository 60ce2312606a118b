"""Going through the questions as a browser without scripts does."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import httpx

from clothingline.integrations.messaging import ConsoleMessenger
from tests.web.tailor.posting import words_of

START = "/t/daftar"
Drain = Callable[[], Awaitable[None]]


class Newcomer:
    """Somebody with a phone, a number, and what is sent to it."""

    def __init__(self, browser: httpx.AsyncClient, drain: Drain, messages: ConsoleMessenger, number: str) -> None:
        self.browser, self.drain, self.messages, self.number = browser, drain, messages, number

    async def come_in(self) -> str:
        """Number and code; answers where the way leads."""
        door = await self.browser.get(START)
        assert door.headers["location"] == "/masuk?lanjut=/t/daftar"
        await self.send("/masuk", phone=self.number, lanjut=START)
        await self.drain()
        code = re.search(r"\d{6}", self.messages.sent[-1][1])
        assert code
        return (await self.send("/masuk/kode", code=code[0], lanjut=START)).headers["location"]

    async def send(self, path: str, **fields: Any) -> httpx.Response:
        """Open a page, fill in its form, send it."""
        page = await self.browser.get(path)
        assert page.status_code == 200, (path, page.headers)
        key = re.search(r'name="kunci" value="(\w+)"', page.text)
        assert key
        return await self.browser.post(path, data={"kunci": key[1], **fields})

    async def answer(self, step: str, **fields: Any) -> str:
        """Answer a question; answers where the way leads."""
        answered = await self.send(f"{START}/{step}", **fields)
        assert answered.status_code == 303, words_of(answered)
        return answered.headers["location"]

    async def resume(self) -> str:
        """Where the way goes on."""
        return (await self.browser.get(START)).headers["location"]

    async def words(self, path: str) -> str:
        """What a page says."""
        return words_of(await self.browser.get(path))
