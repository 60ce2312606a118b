"""The calendar and the money on a tailor's phone."""

from datetime import date, timedelta
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import select

from clothingline.kit import db
from clothingline.kit.weeks import monday_of
from clothingline.payouts.models import Payee
from clothingline.tailors import service
from clothingline.tailors.models import Tailor, TailorDayOff, TailorWeek
from tests.routing.street import Street, today
from tests.web.tailor.conftest import Phone
from tests.web.tailor.posting import send, words_of

HOME = "/t/kalender"


@pytest.fixture
def tailor(street: Street) -> Tailor:
    """The first tailor of the street."""
    return street.tailors[0]


@pytest.fixture
def browser(street: Street, tailor: Tailor, phone: Phone) -> httpx.AsyncClient:
    """Their phone."""
    return phone(street.people[tailor.id])


async def open_day() -> date:
    """A Tuesday of next week."""
    return monday_of(await today()) + timedelta(days=8)


async def days_off(tailor: Tailor) -> set[date]:
    """The days that the tailor has closed."""
    async with db.transaction() as session:
        return set(await session.scalars(select(TailorDayOff.day).where(TailorDayOff.tailor_id == tailor.id)))


async def test_a_day_is_full_at_once_and_free_again(browser: httpx.AsyncClient, tailor: Tailor) -> None:
    day = await open_day()
    answer = await send(browser, await browser.get(HOME), f"{HOME}/{day}/penuh")
    assert answer.headers["location"] == HOME
    assert await days_off(tailor) == {day}
    page = await browser.get(HOME)
    assert f'action="{HOME}/{day}/kosong"' in page.text
    assert "Hari itu sekarang penuh." in words_of(page)
    await send(browser, page, f"{HOME}/{day}/kosong")
    assert await days_off(tailor) == set()


async def test_fourteen_days_stand_in_the_list(browser: httpx.AsyncClient) -> None:
    page = await browser.get(HOME)
    assert page.text.count('<li class="day ') == 14


async def test_a_day_whose_work_is_promised_stays_free_and_the_ways_on_are_told(
    browser: httpx.AsyncClient, tailor: Tailor
) -> None:
    day = await open_day()
    page = await browser.get(HOME)
    claim = uuid4()
    async with db.transaction() as session:
        await service.ensure_weeks(session, tailors=[tailor], mondays=[monday_of(day)])
        week = await session.get_one(TailorWeek, (tailor.id, monday_of(day)))
        await service.hold_time(session, claim=claim, tailor_id=tailor.id, weeks={week.monday: week.declared})
        await service.book_time(session, claim=claim)
    refused = await send(browser, page, f"{HOME}/{day}/penuh")
    assert refused.status_code == 409
    assert "Pekerjaan yang sudah dijanjikan tidak muat tanpa hari ini." in words_of(refused)
    assert "Biarkan hari ini kosong" in words_of(refused)
    assert await days_off(tailor) == set()


async def test_hours_of_the_week_are_said_in_one_form(browser: httpx.AsyncClient, tailor: Tailor) -> None:
    page = await browser.get(HOME)
    answer = await send(browser, page, f"{HOME}/jam", hours="5", days=["0", "2"])  # type: ignore[arg-type]  # many of one name
    assert answer.status_code == 303
    async with db.transaction() as session:
        hours = (await session.get_one(Tailor, tailor.id)).weekday_seconds
    assert hours == [18_000, 0, 18_000, 0, 0, 0, 0]
    wrong = await send(browser, await browser.get(HOME), f"{HOME}/jam", hours="30")
    assert wrong.status_code == 422


async def test_rush_work_is_one_switch(browser: httpx.AsyncClient, tailor: Tailor) -> None:
    await send(browser, await browser.get(HOME), f"{HOME}/kilat/nyala")
    async with db.transaction() as session:
        assert (await session.get_one(Tailor, tailor.id)).rush
    page = await browser.get(HOME)
    assert f'action="{HOME}/kilat/mati"' in page.text
    assert (await browser.post(f"{HOME}/kilat/x", data={"kunci": "x"})).status_code == 404


async def test_the_calendar_changes_for_nobody_else(street: Street, phone: Phone, browser: httpx.AsyncClient) -> None:
    day, other = await open_day(), street.tailors[1]
    await send(browser, await browser.get(HOME), f"{HOME}/{day}/penuh")
    assert await days_off(other) == set()
    assert f"{HOME}/{day}/penuh" in (await phone(street.people[other.id]).get(HOME)).text


async def test_money_says_that_there_is_none_and_when_it_comes(browser: httpx.AsyncClient) -> None:
    words = words_of(await browser.get("/t/uang"))
    assert "Belum ada penghasilan." in words
    assert "Belum ada rekening." in words


async def test_whoever_was_taken_in_without_an_account_registers_one_where_the_money_stands(
    browser: httpx.AsyncClient, tailor: Tailor
) -> None:
    answer = await send(browser, await browser.get("/t/uang"), "/t/uang/rekening")
    assert answer.headers["location"] == "/t/uang"
    async with db.transaction() as session:
        assert (await session.get_one(Payee, tailor.id)).state == "invited"
    page = await browser.get("/t/uang")
    assert "Rekening sedang disiapkan." in words_of(page)
    assert 'action="/t/uang/rekening"' not in page.text
    async with db.transaction() as session:
        (await session.get_one(Payee, tailor.id)).provider_account = "acct_kirim"
    assert 'action="/t/daftar/selesai/rekening"' in (await browser.get("/t/uang")).text


async def test_a_letter_without_anything_earned_says_what_to_do(browser: httpx.AsyncClient) -> None:
    page = await browser.get("/t/uang/surat")
    refused = await send(browser, page, "/t/uang/surat", months="3")
    assert refused.status_code in {409, 422}
    assert "Ada yang perlu diperbaiki" in words_of(refused)


async def test_the_transfer_of_somebody_else_is_a_missing_page(browser: httpx.AsyncClient) -> None:
    for path in ("/t/uang/out_01kt08000000000000000000aa", "/surat/doc_01kt08000000000000000000aa"):
        assert (await browser.get(path)).status_code == 404
