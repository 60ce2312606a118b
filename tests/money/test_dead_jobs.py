"""A job of money that has failed at every try is not the end: it is taken up again, and a person is told meanwhile."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import select, text

from clothingline import worker
from clothingline.accounts import tasks as accounts
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db, failpoints, jobs
from clothingline.kit.access import Reach, Role
from clothingline.kit.alarms import Alarm
from clothingline.kit.ids import new_id
from clothingline.orders.events import OrderAccepted, OrderReady
from clothingline.payouts import service as payouts
from clothingline.settings import settings
from tests.earnings.scenes import confirmed, passed
from tests.payments.counting import held
from tests.payments.stage import bring, checked_out, open_payment, payments
from tests.payouts.stage import payee, set_up

Drain = Callable[[], Awaitable[None]]
Advance = Callable[..., Awaitable[None]]


async def change(words: str, **given: Any) -> None:
    """A statement without rows."""
    async with db.transaction() as session:
        await session.execute(text(words), given)


@asynccontextmanager
async def dying(moment: str, drain: Drain) -> AsyncIterator[None]:
    """What is queued in this block comes to this moment at every try, fails there, and has no try left."""
    failpoints.arm({moment: "raise"})
    yield
    await drain()
    last = "UPDATE jobs.procrastinate_jobs SET attempts = :behind, scheduled_at = now() WHERE status = 'todo'"
    await change(last, behind=jobs.MOST_TRIES - 1)
    await drain()
    failpoints.arm({})


async def stand(job: str) -> list[str]:
    """How the jobs of a name stand."""
    query = text("SELECT status::text FROM jobs.procrastinate_jobs WHERE task_name = :job ORDER BY id")
    async with db.transaction() as session:
        return list(await session.scalars(query, {"job": job}))


async def alarmed() -> list[str]:
    """Jobs of which a person is told, without their numbers."""
    stands = select(Alarm.subject).where(Alarm.name == jobs.FAILED, Alarm.cleared_at.is_(None))
    async with db.transaction() as session:
        return [subject.partition(" ")[0] for subject in await session.scalars(stands)]


async def taken_up(advance: Advance) -> int:
    """How many jobs the worker takes up when it looks the next time."""
    await advance(minutes=6)
    return await worker.take_up_failed()


async def is_done_after_all(job: str, drain: Drain, advance: Advance) -> None:
    """The dead job is taken up once; the alarm stands until it has succeeded."""
    assert (await stand(job))[-1] == "failed"
    assert (await taken_up(advance), (await stand(job))[-1], await alarmed()) == (1, "todo", [job])
    assert (await taken_up(advance), await alarmed()) == (0, [job])
    await drain()
    assert (await taken_up(advance), (await stand(job))[-1], await alarmed()) == (0, "succeeded", [])


@pytest.mark.parametrize("moment", ["job:payments.open_balance:before", "payments.open_charge:wished"])
async def test_a_balance_is_asked_for_although_its_job_has_died(
    provider: FakeProvider, drain: Drain, advance: Advance, moment: str
) -> None:
    scene = await checked_out(price=4_000_001, deposit=2_000_001)
    deposit = await open_payment(scene, drain)
    await provider.pay(str(deposit.charge))
    await drain()
    async with dying(moment, drain):
        await bring(scene, "all_packed", OrderReady(scene.order))
    await is_done_after_all("payments.open_balance", drain, advance)
    balance = (await payments(scene))[-1]
    assert (balance.instalment, balance.state, balance.amount_idr) == ("balance", "open", 2_000_000)


async def wish_to_be_paid(tailor: Any) -> None:
    """A tailor wants to be paid."""
    mine = Reach(organisations={Role.TAILOR: frozenset({tailor})})
    async with db.transaction() as session:
        await payouts.open_payee(session, organisation_id=None, cadence="daily", weekday=5, reach=mine)


async def test_a_payee_gets_its_account_although_its_job_has_died(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    stage = await set_up(provider)
    async with dying("job:payouts.open_account:before", drain):
        await wish_to_be_paid(stage.tailor)
    assert (await payee(stage.tailor)).provider_account is None
    await is_done_after_all("payouts.open_account", drain, advance)
    assert (await payee(stage.tailor)).provider_account is not None


async def test_what_the_provider_says_of_a_payee_is_heard_although_its_job_has_died(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    stage = await set_up(provider)
    await wish_to_be_paid(stage.tailor)
    await drain()
    await provider.deliver_waiting()
    await drain()
    async with dying("job:payouts.settle_notice:before", drain):
        provider.books.allow(str((await payee(stage.tailor)).provider_account))
        await provider.deliver_waiting()
    assert (await payee(stage.tailor)).state != "active"
    await is_done_after_all("payouts.settle_notice", drain, advance)
    assert (await payee(stage.tailor)).state == "active"


async def test_an_accepted_order_is_closed_although_its_job_has_died(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    scene = await confirmed(provider, drain)
    await passed(scene, drain, 0, 1)
    async with dying("job:earnings.release_earnings:before", drain):
        await bring(scene, "accept", OrderAccepted(scene.order))
    assert f"escrow:{scene.code}" in await held()
    await is_done_after_all("earnings.release_earnings", drain, advance)
    assert f"escrow:{scene.code}" not in await held()


async def test_held_money_is_taken_although_its_job_has_died(
    provider: FakeProvider, drain: Drain, advance: Advance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings().payments, "capture", "manual")
    scene = await checked_out()
    payment = await open_payment(scene, drain)
    async with dying("job:payments.capture_charge:before", drain):
        provider.books.pay(str(payment.charge), "card")
        await provider.deliver_waiting()
    assert [one.state for one in await payments(scene)] == ["authorised"]
    await is_done_after_all("payments.capture_charge", drain, advance)
    assert [one.state for one in await payments(scene)] == ["captured"]


async def test_what_kills_its_worker_and_what_is_no_money_is_left_for_a_person(drain: Drain, advance: Advance) -> None:
    async with db.transaction() as session:
        await jobs.defer(session, accounts.send_code, {"code_id": str(new_id())})
    await change("UPDATE jobs.procrastinate_jobs SET status = 'doing'")
    await change("UPDATE jobs.procrastinate_jobs SET status = 'failed'")
    assert await taken_up(advance) == 0
    await change("UPDATE jobs.procrastinate_jobs SET task_name = 'payments.open_balance'")
    await change(
        "INSERT INTO job_failure (job_id, task, cause) SELECT id, task_name, 'WorkerDied' FROM jobs.procrastinate_jobs"
    )
    assert await taken_up(advance) == 0
    await change("UPDATE job_failure SET cause = 'KeyError'")
    assert await taken_up(advance) == 1


async def test_only_so_many_dead_jobs_are_taken_up_at_once(
    drain: Drain, advance: Advance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "TAKEN_UP_AT_ONCE", 2)
    async with db.transaction() as session:
        for _ in range(3):
            await jobs.defer(session, accounts.send_code, {"code_id": str(new_id())})
    await change("UPDATE jobs.procrastinate_jobs SET status = 'doing', task_name = 'payments.open_balance'")
    await change("UPDATE jobs.procrastinate_jobs SET status = 'failed'")
    assert [await taken_up(advance), await taken_up(advance), await taken_up(advance)] == [2, 1, 0]
    assert await alarmed() == ["payments.open_balance"] * 3
