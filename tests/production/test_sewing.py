"""The steps of a maker, from kit to hand-over."""

import asyncio

from sqlalchemy import select

from clothingline.kit import db
from clothingline.kit.events import Event
from clothingline.kit.ids import new_id, read, show
from clothingline.production.models import Submission
from tests.cast import Cast
from tests.production.camera import passed_job, shot, submitted_job, upload
from tests.production.scene import (
    another_brand,
    another_maker,
    planned_run,
    read_job,
    read_order,
    read_run,
    released_jobs,
    set_scene,
    started_job,
)

SHORT = {"kind": "cloth", "note": "Kain kurang 40 cm untuk kerah."}


async def test_the_card_tells_work_pay_and_next_step_but_never_who_ordered(cast: Cast) -> None:
    scene = await set_scene(cast)
    await planned_run(scene)
    [card] = (await scene.siti.get("/v1/jobs?state=accepted")).json()["data"]
    assert (card["pieces"], card["sizes"], card["pay"]) == (12, {"M": 12}, {"amount": 360_000, "currency": "IDR"})
    assert (card["brand_name"], card["garment_type"]) == ("Busana Melati", "kemeja")
    assert card["town"]
    assert card["next"]["code"] == "wait_for_kit"
    shown = await scene.siti.get(f"/v1/jobs/{card['id']}")
    assert "Rina" not in shown.text
    assert "Jalan Melati" not in shown.text


async def test_a_job_goes_through_all_its_steps_and_the_order_is_ready(cast: Cast) -> None:
    scene = await set_scene(cast)
    [job] = await released_jobs(scene)
    await passed_job(scene, job)
    answer = await scene.siti.post(f"/v1/jobs/{job}/handover")
    assert answer.status_code == 201
    assert [step["done"] for step in answer.json()["steps"]] == [True] * 5
    assert answer.json()["next"] is None
    assert (await read_order(scene)).state == "ready"


async def test_each_step_leaves_an_event_for_maker_and_brand(cast: Cast) -> None:
    scene = await set_scene(cast)
    [job] = await released_jobs(scene)
    await passed_job(scene, job)
    await scene.siti.post(f"/v1/jobs/{job}/handover")
    query = select(Event).where(Event.facts["job_id"].astext == str(read("job", job))).order_by(Event.seq)
    async with db.transaction() as session:
        events = list(await session.scalars(query))
    names = "JobMade KitReceived JobStarted PhotoTaken JobSubmitted InspectionPlanned InspectionJudged JobPassed"
    assert [event.name for event in events] == [*names.split(), "JobHandedOver"]
    assert all({scene.tailors[0], scene.brand_id} <= set(event.audience) for event in events)


async def test_a_kit_that_was_not_sent_cannot_be_counted(cast: Cast) -> None:
    scene = await set_scene(cast)
    await planned_run(scene)
    [card] = (await scene.siti.get("/v1/jobs")).json()["data"]
    answer = await scene.siti.post(f"/v1/jobs/{card['id']}/kit-receipt", {"pieces": 12})
    assert (answer.status_code, answer.json()["code"]) == (409, "kit_not_sent")


async def test_more_pieces_than_were_cut_are_refused(cast: Cast) -> None:
    scene = await set_scene(cast)
    [job] = await released_jobs(scene)
    answer = await scene.siti.post(f"/v1/jobs/{job}/kit-receipt", {"pieces": 13})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/pieces")
    assert answer.json()["errors"][0]["max"] == 12


async def test_a_short_kit_is_a_problem_that_the_brand_answers(cast: Cast) -> None:
    scene = await set_scene(cast)
    [job] = await released_jobs(scene)
    counted = (await scene.siti.post(f"/v1/jobs/{job}/kit-receipt", {"pieces": 10})).json()
    assert (counted["state"], counted["kit_pieces"], counted["problem"]["kind"]) == ("blocked", 10, "cloth")
    assert "10 dari 12" in counted["problem"]["note"]
    answered = await scene.dewi.post(f"/v1/jobs/{job}/problem-answer", {"answer": "Dua potong menyusul besok."})
    assert (answered.status_code, answered.json()["state"], answered.json()["problem"]) == (201, "ready", None)


async def test_a_blocked_job_rests_until_the_answer_and_its_due_day_moves_by_the_days_it_stood(
    cast: Cast, advance: object
) -> None:
    scene = await set_scene(cast)
    [job] = await released_jobs(scene)
    await started_job(scene, job)
    due_on = (await read_job(job)).due_on
    blocked = (await scene.siti.post(f"/v1/jobs/{job}/problems", SHORT)).json()
    assert (blocked["state"], blocked["next"]["code"]) == ("blocked", "wait_for_answer")
    assert [step["done"] for step in blocked["steps"]] == [True, True, False, False, False]
    refused = await scene.siti.post(f"/v1/jobs/{job}/start")
    assert (refused.status_code, refused.json()["code"]) == (409, "job_blocked")
    assert callable(advance)
    await advance(days=3)
    await scene.dewi.post(f"/v1/jobs/{job}/problem-answer", {"answer": "Pakai kain cadangan."})
    after = await read_job(job)
    assert (after.state, (after.due_on - due_on).days) == ("in_progress", 3)


async def test_an_answer_without_a_question_is_refused(cast: Cast) -> None:
    scene = await set_scene(cast)
    [job] = await released_jobs(scene)
    answer = await scene.dewi.post(f"/v1/jobs/{job}/problem-answer", {"answer": "Tidak ada apa-apa."})
    assert (answer.status_code, answer.json()["code"]) == (409, "no_open_problem")


