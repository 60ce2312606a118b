"""Debts, then the guarantee fund, then balances of parties: whoever needs several of them never waits in a circle."""

import asyncio
from uuid import UUID, uuid4

import pytest

from clothingline.earnings import tasks
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.ledger import chart
from clothingline.ledger import service as ledgers
from clothingline.ledger.service import Posting
from tests.earnings.scenes import (
    Drain,
    accepted,
    balance,
    confirmed,
    dispute,
    fund,
    owe,
    pass_time,
    passed,
)
from tests.earnings.test_fund import begun, guarantee, pay_balance
from tests.earnings.test_holds import won
from tests.money.paths import met_by_a_lock


async def test_a_maker_that_owes_and_is_lent_to_is_paid_with_its_debt_before_the_fund(
    provider: FakeProvider, drain: Drain
) -> None:
    scene = await confirmed(provider, drain, deposit=300_000)
    await owe(scene, scene.tailors[0], 100_000, decided=True)
    await fund(100_000)
    await passed(scene, drain, 0)
    await pass_time(days=40)
    assert await tasks.release_due() == 1
    assert (await balance("debt", scene.tailors[0]), await guarantee()) == (60_000, 40_000)


async def test_cloth_of_a_supplier_that_owes_is_paid_after_the_fund_has_its_loan_back(
    provider: FakeProvider, drain: Drain
) -> None:
    scene = await begun(provider, drain, 500_000)
    await fund(60_000)
    await pass_time(days=40)
    assert await tasks.release_due() == 2
    await owe(scene, scene.supplier, 7_000)
    await pay_balance(provider, drain, scene)
    assert (await balance("debt", scene.supplier), await guarantee()) == (0, 67_000)


@pytest.mark.parametrize("lapsed", [True, False])
async def test_what_a_brand_that_owes_was_held_back_is_paid_with_its_debt_before_the_fund(
    provider: FakeProvider, drain: Drain, *, lapsed: bool
) -> None:
    scene = await confirmed(provider, drain)
    first, second = await dispute(scene, 100_000), await dispute(scene, 50_000)
    await accepted(scene, drain)
    await fund(150_000)
    await owe(scene, scene.brand, 200_000)
    if lapsed:
        await pass_time(days=60)
        assert await tasks.lapse_holds() == 2
    await won(scene, first, 100_000)
    await won(scene, second, 50_000)
    assert (await balance("debt", scene.brand), await guarantee()) == (50_000, 300_000)


async def test_whoever_books_on_the_fund_waits_there_and_holds_no_partys_balance_meanwhile(
    provider: FakeProvider, drain: Drain
) -> None:
    scene = await confirmed(provider, drain)
    await owe(scene, scene.brand, 10_000)  # its account of debts is older than the fund's
    await fund(50_000)

    async def forgive(amount: int) -> None:
        async with db.transaction() as session:
            await ledgers.book_all(session, [_given(amount), _owed(scene.brand, -amount)])

    async with db.transaction() as session:
        await ledgers.held(session, chart.GUARANTEE)
        waiting = asyncio.create_task(forgive(1_000))
        async with asyncio.timeout(20):
            while not await met_by_a_lock():  # noqa: ASYNC110  # the database knows it
                await asyncio.sleep(0.01)
        await ledgers.book_all(session, [_given(2_000), _owed(scene.brand, 1_000)])
    await waiting
    assert await guarantee() == 53_000


def _given(amount: int) -> Posting:
    return Posting("test", uuid4(), "give", ((chart.CAPITAL, amount), (chart.GUARANTEE, -amount)))


def _owed(brand: UUID, amount: int) -> Posting:
    return Posting("test", uuid4(), "owe", ((chart.debt(brand), amount), (chart.RECOURSE, -amount)))
