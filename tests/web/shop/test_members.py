"""Members of a group: no account, one link of their own, and nothing kept that says who they are once they wish so."""

import asyncio
import html
import secrets
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from clothingline.kit import db
from clothingline.shop.settling import CONSENT_VERSION
from clothingline.wearers import sealing
from clothingline.wearers.models import Roster, Wearer
from tests.routing.street import count, pass_time
from tests.web.desk import words_of
from tests.web.shop.members import BODY, Group, Member
from tests.web.shop.shopper import KEBAYA

NAMES = ['Siti "Itoh" O\'Neil', "<b>Budi</b> & Co", "🧵 Ani 👗", "محمد عبد الله", "N" * 60, "{{ 7*7 }} %(n)s"]
EVERYTHING = """
    SELECT count(*) FROM (
        SELECT row_to_json(a)::text AS said FROM roster a UNION ALL SELECT row_to_json(a)::text FROM wearer a
        UNION ALL SELECT row_to_json(a)::text FROM event a UNION ALL SELECT row_to_json(a)::text FROM idempotency_key a
        UNION ALL SELECT row_to_json(a)::text FROM procrastinate_jobs a
    ) everything WHERE said LIKE '%{0}%' OR said LIKE '%' || encode('{0}'::bytea, 'hex') || '%'
"""


async def kept(what: str) -> int:
    """In how many rows of what a group leaves behind these letters stand."""
    return await count(EVERYTHING.format(what.replace("'", "''")))


async def wearers() -> list[Wearer]:
    """All rows of wearers."""
    async with db.transaction() as session:
        return list(await session.scalars(select(Wearer).order_by(Wearer.id)))


@pytest.mark.parametrize("name", NAMES)
async def test_a_name_is_shown_as_it_was_written_and_kept_as_ciphertext(group: Group, name: str) -> None:
    await group.begin()
    await group.joined(name)
    page = await group.shopper.desk.client.get(group.home)
    assert name in html.unescape(page.text)
    assert "<b>Budi" not in page.text
    [row] = await wearers()
    assert sealing.name_of(row) == name
    assert await kept(name) == 0


async def test_a_name_longer_than_60_letters_or_none_at_all_is_refused_and_kept_in_the_form(group: Group) -> None:
    await group.begin()
    for name in ("N" * 61, "", "Budi\x07"):
        answer = await group.member().say(group.link, name=name)
        assert answer.status_code == 422, name
        assert "<title>Perlu diperbaiki: " in answer.text
    assert await wearers() == []


async def test_no_word_of_a_link_is_kept_anywhere(group: Group) -> None:
    await group.begin()
    one = await group.joined("Citra", "body")
    words = (group.link.removeprefix("/k/"), one.own.removeprefix("/k/saya/"))
    assert [await kept(word) for word in words] == [0, 0]
    assert await kept("Seragam 6B") == 1  # what may be found is found by this search
    assert [len(word) for word in words] == [22, 22]


async def test_body_measures_are_ciphertext_and_the_consent_to_them_is_written_down(group: Group) -> None:
    await group.begin()
    await group.joined("Citra", "body")
    [row] = await wearers()
    assert row.measures is not None
    assert b"960" not in row.measures
    assert (row.consent_version, row.consented_at is not None, row.ready) == (CONSENT_VERSION, True, True)
    assert sealing.measures_of(row)["chest"] == 960
    assert await count("SELECT count(*) FROM event WHERE name = 'WearerConsented'") == 1


async def test_no_measure_is_taken_without_consent(group: Group) -> None:
    await group.begin()
    one = group.member()
    await one.enter("Citra")
    assert await one.choose("man") == "setuju"
    led = await one.desk.client.get(f"{one.own}/ukuran/neck")
    assert led.headers["location"] == f"{one.own}/setuju"
    forced = await one.desk.client.post(f"{one.own}/ukuran/neck", data={"kunci": uuid4().hex, "value": "38"})
    assert forced.headers["location"] == f"{one.own}/setuju"
    assert (await wearers())[0].measures is None


async def test_nobody_needs_an_account_and_only_the_own_browser_knows_the_entry(group: Group) -> None:
    await group.begin()
    one = await group.joined("Budi")
    assert [cookie.name for cookie in one.desk.client.cookies.jar] == ["isian"]
    assert "Dari perangkat ini sudah mengisi: Budi." in words_of(await one.desk.page(group.link))
    assert "Budi" not in words_of(await group.member().desk.page(group.link))


