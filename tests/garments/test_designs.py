"""Designs, size charts and garment types through the API."""

from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.garments import queries, service
from clothingline.garments.errors import DesignNotFound
from clothingline.garments.models import Design, SizeChart
from clothingline.kit import db
from clothingline.kit.access import Reach, Role
from clothingline.kit.errors import Invalid
from clothingline.kit.ids import new_id, read, show
from clothingline.reference import facts
from tests.cast import Actor, Cast
from tests.garments.test_configuring import NAME, SLEEVES
from tests.parties import make_brand, make_chart, make_design, member

SHIRT = {
    "name": "Kemeja Kerja Melati",
    "garment_type": "kemeja",
    "description": "Kemeja lengan panjang untuk bekerja.",
    "colours": ["Putih", "navy"],
    "options": [SLEEVES, NAME],
}


async def owner(cast: Cast, phone: str = "0812-3456-7805") -> tuple[Actor, UUID]:
    async with db.transaction() as session:
        brand = await make_brand(session)
        return await member(cast, session, phone, Role.BRAND_OWNER, brand.id, name="Ibu Melati"), brand.id


async def to_order(session: AsyncSession, ref: str) -> tuple[Design, SizeChart | None]:
    async with db.trip(session) as going:
        asked = await queries.ask_to_order(going, ref)
    return await queries.read_to_order(session, asked)


async def drafted(melati: Actor, **given: Any) -> dict[str, Any]:
    made = await melati.post("/v1/designs", SHIRT | given)
    assert made.status_code == 201, made.text
    body: dict[str, Any] = made.json()
    return body


async def test_a_brand_writes_a_design_down_publishes_it_and_takes_it_back(
    cast: Cast, client: httpx.AsyncClient
) -> None:
    melati, _ = await owner(cast)
    made = await drafted(melati)
    place = f"/v1/designs/{made['id']}"
    assert (made["status"], made["slug"]) == ("draft", "kemeja-kerja-melati")
    assert (await client.get(place)).status_code == 404
    assert (await melati.get(place)).json() == made
    published = await melati.post(f"{place}/publication")
    assert (published.status_code, published.json()["status"]) == (201, "published")
    assert (await client.get("/v1/designs/kemeja-kerja-melati")).json()["id"] == made["id"]
    assert (await melati.post(f"{place}/publication")).json()["code"] == "design_already_published"
    withdrawn = await melati.call("DELETE", f"{place}/publication")
    assert (withdrawn.status_code, withdrawn.json()["status"]) == (200, "withdrawn")
    assert (await client.get(place)).status_code == 404
    assert (await melati.call("DELETE", f"{place}/publication")).json()["code"] == "design_not_published"


async def test_what_a_design_leaves_out_comes_from_its_garment_type(cast: Cast) -> None:
    melati, _ = await owner(cast)
    made = await drafted(melati, cloth_width_cm=112)
    assert (made["cloth_class"], made["cloth_cm"], made["standard_seconds"]) == ("woven_light", 215, 1_320)
    assert made["colours"] == ["putih", "navy"]
    refused = await melati.post("/v1/designs", SHIRT | {"garment_type": "sepatu_kulit", "options": []})
    assert refused.json()["errors"][0]["pointer"] == "/cloth_cm"
    unknown = await melati.post("/v1/designs", SHIRT | {"garment_type": "jubah"})
    assert unknown.json()["errors"][0]["pointer"] == "/garment_type"


async def test_a_second_design_of_the_same_name_gets_an_address_of_its_own(cast: Cast) -> None:
    melati, _ = await owner(cast)
    first, second = await drafted(melati), await drafted(melati)
    assert second["slug"] == f"{first['slug']}-{second['id'][-6:]}"
    taken = await melati.post("/v1/designs", SHIRT | {"slug": first["slug"]})
    assert (taken.status_code, taken.json()["code"]) == (409, "slug_taken")


async def test_a_wrong_schema_of_options_is_named_by_its_pointer(cast: Cast) -> None:
    melati, _ = await owner(cast)
    repeated = await melati.post("/v1/designs", SHIRT | {"options": [SLEEVES, SLEEVES]})
    assert (repeated.status_code, repeated.json()["errors"][0]["pointer"]) == (422, "/options/1/code")
    dear = NAME | {"choices": [{"code": "bordir", "label_id": "Bordir", "label_en": "Embroidery", "extra_idr": -1}]}
    negative = await melati.post("/v1/designs", SHIRT | {"options": [dear]})
    assert negative.json()["errors"][0]["pointer"] == "/options/0/choices/0/extra_idr"


