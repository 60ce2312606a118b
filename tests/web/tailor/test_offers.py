"""Offers on a tailor's phone: what is told, yes and back, no, more time; and nothing of anybody else's."""

from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from clothingline.kit import db
from tests import parties
from tests.routing.measures import measured
from tests.routing.street import Street, events, move_clock, settle, stored_offer
from tests.web.tailor.conftest import Phone
from tests.web.tailor.posting import send, words_of


@dataclass
class Asked:
    """An offer to a tailor, and the tailor's phone."""

    offer: dict[str, Any]
    browser: httpx.AsyncClient

    @property
    def path(self) -> str:
        """The page of the offer."""
        return f"/t/tawaran/{self.offer['id']}"

    async def page(self) -> httpx.Response:
        """The page of the offer, looked at."""
        return await self.browser.get(self.path)

    async def state(self) -> str:
        """Where the offer stands."""
        return (await stored_offer(self.offer)).state


@pytest.fixture
async def asked(street: Street, phone: Phone) -> Asked:
    """Twelve shirts are offered to a tailor."""
    [offer] = await street.offers(await street.placed(), kind="tailor")
    return Asked(offer, phone(street.party(offer)))


async def test_an_offer_tells_the_pay_first_then_the_promise_and_the_room_for_it(asked: Asked) -> None:
    words = words_of(await asked.page())
    pay = asked.offer["pay"]["amount"]
    told = [f"Rp {pay:,}".replace(",", "."), "Upah bersih", "12 potong", "Sisa waktu:", "Selesai paling lambat"]
    assert [words.find(one) >= 0 for one in told] == [True] * len(told)
    assert [words.find(one) for one in told] == sorted(words.find(one) for one in told)
    assert "hari kosong, perlu" in words
    assert "M × 5, L × 7" in words
    assert "Terpilih: sertifikat berlaku" in words


async def test_an_offer_names_the_chosen_options_and_the_colour_but_not_yet_what_somebody_wrote(
    street: Street, phone: Phone
) -> None:
    async with db.transaction() as session:
        design = await parties.make_design(session, street.brand.id, options=parties.OPTIONS)
    [offer] = await street.offers(
        await street.placed(design=design.slug, options=parties.CHOSEN, colour="navy"), kind="tailor"
    )
    asked = Asked(offer, phone(street.party(offer)))
    page = await asked.page()
    assert "Warna navy Lengan Lengan 7/8 Bordir ujung lengan Ya Inisial Tulisan pemesan" in words_of(page)
    assert [one for one in ("RK-27", "Saku dada") if one in page.text] == []
    told = [(one["label_en"], one["choice_en"]) for one in offer["options"]]
    assert told[:2] == [("Sleeves", "Sleeves 7/8"), ("Embroidered cuffs", "Yes")]
    assert offer["colour"] == "navy"
    asked.browser.cookies.set("bahasa", "en")
    assert "Sleeves Sleeves 7/8 Embroidered cuffs Yes Initials Text of the buyer" in words_of(await asked.page())


async def test_a_supplier_is_told_the_colour_and_no_option(street: Street) -> None:
    async with db.transaction() as session:
        design = await parties.make_design(session, street.brand.id, options=parties.OPTIONS)
    order = await street.placed(design=design.slug, options=parties.CHOSEN, colour="navy")
    [cloth] = await street.offers(order, kind="supplier")
    [brand] = await street.offers(order, kind="brand")
    assert (cloth["colour"], cloth["options"]) == ("navy", [])
    assert [one["choice_id"] for one in brand["options"]] == ["Lengan 7/8", "Ya", "RK-27"]


async def test_a_garment_to_measure_is_offered_as_one_whose_figures_come_with_the_yes(
    street: Street, phone: Phone
) -> None:
    order = await street.placed(sizes={}, measurement_set=await measured(street.rina))
    [offer] = await street.offers(order, kind="tailor")
    words = words_of(await Asked(offer, phone(street.party(offer))).page())
    assert "Ukuran Menurut ukuran badan; angkanya terlihat setelah Anda menerima" in words


async def test_an_offer_says_nothing_of_who_ordered_before_it_is_accepted(asked: Asked) -> None:
    page = (await asked.page()).text
    assert not [one for one in ("Rina", "Cihampelas", "+62812") if one in page]


async def test_the_first_look_is_noted_but_a_copy_that_a_phone_keeps_is_no_look(asked: Asked) -> None:
    await asked.browser.get(asked.path, headers={"x-kept": "1"})
    assert await asked.state() == "sent"
    await asked.page()
    assert await asked.state() == "seen"


async def test_the_first_tap_repeats_the_promise_and_the_second_accepts(asked: Asked) -> None:
    first = await asked.page()
    assert 'data-ask="janji"' in first.text
    sure = await asked.browser.get(asked.path, params={"yakin": "1"})
    assert "Anda berjanji: 12 Kemeja" in words_of(sure)
    answer = await send(asked.browser, sure, f"{asked.path}/terima")
    assert (answer.status_code, answer.headers["location"]) == (303, asked.path)
    assert await asked.state() == "accepted"
    assert "OfferAccepted" in await events()
    after = await asked.page()
    assert "Pekerjaan masuk ke Kalender." in words_of(after)
    assert "Urungkan (10 menit)" in words_of(after)


