"""Sizes by pages: counts that must add up, measures that are possible, and doubts that are asked back once."""

import re

import pytest
from sqlalchemy import select

from clothingline.accounts.queries import find_account
from clothingline.accounts.secrets import phone_number
from clothingline.kit import db
from clothingline.kit.money import rupiah
from clothingline.measurements import queries as measurements
from clothingline.measurements.models import MeasurementSet
from clothingline.orders.service import measures_of
from clothingline.shop import estimates
from tests.cast import Cast
from tests.routing.measures import measured
from tests.web.desk import words_of
from tests.web.shop.members import BODY
from tests.web.shop.shopper import KEBAYA, SHIRT, Shopper


async def begin_measuring(shopper: Shopper, *, design: str = SHIRT, figure: str = "man") -> str:
    """Up to the first measure; which one that is."""
    await shopper.begin(design)
    await shopper.go("jumlah", amount="one")
    await shopper.go("kain", colour="bantu")
    assert await shopper.go("cara-ukur", way="self") == "ukuran/siapa"
    return await shopper.go("ukuran/siapa", figure=figure, consent="ya")


@pytest.mark.parametrize(
    ("amount", "sizes", "fits"),
    [
        ("few", {"sizes_m": "1"}, False),
        ("few", {"sizes_m": "1", "sizes_l": "1"}, True),
        ("few", {"sizes_m": "6", "sizes_l": "6"}, False),
        ("many", {"sizes_m": "6", "sizes_l": "5"}, False),
        ("many", {"sizes_m": "6", "sizes_l": "6"}, True),
        ("many", {"sizes_m": "enam"}, False),
        ("many", {}, False),
    ],
)
async def test_the_pieces_of_all_sizes_are_as_many_as_was_said(
    shopper: Shopper, amount: str, sizes: dict[str, str], fits: bool
) -> None:
    await shopper.begin()
    await shopper.go("jumlah", amount=amount)
    await shopper.go("kain", colour="bantu")
    answer = await shopper.say("cara-ukur", **sizes)
    assert answer.status_code == (303 if fits else 422)
    if not fits:
        assert "<title>Perlu diperbaiki: " in answer.text
        assert 'href="#f-sizes"' in answer.text
        assert 'id="f-sizes"' in answer.text
        assert all(f'name="{name}" value="{value}"' in answer.text for name, value in sizes.items())


async def test_no_measure_is_taken_without_consent(shopper: Shopper) -> None:
    await shopper.begin()
    await shopper.go("jumlah", amount="one")
    await shopper.go("kain", colour="bantu")
    await shopper.go("cara-ukur", way="self")
    answer = await shopper.say("ukuran/siapa", figure="man")
    assert answer.status_code == 422
    assert "Centang persetujuan" in words_of(answer.text)
    led = await shopper.desk.client.get(shopper.at("ukuran/neck"))
    assert led.headers["location"] == shopper.at("ukuran/siapa")


async def test_an_empty_page_of_who_is_measured_names_both_the_figure_and_the_consent(shopper: Shopper) -> None:
    await shopper.begin()
    await shopper.go("jumlah", amount="one")
    await shopper.go("kain", colour="bantu")
    await shopper.go("cara-ukur", way="self")
    answer = await shopper.say("ukuran/siapa")
    assert answer.status_code == 422
    assert re.findall(r'href="#f-(figure|consent)"', answer.text) == ["figure", "consent"]
    assert "Centang persetujuan, atau kembali dan pilih ukuran jadi." in words_of(answer.text)


async def test_beside_the_ways_of_sizing_stands_what_a_ready_size_and_a_body_cost_at_least(shopper: Shopper) -> None:
    estimates.forget()
    await shopper.begin()
    await shopper.go("jumlah", amount="one")
    await shopper.go("kain", colour="bantu")
    page = await shopper.read("cara-ukur")
    ready, body = (int(one.replace(".", "")) for one in re.findall(r"Mulai Rp ([\d.]+)\.", page))
    assert ready < body
    assert re.search(rf"Dijahit untuk satu badan\. Mulai {rupiah(body)}\.", page)
    design = words_of(await shopper.desk.page(f"/desain/{SHIRT}"))
    assert f"mulai {rupiah(ready)} dalam ukuran jadi" in design
    assert f"Bisa menurut ukuran badan Anda. Mulai {rupiah(body)}." in design


