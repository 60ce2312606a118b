"""Makers come before cloth and brand; what escrow lacks for them the guarantee fund lends, and has back."""

import pytest
from sqlalchemy import select

from clothingline.earnings import service, tasks
from clothingline.earnings.models import Advance
from clothingline.earnings.service.account import open_account
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.kit.alarms import count_open
from clothingline.orders.events import CuttingStarted, OrderReady
from clothingline.settings import settings
from tests.earnings.scenes import (
    BRAND,
    CLOTH,
    Drain,
    accepted,
    balance,
    confirmed,
    escrow,
    fund,
    owe,
    pass_time,
    passed,
)
from tests.payments.stage import Scene, bring, earnings, ledger, payments, tell

DEPOSIT = 500_000


async def begun(provider: FakeProvider, drain: Drain, deposit: int) -> Scene:
    """An order of which this is paid, cut and sewn, so that everything but the brand's share is earned."""
    scene = await confirmed(provider, drain, deposit=deposit)
    await bring(scene, "first_cut", CuttingStarted(scene.order))
    await passed(scene, drain, 0, 1)
    return scene


async def pay_balance(provider: FakeProvider, drain: Drain, scene: Scene) -> None:
    """The consumer pays the rest, and the arrival is passed on."""
    await bring(scene, "all_packed", OrderReady(scene.order))
    await drain()
    await provider.pay(str((await payments(scene))[-1].charge))
    await drain()
    async with db.transaction() as session:
        await service.after_capture(session, order_id=scene.order)


async def guarantee() -> int:
    return -(await ledger()).get("guarantee:fund", 0)


async def advances() -> list[tuple[int, int]]:
    """(lent, repaid) of every advance."""
    async with db.transaction() as session:
        rows = await session.scalars(select(Advance).order_by(Advance.id))
        return [(row.amount_idr, row.repaid_idr) for row in rows]


async def test_cut_cloth_is_paid_at_once_when_the_makers_pay_stays_whole(provider: FakeProvider, drain: Drain) -> None:
    scene = await confirmed(provider, drain)
    await tell(CuttingStarted(scene.order))
    await drain()
    assert (await earnings(scene))["reservation"] == [(CLOTH, "available")]
    assert await balance("available", scene.supplier) == -CLOTH


@pytest.mark.parametrize(("deposit", "state"), [(550_000 + CLOTH - 1, "earned"), (550_000 + CLOTH, "available")])
async def test_labour_comes_before_cloth_and_brand(
    provider: FakeProvider, drain: Drain, deposit: int, state: str
) -> None:
    scene = await confirmed(provider, drain, deposit=deposit)
    await bring(scene, "first_cut", CuttingStarted(scene.order))
    await drain()
    found = await earnings(scene)
    assert (found["reservation"], found["order"]) == ([(CLOTH, state)], [(BRAND, "expected")])
    async with db.transaction() as session:
        assert (await open_account(session, scene.order)).labour_reserve == 550_000
    await passed(scene, drain, 0, 1)
    await pass_time(days=40)
    assert await tasks.release_due() == 2
    async with db.transaction() as session:
        assert (await open_account(session, scene.order)).labour_reserve == 0


async def test_cloth_that_waits_is_paid_when_the_balance_arrives(provider: FakeProvider, drain: Drain) -> None:
    scene = await begun(provider, drain, 550_000)
    assert (await earnings(scene))["reservation"] == [(CLOTH, "earned")]
    await pay_balance(provider, drain, scene)
    assert (await earnings(scene))["reservation"] == [(CLOTH, "available")]


async def test_the_fund_advances_and_is_repaid_by_the_balance(provider: FakeProvider, drain: Drain) -> None:
    scene = await begun(provider, drain, DEPOSIT)
    await fund(60_000)
    await pass_time(days=40)
    assert await tasks.release_due() == 2
    assert (await guarantee(), await escrow(scene), await advances()) == (10_000, 0, [(50_000, 0)])
    await pay_balance(provider, drain, scene)
    assert (await guarantee(), await advances()) == (60_000, [(50_000, 50_000)])
    await accepted(scene, drain)
    assert await escrow(scene) == 0
    assert sum((await ledger()).values()) == 0


async def test_a_fund_that_is_short_sounds_the_alarm_and_pays_later(provider: FakeProvider, drain: Drain) -> None:
    await begun(provider, drain, DEPOSIT)
    await fund(49_999)
    await pass_time(days=40)
    assert await tasks.release_due() == 1
    assert (await guarantee(), await advances(), await alarms()) == (49_999, [], {"labour_waits": 1})
    await fund(1)
    assert await tasks.release_due() == 1
    assert (await guarantee(), await advances(), await alarms()) == (0, [(50_000, 0)], {})


async def alarms() -> dict[str, int]:
    async with db.transaction() as session:
        return await count_open(session)


async def test_what_a_brand_owes_the_fund_comes_out_of_its_next_earning(provider: FakeProvider, drain: Drain) -> None:
    scene = await confirmed(provider, drain)
    await owe(scene, scene.brand, 100_000)
    await accepted(scene, drain)
    assert await balance("available", scene.brand) == -(BRAND - 100_000)
    assert (await guarantee(), await balance("debt", scene.brand)) == (100_000, 0)
    assert "recourse:fund" not in await ledger()


@pytest.mark.parametrize(("decided", "recovered"), [(False, 0), (True, 40_000)])
async def test_a_maker_pays_back_a_tenth_at_most_and_only_what_a_person_has_decided(
    provider: FakeProvider, drain: Drain, decided: bool, recovered: int
) -> None:
    scene = await confirmed(provider, drain)
    await owe(scene, scene.tailors[0], 100_000, decided=decided)
    await accepted(scene, drain)
    assert await balance("available", scene.tailors[0]) == -(400_000 - recovered)
    assert await balance("debt", scene.tailors[0]) == 100_000 - recovered
    assert await guarantee() == recovered
    assert settings().earnings.recover_permille == 100
