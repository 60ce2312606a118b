"""Certificates: the queue, what is told of each, the decision, and who may make it."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from clothingline.accounts.models import Organisation
from clothingline.certification.models import Certificate
from clothingline.kit import db, ids
from clothingline.pilot import cast as people
from tests.parties import make_certificate, make_tailor
from tests.web.admin.conftest import Seat
from tests.web.desk import Desk, words_of

QUEUE = "/admin/sertifikat"
SEEN = "Situs BNSP, 2 Juni 2026, nama cocok"


async def waiting() -> list[Certificate]:
    """What waits, the longest first."""
    async with db.transaction() as session:
        query = select(Certificate).where(Certificate.state == "uploaded").order_by(Certificate.state_at)
        return list(await session.scalars(query))


async def now(one: Certificate) -> Certificate:
    """How a certificate stands now."""
    async with db.transaction() as session:
        return await session.get_one(Certificate, one.id)


async def one_more(**given: Any) -> Certificate:
    """Another workshop's claim, which came later."""
    async with db.transaction() as session:
        tailor = await make_tailor(session, name="Penjahit Budi")
        return await make_certificate(session, tailor.id, **{"state": "uploaded", "verified_at": None, **given})


def page_of(one: Certificate) -> str:
    return f"{QUEUE}/{ids.show('crt', one.id)}"


def verdict(page: str, words: str) -> str:
    """What stands beside a check."""
    [line] = [part for part in re.findall(r"<li>(.*?)</li>", page, re.DOTALL) if f"<strong>{words}" in part]
    return words_of(line)


async def test_the_queue_shows_the_longest_waiting_first(wahyu: Desk) -> None:
    [lilis] = await waiting()
    later = await one_more(holder="Budi Santoso")
    page = await wahyu.page(QUEUE)
    assert page.index(page_of(lilis)) < page.index(page_of(later))
    assert "Menunggu (2)" in words_of(page)


async def test_all_certificates_are_one_link_away(wahyu: Desk) -> None:
    said = words_of(await wahyu.page(f"{QUEUE}?saring=semua"))
    assert "Berlaku" in said
    assert "Lebih lama" in said


async def test_a_claim_shows_what_the_tailor_typed_and_what_can_be_told_of_it(wahyu: Desk) -> None:
    [lilis] = await waiting()
    page = await wahyu.page(page_of(lilis))
    assert lilis.number in page
    assert verdict(page, "Nama sama dengan nama akun").startswith("Cocok")
    assert verdict(page, "Masih berlaku").startswith("Cocok")


async def test_the_register_is_never_found_by_a_machine(wahyu: Desk) -> None:
    [lilis] = await waiting()
    assert verdict(await wahyu.page(page_of(lilis)), "Terdaftar di BNSP").startswith("Periksa sendiri")


async def test_a_name_of_somebody_else_is_seen(wahyu: Desk) -> None:
    stranger = await one_more(holder="Ratih Purwasih")
    assert verdict(await wahyu.page(page_of(stranger)), "Nama sama dengan nama akun").startswith("Tidak cocok")


async def test_a_number_that_was_refused_to_another_is_seen(wahyu: Desk) -> None:
    first = await one_more(number="14111 7531 0009999 2025", state="refused", reason="Nomor milik orang lain")
    async with db.transaction() as session:
        name = await session.scalar(select(Organisation.name).where(Organisation.id == first.tailor_id))
    second = await one_more(number="14111 7531 0009999 2025")
    said = verdict(await wahyu.page(page_of(second)), "Nomor belum pernah ditolak")
    assert said.startswith("Tidak cocok")
    assert str(name) in said


async def test_yes_makes_it_count_and_leads_to_the_next_that_waits(wahyu: Desk) -> None:
    [lilis] = await waiting()
    other = await one_more(holder="Budi Santoso")
    answer = await wahyu.send(f"{page_of(lilis)}/sah", on=page_of(lilis), evidence=SEEN)
    assert answer.headers["location"] == page_of(other)
    assert "sah. Penjahit langsung bisa mendapat tawaran" in words_of(await wahyu.follow(answer))
    kept = await now(lilis)
    assert (kept.state, kept.evidence) == ("active", SEEN)


async def test_after_the_last_one_the_queue_says_that_all_is_done(wahyu: Desk) -> None:
    [lilis] = await waiting()
    answer = await wahyu.send(f"{page_of(lilis)}/sah", on=page_of(lilis), evidence=SEEN)
    assert "Semua sudah diperiksa" in words_of(await wahyu.follow(answer))


async def test_nothing_is_verified_without_saying_how(wahyu: Desk) -> None:
    [lilis] = await waiting()
    answer = await wahyu.send(f"{page_of(lilis)}/sah", on=page_of(lilis), evidence="")
    assert answer.status_code == 422
    assert 'href="#f-evidence"' in answer.text
    assert (await now(lilis)).state == "uploaded"


async def test_no_is_kept_with_the_reason_that_the_tailor_reads(wahyu: Desk) -> None:
    [lilis] = await waiting()
    answer = await wahyu.send(f"{page_of(lilis)}/tolak", on=page_of(lilis), reason="nama", more="Tertulis Lilis K.")
    assert answer.status_code == 303
    kept = await now(lilis)
    assert (kept.state, kept.reason) == (
        "refused",
        "Nama di sertifikat berbeda dengan nama akun: Tertulis Lilis K.",
    )


async def test_another_reason_must_be_said(wahyu: Desk) -> None:
    [lilis] = await waiting()
    answer = await wahyu.send(f"{page_of(lilis)}/tolak", on=page_of(lilis), reason="lain")
    assert answer.status_code == 422
    assert (await now(lilis)).state == "uploaded"


async def test_of_two_officers_the_second_reads_that_it_is_decided(wahyu: Desk, seat: Seat) -> None:
    [lilis] = await waiting()
    sekar = await seat(people.SECOND_ADMIN)
    await sekar.page(page_of(lilis))
    form = (await sekar.client.get(page_of(lilis))).text
    await wahyu.send(f"{page_of(lilis)}/sah", on=page_of(lilis), evidence=SEEN)
    key = re.search(r'action="[^"]*/sah"[^>]*>.*?name="kunci" value="([^"]+)"', form, re.DOTALL)
    assert key
    late = await sekar.client.post(f"{page_of(lilis)}/sah", data={"kunci": key[1], "evidence": SEEN})
    assert late.status_code == 409
    assert "tidak menunggu pemeriksaan" in late.text


@pytest.mark.parametrize("who", [people.FIELD_OFFICER, people.AUDITOR], ids=lambda who: who.role)
async def test_who_may_only_look_is_offered_no_decision_and_can_make_none(seat: Seat, who: people.Person) -> None:
    [lilis] = await waiting()
    desk = await seat(who)
    page = await desk.page(page_of(lilis))
    assert f"{page_of(lilis)}/sah" not in page
    sent = await desk.client.post(f"{page_of(lilis)}/sah", data={"kunci": "a" * 32, "evidence": SEEN})
    assert sent.status_code == 403
    assert (await now(lilis)).state == "uploaded"


async def test_a_certificate_that_is_not_there_is_not_found(wahyu: Desk) -> None:
    await wahyu.page(f"{QUEUE}/{ids.show('crt', ids.new_id())}", 404)