async def test_where_no_price_for_a_body_is_known_the_page_says_that_it_is_usually_dearer(
    shopper: Shopper, monkeypatch: pytest.MonkeyPatch
) -> None:
    estimates.forget()
    monkeypatch.setattr(estimates, "PATIENCE_SECONDS", 0)
    await shopper.begin()
    await shopper.go("jumlah", amount="one")
    await shopper.go("kain", colour="bantu")
    said = "Biasanya lebih mahal daripada ukuran jadi: dijahit untuk satu badan."
    assert said in await shopper.read("cara-ukur")
    assert said in words_of(await shopper.desk.page(f"/desain/{SHIRT}"))


async def test_a_length_that_no_body_has_is_refused_with_what_is_possible(shopper: Shopper) -> None:
    await begin_measuring(shopper)
    for typed, said in (
        ("3", "antara 22 dan 60 cm"),
        ("tujuh", "Tulis angka dalam sentimeter"),
        ("", "Wajib diisi. Belum tahu?"),
    ):
        answer = await shopper.say("ukuran/neck", value=typed)
        assert answer.status_code == 422, typed
        assert said in words_of(answer.text)
        assert f'value="{typed}"' in answer.text
    assert measures_of(await shopper.row()) == {}


async def test_what_looks_odd_is_asked_back_once_and_kept_when_it_is_right(shopper: Shopper) -> None:
    assert await begin_measuring(shopper) == "ukuran/neck"
    await shopper.go("ukuran/neck", value="38")
    await shopper.go("ukuran/chest", value="96")
    asked = await shopper.say("ukuran/waist", value="52")
    assert asked.status_code == 200
    assert "Benar 52 cm?" in words_of(asked.text)
    assert "lebih kecil dari biasanya" in words_of(asked.text)
    assert measures_of(await shopper.row()) == {"neck": 380, "chest": 960}
    assert await shopper.go("ukuran/waist", value="52.0", sure="520") == "ukuran/shoulder_to_shoulder"
    assert measures_of(await shopper.row())["waist"] == 520


async def test_a_yes_to_one_length_is_none_to_another(shopper: Shopper) -> None:
    await begin_measuring(shopper)
    asked = await shopper.say("ukuran/neck", value="24", sure="250")
    assert (asked.status_code, "Benar 24 cm?" in words_of(asked.text)) == (200, True)


async def test_measures_that_do_not_go_together_name_each_other(shopper: Shopper) -> None:
    await begin_measuring(shopper)
    await shopper.go("ukuran/neck", value="38")
    await shopper.go("ukuran/chest", value="85")
    asked = words_of((await shopper.say("ukuran/waist", value="120")).text)
    assert "tidak serasi" in asked
    assert "Ukur lagi: lingkar dada" in asked


async def test_inches_are_shown_in_centimetres_before_they_are_kept(shopper: Shopper) -> None:
    await begin_measuring(shopper)
    asked = words_of((await shopper.say("ukuran/neck", value='15"')).text)
    assert "15 inci = 38,1 cm." in asked
    await shopper.go("ukuran/neck", value="38.1", sure="381")
    assert measures_of(await shopper.row()) == {"neck": 381}


async def test_of_a_child_the_height_is_asked_first_so_that_the_ranges_of_adults_do_not_count(
    shopper: Shopper,
) -> None:
    assert await begin_measuring(shopper, figure="girl") == "ukuran/height"
    assert await shopper.go("ukuran/height", value="118") == "ukuran/neck"
    assert await shopper.go("ukuran/neck", value="27") == "ukuran/chest"
    assert await shopper.go("ukuran/chest", value="60") == "ukuran/waist"


