"""Signing in by pages, and the rules that every page keeps: whose form it is, once, and with nothing lost."""

import base64
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
import pytest
from fastapi import FastAPI

from clothingline.accounts.pages import own_path
from clothingline.integrations.messaging import ConsoleMessenger

OWN = {"sec-fetch-site": "same-origin", "accept": "text/html"}
PHONE = "0812-3456-7801"
Drain = Callable[[], Awaitable[None]]


@pytest.fixture
async def browser(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody with a browser that keeps cookies and says where its requests come from."""
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://clothingline.test", headers=OWN
    ) as opened:
        yield opened


def key_in(page: str) -> str:
    """The key of the first form of a page."""
    found = re.search(r'name="kunci" value="(\w+)"', page)
    assert found
    return found[1]


async def ask_for_a_code(browser: httpx.AsyncClient, phone: str = PHONE, **more: str) -> httpx.Response:
    page = await browser.get("/masuk")
    return await browser.post("/masuk", data={"kunci": key_in(page.text), "phone": phone, **more})


async def enter(browser: httpx.AsyncClient, drain: Drain, messages: ConsoleMessenger, **more: str) -> httpx.Response:
    await ask_for_a_code(browser)
    await drain()
    code = re.search(r"\d{6}", messages.sent[-1][1])
    assert code
    page = await browser.get("/masuk/kode")
    data = {"kunci": key_in(page.text), "code": code[0], "name": "Rina", **more}
    return await browser.post("/masuk/kode", data=data)


async def test_a_phone_and_the_code_of_its_message_open_a_session(
    browser: httpx.AsyncClient, drain: Drain, messages: ConsoleMessenger
) -> None:
    answer = await enter(browser, drain, messages)
    assert (answer.status_code, answer.headers["location"]) == (303, "/pesanan")
    assert "httponly" in answer.headers["set-cookie"].lower()
    left = await browser.post("/keluar", data={"kunci": "keluar-1"})
    assert (left.status_code, left.headers["clear-site-data"]) == (303, '"cache", "storage"')


async def test_a_browser_that_signs_in_is_listed_by_a_name_that_people_know(
    browser: httpx.AsyncClient, drain: Drain, messages: ConsoleMessenger
) -> None:
    browser.headers["user-agent"] = (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36"
    )
    await enter(browser, drain, messages)
    assert "<strong>Windows · Chrome</strong>" in (await browser.get("/profil")).text


async def test_the_code_comes_in_the_language_of_the_page_on_which_it_was_asked_for(
    browser: httpx.AsyncClient, drain: Drain, messages: ConsoleMessenger
) -> None:
    for language, said in (("id", "adalah kode masuk"), ("en", "is your clothingline sign-in code")):
        await browser.get(f"/bahasa/{language}")
        await ask_for_a_code(browser)
        await drain()
        assert said in messages.sent[-1][1]
    asked = {"accept-language": "en", "idempotency-key": "a-1"}
    await browser.post("/v1/sign-in-codes", json={"phone": "0812-3456-7802"}, headers=asked)
    await drain()
    assert "is your clothingline sign-in code" in messages.sent[-1][1]


async def test_the_cookie_of_the_pages_opens_nothing_of_the_api(
    browser: httpx.AsyncClient, drain: Drain, messages: ConsoleMessenger
) -> None:
    await enter(browser, drain, messages)
    assert (await browser.get("/v1/me")).status_code == 401


async def test_after_sign_in_the_way_leads_to_the_page_that_was_wanted_and_never_to_another_site(
    browser: httpx.AsyncClient, drain: Drain, messages: ConsoleMessenger
) -> None:
    assert (await enter(browser, drain, messages, lanjut="/api?x=1")).headers["location"] == "/api?x=1"
    assert own_path("https://elsewhere.test/") is None
    assert own_path("//elsewhere.test") is None
    for path in ("/\\elsewhere.test", "/\t/elsewhere.test", "/\n/elsewhere.test", "/\t/["):
        assert own_path(path) is None


async def test_the_way_after_sign_in_keeps_its_whole_question(browser: httpx.AsyncClient) -> None:
    answer = await ask_for_a_code(browser, lanjut="/admin/cari?q=a&jenis=b")
    assert "/admin/cari?q=a&amp;jenis=b" in (await browser.get(answer.headers["location"])).text


async def test_a_toast_is_plain_words_in_the_language_of_the_reader(browser: httpx.AsyncClient) -> None:
    for said, shown in (("Anda sudah keluar.", "You have signed out."), ("<b>%(x)s", "&lt;b&gt;&lt;i&gt;")):
        told = json.dumps({"said": said, "undo": None, "values": {"x": "<i>"}})
        cookies = f"bahasa=en; pesan={base64.urlsafe_b64encode(told.encode()).decode()}"
        assert f"<p>{shown}</p>" in (await browser.get("/masuk", headers={"cookie": cookies})).text


async def test_a_form_that_does_not_fit_is_shown_again_with_what_was_typed(browser: httpx.AsyncClient) -> None:
    answer = await ask_for_a_code(browser, phone='08 "><b>')
    assert answer.status_code == 422
    assert "Tulis nomor telepon lengkap" in answer.text
    assert "08 &#34;&gt;&lt;b&gt;" in answer.text
    empty = await ask_for_a_code(browser, phone="")
    assert (empty.status_code, "wajib diisi." in empty.text) == (422, True)


async def test_a_form_of_another_site_is_refused(browser: httpx.AsyncClient) -> None:
    data = {"kunci": "k", "phone": PHONE}
    for said in ({"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}):
        assert (await browser.post("/masuk", data=data, headers=said)).status_code == 403
    del browser.headers["sec-fetch-site"]
    assert (await browser.post("/masuk", data=data)).status_code == 403
    assert (await browser.post("/masuk", data=data, headers={"origin": "http://elsewhere.test"})).status_code == 403
    assert (await browser.post("/masuk", data=data, headers={"origin": "http://clothingline.test"})).status_code == 303


async def test_a_form_sent_twice_is_carried_out_once(
    browser: httpx.AsyncClient, drain: Drain, messages: ConsoleMessenger
) -> None:
    page = await browser.get("/masuk")
    data = {"kunci": key_in(page.text), "phone": PHONE}
    first, second = [await browser.post("/masuk", data=data) for _ in range(2)]
    assert (first.status_code, second.status_code) == (303, 303)
    assert second.headers["idempotent-replayed"] == "true"
    await drain()
    assert len(messages.sent) == 1


async def test_a_wrong_code_says_so_and_keeps_the_page(browser: httpx.AsyncClient) -> None:
    await ask_for_a_code(browser)
    page = await browser.get("/masuk/kode")
    answer = await browser.post("/masuk/kode", data={"kunci": key_in(page.text), "code": "000000"})
    assert answer.status_code in (400, 401, 403, 409, 422)
    assert 'action="/masuk/kode"' in answer.text


async def test_whoever_is_not_signed_in_is_led_to_the_door(browser: httpx.AsyncClient) -> None:
    answer = await browser.post("/keluar", data={"kunci": "k"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/masuk?lanjut=/")


async def test_words_are_english_for_whoever_chose_so(browser: httpx.AsyncClient) -> None:
    assert "WhatsApp Anda?" in (await browser.get("/masuk")).text
    chosen = await browser.get("/bahasa/en?kembali=/masuk")
    assert chosen.headers["location"] == "/masuk"
    page = await browser.get("/masuk")
    assert "What is your WhatsApp number?" in page.text
    assert '<html lang="en"' in page.text


async def test_assets_are_kept_for_ever_under_the_name_of_their_content(browser: httpx.AsyncClient) -> None:
    sheet = re.search(r'href="(/static/\w+/style\.css)"', (await browser.get("/")).text)
    assert sheet
    answer = await browser.get(sheet[1])
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-encoding"] == "gzip"
    assert (await browser.get("/static/000000000000/style.css")).status_code == 404
    assert (await browser.get(sheet[1].replace("style.css", "js/htmx.js"))).status_code == 200


async def test_a_page_may_load_our_own_files_only(browser: httpx.AsyncClient) -> None:
    policy = (await browser.get("/masuk")).headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
