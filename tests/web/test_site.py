"""Where the site is: in production the settings say it, whatever a request says of itself."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
import pytest
from fastapi import FastAPI

from clothingline.app import create_app
from clothingline.integrations.messaging import ConsoleMessenger
from clothingline.kit import db
from clothingline.kit.http.site import Site
from clothingline.settings import Settings
from tests.conftest import HOME

Drain = Callable[[], Awaitable[None]]
PUBLIC = "https://baju.test"
BEHIND = "http://baju.test"
"""What a request says of itself behind a proxy that took the encryption off."""
OWN = {"sec-fetch-site": "same-origin", "accept": "text/html"}


@pytest.fixture
def production(database: db.Database, messages: ConsoleMessenger) -> FastAPI:
    """The application as it runs in production."""
    return create_app(Settings(environment="production", home=HOME, public_url=PUBLIC + "/"))


def browser_at(app: FastAPI, base: str, **headers: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=base, headers={**OWN, **headers})


@pytest.fixture
async def browser(production: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A browser whose requests come through a proxy."""
    async with browser_at(production, BEHIND) as opened:
        yield opened


def cookies_of(answer: httpx.Response) -> dict[str, str]:
    """What an answer puts into the browser, by name."""
    return {one.partition("=")[0]: one.lower() for one in answer.headers.get_list("set-cookie")}


async def sign_in(browser: httpx.AsyncClient, drain: Drain, messages: ConsoleMessenger) -> httpx.Response:
    asked = await browser.post("/masuk", data={"kunci": "a", "phone": "0812-3456-7801"})
    await drain()
    code = re.search(r"\d{6}", messages.sent[-1][1])
    assert code
    number = asked.headers["set-cookie"].partition(";")[0]
    data = {"kunci": "b", "code": code[0], "name": "Rina"}
    return await browser.post("/masuk/kode", data=data, headers={"cookie": number})


async def test_in_production_the_cookie_of_a_session_is_bound_to_the_host_and_to_encryption(
    browser: httpx.AsyncClient, drain: Drain, messages: ConsoleMessenger
) -> None:
    answer = await sign_in(browser, drain, messages)
    [name] = cookies_of(answer)
    said = cookies_of(answer)[name]
    assert name == "__Host-sesi"
    assert all(word in said for word in ("; secure", "; httponly", "; path=/", "samesite=lax"))
    assert "domain" not in said
    token = answer.headers["set-cookie"].partition("=")[2].partition(";")[0]
    for name, status in (("__Host-sesi", 200), ("sesi", 303)):
        shown = await browser.get("/profil", headers={"cookie": f"{name}={token}"})
        assert (name, shown.status_code) == (name, status)
    left = await browser.post("/keluar", data={"kunci": "c"}, headers={"cookie": f"__Host-sesi={token}"})
    assert "max-age=0" in cookies_of(left)["__Host-sesi"]
    assert "; secure" in cookies_of(left)["__Host-sesi"]


async def test_in_production_every_cookie_and_the_answer_itself_stay_encrypted(browser: httpx.AsyncClient) -> None:
    told = [
        await browser.post("/masuk", data={"kunci": "a", "phone": "0812-3456-7801"}),
        await browser.get("/bahasa/en"),
        await browser.get("/tema/gelap"),
    ]
    found = {name: said for answer in told for name, said in cookies_of(answer).items()}
    assert set(found) == {"nomor", "bahasa", "tema"}
    assert [name for name, said in found.items() if "; secure" not in said] == []
    assert "max-age" in told[0].headers["strict-transport-security"]


async def test_elsewhere_cookies_follow_the_request(app: FastAPI) -> None:
    for base, secure in (("http://dekat.test", False), ("https://dekat.test", True)):
        async with browser_at(app, base) as near:
            said = cookies_of(await near.get("/tema/gelap"))["tema"]
        assert ("; secure" in said) is secure


@pytest.mark.parametrize("path", ["/", "/masuk", "/v1/designs", "/t", "/static/x"])
async def test_in_production_another_host_is_not_served(production: FastAPI, path: str) -> None:
    async with browser_at(production, "http://lain.test") as astray:
        answer = await astray.get(path)
    assert (answer.status_code, answer.json()["code"]) == (421, "other_host")
    assert "content-security-policy" in answer.headers


async def test_in_production_a_host_that_cannot_be_read_is_another(production: FastAPI) -> None:
    async with browser_at(production, "http://lain.test", host="[::1") as astray:
        assert (await astray.get("/masuk")).status_code == 421


async def test_in_production_programs_on_the_same_machine_reach_it_by_its_own_name(production: FastAPI) -> None:
    async with browser_at(production, "http://127.0.0.1:8000", accept="application/json") as program:
        assert (await program.get("/v1/regencies")).status_code == 200


async def test_in_production_those_who_watch_may_ask_by_the_address_of_the_machine(production: FastAPI) -> None:
    async with browser_at(production, "http://10.1.2.3:8000") as watcher:
        assert (await watcher.get("/healthz")).status_code == 200
        assert (await watcher.get("/readyz")).status_code == 200


async def test_in_production_a_key_is_made_for_the_public_address(browser: httpx.AsyncClient) -> None:
    asked = await browser.post("/masuk/kunci/mulai", data={"kunci": "a"})
    assert asked.json()["options"]["rpId"] == "baju.test"


async def test_in_production_a_form_is_ours_only_when_it_comes_from_the_public_origin(production: FastAPI) -> None:
    for origin, status in ((PUBLIC, 303), (BEHIND, 403), ("https://lain.test", 403)):
        async with browser_at(production, BEHIND, origin=origin) as older:
            del older.headers["sec-fetch-site"]
            answer = await older.post("/masuk", data={"kunci": origin[-9:], "phone": "0812-3456-7801"})
        assert (origin, answer.status_code) == (origin, status)


@pytest.mark.parametrize("address", ["https://Baju.Test", "https://baju.test:443"])
def test_the_site_is_named_as_a_browser_names_its_origin(address: str) -> None:
    assert Site.at(address).origin == PUBLIC
