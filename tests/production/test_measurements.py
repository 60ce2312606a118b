"""Body measures for the hands that need them."""

from uuid import UUID

import httpx
from sqlalchemy import select

from clothingline.kit import db
from clothingline.kit.events import Event
from clothingline.kit.ids import new_id, read, show
from clothingline.production import service
from tests.cast import Actor, Cast
from tests.production.camera import passed_job
from tests.production.scene import (
    Scene,
    another_brand,
    another_maker,
    released_jobs,
    set_scene,
    undo_offer,
)

VALUES = {"chest": 920, "waist": 760, "seat": 980, "neck": 360, "inseam": 760}


async def measured(rina: Actor) -> UUID:
    """A set of Rina's, with her consent."""
    consent = await rina.post("/v1/consents", {"purpose": "measurements", "version": "2026-06"})
    person = await rina.post("/v1/people", {"label": "Rina Kartika", "sex": "female"})
    body = {"values": VALUES, "method": "tailor", "measurer": "Ibu Siti", "measured_on": "2026-06-01"}
    stored = await rina.post(f"/v1/people/{person.json()['id']}/measurement-sets", body)
    assert (consent.status_code, person.status_code, stored.status_code) == (201, 201, 201)
    return read("mst", stored.json()["id"])


async def measured_scene(cast: Cast, stage: str = "confirmed") -> Scene:
    """A single garment to Rina's measures."""
    rina = await cast.sign_in("0812-3456-7801")
    return await set_scene(cast, pieces=(1,), stage=stage, measured_by=await measured(rina))


async def looks_at(answer: httpx.Response) -> list[Event]:
    """The written traces of looks at the job of an answer."""
    assert answer.status_code == 200, answer.text
    async with db.transaction() as session:
        return list(await session.scalars(select(Event).where(Event.name == "MeasurementsRead").order_by(Event.seq)))


async def test_maker_and_brand_see_what_the_garment_needs_under_a_name_that_says_nothing(cast: Cast) -> None:
    scene = await measured_scene(cast)
    [job] = await released_jobs(scene)
    answer = await scene.siti.get(f"/v1/jobs/{job}/measurements")
    seen = {one["measurement"]: (one["value"], one["unit"]) for one in answer.json()["measures"]}
    assert seen == {"neck": (360, "mm"), "chest": (920, "mm"), "waist": (760, "mm")}
    assert answer.json()["pseudonym"].startswith("Pemesan ")
    assert "Rina" not in answer.text
    assert (await scene.dewi.get(f"/v1/jobs/{job}/measurements")).json() == answer.json()


async def test_every_look_is_written_down_for_the_consumer(cast: Cast) -> None:
    scene = await measured_scene(cast)
    [job] = await released_jobs(scene)
    await scene.dewi.get(f"/v1/jobs/{job}/measurements")
    events = await looks_at(await scene.siti.get(f"/v1/jobs/{job}/measurements"))
    assert [show("acc", event.actor) for event in events if event.actor] == [scene.dewi.account, scene.siti.account]
    assert all(read("acc", scene.rina.account) in event.audience for event in events)
    assert all("chest" not in str(event.facts) for event in events)


async def test_measures_close_with_the_job(cast: Cast) -> None:
    scene = await measured_scene(cast)
    [job] = await released_jobs(scene)
    await passed_job(scene, job, pieces=1)
    assert (await scene.siti.get(f"/v1/jobs/{job}/measurements")).status_code == 200
    await scene.siti.post(f"/v1/jobs/{job}/handover")
    answer = await scene.siti.get(f"/v1/jobs/{job}/measurements")
    assert (answer.status_code, answer.json()["code"]) == (410, "measurements_closed")


async def test_a_maker_whose_acceptance_was_undone_sees_nothing_any_more(cast: Cast) -> None:
    scene = await measured_scene(cast, "placed")
    async with db.transaction() as session:
        await service.make_job(session, offer_id=scene.offers[0])
    [card] = (await scene.siti.get("/v1/jobs")).json()["data"]
    async with db.transaction() as session:
        await undo_offer(session, scene.offers[0])
        await service.cancel_job(session, offer_id=scene.offers[0])
    answer = await scene.siti.get(f"/v1/jobs/{card['id']}/measurements")
    assert (answer.status_code, answer.json()["code"]) == (410, "measurements_closed")


async def test_a_job_in_standard_sizes_has_no_body_behind_it(cast: Cast) -> None:
    scene = await set_scene(cast)
    [job] = await released_jobs(scene)
    answer = await scene.siti.get(f"/v1/jobs/{job}/measurements")
    assert (answer.status_code, answer.json()["code"]) == (404, "made_to_sizes")


async def test_nobody_else_sees_measures(cast: Cast) -> None:
    scene = await measured_scene(cast)
    [job] = await released_jobs(scene)
    for stranger in (await another_maker(cast), await another_brand(cast)):
        for named in (job, show("job", new_id())):
            answer = await stranger.get(f"/v1/jobs/{named}/measurements")
            assert (answer.status_code, answer.json()["code"]) == (404, "job_unknown")
    assert (await scene.rina.get(f"/v1/jobs/{job}/measurements")).status_code == 403


async def test_withdrawn_consent_closes_the_measures_to_the_maker(cast: Cast) -> None:
    scene = await measured_scene(cast)
    [job] = await released_jobs(scene)
    await scene.rina.call("DELETE", "/v1/consents/measurements")
    answer = await scene.siti.get(f"/v1/jobs/{job}/measurements")
    assert (answer.status_code, answer.json()["code"]) == (403, "consent_needed")
