"""Members of a group, each with a browser of their own and no account, and who arranges their order."""

import html
import re
from dataclasses import dataclass, field
from urllib.parse import urljoin

import httpx
from fastapi import FastAPI

from tests.web.desk import OWN, Desk, words_of
from tests.web.shop.shopper import SHIRT, Shopper

BODY = {
    "neck": "38", "chest": "96", "waist": "84", "shoulder_to_shoulder": "44", "shoulder_to_wrist": "60",
    "garment_length": "72", "wrist": "17",
}  # fmt: skip
HOST = "http://clothingline.test"


@dataclass
class Member:
    """Somebody with the link of a group, and what the own link is once there is one."""

    link: str
    desk: Desk
    own: str = ""
    seen: list[str] = field(default_factory=list)

    async def say(self, path: str, **fields: str) -> httpx.Response:
        """Fill in the form of a page."""
        return await self.desk.send(path, on=path, **fields)

    async def go(self, path: str, **fields: str) -> str:
        """Fill in what must fit; the address to which it leads."""
        answer = await self.say(path, **fields)
        assert answer.status_code == 303, words_of(answer.text)[:1500]
        self.seen.append(answer.headers["location"])
        return urljoin(path, answer.headers["location"])

    async def enter(self, name: str) -> str:
        """Give a name; the address of the question about the size."""
        begun = await self.desk.client.get(await self.go(self.link, name=name))
        found = re.fullmatch(r"/k/saya/([\w-]{22})/ukuran", begun.headers["location"])
        assert found, begun.text
        self.own = f"/k/saya/{found[1]}"
        return f"{self.own}/ukuran"

    async def choose(self, way: str) -> str:
        """Say how the size is known; the part of the address after the own link."""
        return (await self.go(f"{self.own}/ukuran", way=way)).removeprefix(f"{self.own}/")

    async def measure(self, figure: str = "man") -> None:
        """Agree, and give all measures of a shirt."""
        assert await self.choose(figure) == "setuju"
        at = await self.go(f"{self.own}/setuju")
        for code, value in BODY.items():
            assert at == f"{self.own}/ukuran/{code}"
            at = await self.go(at, value=value)
        assert at == f"{self.own}/isian"

    async def read(self, page: str = "isian", status: int = 200) -> str:
        """What stands on a page of the own link."""
        return words_of(await self.desk.page(f"{self.own}/{page}", status))


@dataclass
class Group:
    """Who arranges an order, and the link that was made."""

    app: FastAPI
    shopper: Shopper
    link: str = ""

    @property
    def home(self) -> str:
        """The page of the group."""
        return self.shopper.at("kelompok")

    async def begin(self, *, design: str = SHIRT, **form: str) -> None:
        """From the page of a design to a link."""
        await self.shopper.begin(design)
        await self.shopper.go("jumlah", amount="many")
        await self.shopper.go("kain", colour="bantu")
        await self.make(**form)

    async def make(self, **form: str) -> None:
        """Make the link."""
        ends = re.search(r'name="ends"[^>]*value="([^"]+)"', await self.shopper.desk.page(self.home))
        assert ends
        said = {"places": "30", "ends": ends[1], "title": "Seragam 6B", **form}
        assert await self.shopper.go("kelompok", **said) == "kelompok"
        found = re.search(r"/k/[\w-]{22}(?=<)", await self.shopper.desk.page(self.home))
        assert found
        self.link = found[0]

    def member(self) -> Member:
        """Somebody who was sent the link."""
        client = httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url=HOST, headers=OWN)
        return Member(self.link, Desk(client))

    async def joined(self, name: str, way: str = "ukuran-M") -> Member:
        """Somebody who has said a size."""
        one = self.member()
        await one.enter(name)
        if way == "body":
            await one.measure()
        else:
            assert await one.choose(way) == "isian"
        return one

    async def read(self) -> str:
        """What stands on the page of the group."""
        return words_of(await self.shopper.desk.page(self.home))

    async def raw(self) -> str:
        """The page of the group as it is written."""
        return html.unescape(await self.shopper.desk.page(self.home))

    async def act(self, what: str, **fields: str) -> httpx.Response:
        """Press a button of that page."""
        return await self.shopper.desk.send(f"{self.home}/{what}", on=self.home, **fields)
