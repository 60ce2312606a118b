"""Lots through the API: what everybody sees, what the supplier sees, and what others do not."""

from typing import Any, get_args

import httpx

from clothingline.kit import db
from clothingline.kit.access import Role
from clothingline.kit.ids import new_id, read, show
from clothingline.materials import service
from clothingline.materials.schemas import ClothClass
from clothingline.reference import facts
from tests.cast import Actor, Cast
from tests.parties import make_lot, make_supplier, member

LOT = {
    "code": "KTN-0142",
    "name": "Katun Jepang",
    "cloth_class": "woven_light",
    "colour": "Biru Dongker",
    "shade": "A",
    "fibre": "katun",
    "width_cm": 150,
    "price": {"amount": 42_000, "currency": "IDR"},
    "min_cut_cm": 50,
    "lead_days": 1,
}


async def supplier(cast: Cast, phone: str = "0812-3456-7803") -> Actor:
    async with db.transaction() as session:
        return await member(cast, session, phone, Role.SUPPLIER, (await make_supplier(session)).id, name="Pak Hadi")


async def lot_of(hadi: Actor, received_cm: int = 0, **given: Any) -> str:
    made = await hadi.post("/v1/lots", LOT | given)
    assert made.status_code == 201, made.text
    if received_cm:
        await hadi.post(f"/v1/lots/{made.json()['id']}/receipts", {"cm": received_cm, "note": "gulungan 7"})
    return str(made.json()["id"])


def test_the_cloth_classes_of_the_interface_are_those_of_the_facts() -> None:
    assert get_args(ClothClass) == facts.FABRIC_CLASSES


async def test_a_supplier_offers_a_lot_and_brings_stock_into_it(cast: Cast, client: httpx.AsyncClient) -> None:
    hadi = await supplier(cast)
    lot_id = await lot_of(hadi, 10_000)
    seen = (await client.get(f"/v1/lots/{lot_id}")).json()
    assert (seen["free_cm"], seen["price"], seen["colour"]) == (10_000, LOT["price"], "biru dongker")
    assert seen["stock"] is None
    own = (await hadi.get(f"/v1/lots/{lot_id}")).json()
    assert own["stock"] == {"received_cm": 10_000, "held_cm": 0, "reserved_cm": 0, "used_cm": 0}
    [entry] = (await hadi.get(f"/v1/lots/{lot_id}/entries")).json()["data"]
    assert (entry["kind"], entry["cm"], entry["note"]) == ("received", 10_000, "gulungan 7")


async def test_lots_are_narrowed_by_class_colour_free_length_and_supplier(
    cast: Cast, client: httpx.AsyncClient
) -> None:
    hadi = await supplier(cast)
    batik = await lot_of(hadi, 500, cloth_class="batik", colour="sogan")
    cotton = await lot_of(hadi, 2_000)
    wanted = {
        "": [cotton, batik],
        "cloth_class=batik": [batik],
        "colour=BIRU%20dongker": [cotton],
        "min_free_cm=501": [cotton],
        "min_free_cm=2001": [],
        f"supplier={show('sup', new_id())}": [],
    }
    for query, expected in wanted.items():
        found = (await client.get(f"/v1/lots?{query}")).json()["data"]
        assert [lot["id"] for lot in found] == expected, query


async def test_another_suppliers_stock_looks_like_a_missing_lot(cast: Cast) -> None:
    lot_id = await lot_of(await supplier(cast), 1_000)
    rival = await supplier(cast, "0812-3456-7804")
    missing = show("lot", new_id())
    for path in ("/v1/lots/{}/entries", "/v1/lots/{}/receipts"):
        bodies = []
        for one in (lot_id, missing):
            answer = await rival.call(
                "POST" if path.endswith("receipts") else "GET",
                path.format(one),
                {"cm": 5} if path.endswith("receipts") else None,
                request_id="req-same",
            )
            assert answer.status_code == 404
            bodies.append(answer.text.replace(one, "…"))
        assert bodies[0] == bodies[1]


async def test_a_lot_for_another_supplier_is_refused(cast: Cast) -> None:
    hadi = await supplier(cast)
    refused = await hadi.post("/v1/lots", LOT | {"supplier": show("sup", new_id())})
    assert (refused.status_code, refused.json()["code"]) == (404, "supplier_unknown")


async def test_a_receipt_of_nothing_or_of_too_much_is_refused(cast: Cast) -> None:
    hadi = await supplier(cast)
    lot_id = await lot_of(hadi)
    for cm in (0, -5, 10_000_001, 1.5, "7", True):
        refused = await hadi.post(f"/v1/lots/{lot_id}/receipts", {"cm": cm})
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/cm"), cm


async def test_a_supplier_sees_what_is_set_aside_in_its_own_lots_only(cast: Cast) -> None:
    hadi = await supplier(cast)
    async with db.transaction() as session:
        other = await make_lot(session, (await make_supplier(session)).id)
        await service.hold_cloth(session, claim=new_id(), lot_id=other.id, cm=100)
    lot_id = await lot_of(hadi, 1_000)
    async with db.transaction() as session:
        await service.hold_cloth(session, claim=new_id(), lot_id=read("lot", lot_id), cm=320)
    [found] = (await hadi.get("/v1/reservations")).json()["data"]
    assert (found["lot"], found["status"], found["cm"]) == (lot_id, "held", 320)
    assert "claim" not in found
    assert (await hadi.get("/v1/reservations?status=cut")).json()["data"] == []


async def test_a_consumer_neither_offers_cloth_nor_reads_stock(cast: Cast) -> None:
    lot_id = await lot_of(await supplier(cast), 1_000)
    rina = await cast.sign_in("0812-3456-7801")
    assert (await rina.post("/v1/lots", LOT)).status_code == 403
    assert (await rina.get(f"/v1/lots/{lot_id}/entries")).status_code == 403
    assert (await rina.get("/v1/reservations")).status_code == 403


async def test_a_filter_that_cannot_be_read_is_named(client: httpx.AsyncClient) -> None:
    for query, pointer in (
        ("supplier=hadi", "/supplier"),
        ("colour=%00", "/colour"),
        ("cloth_class=sutra", "/cloth_class"),
        ("min_free_cm=-1", "/min_free_cm"),
    ):
        refused = await client.get(f"/v1/lots?{query}")
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, pointer)
