"""No paid order is forgotten, whatever becomes of its jobs."""

import asyncio

import pytest
from sqlalchemy import text

from clothingline import worker
from clothingline.kit import db, failpoints, jobs
from clothingline.routing import tasks
from tests.routing.street import Street, count
from tests.routing.test_rerouting import decline


@pytest.mark.parametrize("job", ["routing.adopt", "routing.reroute"])
async def test_a_paid_order_whose_job_has_failed_at_every_try_is_taken_up_by_the_sweep(
    street: Street, job: str
) -> None:
    order = await street.checked_out() if job == "routing.adopt" else await street.placed()
    failpoints.arm({f"job:{job}:before": "raise"})
    if job == "routing.adopt":
        await street.pay(order)
    else:
        await decline(street, order, "tailor")
    stands = f"SELECT count(*) FROM jobs.procrastinate_jobs WHERE task_name = '{job}' AND status = 'todo'"
    for _ in range(jobs.MOST_TRIES - 1):
        assert (await tasks.take_up_forgotten(), await count(stands)) == (0, 1), "there is a try left"
        await at_once()
        await worker.drain()
    failpoints.arm({})
    assert (await count(stands), len(await street.offers(order))) == (0, 0 if job == "routing.adopt" else 2)
    assert sorted(await asyncio.gather(tasks.take_up_forgotten(), tasks.take_up_forgotten())) == [0, 1]
    await worker.drain()
    assert len(await street.offers(order)) == 3
    assert await tasks.take_up_forgotten() == 0


async def at_once() -> None:
    """Every job that waits for its next try is due."""
    async with db.transaction() as session:
        await session.execute(text("UPDATE jobs.procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'"))
