"""A job that breaks off anywhere is taken up again, and what it has begun is done once."""

from collections.abc import Iterator

import pytest

from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db, failpoints
from clothingline.reconciliation import service, tasks
from clothingline.reconciliation.models import Reconciliation
from tests.payments.stage import ledger
from tests.payouts.stage import Advance, Drain, ask, collect, earnings_of, payee, ready, states_of
from tests.payouts.test_sending import transfers
from tests.reconciliation.stage import clean, still_open

MOMENTS = tuple(f"job:payouts.pursue:{moment}" for moment in failpoints.MOMENTS)
SENDING = (*(one for one in failpoints.POINTS if one.startswith("payouts.send:")), *MOMENTS)
TAKING_BACK = (*(one for one in failpoints.POINTS if one.startswith("payouts.take_back:")), *MOMENTS)
COMPARING = (
    *(one for one in failpoints.POINTS if one.startswith("reconciliation.")),
    *(f"job:reconciliation.read_pages:{moment}" for moment in failpoints.MOMENTS),
)


@pytest.fixture(autouse=True)
def _off_again() -> Iterator[None]:
    """No point stays armed."""
    yield
    failpoints.arm({})


@pytest.mark.parametrize("point", SENDING)
async def test_a_payout_that_breaks_off_is_sent_once(
    provider: FakeProvider, drain: Drain, advance: Advance, point: str
) -> None:
    stage = await ready(provider, drain, advance, 400_000)
    await collect(stage.tailor)
    failpoints.arm({point: "raise"})
    await drain()
    failpoints.arm({})
    for _ in range(2):
        await ask(drain, advance)
    provider.books.bank_day()
    await ask(drain, advance)
    assert (await states_of(), len(transfers(provider))) == (["settled"], 1)
    assert [code for code in await ledger() if code.startswith(("clearing", "connected"))] == []


@pytest.mark.parametrize("point", TAKING_BACK)
async def test_money_that_came_back_is_taken_back_once(
    provider: FakeProvider, drain: Drain, advance: Advance, point: str
) -> None:
    stage = await ready(provider, drain, advance, 400_000)
    provider.play("bank_refuses")
    await collect(stage.tailor)
    await drain()
    provider.books.bank_day()
    await advance(minutes=61)
    failpoints.arm({point: "raise"})
    await provider.deliver_waiting()
    await drain()
    failpoints.arm({})
    for _ in range(2):
        await ask(drain, advance)
    assert (await states_of(), await earnings_of(stage.tailor)) == (["failed"], [(400_000, "available", 1)])
    assert (await provider.balance(), transfers(provider)) == (100_000_000, [])
    assert [code for code in await ledger() if code.startswith(("clearing", "connected"))] == []


@pytest.mark.parametrize("point", COMPARING)
async def test_a_comparison_that_breaks_off_is_ended_by_the_next_try(
    provider: FakeProvider, drain: Drain, advance: Advance, point: str
) -> None:
    stage = await clean(provider, drain, advance, 1)
    assert (await payee(stage.tailor)).state == "active"
    async with db.transaction() as session:
        begun = await service.begin(session)
    assert begun is not None
    failpoints.arm({point: "raise"})
    await drain()
    failpoints.arm({})
    async with db.transaction() as session:
        run = await session.get_one(Reconciliation, begun.id)
    if run.state == "running":
        await tasks.read_pages(run_id=str(run.id), page=run.page)
    async with db.transaction() as session:
        ended = await session.get_one(Reconciliation, begun.id)
    assert (ended.state, await still_open()) == ("done", [])
