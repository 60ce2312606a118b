"""Inspection by ISO 2859-1: frozen before anybody counts, decided by its numbers."""

import asyncio

from clothingline.kit.ids import new_id, show
from tests.cast import Actor, Cast
from tests.production.camera import shot, submitted_job, upload
from tests.production.scene import another_brand, another_maker, read_job, released_jobs, set_scene

GOOD = {"critical": 0, "major": 0, "minor": 0}


async def planned(brand: Actor, job: str, **body: str) -> dict[str, object]:
    """A frozen plan."""
    answer = await brand.post(f"/v1/jobs/{job}/inspections", body)
    assert answer.status_code == 201, answer.text
    found: dict[str, object] = answer.json()
    return found


async def test_a_lot_of_240_takes_32_pieces_with_the_numbers_of_the_tables(cast: Cast) -> None:
    scene = await set_scene(cast, pieces=(240,))
    [job] = await released_jobs(scene)
    await submitted_job(scene, job, pieces=240)
    check = await planned(scene.dewi, job)
    assert (check["lot_size"], check["sample_size"], check["inspect_all"], check["level"]) == (240, 32, False, "II")
    assert check["classes"] == [
        {"defect": "critical", "aql": "0", "sample_size": 32, "accept": 0, "reject": 1},
        {"defect": "major", "aql": "2.5", "sample_size": 32, "accept": 2, "reject": 3},
        {"defect": "minor", "aql": "4.0", "sample_size": 32, "accept": 3, "reject": 4},
    ]


async def test_a_single_piece_is_looked_at_whole(cast: Cast) -> None:
    scene = await set_scene(cast, pieces=(1,))
    [job] = await released_jobs(scene)
    await submitted_job(scene, job, pieces=1)
    check = await planned(scene.dewi, job)
    assert (check["lot_size"], check["sample_size"], check["inspect_all"]) == (1, 1, True)


async def test_the_lot_is_what_the_maker_counted_as_good_and_the_level_is_the_brands_choice(cast: Cast) -> None:
    scene = await set_scene(cast, pieces=(240,))
    [job] = await released_jobs(scene)
    await submitted_job(scene, job, pieces=240, faulty=40)
    check = await planned(scene.dewi, job, level="I")
    assert (check["lot_size"], check["level"], check["state"]) == (200, "I", "planned")


async def test_as_many_defects_as_the_table_accepts_still_pass(cast: Cast) -> None:
    scene = await set_scene(cast, pieces=(240,))
    [job] = await released_jobs(scene)
    await submitted_job(scene, job, pieces=240)
    check = await planned(scene.dewi, job)
    verdict = {"critical": 0, "major": 2, "minor": 3}
    judged = (await scene.dewi.post(f"/v1/inspections/{check['id']}/verdict", verdict)).json()
    assert (judged["state"], judged["found"]) == ("passed", verdict)
    assert (await read_job(job)).state == "passed"


async def test_one_defect_more_sends_the_job_back_with_a_reason_and_a_new_plan_follows(cast: Cast) -> None:
    scene = await set_scene(cast, pieces=(240,))
    [job] = await released_jobs(scene)
    await submitted_job(scene, job, pieces=240)
    path = f"/v1/inspections/{(await planned(scene.dewi, job))['id']}/verdict"
    verdict = {**GOOD, "major": 3}
    silent = await scene.dewi.post(path, verdict)
    assert (silent.status_code, silent.json()["errors"][0]["pointer"]) == (422, "/reason")
    judged = await scene.dewi.post(path, {**verdict, "reason": "Jahitan kerah loncat."})
    assert (judged.json()["state"], (await read_job(job)).state) == ("failed", "rework")
    photo = (await upload(scene.siti, job, shot())).json()["id"]
    again = await scene.siti.post(f"/v1/jobs/{job}/submission", {"good": 240, "photos": [photo]})
    assert (again.status_code, (await planned(scene.dewi, job))["state"]) == (201, "planned")


async def test_a_single_critical_defect_rejects_the_lot(cast: Cast) -> None:
    scene = await set_scene(cast)
    [job] = await released_jobs(scene)
    await submitted_job(scene, job)
    path = f"/v1/inspections/{(await planned(scene.dewi, job))['id']}/verdict"
    judged = await scene.dewi.post(path, {**GOOD, "critical": 1, "reason": "Jarum patah tertinggal."})
    assert judged.json()["state"] == "failed"


async def test_nothing_is_planned_before_the_maker_submits(cast: Cast) -> None:
    scene = await set_scene(cast)
    [job] = await released_jobs(scene)
    answer = await scene.dewi.post(f"/v1/jobs/{job}/inspections", {})
    assert (answer.status_code, answer.json()["code"]) == (409, "step_out_of_order")


async def test_a_submission_gets_one_plan_however_often_it_is_asked_for(cast: Cast) -> None:
    scene = await set_scene(cast)
    [job] = await released_jobs(scene)
    await submitted_job(scene, job)
    answers = await asyncio.gather(*(scene.dewi.post(f"/v1/jobs/{job}/inspections", {}) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    assert {answer.json().get("code") for answer in answers} == {None, "inspection_pending"}


async def test_a_verdict_is_given_once(cast: Cast) -> None:
    scene = await set_scene(cast)
    [job] = await released_jobs(scene)
    await submitted_job(scene, job)
    path = f"/v1/inspections/{(await planned(scene.dewi, job))['id']}/verdict"
    bad = {**GOOD, "critical": 1, "reason": "Noda oli."}
    answers = await asyncio.gather(*(scene.dewi.post(path, body) for body in (GOOD, bad, GOOD)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    assert {answer.json().get("code") for answer in answers} == {None, "verdict_given"}


async def test_maker_and_brand_read_a_check_and_strangers_do_not(cast: Cast) -> None:
    scene = await set_scene(cast)
    [job] = await released_jobs(scene)
    await submitted_job(scene, job)
    path = f"/v1/inspections/{(await planned(scene.dewi, job))['id']}"
    tono, ayu = await another_maker(cast), await another_brand(cast)
    assert [(await actor.get(path)).status_code for actor in (scene.siti, scene.dewi, tono, ayu)] == [
        200,
        200,
        404,
        404,
    ]
    missing = await ayu.get(f"/v1/inspections/{show('ins', new_id())}")
    foreign = await ayu.post(f"{path}/verdict", GOOD)
    assert {missing.json()["code"], foreign.json()["code"]} == {"inspection_unknown"}
    assert (await ayu.post(f"/v1/jobs/{job}/inspections", {})).status_code == 404
    assert (await scene.siti.post(f"{path}/verdict", GOOD)).status_code == 403
