"""The first page, the catalogue with its filters, designs and brands."""

import re
from datetime import date

import pytest
from sqlalchemy import select, update

from clothingline import matching
from clothingline.brands.models import Brand
from clothingline.certification.models import Certificate
from clothingline.garments.models import Design
from clothingline.kit import db
from clothingline.shop import estimates
from clothingline.shop.showcase import Wanted, filters
from tests.parties import make_chart, make_design
from tests.web.desk import words_of
from tests.web.shop.shopper import KEBAYA, SHIRT, Shopper

CARD = re.compile(r'<li class="card design">\s*<a href="/desain/([\w-]+)">(.*?)</li>', re.DOTALL)


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """What another test has asked the engine says nothing here."""
    estimates.forget()


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers who wait until the engine has spoken of every design."""
    monkeypatch.setattr(estimates, "PATIENCE_SECONDS", 600)


async def test_the_first_page_counts_what_is_there_and_leads_to_the_catalogue(shopper: Shopper) -> None:
    page = await shopper.desk.page("/")
    assert "20 IKM fesyen" in words_of(page).replace("IKM fesyen 20", "20 IKM fesyen")
    for path in ("/katalog", "/katalog?untuk=satuan", "/katalog?untuk=seragam", "/katalog?untuk=muslim"):
        assert f'href="{path}"' in page
        await shopper.desk.page(path)


@pytest.mark.usefixtures("patient")
async def test_every_card_names_a_price_days_a_brand_and_a_town(shopper: Shopper) -> None:
    page = await shopper.desk.page("/katalog")
    cards = CARD.findall(page)
    assert len(cards) == 28
    for slug, card in cards:
        assert re.search(r"mulai Rp.[\d.]+", words_of(card)), slug
        assert "jadi ± " in words_of(card)
    assert "28 desain" in words_of(page)


async def test_the_price_of_a_card_is_that_of_the_plan_for_one_piece(shopper: Shopper) -> None:
    page = words_of(await shopper.desk.page(f"/desain/{SHIRT}"))
    shown = re.search(r"mulai Rp ([\d.]+)", page)
    assert shown
    await shopper.plan()
    assert f"Rp {shown[1]}" in await shopper.read("rencana")


@pytest.mark.parametrize(
    ("basis", "said"), [("body", "Ukuran badan. Tiap merek"), ("garment", "Ukuran baju jadi, bukan badan. Tiap merek")]
)
async def test_a_table_of_sizes_says_whether_it_measures_bodies_or_garments(
    shopper: Shopper, basis: str, said: str
) -> None:
    async with db.transaction() as session:
        brand_id = await session.scalar(select(Brand.id).limit(1))
        assert brand_id
        chart = await make_chart(session, brand_id, basis=basis)
        design = await make_design(session, brand_id, size_chart_id=chart.id)
    assert said in words_of(await shopper.desk.page(f"/desain/{design.slug}"))


@pytest.mark.usefixtures("patient")
async def test_filters_are_links_that_narrow_and_can_be_taken_back(shopper: Shopper) -> None:
    page = await shopper.desk.page("/katalog?jenis=gamis&kain=navy")
    kept = CARD.findall(page)
    assert kept
    assert all("gamis" in slug for slug, _ in kept)
    assert 'href="/katalog?kain=navy"' in page
    assert 'href="/katalog?jenis=gamis"' in page
    cheap = CARD.findall(await shopper.desk.page("/katalog?urut=murah"))
    prices = [int(re.search(r"Rp.([\d.]+)", words_of(card))[1].replace(".", "")) for _, card in cheap]  # type: ignore[index]  # every card has a price
    assert prices == sorted(prices)
    soon = CARD.findall(await shopper.desk.page("/katalog?jadi=14&harga=200"))
    assert 0 < len(soon) < 28


async def test_where_no_design_fits_all_filters_can_be_removed_at_once(shopper: Shopper) -> None:
    page = await shopper.desk.page("/katalog?jenis=gamis&kain=khaki")
    assert "Belum ada desain yang cocok dengan saringan ini." in page
    assert 'href="/katalog">Hapus semua saringan' in re.sub(r"<svg.*?</svg>\s*", "", page)


async def test_a_filter_that_means_nothing_is_a_missing_page_or_narrows_nothing(shopper: Shopper) -> None:
    assert (await shopper.desk.client.get("/katalog?jenis=<b>")).status_code == 422
    assert len(CARD.findall(await shopper.desk.page("/katalog?urut=aneh"))) == 28


async def test_a_design_says_who_can_sew_it_and_what_can_be_chosen(shopper: Shopper) -> None:
    page = words_of(await shopper.desk.page("/desain/kebaya-encim-brokat"))
    assert re.search(r"\d+ penjahit bersertifikat bisa menjahit ini", page)
    assert "Bordir ujung lengan (+ Rp 45.000)" in page
    assert "Bisa menurut ukuran badan Anda." in page
    await shopper.desk.page("/desain/tidak-ada", 404)


async def test_every_card_names_as_many_certified_tailors_as_its_design_and_nobody_where_nobody_is(
    shopper: Shopper,
) -> None:
    shown = dict(CARD.findall(await shopper.desk.page("/katalog")))
    for slug in (SHIRT, KEBAYA):
        said = re.search(
            r"(\d+) penjahit bersertifikat bisa menjahit ini", words_of(await shopper.desk.page(f"/desain/{slug}"))
        )
        assert said
        assert int(said[1]) > 0
        assert f"{said[1]} penjahit bersertifikat SKKNI" in words_of(shown[slug])
    async with db.transaction() as session:
        await session.execute(update(Certificate).values(issued_on=date(2020, 1, 1), valid_until=date(2023, 1, 1)))
    assert "bersertifikat SKKNI" not in words_of(await shopper.desk.page("/katalog"))


async def test_a_brand_shows_its_designs_only(shopper: Shopper) -> None:
    page = await shopper.desk.page("/ikm/wastra-curug")
    assert {slug for slug, _ in CARD.findall(page)} == {
        "kemeja-batik-lengan-panjang",
        "kemeja-batik-lengan-pendek",
        "blus-batik-curug",
    }
    await shopper.desk.page("/ikm/tidak-ada", 404)


async def test_whoever_may_not_wait_sees_the_catalogue_without_the_missing_prices(
    shopper: Shopper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(estimates, "PATIENCE_SECONDS", 0)
    page = words_of(await shopper.desk.page("/katalog"))
    assert page.count("Harga dihitung setelah Anda memilih.") == 28


@pytest.mark.usefixtures("patient")
async def test_what_the_engine_said_of_a_design_is_kept_for_a_while(
    shopper: Shopper, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in ("/katalog", f"/desain/{SHIRT}"):
        await shopper.desk.page(path)

    def refuse(*_: object) -> None:
        raise AssertionError("the engine was asked again")

    monkeypatch.setattr(matching, "quote", refuse)
    await shopper.desk.page("/katalog")
    await shopper.desk.page(f"/desain/{SHIRT}")


def test_the_address_of_a_filter_holds_all_the_others() -> None:
    wanted = Wanted(jenis="gamis", kain="navy")
    assert wanted.href(urut="murah") == "/katalog?jenis=gamis&kain=navy&urut=murah"
    assert wanted.href(jenis=None, kain=None) == "/katalog"


def test_colours_and_towns_are_names_and_no_texts_of_ours() -> None:
    design, brand = Design(garment_type="kemeja", colours=["50 % katun"]), Brand(regency_code="32.73")
    found = filters([(design, brand, "Busana Melati")], Wanted())
    assert {name for name, links in found.items() for one in links if one.named} == {"Kain", "Kota merek"}