async def test_a_problem_is_answered_once_even_when_two_answer_at_once(cast: Cast) -> None:
    scene = await set_scene(cast)
    [job] = await released_jobs(scene)
    await started_job(scene, job)
    await scene.siti.post(f"/v1/jobs/{job}/problems", SHORT)
    body = {"answer": "Pakai kain cadangan."}
    answers = await asyncio.gather(*(scene.dewi.post(f"/v1/jobs/{job}/problem-answer", body) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]


async def test_steps_out_of_order_are_refused_by_the_stage_they_meet(cast: Cast) -> None:
    scene = await set_scene(cast)
    [job] = await released_jobs(scene)
    for path in ("start", "handover"):
        answer = await scene.siti.post(f"/v1/jobs/{job}/{path}")
        assert (answer.status_code, answer.json()["code"], answer.json()["state"]) == (
            409,
            "step_out_of_order",
            "accepted",
        )


async def test_a_submission_needs_a_photo_of_this_very_job(cast: Cast) -> None:
    scene = await set_scene(cast, pieces=(7, 5))
    mine, other = await released_jobs(scene)
    await started_job(scene, mine, pieces=7)
    foreign = (await upload(scene.makers[1], other, shot())).json()["id"]
    body = {"good": 7, "faulty": 0, "photos": []}
    without = await scene.siti.post(f"/v1/jobs/{mine}/submission", body)
    stolen = await scene.siti.post(f"/v1/jobs/{mine}/submission", {**body, "photos": [foreign]})
    assert [without.status_code, stolen.status_code] == [422, 422]
    assert [answer.json()["errors"][0]["pointer"] for answer in (without, stolen)] == ["/photos", "/photos"]


async def test_a_submission_counts_no_more_than_the_job_holds(cast: Cast) -> None:
    scene = await set_scene(cast)
    [job] = await released_jobs(scene)
    await started_job(scene, job)
    photo = (await upload(scene.siti, job, shot())).json()["id"]
    body = {"good": 12, "faulty": 1, "photos": [photo]}
    answer = await scene.siti.post(f"/v1/jobs/{job}/submission", body)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/good")


async def test_a_job_is_submitted_once_when_the_button_is_pressed_twice(cast: Cast) -> None:
    scene = await set_scene(cast)
    [job] = await released_jobs(scene)
    await started_job(scene, job)
    photo = (await upload(scene.siti, job, shot())).json()["id"]
    body = {"good": 12, "faulty": 0, "photos": [photo]}
    answers = await asyncio.gather(*(scene.siti.post(f"/v1/jobs/{job}/submission", body) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    async with db.transaction() as session:
        assert len(list(await session.scalars(select(Submission)))) == 1


async def test_the_run_is_packed_by_the_last_of_makers_who_hand_over_at_the_same_time(cast: Cast) -> None:
    scene = await set_scene(cast, pieces=(7, 5))
    jobs = await released_jobs(scene)
    for number, (job, pieces) in enumerate(zip(jobs, (7, 5), strict=True)):
        await passed_job(scene, job, maker=number, pieces=pieces)
    assert (await read_order(scene)).state == "in_production"
    both = zip(scene.makers, jobs, strict=True)
    answers = await asyncio.gather(*(maker.post(f"/v1/jobs/{job}/handover") for maker, job in both))
    assert [answer.status_code for answer in answers] == [201, 201]
    run = (await read_job(jobs[0])).run_id
    assert run is not None
    assert (await read_run(show("run", run))).state == "packed"
    assert (await read_order(scene)).state == "ready"


async def test_one_maker_who_is_done_does_not_make_the_order_ready(cast: Cast) -> None:
    scene = await set_scene(cast, pieces=(7, 5))
    mine, _ = await released_jobs(scene)
    await passed_job(scene, mine, pieces=7)
    await scene.siti.post(f"/v1/jobs/{mine}/handover")
    assert (await read_order(scene)).state == "in_production"


async def test_the_job_of_another_maker_or_brand_is_unknown_like_one_that_never_was(cast: Cast) -> None:
    scene = await set_scene(cast)
    [job] = await released_jobs(scene)
    tono, ayu, missing = await another_maker(cast), await another_brand(cast), show("job", new_id())
    answers = [await tono.get(f"/v1/jobs/{named}") for named in (job, missing, "job_salah")]
    answers += [await tono.post(f"/v1/jobs/{job}/{path}") for path in ("start", "handover")]
    answers += [await tono.post(f"/v1/jobs/{job}/kit-receipt", {"pieces": 1})]
    answers += [await tono.post(f"/v1/jobs/{job}/problems", SHORT), await upload(tono, job, shot())]
    answers += [await ayu.post(f"/v1/jobs/{job}/problem-answer", {"answer": "Lanjutkan saja."})]
    assert {answer.status_code for answer in answers} == {404}
    assert {answer.json()["code"] for answer in answers[:2]} == {"job_unknown"}
    assert (await tono.get("/v1/jobs")).json()["data"] == []


async def test_the_brand_sees_the_job_but_does_not_sew(cast: Cast) -> None:
    scene = await set_scene(cast)
    [job] = await released_jobs(scene)
    assert (await scene.dewi.get(f"/v1/jobs/{job}")).status_code == 200
    assert (await scene.dewi.post(f"/v1/jobs/{job}/start")).status_code == 403
    assert (await scene.rina.get(f"/v1/jobs/{job}")).status_code == 403


async def test_a_submitted_job_shows_its_photo_and_waits_for_inspection(cast: Cast) -> None:
    scene = await set_scene(cast)
    [job] = await released_jobs(scene)
    await submitted_job(scene, job)
    shown = (await scene.dewi.get(f"/v1/jobs/{job}")).json()
    assert (shown["state"], shown["next"]["code"], len(shown["photos"])) == ("submitted", "inspect", 1)