async def test_a_member_comes_back_by_the_own_link_and_changes_size_and_name(group: Group) -> None:
    await group.begin()
    one = await group.joined("Citra", "body")
    other = Member(group.link, group.member().desk, one.own)
    assert "Ukuran badan: 7 dari 7" in await other.read()
    assert await other.choose("ukuran-XL") == "isian"
    assert await other.go(f"{one.own}/nama", name="Citra Ayu") == f"{one.own}/isian"
    [row] = await wearers()
    assert (sealing.name_of(row), row.size, row.measures, row.measured) == ("Citra Ayu", "XL", None, [])
    assert "Citra Ayu 1 XL" in await group.read()


async def test_another_figure_keeps_the_measures_and_asks_only_what_is_missing(group: Group) -> None:
    await group.begin()
    one = await group.joined("Citra", "body")
    assert await one.choose("girl") == "ukuran/height"
    assert "ukuran badan, belum lengkap" in await group.read()


async def test_a_length_that_no_body_has_is_refused_and_an_odd_one_asked_back(group: Group) -> None:
    await group.begin()
    one = group.member()
    await one.enter("Citra")
    await one.choose("man")
    await one.go(f"{one.own}/setuju")
    answer = await one.say(f"{one.own}/ukuran/neck", value="3")
    assert (answer.status_code, "antara 22 dan 60 cm" in words_of(answer.text)) == (422, True)
    asked = await one.say(f"{one.own}/ukuran/neck", value="24")
    assert (asked.status_code, "Benar 24 cm?" in words_of(asked.text)) == (200, True)
    assert await one.go(f"{one.own}/ukuran/neck", value="24.0", sure="240") == f"{one.own}/ukuran/chest"
    assert (await one.desk.client.get(f"{one.own}/ukuran/inseam")).status_code == 404


async def test_a_member_who_is_not_sure_says_so_and_is_asked_by_whoever_arranges_it(group: Group) -> None:
    await group.begin()
    one = await group.joined("Dodi", "bingung")
    assert "Yang mengatur pesanan akan menanyakan ukuran Anda" in await one.read()
    assert "Dodi 1 tidak yakin" in await group.read()
    assert "0 dari 30 sudah mengisi" in await group.read()


async def test_an_unknown_way_is_refused(group: Group) -> None:
    await group.begin()
    one = group.member()
    await one.enter("Dodi")
    for way in ("ukuran-XXXS", "self", "ukuran-", ""):
        assert (await one.say(f"{one.own}/ukuran", way=way)).status_code == 422, way


async def test_after_the_last_day_nothing_is_said_any_more_but_everything_can_be_deleted(group: Group) -> None:
    await group.begin()
    one = await group.joined("Citra", "body")
    await pass_time(days=9)
    assert (await one.desk.client.get(group.link)).status_code == 410
    late = await one.desk.client.post(group.link, data={"kunci": uuid4().hex, "name": "Telat"})
    assert late.status_code == 410
    for page, fields in (("ukuran", {"way": "ukuran-M"}), ("nama", {"name": "Lain"}), ("ukuran/neck", {"value": "40"})):
        assert (await one.desk.client.get(f"{one.own}/{page}")).status_code == 410, page
        sent = await one.desk.client.post(f"{one.own}/{page}", data={"kunci": uuid4().hex, **fields})
        assert sent.status_code == 410, page
    assert "Pengisian sudah ditutup" in await one.read()
    assert sealing.measures_of((await wearers())[0])["neck"] == 380
    assert await one.go(f"{one.own}/hapus") == "/k/dihapus"
    assert (await wearers())[0].key is None


async def test_whoever_deletes_an_entry_is_forgotten_and_the_place_is_free(group: Group) -> None:
    await group.begin(places="2")
    one = await group.joined("Citra", "body")
    await group.joined("Budi")
    assert await one.go(f"{one.own}/hapus") == "/k/dihapus"
    gone = (await wearers())[0]
    assert (gone.key, gone.name, gone.measures, gone.measured, gone.figure) == (None, b"", None, [], None)
    await one.read(status=404)
    assert "Citra" not in await group.read()
    await group.joined("Eka", "ukuran-S")
    assert "Eka 1 S" in await group.read()


