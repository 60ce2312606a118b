"""Trying the service on one machine: the accounts of the pilot and the messages to their phones."""

from collections.abc import Awaitable, Callable

import httpx
import pytest
from fastapi import FastAPI
from markupsafe import escape

from clothingline.integrations import messaging
from clothingline.pilot import rows
from clothingline.settings import settings

HTML = {"accept": "text/html", "sec-fetch-site": "same-origin"}


async def test_each_person_of_the_pilot_is_a_link_to_the_door_with_their_number(client: httpx.AsyncClient) -> None:
    page = await client.get("/dev", headers=HTML)
    assert '<a href="/masuk?nomor=0812-0000-2001">Siti Rahayu</a>' in page.text
    assert 'value="0812-0000-2001"' in (await client.get("/masuk?nomor=0812-0000-2001", headers=HTML)).text


async def test_every_party_that_the_engine_may_choose_can_be_played(client: httpx.AsyncClient) -> None:
    page = (await client.get("/dev", headers=HTML)).text
    parties = [
        *((one.name, one.phone) for one in rows.tailors().values()),
        *((one.name, one.phone) for one in rows.brands().values()),
        *((one.name, one.phone) for one in rows.suppliers().values()),
    ]
    assert len(parties) > 50
    assert [name for name, phone in parties if f'/masuk?nomor={phone}">{escape(name)}</a>' not in page] == []


async def test_a_message_can_be_read_on_its_page(
    client: httpx.AsyncClient, drain: Callable[[], Awaitable[None]]
) -> None:
    assert "Belum ada pesan" in (await client.get("/dev/pesan", headers=HTML)).text
    await client.post("/masuk", data={"kunci": "k", "phone": "0812-0000-2001"}, headers=HTML)
    await drain()
    assert "+6281200002001" in (await client.get("/dev/pesan", headers=HTML)).text


@pytest.mark.parametrize("path", ["/dev", "/dev/pesan"])
async def test_where_messages_are_really_sent_there_is_nothing_to_practise_with(
    app: FastAPI, client: httpx.AsyncClient, path: str
) -> None:
    messaging.use(messaging.GatewayMessenger("http://gateway.test", "t"))
    assert (await client.get(path, headers=HTML)).status_code == 404


@pytest.mark.parametrize("path", ["/dev", "/dev/pesan"])
async def test_production_has_no_practice_pages(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(settings(), "environment", "production")
    assert (await client.get(path, headers=HTML)).status_code == 404
