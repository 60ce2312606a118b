"""The desk of a supplier: requests with three answers, stock that is received and counted, money."""

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from clothingline.kit import db, ids
from clothingline.kit.access import Reach
from clothingline.materials import service
from clothingline.materials.errors import CountedTooLittle
from clothingline.materials.models import Lot, StockEntry
from tests.routing.asked import only
from tests.routing.street import Street, pass_time
from tests.web.desk import Desk, desk_of, words_of

INBOX, STOCK = "/pemasok/permintaan", "/pemasok/stok"


async def asked(street: Street, app: FastAPI) -> tuple[str, str, Desk]:
    """A paid order, the page of its request for cloth, and the one who is asked."""
    order = await street.placed()
    offer = await only(street, order, "supplier")
    return order, f"{INBOX}/{offer['id']}", desk_of(app, street.party(offer))


async def lot_of(lot_id: object) -> Lot:
    """A lot as it is now."""
    async with db.transaction() as session:
        return await session.get_one(Lot, lot_id)


async def test_a_request_is_confirmed_in_full_from_its_card_and_may_be_taken_back(street: Street, app: FastAPI) -> None:
    order, path, desk = await asked(street, app)
    said = words_of(await desk.page(INBOX))
    assert "20,4 m" in said
    assert "Untuk Busana Melati" in said
    page = await desk.follow(await desk.send(f"{path}/bisa", on=INBOX))
    assert "Bisa semua: Katun Jepang." in page
    assert (await only(street, order, "supplier"))["status"] == "accepted"
    await desk.follow(await desk.send(f"{path}/urungkan", on=path))
    assert (await only(street, order, "supplier"))["status"] == "seen"


async def test_a_part_asks_for_the_metres_alone_and_is_noted_with_the_answer(street: Street, app: FastAPI) -> None:
    _, path, desk = await asked(street, app)
    enough = await desk.send(f"{path}/sebagian", on=path, metres=21)
    assert (enough.status_code, "Jumlah itu cukup." in enough.text) == (422, True)
    page = await desk.follow(await desk.send(f"{path}/sebagian", on=path, metres=12))
    assert "hanya ada 12 m" in page
    assert "Jawaban Anda: Hanya ada 12 m" in await desk.page(path)


async def test_a_refusal_frees_the_request_for_others(street: Street, app: FastAPI) -> None:
    _, path, desk = await asked(street, app)
    await desk.follow(await desk.send(f"{path}/tidak", on=path, reason="Gulungan basah"))
    assert "Tidak diambil" in await desk.page(path)
    late = await desk.client.post(f"{path}/bisa", data={"kunci": "terlambat-1"})
    assert late.status_code == 409


async def test_requests_to_another_supplier_are_not_found(street: Street, app: FastAPI, desks: list[Desk]) -> None:
    _, path, desk = await asked(street, app)
    token = desk.client.cookies["sesi"]
    [stranger] = [one for one in desks if one.client.cookies["sesi"] != token]
    await stranger.page(path, 404)
    for act in ("bisa", "urungkan", "sebagian", "tidak"):
        answer = await stranger.client.post(f"{path}/{act}", data={"kunci": f"asing-{act}", "metres": "1"})
        assert answer.status_code == 404, act
    await desk.page(f"{INBOX}/{ids.show('off', ids.new_id())}", 404)


async def test_stock_that_came_in_is_noted_in_its_row_with_a_comma_or_a_point(
    street: Street, desks: list[Desk]
) -> None:
    lot = street.lots[0]
    path = f"{STOCK}/{ids.show('lot', lot.id)}/terima"
    assert "12,5 m masuk ke Katun Jepang." in await desks[0].follow(await desks[0].send(path, on=STOCK, metres="12,5"))
    await desks[0].follow(await desks[0].send(path, on=STOCK, metres="7.25 m"))
    assert (await lot_of(lot.id)).received_cm == lot.received_cm + 1_250 + 725
    wrong = await desks[0].send(path, on=STOCK, metres="banyak")
    assert (wrong.status_code, "Tulis meter sebagai angka" in wrong.text) == (422, True)


