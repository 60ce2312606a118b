"""Somebody who orders by pages: every answer is the form of the page on which it is asked."""

import re
from dataclasses import dataclass, field

import httpx

from clothingline import worker
from clothingline.integrations.messaging import ConsoleMessenger
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.orders import queries
from clothingline.orders.models import Draft
from clothingline.orders.service import hash_of
from tests.web.desk import Desk, words_of

SHIRT, KEBAYA = "kemeja-formal-lengan-panjang", "kebaya-encim-brokat"
PHONE = "0812-3456-7899"
READY: dict[str, dict[str, str]] = {
    "jumlah": {"amount": "one"},
    "kain": {"colour": "bantu"},
    "cara-ukur": {"way": "ukuran-M"},
    "anggaran": {"act": "belum"},
    "tanggal": {"when": "calm", "place": "Kota Bandung"},
}
"""Answers to the questions before the plans: one piece in a ready size."""


@dataclass
class Shopper:
    """A browser and what it has begun."""

    desk: Desk
    messages: ConsoleMessenger
    provider: FakeProvider
    word: str = ""
    said: dict[str, dict[str, str]] = field(default_factory=lambda: dict(READY))

    def at(self, question: str) -> str:
        """The address of a question."""
        return f"/pesan/{self.word}/{question}"

    async def begin(self, design: str = SHIRT) -> None:
        """Press the button on the page of a design."""
        answer = await self.desk.send("/pesan/baru", on=f"/desain/{design}")
        found = re.fullmatch(r"/pesan/([\w-]+)/jumlah", answer.headers["location"])
        assert found
        self.word = found[1]

    async def say(self, question: str, **fields: str) -> httpx.Response:
        """Answer a question on its page."""
        return await self.desk.send(self.at(question), on=self.at(question), **fields)

    async def go(self, question: str, **fields: str) -> str:
        """Answer a question, which must fit; the address of the next one."""
        answer = await self.say(question, **fields)
        assert answer.status_code == 303, words_of(answer.text)[:1500]
        return answer.headers["location"].removeprefix(f"/pesan/{self.word}/")

    async def read(self, question: str) -> str:
        """What stands on a page."""
        return words_of(await self.desk.page(self.at(question)))

    async def plan(self, **otherwise: dict[str, str]) -> None:
        """Answer everything before the plans."""
        await self.begin()
        for question, fields in (self.said | otherwise).items():
            await self.go(question, **fields)

    async def choose(self, **forged: str) -> str:
        """Take the first plan."""
        return await self.go("rencana", **forged)

    async def sign_in(self, phone: str = PHONE) -> str:
        """Say who one is, and enter the code."""
        await self.go("kontak", name="Ani Wulandari", phone=phone)
        await worker.drain()
        code = re.search(r"\d{6}", self.messages.sent[-1][1])
        assert code
        return await self.go("kontak/kode", code=code[0])

    async def to_summary(self) -> None:
        """From the first page to the summary."""
        await self.plan()
        await self.choose()
        await self.sign_in()
        assert await self.go("alamat", recipient="Ani", street="Jl. Cihampelas 12, Coblong") == "ringkasan"

    async def check_out(self) -> str:
        """From the first page to the payment; the code of the order."""
        await self.to_summary()
        answer = await self.say("ringkasan")
        return answer.headers["location"].split("/")[2]

    async def pay(self, code: str) -> None:
        """At the provider, whose notices arrive."""
        await worker.drain()
        page = await self.desk.page(f"/pesan/{code}/bayar")
        charge = re.search(r"/charges/(\w+)", page)
        assert charge
        await self.provider.pay(charge[1])
        await worker.drain()

    async def row(self) -> Draft:
        """The draft as it is stored."""
        async with db.transaction() as session:
            return await queries.get_draft(session, hash_of(self.word))
