"""The desk of a brand: overview, weeks, cloth, tailors, designs and money."""

import re

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from clothingline.brands.models import Brand
from clothingline.garments.models import Design
from clothingline.kit import db, ids
from clothingline.kit.access import Role
from tests.routing.asked import only
from tests.routing.street import Street, pass_time, settle, signed_in
from tests.web.desk import Desk, desk_of, words_of

PAGES = ("", "/kapasitas", "/bahan", "/penjahit", "/katalog", "/katalog/baru")
OWNERS_PAGES = ("/uang", "/setelan")


@pytest.fixture
async def staff(street: Street, app: FastAPI) -> Desk:
    """Somebody of the brand who does not own it."""
    async with db.transaction() as session:
        actor = await signed_in(session, street.client, Role.BRAND_STAFF, street.brand.id)
    return desk_of(app, actor)


async def test_every_page_of_the_desk_opens_for_a_brand_without_any_orders(dewi: Desk) -> None:
    for path in (*PAGES, *OWNERS_PAGES):
        assert "<h1>" in await dewi.page(f"/merek{path}")


async def test_staff_of_a_brand_see_all_but_money_and_settings(staff: Desk) -> None:
    for path in PAGES:
        await staff.page(f"/merek{path}")
    for path in OWNERS_PAGES:
        await staff.page(f"/merek{path}", 403)


async def test_the_overview_counts_what_waits_and_leads_there(street: Street, dewi: Desk) -> None:
    assert "Tidak ada yang menunggu Anda." in await dewi.page("/merek")
    order = await street.placed()
    page = await dewi.page("/merek")
    assert "Jawab permintaan" in page
    assert 'href="/merek/permintaan"' in page
    await street.accept_all(order)
    await pass_time(minutes=11)
    assert "Potong kain dan kirim kit" in await dewi.page("/merek")


async def test_capacity_shows_what_is_booked_and_who_brings_what_back(street: Street, dewi: Desk) -> None:
    await street.confirmed()
    said = words_of(await dewi.page("/merek/kapasitas"))
    assert re.search(r"\b12 488\b", said)  # booked, and free of 500
    assert "Penjahit 1" in said or "Penjahit 0" in said


async def test_a_brand_says_how_much_it_can_make_and_cannot_fall_below_what_is_booked(
    street: Street, dewi: Desk
) -> None:
    await street.placed()
    path = "/merek/kapasitas"
    await dewi.follow(await dewi.send(path, on=path, weekly_pieces=300))
    async with db.transaction() as session:
        assert (await session.get_one(Brand, street.brand.id)).weekly_pieces == 300
    refused = await dewi.send(path, on=path, weekly_pieces=1)
    assert (refused.status_code, 'value="1"' in refused.text) == (409, True)


async def test_cloth_shows_which_supplier_has_not_answered_and_until_when(
    street: Street, dewi: Desk, other: Desk
) -> None:
    order = await street.placed()
    code = str((await street.order(order))["code"])
    said = words_of(await dewi.page("/merek/bahan"))
    assert "Menunggu jawaban pemasok dijawab sebelum" in said
    assert code in said
    assert code not in await other.page("/merek/bahan")
    await street.accept(await only(street, order, "supplier"))
    assert "Pasti, menunggu dipotong" in await dewi.page("/merek/bahan")


async def test_requests_to_suppliers_are_listed_with_how_each_was_answered(
    street: Street, dewi: Desk, other: Desk, app: FastAPI
) -> None:
    assert "Belum ada permintaan ke pemasok." in await dewi.page("/merek/bahan")
    order = await street.placed()
    offer = await only(street, order, "supplier")
    requests = words_of((await dewi.page("/merek/bahan")).partition('id="minta"')[2].partition("</section>")[0])
    assert str((await street.order(order))["code"]) in requests
    assert "Menunggu jawaban dijawab sebelum" in requests
    supplier, path = desk_of(app, street.party(offer)), f"/pemasok/permintaan/{offer['id']}"
    await supplier.follow(await supplier.send(f"{path}/tidak", on=path, reason="Gulungan basah"))
    requests = words_of((await dewi.page("/merek/bahan")).partition('id="minta"')[2].partition("</section>")[0])
    assert "Tidak bisa memenuhi Gulungan basah" in requests
    assert "Belum ada permintaan ke pemasok." in await other.page("/merek/bahan")