async def test_a_design_without_sizes_and_without_body_measures_is_not_published(cast: Cast) -> None:
    melati, brand_id = await owner(cast)
    made = await drafted(melati, made_to_measure=False)
    refused = await melati.post(f"/v1/designs/{made['id']}/publication")
    assert (refused.status_code, refused.json()["code"]) == (409, "design_incomplete")
    async with db.transaction() as session:
        chart = await make_chart(session, brand_id)
    sized = await drafted(melati, made_to_measure=False, size_chart=show("szc", chart.id))
    assert (await melati.post(f"/v1/designs/{sized['id']}/publication")).status_code == 201


async def test_a_chart_of_another_brand_is_not_used(cast: Cast) -> None:
    melati, _ = await owner(cast)
    async with db.transaction() as session:
        foreign = await make_chart(session, (await make_brand(session)).id)
        example = await make_chart(session)
    refused = await melati.post("/v1/designs", SHIRT | {"size_chart": show("szc", foreign.id)})
    assert refused.json()["errors"][0]["pointer"] == "/size_chart"
    assert (await drafted(melati, size_chart=show("szc", example.id)))["size_chart"] == show("szc", example.id)


async def test_another_brands_design_looks_like_a_missing_one(cast: Cast) -> None:
    melati, _ = await owner(cast)
    rival, _ = await owner(cast, "0812-3456-7806")
    made = await drafted(melati)
    for method, path in (("GET", ""), ("POST", "/publication"), ("DELETE", "/publication")):
        bodies = []
        for design in (made["id"], show("dsg", new_id())):
            answer = await rival.call(method, f"/v1/designs/{design}{path}", request_id="req-same")
            assert answer.status_code == 404
            bodies.append(answer.text.replace(design, "…"))
        assert bodies[0] == bodies[1]


async def test_the_catalogue_is_narrowed_by_garment_brand_and_words(cast: Cast, client: httpx.AsyncClient) -> None:
    async with db.transaction() as session:
        melati, kenanga = await make_brand(session), await make_brand(session, name="Kenanga")
        shirt = await make_design(session, melati.id, name="Kemeja 100 % katun")
        skirt = await make_design(session, melati.id, garment_type="rok", name="Rok Span")
        other = await make_design(session, kenanga.id)
        await make_design(session, kenanga.id, state="draft")
    wanted = {
        "": [other, skirt, shirt],
        "garment_type=rok": [skirt],
        f"brand={melati.slug}": [skirt, shirt],
        f"brand={show('brd', kenanga.id)}": [other],
        "text=SPAN": [skirt],
        "text=100%20%25": [shirt],
        "text=_": [],
    }
    for query, expected in wanted.items():
        found = (await client.get(f"/v1/designs?{query}")).json()["data"]
        assert [read("dsg", one["id"]) for one in found] == [one.id for one in expected], query


@pytest.mark.parametrize("path", ["/v1/designs/%00", "/v1/designs/Kemeja%20Kerja", "/v1/designs/dsg_1"])
async def test_an_address_that_names_no_design_is_not_found(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(path)).status_code == 404


async def test_a_withdrawn_design_is_not_sold_by_id_or_slug(session: AsyncSession) -> None:
    brand = await make_brand(session)
    design = await make_design(session, brand.id)
    assert (await to_order(session, show("dsg", design.id)))[0].id == design.id
    reach = Reach(organisations={Role.BRAND_OWNER: frozenset({brand.id})})
    await service.withdraw_design(session, design_id=design.id, reach=reach, by=None)
    for ref in (design.slug, show("dsg", design.id)):
        with pytest.raises(DesignNotFound):
            await to_order(session, ref)


@pytest.mark.parametrize("change", ["name = 'Lain'", "standard_seconds = 1", "colours = '{merah}'", "options = '[{}]'"])
async def test_what_a_design_says_changes_only_with_its_version(session: AsyncSession, change: str) -> None:
    design = await make_design(session, (await make_brand(session)).id)
    where = f"WHERE id = '{design.id}'"
    await session.execute(text(f"UPDATE design SET {change}, version = version + 1 {where}"))
    with pytest.raises(DBAPIError, match="changes only with its version"):
        async with session.begin_nested():
            await session.execute(text(f"UPDATE design SET slug = 'lain' {where}"))


