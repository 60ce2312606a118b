"""Who sees what of a supplier, and who may change it."""

import httpx

from clothingline.kit import db, ids
from clothingline.kit.access import Role
from tests.cast import Cast
from tests.parties import make_supplier, member

PUBLIC = {"id", "slug", "name", "regency_code", "town"}


async def test_everybody_sees_name_and_town_of_a_supplier(client: httpx.AsyncClient, database: db.Database) -> None:
    async with db.transaction() as session:
        supplier = await make_supplier(session, slug="toko-kain")
    for ref in ("toko-kain", ids.show("sup", supplier.id)):
        seen = (await client.get(f"/v1/suppliers/{ref}")).json()
        assert (seen.keys(), seen["town"]) == (PUBLIC, "Kota Tangerang")
    assert [one["slug"] for one in (await client.get("/v1/suppliers")).json()["data"]] == ["toko-kain"]
    assert (await client.get("/v1/suppliers/tidak-ada")).json()["code"] == "supplier_not_found"


async def test_a_supplier_sees_and_changes_itself_and_no_other(cast: Cast) -> None:
    async with db.transaction() as session:
        mine, other = await make_supplier(session), await make_supplier(session, name="Toko Lain")
        hasan = await member(cast, session, "081200000006", Role.SUPPLIER, mine.id, name="Hasan")
    path = f"/v1/suppliers/{mine.slug}"
    changed = (await hasan.call("PATCH", path, {"name": "Kain Hasan", "standing_acceptance": True})).json()
    assert (changed["name"], changed["standing_acceptance"], changed["nib"]) == ("Kain Hasan", True, mine.nib)
    assert (await hasan.get(path)).json() == changed
    assert (await hasan.get(f"/v1/suppliers/{other.slug}")).json().keys() == PUBLIC
    refused = await hasan.call("PATCH", f"/v1/suppliers/{other.slug}", {"name": "Saya"})
    assert (refused.status_code, refused.json()["code"]) == (404, "supplier_not_found")
    unknown = await hasan.call("PATCH", path, {"lat_micro": 1})
    assert (unknown.status_code, unknown.json()["errors"][0]["code"]) == (422, "extra_forbidden")
