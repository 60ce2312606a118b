"""A certificate that is in force ends before its day: by a decision with a reason that the tailor reads, once."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from clothingline.certification.models import Certificate
from clothingline.kit import db, ids
from clothingline.kit.clock import business_now, local_date
from clothingline.pilot import cast as people
from tests.web.admin.conftest import Seat
from tests.web.admin.test_certificates import QUEUE, now, one_more, page_of, waiting
from tests.web.desk import Desk, words_of

SAID = "Surat LSP nomor 14"


async def in_force() -> Certificate:
    """A certificate of the pilot that nobody has to look at."""
    async with db.transaction() as session:
        query = select(Certificate).where(Certificate.state == "active")
        return (await session.scalars(query.order_by(Certificate.id).limit(1))).one()


async def test_what_is_in_force_is_one_link_away_and_nothing_else_is_among_it(wahyu: Desk) -> None:
    [lilis] = await waiting()
    async with db.transaction() as session:
        yesterday = local_date(await business_now(session)) - timedelta(days=1)
    over = await one_more(state="active", valid_until=yesterday)
    good = await one_more(state="active", number="14111 7531 0009998 2025")
    assert f'href="{QUEUE}?saring=berlaku"' in await wahyu.page(QUEUE)
    page = await wahyu.page(f"{QUEUE}?saring=berlaku")
    assert page_of(good) in page
    assert page_of(lilis) not in page
    assert page_of(over) not in page


async def test_it_says_first_what_follows_for_offers_and_for_running_jobs(wahyu: Desk) -> None:
    said = words_of(await wahyu.page(page_of(await in_force())))
    assert "tawaran yang terbuka, juga dari harga yang sudah terkunci, tidak bisa diterima" in said
    assert "Pekerjaan yang sudah diterima tetap berjalan" in said


async def test_it_ends_at_once_and_the_page_says_why_by_whom_and_since_when(wahyu: Desk) -> None:
    one = await in_force()
    answer = await wahyu.send(f"{page_of(one)}/cabut", on=page_of(one), reason="lsp", more=SAID)
    assert answer.headers["location"] == page_of(one)
    page = await wahyu.follow(answer)
    said = words_of(page)
    assert "dicabut. Alasannya terlihat oleh penjahit" in said
    assert f"tidak berlaku lagi: {SAID}" in said
    assert f"Oleh {people.ADMIN.name}" in said
    assert f"{page_of(one)}/cabut" not in page
    kept = await now(one)
    assert (kept.state, kept.reason) == (
        "revoked",
        f"Penerbit (LSP) menyatakan sertifikat ini tidak berlaku lagi: {SAID}",
    )


async def test_the_tailor_reads_the_reason(wahyu: Desk, seat: Seat) -> None:
    siti = await seat(people.SITI)
    mine = await siti.page("/t/saya/sertifikat")
    number = re.search(r"\d{5} \d{4}(?: \d)? \d{7} \d{4}", mine)
    assert number, mine
    async with db.transaction() as session:
        held = (await session.scalars(select(Certificate).where(Certificate.number == number[0]))).one()
    await wahyu.send(f"{page_of(held)}/cabut", on=page_of(held), reason="lain", more=SAID)
    said = words_of(await siti.page("/t/saya/sertifikat"))
    assert "Dicabut" in said
    assert SAID in said


@pytest.mark.parametrize(
    ("typed", "wrong"), [({"reason": "", "more": SAID}, "reason"), ({"reason": "lain", "more": ""}, "more")]
)
async def test_nothing_ends_without_a_reason(wahyu: Desk, typed: dict[str, str], wrong: str) -> None:
    one = await in_force()
    answer = await wahyu.send(f"{page_of(one)}/cabut", on=page_of(one), **typed)
    assert answer.status_code == 422
    assert f'href="#f-{wrong}"' in answer.text
    assert typed["more"] in answer.text
    assert (await now(one)).state == "active"


async def test_the_same_form_sent_twice_is_one_decision(wahyu: Desk) -> None:
    one = await in_force()
    act, sent = f"{page_of(one)}/cabut", {"kunci": "c" * 32, "reason": "sanksi"}
    first = await wahyu.client.post(act, data=sent)
    again = await wahyu.client.post(act, data=sent)
    assert (first.status_code, again.status_code) == (303, 303)
    late = await wahyu.client.post(act, data={**sent, "kunci": "d" * 32})
    assert late.status_code == 409
    assert "tidak sedang berlaku" in late.text


async def test_what_waits_cannot_be_revoked(wahyu: Desk) -> None:
    [lilis] = await waiting()
    assert f"{page_of(lilis)}/cabut" not in await wahyu.page(page_of(lilis))
    sent = await wahyu.client.post(f"{page_of(lilis)}/cabut", data={"kunci": "a" * 32, "reason": "lsp"})
    assert sent.status_code == 409
    assert (await now(lilis)).state == "uploaded"


@pytest.mark.parametrize("who", [people.FIELD_OFFICER, people.AUDITOR, people.SITI], ids=lambda who: who.role)
async def test_nobody_else_is_offered_it_or_can_do_it(seat: Seat, who: people.Person) -> None:
    one, desk = await in_force(), await seat(who)
    shown = await desk.client.get(page_of(one))
    assert f"{page_of(one)}/cabut" not in shown.text
    sent = await desk.client.post(f"{page_of(one)}/cabut", data={"kunci": "a" * 32, "reason": "lsp"})
    assert sent.status_code == 403
    assert (await now(one)).state == "active"


async def test_a_certificate_that_is_not_there_is_not_found(wahyu: Desk) -> None:
    missing = f"{QUEUE}/{ids.show('crt', ids.new_id())}/cabut"
    sent = await wahyu.client.post(missing, data={"kunci": "a" * 32, "reason": "lsp"})
    assert sent.status_code == 404
