"""People and their measures through the API, and what lies at rest."""

from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit import db
from clothingline.kit.db import Base
from clothingline.kit.events import Event
from clothingline.kit.ids import new_id, read, show
from clothingline.measurements import errors, queries, sealing, service
from clothingline.measurements.models import MeasurementSet, Person
from clothingline.reference import facts
from tests.cast import Actor, Cast

VALUES = {"chest": 923, "waist": 761, "seat": 987, "shoulder_slope": 131, "weight": 54_321}
TAKEN = {"values": VALUES, "method": "tailor", "measurer": "Ibu Siti", "measured_on": "2026-06-01"}


async def rina_of(cast: Cast, phone: str = "0812-3456-7801", *, consents: bool = True) -> Actor:
    rina = await cast.sign_in(phone)
    if consents:
        await rina.post("/v1/consents", {"purpose": "measurements", "version": "2026-06"})
    return rina


async def person_of(rina: Actor, label: str = "Ibu") -> str:
    made = await rina.post("/v1/people", {"label": label, "sex": "female"})
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


async def stored(rina: Actor, person: str, **given: Any) -> dict[str, Any]:
    answer = await rina.post(f"/v1/people/{person}/measurement-sets", TAKEN | given)
    assert answer.status_code == 201, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def test_measures_are_stored_in_versions_and_read_by_their_owner(cast: Cast) -> None:
    rina = await rina_of(cast)
    person = await person_of(rina)
    first = await stored(rina, person)
    second = await stored(rina, person, values=VALUES | {"waist": 770})
    assert [first["version"], second["version"]] == [1, 2]
    assert (first["has_open_doubts"], first["measurer"], first["measured_on"]) == (False, "Ibu Siti", "2026-06-01")
    assert (await rina.get(f"/v1/measurement-sets/{first['id']}")).json()["values"] == VALUES
    assert (await rina.get(f"/v1/measurement-sets/{second['id']}")).json()["values"]["waist"] == 770
    listed = (await rina.get(f"/v1/people/{person}/measurement-sets")).json()["data"]
    assert [one["version"] for one in listed] == [2, 1]
    assert all("values" not in one for one in listed)
    [known] = (await rina.get("/v1/people")).json()["data"]
    assert (known["id"], known["label"], known["sex"]) == (person, "Ibu", "female")


async def test_nothing_is_stored_without_consent(cast: Cast) -> None:
    rina = await rina_of(cast, consents=False)
    person = await person_of(rina)
    refused = await rina.post(f"/v1/people/{person}/measurement-sets", TAKEN)
    assert (refused.status_code, refused.json()["code"]) == (403, "consent_needed")
    assert "POST /v1/consents" in refused.json()["detail"]
    await rina.post("/v1/consents", {"purpose": "order_contact", "version": "2026-06"})
    assert (await rina.post(f"/v1/people/{person}/measurement-sets", TAKEN)).status_code == 403
    await rina.post("/v1/consents", {"purpose": "measurements", "version": "2026-06"})
    assert (await rina.post(f"/v1/people/{person}/measurement-sets", TAKEN)).status_code == 201


async def test_a_maker_sees_nothing_once_consent_is_withdrawn(cast: Cast) -> None:
    rina = await rina_of(cast)
    set_id = read("mst", (await stored(rina, await person_of(rina)))["id"])
    async with db.transaction() as session:
        assert await service.open_values(session, set_id=set_id) == VALUES
    await rina.call("DELETE", "/v1/consents/measurements")
    async with db.transaction() as session:
        with pytest.raises(errors.ConsentNeeded):
            await service.open_values(session, set_id=set_id)


async def test_neither_labels_nor_values_lie_anywhere_in_the_clear(cast: Cast) -> None:
    rina = await rina_of(cast)
    person = await person_of(rina, "Kenari-4711")
    made = await stored(rina, person)
    await rina.get(f"/v1/measurement-sets/{made['id']}")
    async with db.transaction() as session:
        everything = await dump(session)
    assert show("per", read("per", person)) in everything, "the dump holds what was answered"
    for canary in ("Kenari-4711", "54321", '"chest": 923', '"chest":923', "923, "):
        assert canary not in everything