async def test_cloth_on_sale_is_filtered_by_kind_and_colour_and_empty_filters_filter_nothing(dewi: Desk) -> None:
    everything = await dewi.page("/merek/bahan?jenis=&warna=")
    assert "Katun Jepang" in everything
    assert "Katun Jepang" in await dewi.page("/merek/bahan?jenis=woven_light&warna=Navy")
    assert "Tidak ada kain seperti itu." in await dewi.page("/merek/bahan?warna=emas")


async def test_tailors_are_shown_with_skills_and_pay_and_never_with_a_phone(street: Street, dewi: Desk) -> None:
    page = await dewi.page("/merek/penjahit")
    assert "keahlian bersertifikat" in page
    assert "Rp" in page
    assert "+62" not in page
    assert "Tidak ada penjahit untuk jenis itu." in await dewi.page("/merek/penjahit?jenis=headwear")


async def test_a_design_is_written_down_published_and_taken_back(street: Street, dewi: Desk, other: Desk) -> None:
    path = "/merek/katalog/baru"
    form = {"name": "Kemeja Senja", "garment_type": "kemeja", "colours": "navy, putih", "made_to_measure": "true"}
    assert "Desain tersimpan sebagai draf." in await dewi.follow(await dewi.send(path, on=path, **form))
    async with db.transaction() as session:
        design = (await session.scalars(select(Design).where(Design.name == "Kemeja Senja"))).one()
    assert (design.state, design.colours) == ("draft", ["navy", "putih"])
    own = f"/merek/katalog/{ids.show('dsg', design.id)}"
    assert "Kemeja Senja" not in await other.page("/merek/katalog")
    for act in ("terbit", "tarik"):
        answer = await other.client.post(f"{own}/{act}", data={"kunci": f"asing-{act}"})
        assert answer.status_code == 404
    assert "Kemeja Senja terbit" in await dewi.follow(await dewi.send(f"{own}/terbit", on="/merek/katalog"))
    assert "Kemeja Senja ditarik." in await dewi.follow(await dewi.send(f"{own}/tarik", on="/merek/katalog"))


async def test_a_design_without_a_name_keeps_what_was_typed(dewi: Desk) -> None:
    path = "/merek/katalog/baru"
    answer = await dewi.send(path, on=path, name="", garment_type="kemeja", colours="navy")
    assert answer.status_code == 422
    assert "Nama desain: wajib diisi." in answer.text
    assert 'value="navy"' in answer.text


async def test_money_shows_what_buyers_paid_in_and_what_of_it_is_owed(street: Street, dewi: Desk, other: Desk) -> None:
    order = await street.confirmed()
    paid = (await street.order(order))["paid"]["amount"]
    said = words_of(await dewi.page("/merek/uang"))
    assert f"ditahan sampai diterima Rp {paid:,}".replace(",", ".") in said
    pay = (await only(street, order, "tailor"))["pay"]["amount"]
    assert f"Untuk penjahit Rp {pay:,}".replace(",", ".") in said
    cloth = (await only(street, order, "supplier"))["pay"]["amount"]
    assert f"Untuk kain Rp {cloth:,}".replace(",", ".") in said
    assert "ditahan sampai diterima Rp 0" in words_of(await other.page("/merek/uang"))


async def test_earnings_are_a_table_for_a_spreadsheet(street: Street, dewi: Desk, other: Desk) -> None:
    order = await street.confirmed()
    code = str((await street.order(order))["code"])
    await settle()
    assert 'href="/merek/uang/penghasilan.csv"' in await dewi.page("/merek/uang")
    answer = await dewi.client.get("/merek/uang/penghasilan.csv")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    lines = answer.text.splitlines()
    assert lines[0].startswith("pesanan,sumber,keadaan,jumlah_idr")
    assert any(line.startswith(f"{code},order,expected,") for line in lines[1:])
    assert code not in (await other.client.get("/merek/uang/penghasilan.csv")).text
