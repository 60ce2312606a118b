"""Signing up as a tailor by pages: one question each, kept at once, resumed where it stopped."""

import re
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from clothingline.integrations.messaging import ConsoleMessenger
from clothingline.joining.models import Step, TailorApplication
from clothingline.kit import db
from clothingline.kit.access import Role
from tests.cast import Cast
from tests.parties import make_tailor, member
from tests.web.joining.signing_up import START, Drain, Newcomer
from tests.web.tailor.posting import send

NUMBER = "0812-3456-7891"
ANSWERS: dict[str, dict[str, Any]] = {
    "nama": {"name": "Nining Yuningsih"},
    "tempat": {"town": "Cimahi"},
    "keahlian": {"garments": ["kemeja", "gamis"]},
    "mesin": {"machines": ["lockstitch", "overlock"]},
    "potong": {"weekly_pieces": "12"},
    "hari": {"weekdays": ["1", "2", "3"]},
    "sertifikat": {"lewati": "true"},
    "rekening": {"lewati": "true"},
}


@pytest.fixture
async def nining(browser: httpx.AsyncClient, drain: Drain, messages: ConsoleMessenger) -> Newcomer:
    """A number that nobody knows yet, signed in."""
    newcomer = Newcomer(browser, drain, messages, NUMBER)
    assert await newcomer.come_in() == START
    return newcomer


async def application() -> TailorApplication:
    async with db.transaction() as session:
        return (await session.scalars(select(TailorApplication))).one()


async def test_each_answer_leads_to_the_next_question_and_the_last_one_to_the_list(nining: Newcomer) -> None:
    seen = [await nining.resume()]
    for step, fields in ANSWERS.items():
        assert seen[-1] == f"{START}/{step}"
        seen.append(await nining.answer(step, **fields))
        assert await nining.resume() == seen[-1]
    assert seen[-1] == f"{START}/selesai"
    kept = await application()
    assert (kept.regency_code, kept.garments, kept.weekly_pieces) == ("32.77", ["kemeja", "gamis"], 12)
    assert (kept.machines, kept.weekdays) == (["lockstitch", "overlock"], [1, 2, 3])


async def test_whoever_asks_for_their_name_themselves_is_not_asked_at_the_door(browser: httpx.AsyncClient) -> None:
    browser.cookies.set("nomor", "+6281234567891")
    assert 'name="name"' not in (await browser.get(f"/masuk/kode?lanjut={START}")).text
    assert 'name="name"' in (await browser.get("/masuk/kode")).text


async def test_another_phone_goes_on_where_the_first_one_stopped(
    nining: Newcomer, cast: Cast, browser: httpx.AsyncClient
) -> None:
    await nining.answer("nama", name="Nining")
    await nining.answer("tempat", lewati="true")
    again = await cast.sign_in(NUMBER)
    browser.cookies.clear()
    browser.cookies.set("sesi", again.token)
    assert await nining.resume() == f"{START}/keahlian"
    assert "Langkah 3 dari 8" in await nining.words(f"{START}/keahlian")


async def test_a_town_that_fits_several_places_is_asked_again_with_those(nining: Newcomer) -> None:
    await nining.answer("nama", name="Nining")
    chosen = await nining.answer("tempat", town="bandung")
    assert chosen == f"{START}/tempat?cari=bandung"
    page = await nining.browser.get(chosen)
    assert "Kota Bandung" in page.text
    assert "Kabupaten Bandung" in page.text
    assert "Cimahi" not in page.text
    assert await nining.answer("tempat?cari=bandung", regency_code="32.73") == f"{START}/keahlian"


async def test_a_town_that_is_nowhere_is_said_and_kept_as_typed(nining: Newcomer) -> None:
    await nining.answer("nama", name="Nining")
    answer = await nining.send(f"{START}/tempat", town="Atlantis")
    assert (answer.status_code, "Atlantis" in answer.text) == (422, True)
    assert "Perlu diperbaiki: " in answer.text
    assert "Tulis nama kota atau kabupaten" in answer.text


