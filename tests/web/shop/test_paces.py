"""Nobody pumps messages, drafts, guesses or the engine's thought; who is refused is told when to try again."""

from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI

from clothingline.integrations.messaging import ConsoleMessenger
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.settings import settings
from tests.cast import Cast
from tests.routing.street import count
from tests.web.desk import OWN, Desk, words_of
from tests.web.shop.shopper import SHIRT, Shopper

CODES = "SELECT count(*) FROM sign_in_code"
NEAR, FAR = "36.66.1.9", "36.66.1.10"


def desk_at(app: FastAPI, address: str) -> Desk:
    transport = httpx.ASGITransport(app, client=(address, 4711))
    return Desk(httpx.AsyncClient(transport=transport, base_url="http://clothingline.test", headers=OWN))


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two of everything an hour for one address."""
    for name in ("codes", "proofs", "drafts", "sketches", "order_guesses"):
        monkeypatch.setattr(settings().paces, name, 2)


async def ask(desk: Desk, phone: str) -> httpx.Response:
    return await desk.send("/masuk", on="/masuk", phone=phone)


async def test_an_address_asks_for_so_many_codes_whatever_the_numbers(app: FastAPI, few: None) -> None:
    near = desk_at(app, NEAR)
    assert [(await ask(near, f"0812-3456-780{n}")).status_code for n in range(2)] == [303, 303]
    refused = await ask(near, "0812-3456-7805")
    assert (refused.status_code, await count(CODES)) == (429, 2)
    assert 1700 < int(refused.headers["retry-after"]) <= 1800
    assert "Permintaan ini sudah terlalu sering. Coba lagi 30 menit lagi." in words_of(refused.text)
    assert 'value="0812-3456-7805"' in refused.text
    assert (await ask(desk_at(app, FAR), "0812-3456-7805")).status_code == 303


async def test_the_refusal_is_the_same_for_a_number_with_an_account_and_for_one_without(
    app: FastAPI, few: None, cast: Cast
) -> None:
    await cast.sign_in("0812-3456-7801", "Rina Kartika")
    near = desk_at(app, NEAR)
    assert [(await ask(near, f"0812-3456-780{n}")).status_code for n in range(2, 4)] == [303, 303]
    refused = [words_of((await ask(near, phone)).text) for phone in ("0812-3456-7801", "0899-9999-9999")]
    assert "terlalu sering" in refused[0]
    assert refused[0] == refused[1]


async def test_a_number_gets_so_many_codes_from_all_addresses_together(
    app: FastAPI, database: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings().sign_in, "codes_per_hour", 2)
    desks = [desk_at(app, f"36.66.1.{n}") for n in range(3)]
    assert [(await ask(one, "0812-3456-7801")).status_code for one in desks] == [303, 303, 429]


async def test_all_together_get_so_many_codes_in_an_hour(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings().paces, "codes_of_all", 2)
    desks = [desk_at(app, f"36.66.1.{n}") for n in range(3)]
    asked = [(await ask(one, f"0812-3456-780{n}")).status_code for n, one in enumerate(desks)]
    assert (asked, await count(CODES)) == ([303, 303, 429], 2)


async def test_programs_are_counted_with_the_pages(app: FastAPI, few: None) -> None:
    near = desk_at(app, NEAR)
    assert (await ask(near, "0812-3456-7801")).status_code == 303
    asked = [await post(near, "/v1/sign-in-codes", phone=f"081234567{n}01") for n in (1, 2)]
    assert [one.status_code for one in asked] == [202, 429]
    assert asked[1].json()["retry_after"] == int(asked[1].headers["retry-after"]) > 1


async def post(desk: Desk, path: str, **body: str) -> httpx.Response:
    return await desk.client.post(path, json=body, headers={"idempotency-key": str(uuid4())})


async def test_passwords_are_tried_so_often_for_a_number_known_or_not_and_wrong_tries_count(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings().paces, "passwords", 2)
    for phone in ("0812-3456-7801", "0899-9999-9999"):
        tries = [
            await post(
                desk_at(app, f"36.66.1.{n}"), "/v1/sessions", phone=phone, password="salah-sekali-lagi", device="HP"
            )
            for n in range(3)
        ]
        assert [one.status_code for one in tries] == [401, 401, 429]


async def test_keys_are_asked_for_so_often_from_an_address(app: FastAPI, few: None) -> None:
    near = desk_at(app, NEAR)
    asked = [await near.client.post("/masuk/kunci/mulai", data={"kunci": f"k{n}"}) for n in range(3)]
    assert [one.status_code for one in asked] == [200, 200, 429]


async def test_drafts_are_begun_so_often_and_the_refusal_says_when_to_go_on(app: FastAPI, few: None) -> None:
    near = desk_at(app, NEAR)
    on = f"/desain/{SHIRT}"
    begun = [await near.send("/pesan/baru", on=on) for _ in range(3)]
    assert [one.status_code for one in begun] == [303, 303, 429]
    assert "Coba lagi 30 menit lagi." in words_of(begun[2].text)
    assert int(begun[2].headers["retry-after"]) > 1700


async def test_the_engine_is_asked_so_often_and_the_answers_are_kept_meanwhile(
    app: FastAPI, few: None, messages: ConsoleMessenger, provider: FakeProvider
) -> None:
    shopper = Shopper(desk_at(app, NEAR), messages, provider)
    await shopper.plan()
    asked = [await shopper.desk.client.get(shopper.at("rencana")) for _ in range(3)]
    assert [one.status_code for one in asked] == [200, 200, 429]
    assert "Coba lagi 30 menit lagi." in words_of(asked[2].text)
    assert 'value="calm" checked' in await shopper.desk.page(shopper.at("tanggal"))
    shopper.desk.client = desk_at(app, FAR).client
    assert "Pilih" in await shopper.read("rencana")


async def test_orders_are_sought_so_often_from_an_address_whatever_the_codes(app: FastAPI, few: None) -> None:
    near = desk_at(app, NEAR)
    sought = [
        await near.send("/lacak", on="/lacak", code=f"CL-2026-000{n}", phone=f"0812-3456-780{n}") for n in range(3)
    ]
    assert [one.status_code for one in sought] == [422, 422, 429]
