"""What somebody says about themselves on pages, and which devices are signed in."""

import httpx
import pytest
from fastapi import FastAPI

from clothingline.accounts.secrets import phone_number
from clothingline.pilot.cast import ADMIN
from tests.cast import Cast
from tests.web.desk import OWN, desk_of, words_of


async def test_name_and_language_are_changed_and_the_pages_follow(app: FastAPI, cast: Cast) -> None:
    rina = desk_of(app, await cast.sign_in("0812-3456-7801"))
    saved = await rina.send("/profil", on="/profil", name="Rina K.", language="en")
    page = await rina.follow(saved)
    assert '<html lang="en"' in page
    assert "Profile saved." in words_of(page)
    assert 'value="Rina K."' in page


async def test_a_name_that_is_empty_is_refused_and_kept_in_the_form(app: FastAPI, cast: Cast) -> None:
    rina = desk_of(app, await cast.sign_in("0812-3456-7801"))
    answer = await rina.send("/profil", on="/profil", name=" ", language="en")
    assert (answer.status_code, "Perlu diperbaiki" in answer.text) == (422, True)


async def test_another_device_is_signed_out_at_once(app: FastAPI, cast: Cast) -> None:
    lost = desk_of(app, await cast.sign_in("0812-3456-7801", device="HP lama"))
    rina = desk_of(app, await cast.sign_in("0812-3456-7801", device="HP baru"))
    page = await rina.page("/profil")
    assert page.count(">Keluarkan<") == 2
    assert words_of(page).index("HP baru perangkat ini") < words_of(page).index("HP lama")
    path = page.split("HP lama")[1].split('action="')[1].split('"')[0]
    sent = await rina.send(path, on="/profil")
    assert "clear-site-data" not in sent.headers
    assert "Perangkat itu sudah keluar." in await rina.follow(sent)
    assert (await lost.client.get("/profil")).status_code == 303


async def test_signing_this_device_out_makes_the_browser_forget_as_the_way_out_does(app: FastAPI, cast: Cast) -> None:
    for path in ("/keluar", None):
        rina = desk_of(app, await cast.sign_in("0812-3456-7801"))
        page = await rina.page("/profil")
        own = page.split('ok">perangkat ini')[1].split('action="')[1].split('"')[0]
        left = await rina.send(path or own, on="/profil")
        assert left.headers["clear-site-data"] == '"cache", "storage"'
        assert left.headers["location"] == "/"
        assert any(one.startswith('sesi=""') for one in left.headers.get_list("set-cookie"))


async def test_nobody_signs_out_the_device_of_another(app: FastAPI, cast: Cast) -> None:
    rina = desk_of(app, await cast.sign_in("0812-3456-7801"))
    path = (await rina.page("/profil")).split("/perangkat/")[1].split('"')[0]
    ani = desk_of(app, await cast.sign_in("0812-3456-7877", "Ani"))
    answer = await ani.client.post(f"/profil/perangkat/{path}", data={"kunci": "k-1"})
    assert answer.status_code == 404
    assert (await rina.client.get("/profil")).status_code == 200


@pytest.mark.parametrize("path", ["/privasi", "/bantuan", "/aksesibilitas", "/lacak"])
async def test_what_everybody_may_know_needs_no_sign_in(app: FastAPI, path: str) -> None:
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://clothingline.test", headers=OWN
    ) as client:
        assert (await client.get(path)).status_code == 200


async def test_help_with_an_order_names_it_and_a_person_to_write_to(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    from clothingline.settings import settings

    monkeypatch.setattr(settings(), "help_whatsapp", "+6281100001111")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://clothingline.test") as client:
        page = (await client.get("/bantuan", params={"pesanan": "CL-2606-0042"})).text
        without = (await client.get("/bantuan")).text
    assert "https://wa.me/6281100001111?text=Halo%2C%20saya%20bertanya%20tentang%20pesanan%20CL-2606-0042." in page
    assert 'href="https://wa.me/6281100001111"' in without
    assert "<strong>+6281100001111</strong>" in without, "who has no app for it can read the number"


async def test_where_nothing_is_real_the_officer_of_the_pilot_is_who_helps(app: FastAPI) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://clothingline.test") as client:
        page = (await client.get("/bantuan")).text
    assert f'href="tel:{phone_number(ADMIN.phone)}"' in page


async def test_help_without_a_number_names_who_helps_and_asks_nobody_to_write(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    from clothingline.settings import settings

    monkeypatch.setattr(settings(), "environment", "production")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://clothingline.test") as client:
        page = (await client.get("/bantuan", params={"pesanan": "CL-2606-0042"})).text
    assert "tulis kepada kami" not in page
    assert "tunjukkan kepada merek yang membuatnya atau kepada petugas program dalam 14 hari" in page
    assert 'href="/pesanan/CL-2606-0042"' in page