async def test_the_dump_would_show_what_is_not_sealed(cast: Cast) -> None:
    rina = await rina_of(cast)
    await stored(rina, await person_of(rina), measurer="Kenari-4712")
    async with db.transaction() as session:
        assert "Kenari-4712" in await dump(session)


async def dump(session: AsyncSession) -> str:
    """Every row of every table, and of the queue, as text; bytes are read as letters where they are letters."""
    found = []
    tables = [f'"{table}"' for table in Base.metadata.tables] + ["jobs.procrastinate_jobs", "jobs.procrastinate_events"]
    for table in tables:
        for row in await session.execute(text(f"SELECT * FROM {table}")):
            found += [cell.decode("utf-8", "replace") if isinstance(cell, bytes) else str(cell) for cell in row]
    return "\n".join(found)


async def test_another_persons_set_looks_like_a_missing_one(cast: Cast) -> None:
    rina, dewi = await rina_of(cast), await rina_of(cast, "0812-3456-7809")
    person = await person_of(rina)
    set_id = (await stored(rina, person))["id"]
    pairs = [
        ("GET", "/v1/measurement-sets/{}", set_id, show("mst", new_id())),
        ("GET", "/v1/people/{}/measurement-sets", person, show("per", new_id())),
        ("POST", "/v1/people/{}/measurement-sets", person, show("per", new_id())),
        ("DELETE", "/v1/people/{}", person, show("per", new_id())),
    ]
    for method, path, theirs, missing in pairs:
        bodies = []
        for one in (theirs, missing):
            body = TAKEN if method == "POST" else None
            answer = await dewi.call(method, path.format(one), body, request_id="req-same")
            assert answer.status_code == 404, path
            bodies.append(answer.text.replace(one, "…"))
        assert bodies[0] == bodies[1]
    assert (await rina.get(f"/v1/measurement-sets/{set_id}")).json()["values"] == VALUES


async def test_every_look_at_values_is_written_down_without_them(cast: Cast) -> None:
    rina = await rina_of(cast)
    set_id = (await stored(rina, await person_of(rina)))["id"]
    for _ in range(2):
        await rina.get(f"/v1/measurement-sets/{set_id}")
    async with db.transaction() as session:
        looks = list(await session.scalars(select(Event).where(Event.name == "MeasurementSetRead")))
    assert [look.facts["set_id"] for look in looks] == [str(read("mst", set_id))] * 2
    assert {look.actor for look in looks} == {read("acc", rina.account)}
    assert all(set(look.facts) == {"person_id", "set_id"} for look in looks)


async def test_erasing_a_person_leaves_nothing_that_opens(cast: Cast) -> None:
    rina = await rina_of(cast)
    person = await person_of(rina)
    set_id = (await stored(rina, person, values=VALUES | {"waist": 600}))["id"]
    async with db.transaction() as session:
        before = await session.get_one(Person, read("per", person))
    assert (await rina.call("DELETE", f"/v1/people/{person}")).status_code == 204
    for path in (f"/v1/measurement-sets/{set_id}", f"/v1/people/{person}/measurement-sets"):
        assert (await rina.get(path)).status_code == 404
    assert (await rina.get("/v1/people")).json()["data"] == []
    assert (await rina.call("DELETE", f"/v1/people/{person}")).status_code == 404
    assert (await rina.post(f"/v1/people/{person}/measurement-sets", TAKEN)).status_code == 404
    async with db.transaction() as session:
        after = await session.get_one(Person, before.id)
        row = await session.get_one(MeasurementSet, read("mst", set_id))
        assert (after.key, after.label, row.measurer, row.doubts) == (None, b"", "", [])
        with pytest.raises(errors.MeasurementSetUnknown):
            await service.open_values(session, set_id=row.id)
    with pytest.raises(errors.SealBroken):
        sealing.open_values(sealing.new_key(before.id), before.id, row.version, row.sealed)


async def test_a_blob_that_was_changed_or_moved_does_not_open(cast: Cast) -> None:
    rina = await rina_of(cast)
    person = await person_of(rina)
    first, second = await stored(rina, person), await stored(rina, person)
    place = f"/v1/measurement-sets/{second['id']}"
    await overwrite(
        "UPDATE measurement_set SET sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1) WHERE id = :id", second
    )
    broken = await rina.get(place)
    assert (broken.status_code, broken.json()["code"]) == (410, "seal_broken")
    moved = "UPDATE measurement_set SET sealed = (SELECT sealed FROM measurement_set WHERE version = 1) WHERE id = :id"
    await overwrite(moved, second)
    assert (await rina.get(place)).status_code == 410
    assert (await rina.get(f"/v1/measurement-sets/{first['id']}")).status_code == 200
    await overwrite("UPDATE measurement_set SET sealed = ''::bytea WHERE id = :id", second)
    assert (await rina.get(place)).status_code == 410