async def test_more_members_than_places_are_told_what_to_do(group: Group) -> None:
    await group.begin(places="2")
    await group.joined("Ani")
    await group.joined("Budi")
    answer = await group.member().say(group.link, name="Citra")
    assert answer.status_code == 409
    assert "Semua tempat sudah terisi. Jumlahnya 2 orang." in words_of(answer.text)
    assert 'value="Citra"' in answer.text


async def test_of_two_at_once_for_the_last_place_one_has_it(group: Group) -> None:
    await group.begin(places="2")
    await group.joined("Ani")
    both = await asyncio.gather(*(group.member().say(group.link, name=name) for name in ("Budi", "Citra")))
    assert sorted(one.status_code for one in both) == [303, 409]
    assert len([one for one in await wearers() if one.removed_at is None]) == 2


async def test_thirty_members_of_whom_four_fill_in_at_any_time_have_thirty_places(group: Group) -> None:
    await group.begin()
    four = asyncio.Semaphore(4)

    async def join(name: str) -> None:
        async with four:
            await group.joined(name)

    await asyncio.gather(*(join(f"Anak {number}") for number in range(30)))
    assert sorted(one.place for one in await wearers()) == list(range(1, 31))
    assert "30 dari 30 sudah mengisi" in await group.read()


async def test_a_form_that_is_sent_twice_is_one_member(group: Group) -> None:
    await group.begin()
    one, form = group.member(), {"kunci": uuid4().hex, "name": "Ani"}
    first, second = [await one.desk.client.post(group.link, data=form) for _ in range(2)]
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["location"] == second.headers["location"]
    assert len(await wearers()) == 1


async def test_the_id_of_an_entry_that_has_just_begun_opens_nothing_later(group: Group) -> None:
    await group.begin()
    one = group.member()
    begun = await one.go(group.link, name="Ani")
    assert (await one.desk.client.get(begun)).status_code == 303
    await pass_time(minutes=16)
    assert (await group.member().desk.client.get(begun)).status_code == 200


async def test_a_link_that_is_used_far_too_often_within_an_hour_rests(group: Group) -> None:
    await group.begin(places="2")
    for number in range(22):
        one = await group.joined(f"Iseng {number}")
        await one.go(f"{one.own}/hapus")
    answer = await group.member().say(group.link, name="Satu lagi")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "3600")
    await pass_time(hours=1)
    await group.joined("Satu lagi")


async def test_words_that_are_nobodys_link_lead_nowhere(group: Group) -> None:
    await group.begin()
    one = await group.joined("Ani")
    swapped = (f"/k/{one.own.removeprefix('/k/saya/')}", f"/k/saya/{group.link.removeprefix('/k/')}/isian")
    unknown = secrets.token_urlsafe(16)
    pages = [f"/k/saya/{unknown}/{page}" for page in ("isian", "ukuran", "ukuran/neck", "nama", "setuju", "hapus")]
    for path in (*swapped, f"/k/{unknown}", f"/k/saya/{unknown}", *pages, "/k/saya/pendek/isian", "/k/pendek"):
        assert (await group.member().desk.client.get(path)).status_code in (404, 422), path
        sent = await group.member().desk.client.post(path, data={"kunci": uuid4().hex, "name": "x", "way": "woman"})
        assert sent.status_code in (404, 405, 422), path


async def test_a_design_that_is_only_sewn_to_measure_has_no_group(group: Group) -> None:
    shopper = group.shopper
    await shopper.begin(KEBAYA)
    await shopper.go("jumlah", amount="one")
    assert (await shopper.desk.client.get(group.home)).headers["location"] == shopper.at("kain")


async def test_the_database_refuses_measures_without_consent(group: Group) -> None:
    await group.begin()
    await group.joined("Ani")
    with pytest.raises(IntegrityError, match="ck_wearer_consent"):
        await _measure_without_asking()


async def _measure_without_asking() -> None:
    async with db.transaction() as session:
        one = (await session.scalars(select(Wearer))).one()
        sealing.put_measures(one, {"neck": int(BODY["neck"]) * 10})


async def test_the_title_and_the_last_day_stand_on_the_page_of_the_link(group: Group) -> None:
    await group.begin(title="Seragam & 6B")
    page = words_of((await group.member().desk.client.get(group.link)).text)
    async with db.transaction() as session:
        roster = (await session.scalars(select(Roster))).one()
    assert "Seragam & 6B" in page
    assert str(roster.last_day.year) in page