async def test_measures_are_stored_for_the_account_that_orders_and_leave_the_draft(shopper: Shopper) -> None:
    await begin_measuring(shopper)
    for code, value in BODY.items():
        await shopper.go(f"ukuran/{code}", value=value)
    await shopper.go("anggaran", act="belum")
    await shopper.go("tanggal", when="calm", place="Cimahi")
    await shopper.choose()
    await shopper.sign_in()
    await shopper.go("alamat", recipient="Ani", street="Jl. Cihampelas 12, Coblong")
    assert "/bayar" in (await shopper.say("ringkasan")).headers["location"]
    assert (await shopper.row()).measures is None
    async with db.transaction() as session:
        account = await find_account(session, phone_number("0812-3456-7899"))
        assert account is not None
        [(person, row)] = await measurements.list_newest_sets(session, account.id)
    assert (person.sex, row.method, row.has_open_doubts) == ("male", "self", False)


async def test_of_a_saved_set_only_what_it_lacks_for_the_garment_is_asked(shopper: Shopper, cast: Cast) -> None:
    actor = await cast.sign_in("0812-3456-7811")
    saved = await measured(actor)
    shopper.desk.client.cookies.set("sesi", actor.token)
    await shopper.begin()
    await shopper.go("jumlah", amount="one")
    await shopper.go("kain", colour="bantu")
    assert "Ukuran tersimpan – Saya" in await shopper.read("cara-ukur")
    assert await shopper.go("cara-ukur", way=f"tersimpan-{saved}") == "ukuran/garment_length"
    assert await shopper.go("ukuran/garment_length", value="70") == "ukuran/wrist"
    assert await shopper.go("ukuran/wrist", value="16") == "anggaran"


async def test_the_saved_set_of_somebody_else_does_not_exist(shopper: Shopper, cast: Cast) -> None:
    theirs = await measured(await cast.sign_in("0812-3456-7811"))
    mine = await cast.sign_in("0812-3456-7812")
    shopper.desk.client.cookies.set("sesi", mine.token)
    await shopper.begin()
    await shopper.go("jumlah", amount="one")
    await shopper.go("kain", colour="bantu")
    answer = await shopper.say("cara-ukur", way=f"tersimpan-{theirs}")
    assert answer.status_code == 404


async def test_a_kebaya_asks_what_its_tailor_needs(shopper: Shopper) -> None:
    first = await begin_measuring(shopper, design=KEBAYA, figure="woman")
    assert "Ukuran 1 dari 16" in await shopper.read(first)
    assert (await shopper.desk.client.get(shopper.at("ukuran/inseam"))).status_code == 404


async def test_a_measure_of_which_somebody_is_not_sure_may_stay_empty_and_is_asked_about_before_the_cut(
    shopper: Shopper,
) -> None:
    await begin_measuring(shopper)
    await shopper.go("ukuran/neck", value="38", source="self")
    assert await shopper.go("ukuran/chest", source="tidak-yakin") == "ukuran/waist"
    assert "Penjahit akan menghubungi Anda sebelum memotong kain" in await shopper.read("ukuran/waist")
    await shopper.go("ukuran/waist", value="52", source="tidak-yakin")  # odd, but asked about anyway
    row = await shopper.row()
    assert (row.answers["unsure"], measures_of(row)) == (["chest", "waist"], {"neck": 380, "waist": 520})
    await shopper.go("ukuran/waist", value="84", source="self")
    assert (await shopper.row()).answers["unsure"] == ["chest"]
    for code in ("shoulder_to_shoulder", "shoulder_to_wrist", "garment_length", "wrist"):
        await shopper.go(f"ukuran/{code}", value=BODY[code])
    await shopper.go("anggaran", act="belum")
    await shopper.go("tanggal", when="calm", place="Cimahi")
    await shopper.choose()
    await shopper.sign_in()
    await shopper.go("alamat", recipient="Ani", street="Jl. Cihampelas 12, Coblong")
    assert "/bayar" in (await shopper.say("ringkasan")).headers["location"]
    async with db.transaction() as session:
        [stored] = await session.scalars(select(MeasurementSet))
        assert await measurements.list_unconfirmed(session, stored.id) == ["chest"]


async def test_of_all_measures_one_must_be_known(shopper: Shopper) -> None:
    first = await begin_measuring(shopper)
    for _ in range(6):
        first = await shopper.go(first, source="tidak-yakin")
    answer = await shopper.say(first, source="tidak-yakin")
    assert (answer.status_code, "Satu ukuran saja harus diketahui" in words_of(answer.text)) == (422, True)
    assert await shopper.go(first, value="17", source="self") == "anggaran"
