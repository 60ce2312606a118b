"""Somebody at a browser: pages read as text, forms filled and sent as a browser sends them."""

import html
import re
from dataclasses import dataclass
from typing import Protocol

import httpx
from fastapi import FastAPI

OWN = {"sec-fetch-site": "same-origin", "accept": "text/html"}


@dataclass
class Desk:
    """A browser in which an actor has signed in."""

    client: httpx.AsyncClient

    async def page(self, path: str, status: int = 200) -> str:
        """The page as it is written, entities resolved."""
        answer = await self.client.get(path)
        assert answer.status_code == status, (path, answer.status_code, answer.text[:2000])
        return html.unescape(answer.text)

    async def send(self, path: str, *, on: str, **fields: object) -> httpx.Response:
        """Press the button of the form to `path` that stands on the page `on`, with these fields filled in."""
        shown = await self.client.get(on)
        form = re.search(rf'<form[^>]*action="{re.escape(path)}"[^>]*>(.*?)</form>', shown.text, re.DOTALL)
        acts = re.findall(r'action="([^"]*)"', shown.text)
        assert form, f"no form to {path} on {on}, only to {acts}"
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form[1]))
        return await self.client.post(path, data={**hidden, **{name: str(value) for name, value in fields.items()}})

    async def follow(self, answer: httpx.Response) -> str:
        """The page to which an act led."""
        assert answer.status_code == 303, (answer.status_code, html.unescape(answer.text)[:3000])
        return await self.page(answer.headers["location"])


class SignedIn(Protocol):
    """Anybody with a session."""

    token: str


def desk_of(app: FastAPI, actor: SignedIn) -> Desk:
    """The browser of an actor, at the same application."""
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://clothingline.test", headers=OWN)
    client.cookies.set("sesi", actor.token)
    return Desk(client)


def words_of(page: str) -> str:
    """What a reader of the page reads: no markup, blanks as one."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.unescape(page))).replace("\u00a0", " ").strip()
