"""A measure that nobody was sure of: nothing is cut by it until who sews or cuts has asked, and that is on record."""

from uuid import UUID

from fastapi import FastAPI
from sqlalchemy import select

from clothingline.kit import db
from clothingline.kit.events import Event
from clothingline.kit.ids import new_id, read, show
from clothingline.measurements.models import Confirmation
from clothingline.production import service
from tests.cast import Actor, Cast
from tests.production.scene import Scene, another_brand, another_maker, planned_run, set_scene
from tests.web.desk import desk_of, words_of

VALUES = {"chest": 920, "waist": 760, "neck": 360}


async def unsure_scene(cast: Cast, *codes: str) -> tuple[Scene, str]:
    """A single garment to measures of which some are not sure, confirmed and not cut; and its job."""
    rina = await cast.sign_in("0812-3456-7801")
    scene = await set_scene(cast, pieces=(1,), measured_by=await stored(rina, codes or ("waist", "wrist")))
    await planned_run(scene)
    [job] = (await scene.siti.get("/v1/jobs")).json()["data"]
    return scene, job["id"]


async def stored(rina: Actor, unsure: tuple[str, ...]) -> UUID:
    """A set of Rina's."""
    await rina.post("/v1/consents", {"purpose": "measurements", "version": "2026-06"})
    person = (await rina.post("/v1/people", {"label": "Rina", "sex": "female"})).json()["id"]
    body = {"values": VALUES, "method": "self", "measurer": "Rina", "measured_on": "2026-06-01", "unsure": list(unsure)}
    answer = await rina.post(f"/v1/people/{person}/measurement-sets", body)
    assert (answer.status_code, answer.json()["unsure"]) == (201, list(unsure))
    return read("mst", answer.json()["id"])


async def confirm(who: Actor, job: str, measurement: str, value: int | None = None) -> tuple[int, str]:
    """Status and code of a confirmation."""
    answer = await who.post(f"/v1/jobs/{job}/confirmed-measures", {"measurement": measurement, "value": value})
    return answer.status_code, answer.json().get("code", "")


async def cut(scene: Scene) -> tuple[int, str]:
    """Status and detail of the brand's cutting."""
    run = await planned_run(scene)
    answer = await scene.dewi.post(f"/v1/runs/{run}/release")
    return answer.status_code, answer.json().get("detail", "")


async def test_nothing_is_cut_before_every_measure_is_certain(cast: Cast) -> None:
    scene, job = await unsure_scene(cast)
    status, detail = await cut(scene)
    assert status == 409
    assert "waist girth, wrist girth" in detail
    assert await confirm(scene.siti, job, "waist") == (201, "")
    assert (await cut(scene))[0] == 409
    assert await confirm(scene.dewi, job, "wrist", 165) == (201, "")
    assert (await cut(scene))[0] == 201


async def test_who_sews_sees_what_is_to_be_asked_also_where_there_is_no_value(cast: Cast) -> None:
    scene, job = await unsure_scene(cast)
    told = (await scene.siti.get(f"/v1/jobs/{job}/measurements")).json()["measures"]
    seen = {one["measurement"]: (one["value"], one["unconfirmed"]) for one in told}
    assert seen == {"neck": (360, False), "chest": (920, False), "waist": (760, True), "wrist": (None, True)}
    await confirm(scene.siti, job, "wrist", 165)
    told = (await scene.siti.get(f"/v1/jobs/{job}/measurements")).json()["measures"]
    assert {one["measurement"]: one["unconfirmed"] for one in told if one["unconfirmed"]} == {"waist": True}
    assert 165 in [one["value"] for one in told]


async def test_who_confirmed_a_measure_and_when_is_on_record_and_the_value_is_not(cast: Cast) -> None:
    scene, job = await unsure_scene(cast)
    await confirm(scene.siti, job, "wrist", 165)
    async with db.transaction() as session:
        [row] = await session.scalars(select(Confirmation))
        [event] = await session.scalars(select(Event).where(Event.name == "JobMeasureConfirmed"))
    assert (show("acc", row.by), row.measurement, row.at is not None) == (scene.siti.account, "wrist", True)
    assert read("acc", scene.rina.account) in event.audience
    assert "165" not in str(event.facts)


async def test_a_measure_is_confirmed_once_and_only_if_it_was_unsure(cast: Cast) -> None:
    scene, job = await unsure_scene(cast)
    assert await confirm(scene.siti, job, "waist", 770) == (201, "")
    assert await confirm(scene.dewi, job, "waist", 780) == (409, "nothing_to_confirm")
    assert await confirm(scene.siti, job, "chest", 900) == (409, "nothing_to_confirm")


async def test_without_a_value_something_possible_must_be_given(cast: Cast) -> None:
    scene, job = await unsure_scene(cast)
    for value in (None, 5, 9_000):
        assert (await confirm(scene.siti, job, "wrist", value))[0] == 422, value


async def test_nobody_else_confirms_a_measure(cast: Cast) -> None:
    scene, job = await unsure_scene(cast)
    for stranger in (await another_maker(cast), await another_brand(cast)):
        for named in (job, show("job", new_id())):
            assert await confirm(stranger, named, "waist") == (404, "job_unknown")
    assert (await confirm(scene.rina, job, "waist"))[0] == 403
    assert (await cut(scene))[0] == 409


async def test_a_measure_that_nobody_knows_cannot_be_unsure(cast: Cast) -> None:
    rina = await cast.sign_in("0812-3456-7801")
    await rina.post("/v1/consents", {"purpose": "measurements", "version": "2026-06"})
    person = (await rina.post("/v1/people", {"label": "Rina", "sex": "female"})).json()["id"]
    body = {"values": VALUES, "method": "self", "measurer": "R", "measured_on": "2026-06-01", "unsure": ["ekor"]}
    assert (await rina.post(f"/v1/people/{person}/measurement-sets", body)).status_code == 422


async def test_a_job_in_ready_sizes_has_nothing_to_confirm(cast: Cast) -> None:
    scene = await set_scene(cast)
    async with db.transaction() as session:
        await service.make_run(session, order_id=scene.order_id)
    [job] = (await scene.siti.get("/v1/jobs")).json()["data"]
    assert await confirm(scene.siti, job["id"], "waist") == (404, "made_to_sizes")


async def test_by_pages_too_who_sews_and_who_cuts_say_what_a_measure_is(cast: Cast, app: FastAPI) -> None:
    scene, job = await unsure_scene(cast)
    siti, dewi = desk_of(app, scene.siti), desk_of(app, scene.dewi)
    page = f"/t/kerja/{job}/ukuran"
    assert "Perlu konfirmasi: lingkar pinggang" in words_of(await siti.page(page))
    refused = await siti.send(page, on=page, measurement="wrist", value="tebal")
    assert (refused.status_code, "Tulis angka dalam sentimeter" in refused.text) == (422, True)
    assert "Ukuran dipastikan" in words_of(
        await siti.follow(await siti.send(page, on=page, measurement="wrist", value="16,5"))
    )
    assert "16,5 cm" in words_of(await siti.page(page))
    run = await planned_run(scene)
    page = f"/merek/produksi/{run}/pekerjaan/{job}/ukuran"
    assert "lingkar pinggang (perlu konfirmasi)" in words_of(await dewi.page(page))
    await dewi.follow(await dewi.send(page, on=page, measurement="waist"))
    assert "perlu konfirmasi" not in words_of(await dewi.page(page)).lower()
    assert (await cut(scene))[0] == 201
