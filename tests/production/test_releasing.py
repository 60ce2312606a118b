"""The brand's production board."""

import asyncio

from sqlalchemy import select, update

from clothingline.kit import db
from clothingline.kit.ids import new_id, show
from clothingline.kit.states import move
from clothingline.materials.models import Lot, Reservation
from clothingline.orders.models import ORDER, Order, OrderLine
from clothingline.production.models import JOB, Job
from tests.cast import Cast
from tests.production.scene import CLOTH_CM, another_brand, planned_run, read_order, read_run, released_jobs, set_scene


async def test_releasing_a_run_cuts_the_cloth_and_sends_the_kits_and_closes_the_order_to_changes(cast: Cast) -> None:
    scene = await set_scene(cast, pieces=(7, 5))
    jobs = await released_jobs(scene)
    async with db.transaction() as session:
        lot = await session.get_one(Lot, scene.lot_id)
        cloth = (await session.scalars(select(Reservation.state).where(Reservation.claim == scene.order_id))).one()
        cut_at = (await session.scalars(select(OrderLine.cut_at).where(OrderLine.order_id == scene.order_id))).one()
        sent = list(await session.scalars(select(Job.kit_sent_at)))
    assert (cloth, lot.reserved_cm, lot.used_cm) == ("cut", 0, CLOTH_CM)
    assert cut_at is not None
    assert len(jobs) == 2
    assert None not in sent
    assert (await read_order(scene)).state == "in_production"


async def test_a_run_is_released_once_however_often_the_brand_presses(cast: Cast) -> None:
    scene = await set_scene(cast)
    run = await planned_run(scene)
    answers = await asyncio.gather(*(scene.dewi.post(f"/v1/runs/{run}/release") for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    assert {answer.json().get("code") for answer in answers} == {None, "run_not_waiting"}
    async with db.transaction() as session:
        assert (await session.get_one(Lot, scene.lot_id)).used_cm == CLOTH_CM


async def test_a_run_whose_order_is_no_longer_confirmed_is_not_released(cast: Cast) -> None:
    scene = await set_scene(cast)
    run = await planned_run(scene)
    async with db.transaction() as session:
        await move(session, ORDER, Order, "no_plan", Order.id == scene.order_id)
    answer = await scene.dewi.post(f"/v1/runs/{run}/release")
    assert (answer.status_code, answer.json()["code"]) == (409, "order_not_confirmed")
    assert (await read_run(run)).state == "materials_reserved"


async def test_a_run_whose_makers_do_not_hold_every_piece_is_not_released(cast: Cast) -> None:
    scene = await set_scene(cast, pieces=(7, 5))
    run = await planned_run(scene)
    async with db.transaction() as session:
        await move(session, JOB, Job, "cancel", Job.pieces == 5)
    answer = await scene.dewi.post(f"/v1/runs/{run}/release")
    assert (answer.status_code, answer.json()["code"]) == (409, "run_without_jobs")


async def test_cloth_that_is_not_confirmed_stops_the_release_and_nothing_has_moved(cast: Cast) -> None:
    scene = await set_scene(cast)
    run = await planned_run(scene)
    async with db.transaction() as session:
        await session.execute(update(Reservation).values(state="requested"))
    answer = await scene.dewi.post(f"/v1/runs/{run}/release")
    assert answer.status_code == 409
    assert (await read_run(run)).state == "materials_reserved"
    assert (await read_order(scene)).state == "confirmed"


async def test_the_board_shows_runs_with_jobs_and_dates_to_their_brand_alone(cast: Cast) -> None:
    scene = await set_scene(cast, pieces=(7, 5))
    run = await planned_run(scene)
    [row] = (await scene.dewi.get("/v1/runs?state=materials_reserved")).json()["data"]
    shown = (await scene.dewi.get(f"/v1/runs/{run}")).json()
    assert (row["id"], row["order_code"]) == (run, scene.code)
    assert sorted(job["pieces"] for job in shown["jobs"]) == [5, 7]
    assert "cut" in shown["timeline"]
    assert (await scene.dewi.get("/v1/runs?state=released")).json()["data"] == []
    assert (await scene.siti.get("/v1/runs")).status_code == 403


async def test_the_run_of_another_brand_is_unknown_like_one_that_never_was(cast: Cast) -> None:
    scene = await set_scene(cast)
    run = await planned_run(scene)
    stranger = await another_brand(cast)
    foreign = [await stranger.get(f"/v1/runs/{run}"), await stranger.post(f"/v1/runs/{run}/release")]
    missing = await stranger.get(f"/v1/runs/{show('run', new_id())}")
    assert [answer.status_code for answer in (*foreign, missing)] == [404, 404, 404]
    assert {answer.json()["code"] for answer in (*foreign, missing)} == {"run_unknown"}
    assert (await stranger.get("/v1/runs")).json()["data"] == []