@pytest.mark.parametrize("step", [Step.NAME, Step.SKILLS])
async def test_name_and_skills_offer_no_way_past_them(nining: Newcomer, step: Step) -> None:
    await nining.answer("nama", name="Nining")
    page = await nining.browser.get(f"{START}/{step}")
    assert "Lewati dulu" not in page.text
    assert (await nining.send(f"{START}/{step}", lewati="true")).status_code == 422
    assert (await nining.send(f"{START}/{step}")).status_code == 422


async def test_every_question_that_is_left_empty_says_what_to_do(nining: Newcomer) -> None:
    await nining.answer("nama", name="Nining")
    for step in (Step.PLACE, Step.SKILLS, Step.MACHINES, Step.PIECES, Step.DAYS):
        answer = await nining.send(f"{START}/{step}")
        assert answer.status_code == 422, step
        assert 'class="summary-of-errors"' in answer.text


async def test_the_list_says_what_is_missing_and_what_it_unlocks_and_hands_in(nining: Newcomer) -> None:
    for step in ("nama", "keahlian"):
        await nining.answer(step, **ANSWERS[step])
    words = await nining.words(f"{START}/selesai")
    assert "Mesin Tawaran yang cocok dengan mesin Anda. Perlu diisi" in words
    assert "Sertifikat Bisa menerima seragam" in words
    sent = await nining.send(f"{START}/selesai")
    assert sent.headers["location"] == f"{START}/selesai"
    assert (await application()).state == "applied"
    assert "Petugas memeriksa dalam 5 hari kerja" in await nining.words(f"{START}/selesai")
    assert await nining.answer("mesin", machines=["lockstitch"]) == f"{START}/tempat"


@pytest.mark.usefixtures("provider")
async def test_a_bank_account_is_prepared_at_the_provider_and_its_number_never_asked_here(nining: Newcomer) -> None:
    await nining.answer("nama", name="Nining")
    page = await nining.browser.get(f"{START}/rekening")
    assert 'type="text"' not in page.text
    assert await nining.answer("rekening") == f"{START}/tempat"
    assert "Rekening sedang disiapkan" in await nining.words(f"{START}/selesai")
    await nining.drain()
    linked = await send(nining.browser, await nining.browser.get(f"{START}/selesai"), f"{START}/selesai/rekening")
    assert linked.status_code == 200
    assert re.search(r'href="https?://[^"]+">Buka halaman penyedia', linked.text)


async def test_before_the_first_answer_every_other_page_leads_to_the_first(nining: Newcomer) -> None:
    for page in ("mesin", "selesai"):
        assert (await nining.browser.get(f"{START}/{page}")).headers["location"] == START
    assert (await nining.browser.get(f"{START}/tidakada")).status_code == 404
    assert (await nining.browser.post(f"{START}/mesin", data={"kunci": "m1", "lewati": "1"})).status_code == 404


async def test_whoever_sews_here_already_is_led_to_work(cast: Cast, browser: httpx.AsyncClient) -> None:
    async with db.transaction() as session:
        tailor = await make_tailor(session)
        siti = await member(cast, session, "0812-3456-7802", Role.TAILOR, tailor.id)
    browser.cookies.set("sesi", siti.token)
    assert (await browser.get(START)).headers["location"] == "/t"
    assert (await browser.get(f"{START}/nama")).headers["location"] == START
    begun = await browser.post(f"{START}/nama", data={"kunci": "n1", "name": "Siti"})
    assert (begun.status_code, begun.headers["location"]) == (303, START)
    async with db.transaction() as session:
        assert (await session.scalars(select(TailorApplication))).all() == []


async def test_a_garbled_answer_is_shown_again_with_what_was_typed(nining: Newcomer) -> None:
    await nining.answer("nama", name="Nining")
    answer = await nining.send(f"{START}/potong", weekly_pieces="banyak")
    assert (answer.status_code, 'value="banyak"' in answer.text) == (422, True)
