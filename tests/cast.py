"""The people of the tests, signed in."""

import re
from typing import Any
from uuid import uuid4

import httpx

from clothingline import worker
from clothingline.accounts import service as accounts
from clothingline.accounts.queries import find_account
from clothingline.accounts.secrets import phone_number
from clothingline.integrations.messaging import ConsoleMessenger
from clothingline.kit import db, ids
from clothingline.kit.access import Membership, Role
from clothingline.kit.clock import business_now
from clothingline.settings import settings


class Actor:
    """A signed-in person with a client of their own."""

    def __init__(self, client: httpx.AsyncClient, token: str, account: str) -> None:
        self.client, self.token, self.account = client, token, account

    async def call(self, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        """One request; mutations carry a fresh idempotency key unless one is given (`idempotency_key=…`)."""
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        said = {"authorization": f"Bearer {self.token}", "idempotency-key": str(uuid4()), **said}
        return await self.client.request(method, path, json=body, headers=said)

    async def get(self, path: str, **headers: str) -> httpx.Response:
        """Read."""
        return await self.call("GET", path, **headers)

    async def post(self, path: str, body: Any = None, **headers: str) -> httpx.Response:
        """Do."""
        return await self.call("POST", path, body, **headers)


class Cast:
    """Signs people in."""

    def __init__(self, client: httpx.AsyncClient, messages: ConsoleMessenger) -> None:
        self.client, self.messages = client, messages

    async def sign_in(self, phone: str, name: str = "Rina Kartika", device: str = "HP") -> Actor:
        """What a right code does: an account, of a consumer where it is new, and a device that is signed in."""
        number, days = phone_number(phone), settings().sign_in.session_days
        async with db.transaction() as session:
            account = await find_account(session, number) or await accounts.open_account(
                session, phone=number, name=name, memberships=[Membership(Role.CONSUMER)]
            )
            now = await business_now(session)
            _, token = await accounts.open_session(session, account=account, device=device, now=now, days=days)
        return Actor(self.client, token, ids.show("acc", account.id))

    async def sign_in_by_code(self, phone: str) -> Actor:
        """Ask for a code, read it from the phone, open a session: all through the API."""
        await self.client.post("/v1/sign-in-codes", json={"phone": phone}, headers=_key())
        await worker.drain()
        code = re.search(r"\d{6}", self.messages.last_to(_e164(phone)))
        assert code is not None
        body = {"phone": phone, "code": code.group(), "device": "HP", "name": "Rina Kartika"}
        answer = await self.client.post("/v1/sessions", json=body, headers=_key())
        assert answer.status_code == 201, answer.text
        return Actor(self.client, answer.json()["token"], answer.json()["account"])


def _key() -> dict[str, str]:
    return {"idempotency-key": str(uuid4())}


def _e164(phone: str) -> str:
    return "+62" + phone.removeprefix("0").replace("-", "") if phone.startswith("0") else phone