async def overwrite(statement: str, of: dict[str, Any]) -> None:
    async with db.transaction() as session:
        await session.execute(text(statement), {"id": read("mst", of["id"])})


def test_a_key_opens_for_its_own_person_only() -> None:
    rina, dewi = new_id(), new_id()
    key = sealing.new_key(rina)
    sealed = sealing.seal_label(key, rina, "Ibu")
    assert sealing.open_label(key, rina, sealed) == "Ibu"
    for person, wrapped in ((dewi, key), (rina, sealing.new_key(rina)), (rina, b""), (rina, key[:-1])):
        with pytest.raises(errors.SealBroken):
            sealing.open_label(wrapped, person, sealed)


def test_the_same_values_never_look_the_same() -> None:
    person = new_id()
    key = sealing.new_key(person)
    assert len({sealing.seal_values(key, person, 1, VALUES) for _ in range(100)}) == 100


async def test_an_odd_set_is_stored_with_its_doubts_open_until_they_are_confirmed(cast: Cast) -> None:
    rina = await rina_of(cast)
    person = await person_of(rina)
    odd = VALUES | {"waist": 1_200}
    doubtful = await stored(rina, person, values=odd)
    assert doubtful["has_open_doubts"] is True
    assert ["waist", "seat"] in [doubt["measurements"] for doubt in doubtful["doubts"]]
    assert "1200" not in str(doubtful["doubts"])
    confirmed = await stored(rina, person, values=odd, confirmed=True)
    assert confirmed["has_open_doubts"] is False
    assert [doubt["confirmed"] for doubt in confirmed["doubts"]] == [True] * len(doubtful["doubts"])
    async with db.transaction() as session:
        row = await queries.get_owned_set(session, read("mst", doubtful["id"]), read("acc", rina.account))
        assert row.has_open_doubts


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"values": {"chest": 92}}, "/values/chest"),
        ({"values": {"dada": 920}}, "/values/dada"),
        ({"values": {"chest": 920.5}}, "/values/chest"),
        ({"values": {"chest": "920"}}, "/values/chest"),
        ({"values": {}}, "/values"),
        ({"measured_on": "2200-01-01"}, "/measured_on"),
        ({"method": "guess"}, "/method"),
        ({"measurer": "Siti\x00"}, "/measurer"),
        ({"note": "x"}, "/note"),
    ],
)
async def test_a_measure_that_no_body_has_is_refused_at_its_pointer(
    cast: Cast, wrong: dict[str, Any], pointer: str
) -> None:
    rina = await rina_of(cast)
    refused = await rina.post(f"/v1/people/{await person_of(rina)}/measurement-sets", TAKEN | wrong)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, pointer)


async def test_a_repeat_with_the_same_key_stores_one_set(cast: Cast) -> None:
    rina = await rina_of(cast)
    person = await person_of(rina)
    for _ in range(2):
        await rina.post(f"/v1/people/{person}/measurement-sets", TAKEN, idempotency_key="sekali")
    assert len((await rina.get(f"/v1/people/{person}/measurement-sets")).json()["data"]) == 1


async def test_somebody_elses_account_owns_no_set(session: AsyncSession) -> None:
    with pytest.raises(errors.MeasurementSetUnknown):
        await queries.get_owned_set(session, new_id(), UUID(int=0))


async def test_every_measurement_is_listed_with_its_unit_and_limits(client: httpx.AsyncClient) -> None:
    listed = {one["code"]: one for one in (await client.get("/v1/measurement-types")).json()["data"]}
    assert set(listed) == set(facts.measurements())
    assert (listed["chest"]["unit"], listed["shoulder_slope"]["unit"], listed["weight"]["unit"]) == (
        "mm",
        "tenth_deg",
        "g",
    )
    assert (listed["chest"]["smallest"], listed["chest"]["largest"]) == (400, 1_800)
