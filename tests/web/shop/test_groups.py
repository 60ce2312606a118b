"""One link for a group: what whoever arranges the order sees and may do."""

import re
from datetime import timedelta
from urllib.parse import unquote
from uuid import uuid4

from tests.routing.street import count, today
from tests.web.desk import Desk, words_of
from tests.web.shop.grouping import counted, reopen
from tests.web.shop.members import HOST, Group


async def test_who_arranges_it_sees_sizes_and_completeness_and_no_number_of_a_body(group: Group) -> None:
    await group.begin()
    await group.joined("Budi", "ukuran-L")
    await group.joined("Citra", "body")
    await group.joined("Dodi", "bingung")
    late = group.member()
    await late.enter("Eka")
    page = await group.raw()
    words = words_of(page)
    assert "2 dari 30 sudah mengisi" in words
    for said in ("Budi 1 L", "Citra 2 ukuran badan, lengkap", "Dodi 3 tidak yakin", "Eka 4 belum memilih"):
        assert said in words, said
    assert "26 orang belum mengisi" in words
    for value in ("96 cm", "960", "84 cm", "840"):
        assert value not in page.split("<h1>")[1], value


async def test_links_name_the_address_at_which_the_page_was_opened(group: Group) -> None:
    await group.begin()
    one = await group.joined("Budi")
    assert f">{HOST}{group.link}<" in await group.raw()
    assert f">{HOST}{one.own}<" in await one.desk.page(f"{one.own}/isian")
    shared = re.findall(r'wa\.me/\?text=([^"]+)', await group.raw())
    assert [unquote(text).endswith(f" {HOST}{group.link}") for text in shared] == [True]


async def test_a_last_day_at_the_end_of_the_calendar_is_refused_at_its_field(group: Group) -> None:
    await group.begin()
    answer = await group.act("atur", places="30", ends="9999-12-31")
    assert (answer.status_code, 'href="#f-ends"' in answer.text) == (422, True)


async def test_a_wrong_size_is_put_right_and_body_measures_go_with_it(group: Group) -> None:
    await group.begin()
    await group.joined("Citra", "body")
    answer = await group.shopper.desk.send(f"{group.home}/1", on=f"{group.home}/1", size="XL")
    assert answer.headers["location"] == group.home
    assert "Citra 1 XL" in await group.read()
    assert await count("SELECT count(*) FROM wearer WHERE measures IS NOT NULL") == 0
    refused = await group.shopper.desk.send(f"{group.home}/1", on=f"{group.home}/1", size="XXXS")
    assert (refused.status_code, 'href="#f-size"' in refused.text) == (422, True)


async def test_an_entry_that_does_not_belong_is_taken_out_and_its_link_is_dead(group: Group) -> None:
    await group.begin()
    one = await group.joined("Iseng")
    answer = await group.shopper.desk.send(f"{group.home}/1/hapus", on=f"{group.home}/1")
    assert answer.headers["location"] == group.home
    assert "Belum ada yang mengisi." in await group.read()
    await one.read(status=404)
    assert (await group.shopper.desk.client.get(f"{group.home}/1")).status_code == 404


async def test_a_link_that_was_closed_takes_nothing_until_it_is_opened_again(group: Group) -> None:
    await group.begin()
    one = await group.joined("Budi")
    await group.act("tutup")
    assert "Ditutup" in await group.read()
    assert (await group.member().desk.client.get(group.link)).status_code == 410
    assert "Pengisian sudah ditutup" in await one.read()
    await reopen(group, places="40")
    await group.joined("Citra", "ukuran-S")
    assert "2 dari 40 sudah mengisi" in await group.read()


async def test_a_group_has_a_sensible_number_of_places_and_a_last_day_that_is_near(group: Group) -> None:
    await group.begin()
    now = await today()
    await group.joined("Ani")
    await group.joined("Budi")
    await group.joined("Citra")
    for places, ends, field in (
        ("2", now + timedelta(days=3), "places"),
        ("501", now + timedelta(days=3), "places"),
        ("tiga", now + timedelta(days=3), "places"),
        ("30", now - timedelta(days=1), "ends"),
        ("30", now + timedelta(days=30), "ends"),
        ("30", "besok", "ends"),
    ):
        answer = await group.act("atur", places=places, ends=str(ends))
        assert answer.status_code == 422, (places, ends)
        assert f'href="#f-{field}"' in answer.text
        assert f'id="f-{field}"' in answer.text


async def test_a_group_of_one_is_told_how_many_it_takes(group: Group) -> None:
    await group.begin()
    await group.joined("Budi")
    answer = await group.act("lanjut")
    assert answer.status_code == 422
    assert "Baru 1 orang yang ukurannya lengkap" in words_of(answer.text)


async def test_going_on_closes_the_link_and_opening_it_again_counts_anew(group: Group) -> None:
    await counted(group)
    answers = (await group.shopper.row()).answers
    assert (answers["sizes"], answers["amount"], answers["way"]) == ({"M": 1, "L": 1}, "few", "group")
    assert (await group.member().desk.client.get(group.link)).status_code == 410
    await reopen(group, places="30")
    assert "sizes" not in (await group.shopper.row()).answers
    led = await group.shopper.desk.client.get(group.shopper.at("anggaran"))
    assert led.headers["location"] == group.shopper.at("cara-ukur")


async def test_twelve_of_a_group_are_a_run(group: Group) -> None:
    await counted(group, *["ukuran-M"] * 12)
    assert (await group.shopper.row()).answers["amount"] == "many"


async def test_a_group_of_another_is_missing(group: Group, stranger: Desk) -> None:
    await counted(group)
    for question in ("anggaran", "tanggal"):
        await group.shopper.go(question, **group.shopper.said[question])
    await group.shopper.choose()
    await group.shopper.sign_in()
    for page in (group.home, f"{group.home}/1"):
        assert (await stranger.client.get(page)).status_code == 404
        assert (await stranger.client.get(page.replace(group.shopper.word, "a" * 22))).status_code == 404
    for act in ("", "/atur", "/tutup", "/lanjut", "/1", "/1/hapus"):
        data = {"kunci": uuid4().hex, "places": "5", "ends": str(await today()), "size": "S"}
        assert (await stranger.client.post(group.home + act, data=data)).status_code == 404, act
    assert (await group.shopper.desk.client.get(f"{group.home}/9")).status_code == 404
    assert await count("SELECT count(*) FROM wearer WHERE size = 'S' OR removed_at IS NOT NULL") == 0