async def test_a_yes_can_be_taken_back_for_ten_minutes(asked: Asked) -> None:
    await send(asked.browser, await asked.page(), f"{asked.path}/terima")
    undone = await send(asked.browser, await asked.page(), f"{asked.path}/urungkan")
    assert undone.headers["location"] == asked.path
    assert await asked.state() == "seen"
    again = await asked.page()
    assert "Tawaran masih bisa dijawab" in words_of(again)
    await send(asked.browser, again, f"{asked.path}/terima")
    late = await asked.page()
    await move_clock(minutes=11)
    refused = await send(asked.browser, late, f"{asked.path}/urungkan")
    assert refused.status_code == 409
    assert "Ada yang perlu diperbaiki" in words_of(refused)
    assert await asked.state() == "accepted"


async def test_a_no_may_have_a_reason_and_costs_nothing(asked: Asked) -> None:
    page = await asked.browser.get(f"{asked.path}/tolak")
    assert "Menolak tidak mengurangi nilai Anda." in words_of(page)
    answer = await send(asked.browser, page, f"{asked.path}/tolak", reason="Sedang penuh")
    assert answer.headers["location"] == "/t"
    row = await stored_offer(asked.offer)
    assert (row.state, row.reason) == ("declined", "Sedang penuh")
    assert "Tidak apa-apa. Nilai Anda tidak berubah." in words_of(await asked.browser.get("/t"))
    assert "Tidak diambil. Nilai Anda tidak berubah." in words_of(await asked.page())


async def test_a_no_needs_no_reason(asked: Asked) -> None:
    page = await asked.browser.get(f"{asked.path}/tolak")
    await send(asked.browser, page, f"{asked.path}/tolak")
    row = await stored_offer(asked.offer)
    assert (row.state, row.reason) == ("declined", None)


async def test_more_time_is_one_tap(asked: Asked) -> None:
    before = (await stored_offer(asked.offer)).expires_at
    answer = await send(asked.browser, await asked.page(), f"{asked.path}/waktu")
    assert answer.status_code == 303
    assert ((await stored_offer(asked.offer)).expires_at - before).total_seconds() == 4 * 3600
    assert "Waktu bertambah 4 jam." in words_of(await asked.page())


async def test_an_offer_whose_time_is_over_says_so_without_blame_and_asks_nothing(asked: Asked) -> None:
    late = await asked.page()
    await move_clock(hours=25)
    refused = await send(asked.browser, late, f"{asked.path}/terima")
    assert refused.status_code == 409
    await settle()
    words = words_of(await asked.page())
    assert "Waktu habis. Tidak apa-apa, nilai Anda tidak berubah." in words
    assert "Ya, saya sanggup" not in words


async def test_the_offer_of_another_tailor_is_a_missing_page(street: Street, phone: Phone, asked: Asked) -> None:
    others = [street.people[one.id] for one in street.tailors if street.people[one.id] is not street.party(asked.offer)]
    other = phone(others[0])
    for path in (asked.path, f"{asked.path}/tolak", "/t/tawaran/off_01kt08000000000000000000aa", "/t/tawaran/x"):
        assert (await other.get(path)).status_code == 404
    for act in ("terima", "tolak", "waktu", "urungkan"):
        assert (await other.post(f"{asked.path}/{act}", data={"kunci": f"fremd-{act}"})).status_code == 404
    assert await asked.state() == "sent"
    assert (await phone(street.dewi).get("/t")).status_code == 403


async def test_today_shows_what_is_asked_and_leads_to_it(asked: Asked) -> None:
    page = await asked.browser.get("/t")
    assert f'href="{asked.path}"' in page.text
    words = words_of(page)
    assert "Lihat & terima" in words
    assert "Jawab sebelum" in words


async def test_today_says_what_to_do_when_nothing_waits(street: Street, phone: Phone) -> None:
    words = words_of(await phone(street.people[street.tailors[0].id]).get("/t"))
    assert "Belum ada pekerjaan hari ini." in words


async def test_a_yes_taken_down_in_time_counts_until_two_hours_after_the_deadline(asked: Asked) -> None:
    page = await asked.page()
    await move_clock(hours=25)
    said = {"x-captured-at": "2026-06-02T08:00:00+07:00", "x-sent-at": "2026-06-02T09:30:00+07:00"}
    asked.browser.headers.update(said)
    answer = await send(asked.browser, page, f"{asked.path}/terima")
    assert answer.status_code == 303
    row = await stored_offer(asked.offer)
    assert row.state == "accepted"
    assert row.captured_at is not None
    assert row.captured_at < row.expires_at


async def test_a_yes_is_never_said_before_the_offer_was_made(asked: Asked) -> None:
    page = await asked.page()
    asked.browser.headers.update(
        {"x-captured-at": "2026-06-02T08:00:00+07:00", "x-sent-at": "2026-06-04T08:00:00+07:00"}
    )
    assert (await send(asked.browser, page, f"{asked.path}/terima")).status_code == 303
    row = await stored_offer(asked.offer)
    assert row.captured_at == row.created_at


@pytest.mark.parametrize(("late_hours", "age_minutes"), [(25, 30), (27, 240)])
async def test_a_yes_taken_down_too_late_or_sent_too_late_is_explained(
    asked: Asked, late_hours: int, age_minutes: int
) -> None:
    page = await asked.page()
    await move_clock(hours=late_hours)
    sent = f"2026-06-02T{8 + age_minutes // 60:02d}:{age_minutes % 60:02d}:00+07:00"
    asked.browser.headers.update({"x-captured-at": "2026-06-02T08:00:00+07:00", "x-sent-at": sent})
    refused = await send(asked.browser, page, f"{asked.path}/terima")
    assert refused.status_code == 409
    assert await asked.state() == "seen"
