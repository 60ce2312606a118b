"""The calendar and the money on a tailor's phone."""

from datetime import date, timedelta
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import select

from clothingline.integrations.payments.fake import FakeProvider, payees
from clothingline.kit import db
from clothingline.kit.access import Reach, Role
from clothingline.kit.clock import advance_business_time
from clothingline.kit.weeks import monday_of
from clothingline.payouts import service as payouts
from clothingline.payouts.models import Payee
from clothingline.tailors import service
from clothingline.tailors.models import Tailor, TailorDayOff, TailorWeek
from clothingline.tailors.seasons import next_season
from tests.payouts.stage import Drain
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


async def left_of(tailor: Tailor, day: date) -> int | None:
    """How much of a day is worked as the tailor has said, None for a day of which nothing was said."""
    async with db.transaction() as session:
        row = await session.get(TailorDayOff, (tailor.id, day))
        return row.left_permille if row else None


async def test_a_day_is_half_at_once_and_the_way_back_leads_to_what_it_was(
    browser: httpx.AsyncClient, tailor: Tailor
) -> None:
    day = await open_day()
    await send(browser, await browser.get(HOME), f"{HOME}/{day}/penuh")
    await send(browser, await browser.get(HOME), f"{HOME}/{day}/sebagian")
    assert await left_of(tailor, day) == 500
    page = await browser.get(HOME)
    assert "Hari itu sekarang setengah hari." in words_of(page)
    toast = page.text.partition('id="kabar"')[2]
    assert f'action="{HOME}/{day}/penuh"' in toast
    await send(browser, page, f"{HOME}/{day}/kosong")
    assert await left_of(tailor, day) is None
    assert f'action="{HOME}/{day}/sebagian"' in (await browser.get(HOME)).text.partition('id="kabar"')[2]


async def test_holidays_are_closed_at_once_and_opened_by_the_way_back(
    browser: httpx.AsyncClient, tailor: Tailor
) -> None:
    page = await browser.get(HOME)
    for words in ("Libur Lebaran", "Libur Idul Adha", "Libur Natal dan Tahun Baru"):
        assert words in words_of(page)
    await send(browser, page, f"{HOME}/libur/lebaran/tandai")
    closed = await days_off(tailor)
    season = next_season("lebaran", await today())
    assert closed
    assert closed <= set(season.days())
    page = await browser.get(HOME)
    assert f"{len(closed)} hari ditandai libur." in words_of(page)
    assert f'action="{HOME}/libur/lebaran/tandai"' not in page.text
    await send(browser, page, f"{HOME}/libur/lebaran/batal")
    assert await days_off(tailor) == set()


async def test_holidays_of_no_name_are_not_found(browser: httpx.AsyncClient) -> None:
    assert (await browser.post(f"{HOME}/libur/panen/tandai", data={"kunci": "panen-1"})).status_code == 404


async def test_every_friday_is_off_by_one_tap_and_the_way_back_gives_its_hours_again(
    browser: httpx.AsyncClient, tailor: Tailor
) -> None:
    async def fridays() -> int:
        async with db.transaction() as session:
            return (await session.get_one(Tailor, tailor.id)).weekday_seconds[4]

    before = await fridays()
    await send(browser, await browser.get(HOME), f"{HOME}/jumat/0")
    assert (before > 0, await fridays()) == (True, 0)
    page = await browser.get(HOME)
    assert "Setiap Jumat libur." in words_of(page)
    await send(browser, page, f"{HOME}/jumat/{before}")
    assert await fridays() == before


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


async def open_account(tailor: Tailor, provider: FakeProvider, drain: Drain) -> str:
    """The tailor is paid into an account that is ready; its name at the provider."""
    async with db.transaction() as session:
        mine = Reach(organisations={Role.TAILOR: frozenset({tailor.id})})
        await payouts.open_payee(session, organisation_id=None, cadence="daily", weekday=5, reach=mine)
    await drain()
    async with db.transaction() as session:
        account = str((await session.get_one(Payee, tailor.id)).provider_account)
    provider.books.allow(account)
    await provider.deliver_waiting()
    await drain()
    return account


async def test_a_bank_account_is_changed_at_the_provider_and_rests_before_money_leaves(
    browser: httpx.AsyncClient, tailor: Tailor, provider: FakeProvider, drain: Drain
) -> None:
    account = await open_account(tailor, provider, drain)
    async with db.transaction() as session:
        await advance_business_time(session, by=timedelta(hours=25))
    page = await browser.get("/t/uang")
    assert "Rekening ini masih baru." not in words_of(page)
    link = await send(browser, page, "/t/uang/rekening/ganti")
    assert f'href="http://bayar.test/payees/{account}"' in link.text
    with provider.books.reading() as clerk:
        assert payees.owner_of(clerk, account)[1].endswith("//127.0.0.1:8000/t/uang"), "back to where he came from"
    provider.books.change_bank(account)
    await provider.deliver_waiting()
    await drain()
    said = words_of(await browser.get("/t/uang"))
    assert "Rekening ini masih baru. Uang dikirim paling cepat" in said
    async with db.transaction() as session:
        assert (await session.get_one(Payee, tailor.id)).bank_last4 == "4471"


async def test_who_has_no_account_yet_changes_none_and_reads_why(browser: httpx.AsyncClient) -> None:
    page = await browser.get("/t/uang")
    assert 'action="/t/uang/rekening/ganti"' not in page.text
    answer = await browser.post("/t/uang/rekening/ganti", data={"kunci": "ganti-1"})
    assert answer.status_code == 409
    assert "Rekening penerima belum siap" in words_of(answer)


async def test_a_letter_without_anything_earned_says_what_to_do(browser: httpx.AsyncClient) -> None:
    page = await browser.get("/t/uang/surat")
    refused = await send(browser, page, "/t/uang/surat", months="3")
    assert refused.status_code in {409, 422}
    assert "Ada yang perlu diperbaiki" in words_of(refused)


async def test_the_transfer_of_somebody_else_is_a_missing_page(browser: httpx.AsyncClient) -> None:
    for path in ("/t/uang/out_01kt08000000000000000000aa", "/surat/doc_01kt08000000000000000000aa"):
        assert (await browser.get(path)).status_code == 404