async def test_a_count_corrects_the_books_by_the_difference(street: Street, desks: list[Desk]) -> None:
    lot = street.lots[0]
    path = f"{STOCK}/{ids.show('lot', lot.id)}/hitung"
    shelf = (lot.received_cm - 300) // 100
    assert "Catatan dibetulkan -3 m." in await desks[0].follow(await desks[0].send(path, on=STOCK, metres=shelf))
    assert "Hitungan cocok" in await desks[0].follow(await desks[0].send(path, on=STOCK, metres=shelf))
    async with db.transaction() as session:
        entries = (await session.scalars(select(StockEntry).where(StockEntry.kind == "corrected"))).all()
    assert [entry.cm for entry in entries] == [-300]
    assert (await lot_of(lot.id)).received_cm == lot.received_cm - 300


async def test_a_count_below_what_is_set_aside_is_refused_with_the_metres(street: Street, app: FastAPI) -> None:
    order, _, desk = await asked(street, app)
    [lot] = [one for one in [await lot_of(lot.id) for lot in street.lots] if one.reserved_cm]
    path = f"{STOCK}/{ids.show('lot', lot.id)}/hitung"
    refused = await desk.send(path, on=STOCK, metres=20)
    assert (refused.status_code, "sudah disisihkan 21 m" in refused.text) == (409, True)
    assert (await lot_of(lot.id)).received_cm == lot.received_cm
    await desk.follow(await desk.send(path, on=STOCK, metres="20,4"))
    assert (await lot_of(lot.id)).free_cm == 0
    assert await street.status(order) == "placed"


async def test_the_books_of_another_supplier_cannot_be_counted(street: Street, desks: list[Desk]) -> None:
    foreign = ids.show("lot", street.lots[1].id)
    for act in ("terima", "hitung"):
        answer = await desks[0].client.post(f"{STOCK}/{foreign}/{act}", data={"kunci": f"asing-{act}", "metres": "5"})
        assert answer.status_code == 404
    assert street.lots[1].code not in await desks[0].page(STOCK)
    with pytest.raises(CountedTooLittle):
        await _count_nothing(street.lots[0])


async def _count_nothing(lot: Lot) -> None:
    await _set_aside(lot)
    async with db.transaction() as session:
        await service.count_stock(session, lot_id=lot.id, cm=0, reach=Reach(everything=True), by=None)


async def _set_aside(lot: Lot) -> None:
    async with db.transaction() as session:
        await service.hold_cloth(session, claim=ids.new_id(), lot_id=lot.id, cm=500)


async def test_a_new_lot_is_offered_and_is_empty_until_cloth_comes_in(desks: list[Desk]) -> None:
    path = f"{STOCK}/baru"
    form = {
        "name": "Katun Poplin",
        "cloth_class": "woven_light",
        "colour": "Putih",
        "shade": "A1",
        "fibre": "katun murni",
        "code": "KTN-0900",
        "price_idr": "42.000",
    }
    page = await desks[0].follow(await desks[0].send(path, on=path, width_cm=150, min_cut_cm=50, lead_days=1, **form))
    assert "Katun Poplin, putih" in words_of(page)
    assert "Belum pernah dicatat" in page
    missing = await desks[0].send(path, on=path, width_cm=5, **form)
    assert (missing.status_code, "sedikitnya 30." in missing.text) == (422, True)


async def test_overview_and_money_open_and_say_what_there_is(street: Street, app: FastAPI) -> None:
    order, path, desk = await asked(street, app)
    assert "Jawab permintaan" in await desk.page("/pemasok")
    await desk.send(f"{path}/bisa", on=path)
    for offer in await street.offers(order):
        if offer["status"] != "accepted":
            await street.accept(offer)
    await pass_time(minutes=11)
    said = words_of(await desk.page("/pemasok/uang"))
    assert "Sedang dikerjakan" in said
    assert str((await street.order(order))["code"]) in said
    await desk_of(app, street.dewi).page("/pemasok", 403)
