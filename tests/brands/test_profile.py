"""Who sees what of a brand, and who may change it."""

import httpx

from clothingline.kit import db, ids
from clothingline.kit.access import Role
from tests.cast import Cast
from tests.parties import make_brand, member

PUBLIC = {"id", "slug", "name", "regency_code", "town", "families", "fee"}


async def test_everybody_sees_town_families_and_fee_of_a_brand(
    client: httpx.AsyncClient, database: db.Database
) -> None:
    async with db.transaction() as session:
        brand = await make_brand(session, slug="busana-melati")
    for ref in ("busana-melati", ids.show("brd", brand.id)):
        seen = (await client.get(f"/v1/brands/{ref}")).json()
        assert seen.keys() == PUBLIC
        assert (seen["town"], seen["fee"]) == ("Kota Tangerang", {"amount": 15_000, "currency": "IDR"})
    listed = (await client.get("/v1/brands?family=dress")).json()["data"]
    assert [one.keys() for one in listed] == [PUBLIC]
    assert (await client.get("/v1/brands?family=footwear")).json()["data"] == []


async def test_a_brand_that_does_not_exist_is_not_found(client: httpx.AsyncClient) -> None:
    for ref in ("tidak-ada", "brd_01kt08000000000000000000aa", "%00", "A B"):
        answer = await client.get(f"/v1/brands/{ref}")
        assert answer.status_code == 404


async def test_an_owner_sees_and_changes_its_own_brand_and_no_other(cast: Cast) -> None:
    async with db.transaction() as session:
        mine, other = await make_brand(session), await make_brand(session, name="Griya Batik")
        ratna = await member(cast, session, "081200000003", Role.BRAND_OWNER, mine.id, name="Ratna")
        staff = await member(cast, session, "081200000005", Role.BRAND_STAFF, mine.id, name="Ayu")
    path = f"/v1/brands/{mine.slug}"
    body = {"name": "Melati Baru", "fee_idr": 20_000, "weekly_pieces": 300, "standing_acceptance": True}
    changed = (await ratna.call("PATCH", path, body)).json()
    assert (changed["name"], changed["fee"]["amount"], changed["weekly_pieces"]) == ("Melati Baru", 20_000, 300)
    assert changed["kbli"] == {"code": "14111", "edition": "2020"}
    assert (await ratna.get(path)).json() == changed
    assert (await ratna.get(f"/v1/brands/{other.slug}")).json().keys() == PUBLIC
    assert (await ratna.call("PATCH", f"/v1/brands/{other.slug}", body)).json()["code"] == "brand_not_found"
    assert (await staff.call("PATCH", path, body)).status_code == 403


async def test_a_business_number_has_thirteen_digits(cast: Cast) -> None:
    async with db.transaction() as session:
        brand = await make_brand(session)
        dewi = await member(cast, session, "081200000004", Role.ADMIN, name="Dewi")
    answer = await dewi.call("PATCH", f"/v1/brands/{brand.slug}", {"nib": "123456789012"})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/nib")
    answer = await dewi.call("PATCH", f"/v1/brands/{brand.slug}", {"nib": "9234567890123"})
    assert answer.json()["nib"] == "9234567890123"
