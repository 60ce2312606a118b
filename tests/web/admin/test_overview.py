"""The first page of the office: what waits, for how long, and only what one may see."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import update

from clothingline.certification.models import Certificate
from clothingline.kit import alarms, db
from clothingline.kit.clock import business_now
from clothingline.office.queues import QUEUES
from clothingline.pilot import cast as people
from clothingline.pilot.cast import Person
from tests.web.admin.conftest import Seat
from tests.web.desk import Desk, words_of

OUTSIDERS = (people.RINA, people.SITI, people.KEBAYA_OWNER, people.CLOTH_SELLER)
MONEY_WORDS = ("Pengembalian uang", "Pembayaran menunggu", "Selisih", "Koreksi buku", "pajak", "Alarm sistem")


async def waits_for(hours: int) -> None:
    """Every claim that waits has done so for as long."""
    async with db.transaction() as session:
        since = await business_now(session) - timedelta(hours=hours)
        await session.execute(update(Certificate).where(Certificate.state == "uploaded").values(state_at=since))


def rail_of(page: str) -> set[str]:
    """Where the rail leads."""
    return set(re.findall(r'href="([^"]+)"', page[page.index('<nav class="rail"') :].partition("</nav>")[0]))


async def test_each_queue_says_how_many_wait_and_leads_to_them(wahyu: Desk) -> None:
    page = await wahyu.page("/admin")
    said = words_of(page)
    assert 'href="/admin/sertifikat"' in page
    assert "1 Sertifikat menunggu diperiksa" in said
    assert "0 Pengembalian uang menunggu persetujuan Tidak ada yang menunggu" in said


@pytest.mark.parametrize(("hours", "tone"), [(2, "ok"), (25, "warn"), (49, "error")])
async def test_what_has_waited_long_has_another_colour(wahyu: Desk, hours: int, tone: str) -> None:
    await waits_for(hours)
    page = await wahyu.page("/admin")
    card = page[page.index("Sertifikat menunggu diperiksa") :].partition("</li>")[0]
    assert f'class="badge {tone}"' in card


async def test_the_oldest_says_for_how_long(wahyu: Desk) -> None:
    await waits_for(50)
    assert "Sertifikat menunggu diperiksa Paling lama 2 hari" in words_of(await wahyu.page("/admin"))


async def test_an_alarm_waits_by_the_real_clock(wahyu: Desk) -> None:
    async with db.transaction() as session:
        await alarms.sound(session, name="notice_quarantined", subject="ntc_1")
    assert "1 Alarm sistem Paling lama 0 menit" in words_of(await wahyu.page("/admin"))


async def test_an_auditor_sees_every_queue(retno: Desk) -> None:
    said = words_of(await retno.page("/admin"))
    assert [one.words for one in QUEUES if one.words not in said] == []


async def test_a_field_officer_sees_no_queue_of_money_or_machines(dian: Desk) -> None:
    said = words_of(await dian.page("/admin"))
    assert "Sertifikat menunggu diperiksa" in said
    assert [words for words in MONEY_WORDS if words in said] == []


async def test_the_rail_leads_a_field_officer_nowhere_that_is_closed(dian: Desk) -> None:
    rail = rail_of(await dian.page("/admin"))
    assert {"/admin", "/admin/sertifikat", "/admin/cocok", "/admin/pesanan"} <= rail
    assert rail.isdisjoint({"/admin/uang", "/admin/sengketa", "/admin/audit", "/admin/alarm", "/admin/pengguna"})


async def test_a_manager_of_a_sentra_has_a_first_page_without_queues(seat: Seat) -> None:
    assert "Belum ada antrean untuk peran Anda" in words_of(await (await seat(people.SENTRA_MANAGER)).page("/admin"))


@pytest.mark.parametrize("who", OUTSIDERS, ids=lambda who: who.role)
@pytest.mark.parametrize("path", ["/admin", "/admin/sertifikat"])
async def test_nobody_else_comes_in(seat: Seat, who: Person, path: str) -> None:
    await (await seat(who)).page(path, 403)
