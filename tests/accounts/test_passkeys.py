"""A key of a device in the place of a code: made once by its owner, right only here, now, and unspoiled."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select, update

from clothingline.accounts.models import Account, Passkey
from clothingline.kit import db
from tests.accounts.authenticator import PRESENT, Authenticator
from tests.cast import Cast
from tests.web.desk import OWN, Desk, desk_of, words_of

SITE = "http://clothingline.test"
Advance = Callable[..., Awaitable[None]]


@pytest.fixture
async def door(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A browser in which nobody has signed in."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=SITE, headers=OWN) as opened:
        yield opened


@pytest.fixture
async def rina(app: FastAPI, cast: Cast) -> Desk:
    """Rina at her browser."""
    return desk_of(app, await cast.sign_in("0812-3456-7801"))


def device(**spoiled: Any) -> Authenticator:
    """A device of somebody on our site."""
    return Authenticator(**{"origin": SITE, "host": "clothingline.test", **spoiled})


async def begin(client: httpx.AsyncClient, path: str) -> dict[str, Any]:
    answer = await client.post(f"{path}/mulai", headers={"idempotency-key": str(uuid4())})
    assert answer.status_code == 200, answer.text
    begun: dict[str, Any] = answer.json()
    return begun


async def send(client: httpx.AsyncClient, path: str, begun: dict[str, Any], credential: str, **more: str) -> Any:
    data = {"kunci": str(uuid4()), "challenge": begun["challenge"], "credential": credential, **more}
    return await client.post(path, data=data)


async def add(rina: Desk, key: Authenticator) -> httpx.Response:
    begun = await begin(rina.client, "/profil/kunci")
    made: httpx.Response = await send(rina.client, "/profil/kunci", begun, key.make(begun["options"]), name="HP saya")
    return made


async def knock(door: httpx.AsyncClient, key: Authenticator, **more: str) -> httpx.Response:
    begun = await begin(door, "/masuk/kunci")
    proven: httpx.Response = await send(door, "/masuk/kunci", begun, key.prove(begun["options"]), **more)
    return proven


async def test_a_key_that_was_made_on_the_profile_opens_the_door(rina: Desk, door: httpx.AsyncClient) -> None:
    key = device()
    assert "HP saya" in words_of(await rina.follow(await add(rina, key)))
    entered = await knock(door, key, lanjut="/ukuran-saya")
    assert (entered.status_code, entered.headers["location"]) == (303, "/ukuran-saya")
    assert "Rina Kartika" in (await door.get("/profil")).text
    assert "dipakai" in words_of(await rina.page("/profil"))


async def test_a_challenge_is_answered_once(rina: Desk, door: httpx.AsyncClient) -> None:
    key = device()
    await add(rina, key)
    begun = await begin(door, "/masuk/kunci")
    proof = key.prove(begun["options"])
    assert (await send(door, "/masuk/kunci", begun, proof)).status_code == 303
    again = await send(door, "/masuk/kunci", begun, proof)
    assert (again.status_code, "Kunci ini tidak dikenal" in again.text) == (401, True)


async def test_a_challenge_ends_after_five_minutes(rina: Desk, door: httpx.AsyncClient, advance: Advance) -> None:
    key = device()
    await add(rina, key)
    begun = await begin(door, "/masuk/kunci")
    await advance(minutes=5)
    assert (await send(door, "/masuk/kunci", begun, key.prove(begun["options"]))).status_code == 401


SPOILED: dict[str, dict[str, Any]] = {
    "made for another site": {"host": "elsewhere.test"},
    "sent from another site": {"origin": "http://elsewhere.test"},
    "nobody looked at the device": {"flags": PRESENT},
}


@pytest.mark.parametrize("how", SPOILED)
async def test_a_spoiled_answer_neither_makes_a_key_nor_opens(rina: Desk, door: httpx.AsyncClient, how: str) -> None:
    assert (await add(rina, device(**SPOILED[how]))).status_code == 401
    key = device()
    await add(rina, key)
    for name, value in SPOILED[how].items():
        setattr(key, name, value)
    assert (await knock(door, key)).status_code == 401
    assert (await door.get("/profil")).status_code == 303


async def test_a_stranger_with_the_id_of_a_key_does_not_get_in(rina: Desk, door: httpx.AsyncClient) -> None:
    key = device()
    await add(rina, key)
    assert (await knock(door, device(credential_id=key.credential_id))).status_code == 401
    assert (await knock(door, device())).status_code == 401


async def test_a_copied_key_is_refused_where_keys_count(rina: Desk, door: httpx.AsyncClient) -> None:
    key = device()
    await add(rina, key)
    assert (await knock(door, key)).status_code == 303
    key.counter = 0
    assert (await knock(door, key)).status_code == 401


async def test_the_challenge_of_one_account_makes_no_key_for_another(app: FastAPI, cast: Cast, rina: Desk) -> None:
    ani = desk_of(app, await cast.sign_in("0812-3456-7877", "Ani"))
    begun = await begin(ani.client, "/profil/kunci")
    credential = device().make(begun["options"])
    assert (await send(rina.client, "/profil/kunci", begun, credential, name="HP")).status_code == 401


async def test_a_key_belongs_to_one_account(app: FastAPI, cast: Cast, rina: Desk) -> None:
    key = device()
    await add(rina, key)
    ani = desk_of(app, await cast.sign_in("0812-3456-7877", "Ani"))
    assert (await add(ani, key)).status_code == 409


async def test_a_removed_key_opens_nothing_and_others_cannot_remove_it(
    app: FastAPI, cast: Cast, rina: Desk, door: httpx.AsyncClient
) -> None:
    key = device()
    await add(rina, key)
    path = "/profil/kunci/" + (await rina.page("/profil")).split("/profil/kunci/psk_")[1].split('"')[0]
    path = path.replace("/kunci/", "/kunci/psk_")
    ani = desk_of(app, await cast.sign_in("0812-3456-7877", "Ani"))
    assert (await ani.client.post(path, data={"kunci": "k-1"})).status_code == 404
    assert "Kunci dihapus." in await rina.follow(await rina.send(path, on="/profil"))
    assert (await knock(door, key)).status_code == 401


async def test_a_closed_account_is_not_opened(rina: Desk, door: httpx.AsyncClient) -> None:
    key = device()
    await add(rina, key)
    async with db.transaction() as session:
        held = select(Passkey.account_id).scalar_subquery()
        closed = update(Account).where(Account.id == held).values(disabled_at=Account.created_at + timedelta(0))
        await session.execute(closed)
    assert (await knock(door, key)).status_code == 401


@pytest.mark.parametrize("nonsense", ["", "{}", "[]", '{"id": 1}', '{"id": "abc", "response": {}}', "\u0000"])
async def test_nonsense_is_refused_in_words(door: httpx.AsyncClient, nonsense: str) -> None:
    begun = await begin(door, "/masuk/kunci")
    answer = await send(door, "/masuk/kunci", begun, nonsense)
    assert answer.status_code in (401, 422)
    assert "Perlu diperbaiki" in answer.text