async def test_a_size_chart_is_written_once(session: AsyncSession) -> None:
    chart = await make_chart(session)
    for change in ("UPDATE size_chart SET name = 'Lain'", "DELETE FROM size_chart"):
        with pytest.raises(DBAPIError, match="permission denied"):
            async with session.begin_nested():
                await session.execute(text(f"{change} WHERE id = '{chart.id}'"))


async def test_a_new_version_of_a_design_is_what_is_ordered_from_then_on(session: AsyncSession) -> None:
    design = await make_design(session, (await make_brand(session)).id)
    before, _ = await to_order(session, design.slug)
    change = text("UPDATE design SET standard_seconds = 2000, version = 2 WHERE id = :id")
    await session.execute(change, {"id": design.id})
    after, _ = await to_order(session, design.slug)
    assert (before.standard_seconds, after.standard_seconds, after.version) == (1_320, 2_000, 2)


async def test_size_charts_are_listed_with_their_source(client: httpx.AsyncClient) -> None:
    async with db.transaction() as session:
        brand = await make_brand(session)
        await add_chart(session, brand.id)
    [chart] = (await client.get(f"/v1/size-charts?brand={brand.slug}")).json()["data"]
    assert (chart["slug"], chart["source"], chart["basis"]) == ("dewasa", "kasflo.id", "body")
    assert chart["rows"] == [{"size": "S", "measurement": "chest", "min_mm": 840, "max_mm": 900}]
    assert (await client.get("/v1/size-charts?brand=tidak-ada")).json()["data"] == []


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"sex": "female"}, "/sex"),
        ({"basis": "both"}, "/basis"),
        ({"sizes": ["S", "S"]}, "/sizes"),
        ({"rows": [{"size": "XL", "measurement": "chest", "min_mm": 1, "max_mm": 2}]}, "/rows/0/size"),
        ({"rows": [{"size": "S", "measurement": "dada", "min_mm": 1, "max_mm": 2}]}, "/rows/0/measurement"),
        ({"rows": [{"size": "S", "measurement": "chest", "min_mm": 900, "max_mm": 840}]}, "/rows/0/min_mm"),
        ({"rows": [{"size": "S"}]}, "/rows/0"),
    ],
)
async def test_a_chart_that_contradicts_itself_is_refused(
    session: AsyncSession, wrong: dict[str, Any], pointer: str
) -> None:
    with pytest.raises(Invalid) as refused:
        await add_chart(session, None, **wrong)
    assert refused.value.pointer == pointer


async def add_chart(session: AsyncSession, brand_id: UUID | None, **given: Any) -> None:
    values: dict[str, Any] = {
        "slug": "dewasa",
        "name": "Dewasa",
        "sex": "F",
        "basis": "body",
        "sizes": ["S", "M"],
        "rows": [{"size": "S", "measurement": "chest", "min_mm": 840, "max_mm": 900}],
        "source": "kasflo.id",
    }
    await service.add_size_chart(session, brand_id=brand_id, **(values | given))


async def test_every_garment_type_comes_with_its_labelled_skills_machines_and_measures(
    client: httpx.AsyncClient,
) -> None:
    listed = {one["code"]: one for one in (await client.get("/v1/garment-types")).json()["data"]}
    assert set(listed) == set(facts.garment_types())
    shirt = listed["kemeja"]
    assert (shirt["label_id"], shirt["label_en"], shirt["standard_seconds"]) == ("Kemeja", "Shirt", 1_320)
    assert {"code": "obras", "label_id": "Mengobras", "label_en": "Overlocking"} in shirt["skills"]
    assert [one["code"] for one in shirt["machines"]] == list(facts.garment_types()["kemeja"].machines)
    assert [one["code"] for one in shirt["measurements"]] == list(facts.garment_types()["kemeja"].measurements)


async def test_a_filter_that_cannot_be_read_is_named(client: httpx.AsyncClient) -> None:
    for query, pointer in (("text=%00", "/text"), ("brand=%00", "/brand"), ("garment_type=Kemeja!", "/garment_type")):
        refused = await client.get(f"/v1/designs?{query}")
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, pointer)
