"""The stage: callers with tokens of their own, the provider's pages, and a clock that can be moved."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx

from clothingline import worker
from clothingline.cli.demo.outside import Outside
from clothingline.cli.demo.telling import Teller
from clothingline.integrations.messaging import ConsoleMessenger
from clothingline.kit import db
from clothingline.kit.clock import advance_business_time, business_now


class Unexpected(Exception):
    """The API answered something else than the story expects; the message holds the answer."""


@dataclass
class Actor:
    """A signed-in person."""

    name: str
    token: str
    http: httpx.AsyncClient

    async def ask(self, method: str, path: str, body: Any = None, *, expect: int | None = None, **more: Any) -> Any:
        """One request; raises `Unexpected` unless it succeeds (or has the expected status). Returns the JSON."""
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Idempotency-Key": str(uuid4()),
            "Accept-Language": "id",
            **more.pop("headers", {}),
        }
        answer = await self.http.request(method, path, json=body, headers=headers, **more)
        if not (answer.status_code == expect or (expect is None and answer.is_success)):
            raise Unexpected(f"{self.name}: {method} {path} → {answer.status_code} {_told(answer)}")
        return answer.json() if answer.content else None

    async def get(self, path: str, **query: Any) -> Any:
        """Read."""
        return await self.ask("GET", path, params=query)

    async def download(self, path: str) -> bytes:
        """A file; raises `Unexpected` unless it is there."""
        answer = await self.http.get(path, headers={"Authorization": f"Bearer {self.token}"})
        if not answer.is_success:
            raise Unexpected(f"{self.name}: GET {path} → {answer.status_code} {_told(answer)}")
        return answer.content

    async def do(self, path: str, body: Any = None, *, expect: int | None = None) -> Any:
        """Act."""
        return await self.ask("POST", path, body, expect=expect)


@dataclass
class Stage:
    """Everything the story needs: HTTP, messages, payers and banks, the worker, the clock."""

    http: httpx.AsyncClient
    messages: ConsoleMessenger
    tell: Teller
    outside: Outside
    actors: dict[str, Actor] = field(default_factory=dict)
    phones: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    payees: dict[str, Actor] = field(default_factory=dict)

    async def sign_in(self, phone: str, name: str) -> Actor:
        """A person with a token, by one-time code; signed in once."""
        if phone not in self.actors:
            await self._anonymous("/v1/sign-in-codes", {"phone": phone})
            await self.settle()
            code = re.search(r"\d{6}", self.messages.sent[-1][1])
            assert code is not None, "the newest message holds the code"  # noqa: S101  # the story's own premise
            body = {"phone": phone, "code": code.group(), "device": "demo", "name": name}
            opened = await self._anonymous("/v1/sessions", body)
            self.actors[phone] = Actor(name, opened["token"], self.http)
        return self.actors[phone]

    async def _anonymous(self, path: str, body: dict[str, str]) -> Any:
        answer = await self.http.post(path, json=body, headers={"Idempotency-Key": str(uuid4())})
        if not answer.is_success:
            raise Unexpected(f"{path} → {answer.status_code} {_told(answer)}")
        return answer.json()

    async def learn_phones(self, admin: Actor) -> None:
        """Who answers for which organisation, as the programme's officer sees it; its owner rather than its staff."""
        query: dict[str, Any] = {"limit": 100}
        while True:
            page = await admin.get("/v1/accounts", **query)
            for account in page["data"]:
                for role in account["roles"]:
                    self._learn_phone(role, account["phone"])
            if not page["has_more"]:
                return
            query["starting_after"] = page["next_cursor"]

    def _learn_phone(self, role: dict[str, Any], phone: str) -> None:
        organisation = (role["organisation"] or "").partition("_")[2]
        if organisation and (role["role"] != "brand_staff" or organisation not in self.phones):
            self.phones[organisation] = phone

    async def learn_names(self, admin: Actor) -> None:
        """Names of brands, suppliers and tailors, by id with and without prefix."""
        for path in ("/v1/brands", "/v1/suppliers", "/v1/tailors"):
            for party in (await admin.get(path, limit=100))["data"]:
                self.names[party["id"]] = self.names[party["id"].partition("_")[2]] = party["name"]

    async def member_of(self, organisation: str) -> Actor:
        """Somebody who acts for an organisation, whatever prefix its id is shown with."""
        phone = self.phones[organisation.partition("_")[2]]
        return await self.sign_in(phone, phone)

    async def settle(self) -> None:
        """Run every job that is due, and every sweep, until nothing moves any more."""
        await worker.drain()
        while await worker.sweep():
            await worker.drain()

    async def pass_time(self, **step: float) -> None:
        """Move business time forward and let everything that is now due happen; where days pass, banks work too."""
        async with db.transaction() as session:
            await advance_business_time(session, by=timedelta(**step))
        await self.settle()
        if "days" in step:
            await self.bank_day()

    async def bank_day(self) -> None:
        """The banks have what was on its way to them, and we are told."""
        await self.outside.bank_day()
        await self.settle()

    async def wait_until(self, instant: datetime) -> None:
        """Move business time to an instant ahead and let everything that is now due happen."""
        left = instant - await self.now()
        await self.pass_time(seconds=max(left.total_seconds(), 0))

    async def now(self) -> datetime:
        """Business time."""
        async with db.transaction() as session:
            return await business_now(session)

    async def pay(self, consumer: Actor, order: str, instalment: str) -> dict[str, Any]:
        """Pay the open instalment of an order on the provider's page."""
        page = await consumer.get("/v1/payments", order=order)
        [open_] = [one for one in page["data"] if one["state"] == "open" and one["instalment"] == instalment]
        await self.outside.pay(open_["pay_url"])
        await self.settle()
        return dict(open_)


def _told(answer: httpx.Response) -> str:
    """A refusal in a line; a refusal that lists no limits, or no JSON, as it came."""
    problem = answer.json() if answer.headers.get("content-type") == "application/problem+json" else {}
    return f"{problem['title']} {why(problem)}" if "limits" in problem else answer.text


def why(refused: dict[str, Any]) -> str:
    """Why nothing can be had, and what would help, in words."""
    limits = ", ".join(f"{limit['count']} × {limit['id']}" for limit in refused.get("limits", []))
    helps = " / ".join(help_["id"] for help_ in refused.get("would_help", []))
    return f"{limits}. Bisa membantu: {helps or '-'}"
