"""Jobs out of accepted offers and runs out of confirmed orders."""

import asyncio
from uuid import UUID

from sqlalchemy import select, update

from clothingline.kit import db
from clothingline.kit.states import move
from clothingline.orders.models import ORDER, Order
from clothingline.production import queries, tasks
from clothingline.production.models import Job, Run
from clothingline.routing.models import Offer
from tests.cast import Cast
from tests.production.scene import Scene, accept_offer, planned_run, read_run, released_jobs, set_scene, undo_offer


async def jobs_of(scene: Scene) -> list[Job]:
    """Every job of the order, cancelled ones too."""
    async with db.transaction() as session:
        return list(await session.scalars(select(Job).where(Job.order_id == scene.order_id).order_by(Job.id)))


async def accepted(scene: Scene, offer: UUID) -> None:
    """The reaction to an acceptance."""
    await tasks.make_job(order_id=str(scene.order_id), offer_id=str(offer))


async def undone(scene: Scene, offer: UUID) -> None:
    """The reaction to an undo."""
    await tasks.cancel_job(order_id=str(scene.order_id), offer_id=str(offer))


async def test_an_accepted_offer_becomes_one_job_however_often_the_news_comes(cast: Cast) -> None:
    scene = await set_scene(cast, stage="placed")
    await asyncio.gather(*(accepted(scene, scene.offers[0]) for _ in range(4)))
    [job] = await jobs_of(scene)
    assert (job.pieces, job.pay_idr, job.state, job.tailor_id) == (12, 360_000, "accepted", scene.tailors[0])


async def test_an_acceptance_that_was_undone_before_the_news_makes_no_job(cast: Cast) -> None:
    scene = await set_scene(cast, stage="placed")
    async with db.transaction() as session:
        await undo_offer(session, scene.offers[0])
    await accepted(scene, scene.offers[0])
    assert await jobs_of(scene) == []


async def test_an_undo_ends_the_job_and_a_second_acceptance_makes_a_new_one(cast: Cast) -> None:
    scene = await set_scene(cast, stage="placed")
    await accepted(scene, scene.offers[0])
    async with db.transaction() as session:
        await undo_offer(session, scene.offers[0])
    await undone(scene, scene.offers[0])
    async with db.transaction() as session:
        await accept_offer(session, scene.offers[0])
    await accepted(scene, scene.offers[0])
    assert [job.state for job in await jobs_of(scene)] == ["cancelled", "accepted"]


async def test_a_late_undo_leaves_the_job_of_a_second_acceptance_alone(cast: Cast) -> None:
    scene = await set_scene(cast, stage="placed")
    await accepted(scene, scene.offers[0])
    async with db.transaction() as session:
        await undo_offer(session, scene.offers[0])
        await accept_offer(session, scene.offers[0])
    await undone(scene, scene.offers[0])
    assert [job.state for job in await jobs_of(scene)] == ["accepted"]


async def test_a_confirmed_order_becomes_one_run_with_every_job_even_when_no_job_was_made_yet(cast: Cast) -> None:
    scene = await set_scene(cast, pieces=(7, 5))
    await asyncio.gather(*(tasks.make_run(order_id=str(scene.order_id)) for _ in range(3)))
    async with db.transaction() as session:
        [run] = list(await session.scalars(select(Run)))
        jobs = await queries.list_jobs_of_run(session, run.id)
    assert (run.state, run.pieces, run.plan_id) == ("materials_reserved", 12, scene.plan_id)
    assert sorted(job.pieces for job in jobs) == [5, 7]


async def test_an_order_that_still_waits_for_somebody_becomes_no_run(cast: Cast) -> None:
    scene = await set_scene(cast, stage="placed")
    await tasks.make_run(order_id=str(scene.order_id))
    async with db.transaction() as session:
        assert await session.scalar(select(Run)) is None


async def test_a_due_day_that_a_rerouting_moved_counts_for_the_job(cast: Cast) -> None:
    scene = await set_scene(cast)
    await accepted(scene, scene.offers[0])
    [before] = await jobs_of(scene)
    async with db.transaction() as session:
        later = before.due_on.replace(year=before.due_on.year + 1)
        await session.execute(update(Offer).where(Offer.id == scene.offers[0]).values(due_on=later))
    await planned_run(scene)
    [after] = await jobs_of(scene)
    assert after.due_on == later


async def test_a_cancelled_order_ends_its_run_and_jobs(cast: Cast) -> None:
    scene = await set_scene(cast)
    run = await planned_run(scene)
    async with db.transaction() as session:
        await move(session, ORDER, Order, "cancel", Order.id == scene.order_id)
    await tasks.cancel_run(order_id=str(scene.order_id))
    await tasks.cancel_run(order_id=str(scene.order_id))
    assert (await read_run(run)).state == "cancelled"
    assert [job.state for job in await jobs_of(scene)] == ["cancelled"]


async def test_a_running_order_is_untouched_by_the_news_of_a_cancellation(cast: Cast) -> None:
    scene = await set_scene(cast)
    await released_jobs(scene)
    await tasks.cancel_run(order_id=str(scene.order_id))
    assert [job.state for job in await jobs_of(scene)] == ["accepted"]
