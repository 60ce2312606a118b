"""Alarms, jobs, the audit trail, orders and the search."""

import json
import re

import pytest
from sqlalchemy import select

from clothingline.kit import alarms, db
from clothingline.kit.alarms import Alarm
from clothingline.kit.events import Event
from clothingline.orders.models import Order
from clothingline.payments.models import Payment
from tests.story_fixture import database_name, story_template
from tests.web.desk import Desk, words_of

__all__ = ["database_name", "story_template"]


async def sounding() -> Alarm:
    """An alarm that stands."""
    async with db.transaction() as session:
        await alarms.sound(session, name="notice_quarantined", subject="ntc_1", detail={"reason": "amount"})
        return (await session.scalars(select(Alarm).where(Alarm.subject == "ntc_1"))).one()


async def codes() -> list[str]:
    """Codes of the story's orders."""
    async with db.transaction() as session:
        return list(await session.scalars(select(Order.code).order_by(Order.code)))


async def test_an_alarm_is_ended_with_what_was_done_about_it(wahyu: Desk) -> None:
    alarm = await sounding()
    page = await wahyu.page("/admin/alarm")
    [act] = re.findall(r'action="(/admin/alarm/alm_\w+/akhiri)"', page)
    answer = await wahyu.send(act, on="/admin/alarm", reason="Uji coba dari penyedia, tanpa uang")
    assert "Alarm diakhiri" in words_of(await wahyu.follow(answer))
    async with db.transaction() as session:
        kept = await session.get_one(Alarm, alarm.id)
    assert (kept.reason, kept.cleared_by is None) == ("Uji coba dari penyedia, tanpa uang", False)
    assert "Uji coba dari penyedia" in words_of(await wahyu.page("/admin/alarm?keadaan=over"))


async def test_an_alarm_is_not_ended_in_silence(wahyu: Desk) -> None:
    await sounding()
    [act] = re.findall(r'action="(/admin/alarm/alm_\w+/akhiri)"', await wahyu.page("/admin/alarm"))
    answer = await wahyu.send(act, on="/admin/alarm", reason="ok")
    assert answer.status_code == 422
    assert 'id="f-reason"' in answer.text


async def test_the_trail_says_that_the_chain_of_the_books_is_whole(wahyu: Desk) -> None:
    assert "Rantai buku utuh sampai" in words_of(await wahyu.page("/admin/audit"))


async def test_a_saved_view_shows_only_its_events(wahyu: Desk) -> None:
    said = words_of(await wahyu.page("/admin/audit?lihat=sertifikat"))
    assert "OrderPaid" not in said.partition("Permintaan")[2]


async def test_the_trail_is_filtered_by_event_and_by_person(wahyu: Desk) -> None:
    page = await wahyu.page("/admin/audit?kejadian=OfferAccepted")
    names = re.findall(r"<small><code>(\w+)</code></small></th>", page)
    assert names
    assert set(names) == {"OfferAccepted"}
    [who] = set(re.findall(r'href="/admin/audit\?oleh=(acc_\w+)"', page)[:1])
    rows = await wahyu.page(f"/admin/audit?oleh={who}")
    assert set(re.findall(r'href="/admin/audit\?oleh=(acc_\w+)"', rows)) == {who}


async def test_the_trail_goes_on_by_cursor(wahyu: Desk) -> None:
    page = await wahyu.page("/admin/audit")
    [older] = re.findall(r'rel="next" href="([^"]+)"', page)
    assert await wahyu.page(older) != page


async def test_the_trail_is_taken_along_as_a_file(retno: Desk) -> None:
    answer = await retno.client.get("/admin/audit/unduh?kejadian=OrderPaid")
    lines = [json.loads(line) for line in answer.text.splitlines()]
    async with db.transaction() as session:
        paid = (await session.scalars(select(Event.id).where(Event.name == "OrderPaid"))).all()
    assert len(lines) == len(paid) > 0
    assert {line["name"] for line in lines} == {"OrderPaid"}
    assert all(line["facts"]["order_id"].startswith("ord_") for line in lines)


async def test_jobs_are_counted_by_house_and_hearts_are_heard(wahyu: Desk) -> None:
    said = words_of(await wahyu.page("/admin/pekerjaan"))
    assert "routing" in said
    assert "Tidak berhasil setelah semua percobaan Tidak ada" in said


async def test_orders_are_filtered_by_state_in_the_address(wahyu: Desk) -> None:
    page = await wahyu.page("/admin/pesanan?keadaan=draft")
    async with db.transaction() as session:
        drafts = set(await session.scalars(select(Order.code).where(Order.state == "draft")))
    assert set(re.findall(r'href="/admin/pesanan/(CL-[\d-]+)"', page)) == drafts


async def test_an_order_tells_its_history_with_who_did_what(wahyu: Desk) -> None:
    async with db.transaction() as session:
        code = (await session.scalars(select(Order.code).where(Order.state == "placed"))).one()
    said = words_of(await wahyu.page(f"/admin/pesanan/{code}"))
    assert "Pembayaran masuk" in said
    assert "Keinginan pembeli dicatat · Bayu Nugraha" in said


async def test_payments_of_an_order_are_shown_to_those_whom_the_policy_shows_them(
    wahyu: Desk, retno: Desk, dian: Desk
) -> None:
    async with db.transaction() as session:
        paid = select(Order.code).join(Payment, Payment.order_id == Order.id).where(Payment.state == "captured")
        code = (await session.scalars(paid.limit(1))).one()
    heading = 'id="uang"'
    for desk, shown in ((wahyu, True), (retno, True), (dian, False)):
        assert (heading in await desk.page(f"/admin/pesanan/{code}")) is shown


async def test_a_whole_code_leads_straight_to_its_order(wahyu: Desk) -> None:
    code = (await codes())[0]
    answer = await wahyu.client.get(f"/admin/cari?q={code.lower()}")
    assert answer.headers["location"] == f"/admin/pesanan/{code}"


async def test_a_part_of_a_name_finds_the_party(wahyu: Desk) -> None:
    assert "Kebaya Rengganis" in words_of(await wahyu.page("/admin/cari?q=rengganis"))


async def test_percent_and_underscore_are_letters_like_others(wahyu: Desk) -> None:
    assert "Tidak ada yang cocok" in words_of(await wahyu.page("/admin/cari?q=%25_%25"))


async def test_the_search_leads_a_field_officer_nowhere_that_is_closed(dian: Desk) -> None:
    page = await dian.page("/admin/cari?q=")
    assert 'href="/admin/cocok"' in page
    assert 'href="/admin/uang"' not in page


@pytest.mark.parametrize("path", ["/admin/pesanan/CL-9999-9999", "/admin/pesanan/ord_x"])
async def test_an_order_that_is_not_there_is_not_found(wahyu: Desk, path: str) -> None:
    await wahyu.page(path, 404)


async def test_a_phone_number_is_not_shown_whole(wahyu: Desk) -> None:
    page = await wahyu.page("/admin/pengguna")
    assert "•••• " in page
    assert re.search(r"\+?62\d{8,}", page) is None
