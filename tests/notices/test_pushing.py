"""Phones that are told of an offer while the app is closed: which, what, encrypted for whom, and when no more."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from py_vapid import Vapid02
from sqlalchemy import func, select

from clothingline.accounts.door import COOKIE
from clothingline.integrations import push
from clothingline.integrations.push.web_push import NotPushed
from clothingline.kit import db
from clothingline.notices.models import PushTarget
from clothingline.notices.nights import is_quiet
from clothingline.settings import settings
from tests.cast import Actor
from tests.notices.phones import Phone
from tests.notices.receivers import answer, receiver
from tests.routing.conftest import provider, street
from tests.routing.street import Street, now

__all__ = ["provider", "street"]

ENDPOINT = "https://push.contoh.net/kirim/abc"
ROOT = b"a root secret of the tests"


@pytest.fixture
def pusher() -> Iterator[push.Kept]:
    """Keeps what would be sent."""
    kept = push.Kept()
    push.use(kept)
    yield kept
    push.use(push.Kept())


async def turn_on(app: FastAPI, actor: Actor, said: dict[str, str]) -> httpx.Response:
    """The page's script asks the browser, and tells us what it said."""
    headers = {"sec-fetch-site": "same-origin", "accept": "application/json", "idempotency-key": f"n{said['endpoint']}"}
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app),
        base_url="http://clothingline.test",
        headers=headers,
        cookies={COOKIE: actor.token},
    ) as browser:
        return await browser.post("/t/kabar", data=said)


async def count() -> int:
    """How many browsers are known."""
    async with db.transaction() as session:
        return int((await session.scalars(select(func.count()).select_from(PushTarget))).one())


async def told(street: Street, pusher: push.Kept) -> list[dict[str, Any]]:
    """What is sent when an order is placed."""
    await street.placed()
    return [json.loads(message) for _, message in pusher.sent]


async def test_the_phone_of_whoever_is_asked_is_told_what_it_pays_and_until_when(
    app: FastAPI, street: Street, pusher: push.Kept
) -> None:
    asked, other = (street.people[one.id] for one in street.tailors[:2])
    assert (await turn_on(app, asked, Phone().said(ENDPOINT))).json() == {"to": "/t"}
    await turn_on(app, other, Phone().said(f"{ENDPOINT}-2"))
    [message] = await told(street, pusher)
    [offer] = await street.offers((await street.rina.get("/v1/orders")).json()["data"][0]["id"], kind="tailor")
    assert pusher.sent[0][0].endpoint == ENDPOINT
    assert (message["title"], message["path"]) == ("Tawaran baru", f"/t/tawaran/{offer['id']}")
    assert "12 potong. Upah Rp" in message["body"]
    assert message["silent"] is is_quiet(await now())
    assert "Rina" not in json.dumps(message)


async def test_a_device_that_was_signed_out_is_told_nothing(app: FastAPI, street: Street, pusher: push.Kept) -> None:
    asked = street.people[street.tailors[0].id]
    await turn_on(app, asked, Phone().said(ENDPOINT))
    [here] = (await asked.get("/v1/sessions")).json()["data"]
    await asked.call("DELETE", f"/v1/sessions/{here['id']}")
    assert await told(street, pusher) == []


async def test_a_browser_that_takes_no_more_is_forgotten(app: FastAPI, street: Street, pusher: push.Kept) -> None:
    await turn_on(app, street.people[street.tailors[0].id], Phone().said(ENDPOINT))
    pusher.gone.add(ENDPOINT)
    assert await told(street, pusher) == []
    assert await count() == 0


async def test_the_same_browser_of_somebody_else_is_theirs_now(app: FastAPI, street: Street, pusher: push.Kept) -> None:
    first, second = (street.people[one.id] for one in street.tailors[:2])
    await turn_on(app, first, Phone().said(ENDPOINT))
    await turn_on(app, second, Phone().said(ENDPOINT))
    assert await count() == 1
    assert await told(street, pusher) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": "https://127.0.0.1/x"},
        {"endpoint": "http://push.contoh.net/x"},
        {"p256dh": "AAAA"},
        {"auth": "not base64!"},
    ],
)
async def test_an_address_of_our_own_network_and_keys_that_are_none_are_refused(
    app: FastAPI, street: Street, wrong: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings().notices, "reach_private", False)
    refused = await turn_on(app, street.people[street.tailors[0].id], Phone().said(ENDPOINT) | wrong)
    assert refused.status_code == 422
    assert await count() == 0


@pytest.fixture
def sender() -> push.WebPusher:
    """Sends to this machine."""
    return push.WebPusher(ROOT, subject="mailto:kami@contoh.id", private=True)


async def test_a_message_can_be_read_by_its_browser_alone_and_is_signed_by_us(sender: push.WebPusher) -> None:
    phone = Phone()
    async with receiver(answer(201)) as service:
        target = push.Target(service.url, phone.public, b"sixteen secrets!")
        assert await sender.push(target, b'{"title":"Tawaran baru"}')
    [request] = service.got
    assert b"Tawaran" not in request.body
    assert phone.read(request.body) == {"title": "Tawaran baru"}
    with pytest.raises(Exception, match=r".+"):
        Phone().read(request.body)
    assert Vapid02.verify(request.headers["authorization"])
    assert request.headers["authorization"].endswith(f"k={sender.key}")
    assert (request.headers["content-encoding"], request.headers["ttl"]) == ("aes128gcm", "86400")


async def test_our_key_is_the_same_after_every_start(sender: push.WebPusher) -> None:
    again = push.WebPusher(ROOT, subject="mailto:kami@contoh.id")
    assert again.key == sender.key
    assert push.WebPusher(b"another", subject="mailto:kami@contoh.id").key != sender.key


@pytest.mark.parametrize("status", [404, 410])
async def test_a_service_may_say_that_a_browser_has_gone(sender: push.WebPusher, status: int) -> None:
    async with receiver(answer(status)) as service:
        assert not await sender.push(push.Target(service.url, Phone().public, b"sixteen secrets!"), b"{}")


@pytest.mark.parametrize("status", [429, 500])
async def test_a_service_that_is_busy_is_asked_again_later(sender: push.WebPusher, status: int) -> None:
    async with receiver(answer(status)) as service:
        with pytest.raises(NotPushed):
            await sender.push(push.Target(service.url, Phone().public, b"sixteen secrets!"), b"{}")
