"""A chargeback keeps back the disputed part of the brand's share, at most sixty days, and never a maker's pay."""

from uuid import UUID

import pytest
from sqlalchemy import select

from clothingline.earnings import service, tasks
from clothingline.earnings.models import EarningHold
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.kit.alarms import count_open
from clothingline.kit.states import move
from clothingline.ledger import chart
from clothingline.ledger import service as ledgers
from clothingline.ledger.service import Posting
from clothingline.orders import queries as orders
from clothingline.orders.models import Order
from clothingline.orders.waterfall import by_code
from clothingline.payments.models import DISPUTE, Dispute, Payment
from tests.earnings.scenes import (
    BRAND,
    CLOTH,
    PRICE,
    Drain,
    accepted,
    balance,
    confirmed,
    dispute,
    escrow,
    fund,
    pass_time,
)
from tests.payments.stage import Scene, earnings, ledger


async def won(scene: Scene, dispute_id: UUID, held: int) -> None:
    """The bank gives the money back, and the held shares are paid."""
    async with db.transaction() as session:
        free = await service.lift(session, order_id=scene.order, dispute_id=dispute_id)
        order = await session.get_one(Order, scene.order)
        [row] = await move(session, DISPUTE, Dispute, "win", Dispute.id == dispute_id)
        (await session.get_one(Payment, row.payment_id)).disputed_idr -= held
        back = ((chart.PROVIDER, held), (chart.clearing("dispute", dispute_id), -held))
        freed = ((chart.disputed(dispute_id), held), (chart.escrow(order), -held))
        await ledgers.book_all(session, [Posting("dispute", dispute_id, "won", back + freed), *free])


async def lost(scene: Scene, dispute_id: UUID, held: int, fund_idr: int = 0) -> None:
    """The bank keeps the money, and whoever answers for it loses it."""
    async with db.transaction() as session:
        borne = await service.lose(
            session, order_id=scene.order, dispute_id=dispute_id, held_idr=held, fund_idr=fund_idr
        )
        await move(session, DISPUTE, Dispute, "lose", Dispute.id == dispute_id)
        lines = ((chart.disputed(dispute_id), held), (chart.clearing("dispute", dispute_id), -held))
        await ledgers.book_all(session, [Posting("dispute", dispute_id, "lost", lines), *borne])


async def price(scene: Scene) -> tuple[int, int]:
    """What the order costs now, and the sum of its lines."""
    async with db.transaction() as session:
        order, frozen = await session.get_one(Order, scene.order), await orders.find_frozen_price(session, scene.order)
        assert frozen is not None
        return order.price_idr or 0, sum(frozen.lines.values())


async def holds() -> list[tuple[int, bool]]:
    """(rupiah, whether it stands) of every hold."""
    async with db.transaction() as session:
        rows = await session.scalars(select(EarningHold).order_by(EarningHold.id))
        return [(row.amount_idr, row.released_at is None) for row in rows]


async def test_a_hold_touches_only_the_disputed_part_and_ends_after_sixty_days(
    provider: FakeProvider, drain: Drain
) -> None:
    scene = await confirmed(provider, drain)
    await dispute(scene, 100_000)
    await accepted(scene, drain)
    found = await earnings(scene)
    assert found["held"] == [(100_000, "earned")]
    assert (found["order"], found["reservation"]) == ([(BRAND - 100_000, "available")], [(CLOTH, "available")])
    assert [await balance("available", tailor) for tailor in scene.tailors] == [-400_000, -150_000]
    assert (await escrow(scene), await holds()) == (0, [(100_000, True)])
    await fund(100_000)
    await pass_time(days=59)
    assert await tasks.lapse_holds() == 0
    await pass_time(days=1)
    assert await tasks.lapse_holds() == 1
    assert (await earnings(scene))["held"] == [(100_000, "available")]
    assert (await holds(), await tasks.lapse_holds()) == ([(100_000, False)], 0)
    assert await balance("available", scene.brand) == -BRAND


async def test_after_sixty_days_a_fund_that_is_short_sounds_the_alarm(provider: FakeProvider, drain: Drain) -> None:
    scene = await confirmed(provider, drain)
    await dispute(scene, 100_000)
    await accepted(scene, drain)
    await pass_time(days=60)
    assert (await tasks.lapse_holds(), await holds()) == (0, [(100_000, True)])
    async with db.transaction() as session:
        assert await count_open(session) == {"labour_waits": 1}


async def test_a_chargeback_that_is_won_after_sixty_days_repays_the_fund(provider: FakeProvider, drain: Drain) -> None:
    scene = await confirmed(provider, drain)
    dispute_id = await dispute(scene, 100_000)
    await accepted(scene, drain)
    await fund(150_000)
    await pass_time(days=60)
    assert (await tasks.lapse_holds(), (await ledger())["guarantee:fund"]) == (1, -50_000)
    await won(scene, dispute_id, 100_000)
    assert ((await ledger())["guarantee:fund"], await escrow(scene)) == (-150_000, 0)
    assert await balance("available", scene.brand) == -BRAND


async def test_a_chargeback_that_is_won_frees_the_share(provider: FakeProvider, drain: Drain) -> None:
    scene = await confirmed(provider, drain)
    dispute_id = await dispute(scene, 100_000)
    await accepted(scene, drain)
    await won(scene, dispute_id, 100_000)
    assert (await earnings(scene))["held"] == [(100_000, "available")]
    assert (await balance("available", scene.brand), await escrow(scene)) == (-BRAND, 0)
    assert f"committed:{scene.code}" not in await ledger()


async def test_a_chargeback_that_is_lost_lowers_the_price_at_the_cost_of_the_brand(
    provider: FakeProvider, drain: Drain
) -> None:
    scene = await confirmed(provider, drain)
    dispute_id = await dispute(scene, 100_000)
    await accepted(scene, drain)
    await lost(scene, dispute_id, 100_000)
    assert (await earnings(scene))["held"] == [(100_000, "voided")]
    assert (await price(scene), await balance("earned", scene.brand)) == ((PRICE - 100_000,) * 2, 0)
    assert f"committed:{scene.code}" not in await ledger()


async def test_a_chargeback_that_ends_before_acceptance_leaves_nothing_to_hold(
    provider: FakeProvider, drain: Drain
) -> None:
    scene = await confirmed(provider, drain)
    await won(scene, await dispute(scene, 50_000), 50_000)
    await lost(scene, await dispute(scene, 100_000), 100_000)
    assert (await earnings(scene))["order"] == [(BRAND - 100_000, "expected")]
    await accepted(scene, drain)
    assert (await earnings(scene))["order"] == [(BRAND - 100_000, "available")]
    assert (await holds(), await escrow(scene), await price(scene)) == ([], 0, (PRICE - 100_000,) * 2)


@pytest.mark.parametrize("more", [0, 1, CLOTH])
async def test_when_the_brands_share_does_not_suffice_its_suppliers_waits(
    provider: FakeProvider, drain: Drain, more: int
) -> None:
    scene = await confirmed(provider, drain)
    dispute_id = await dispute(scene, BRAND + more)
    await accepted(scene, drain)
    found = await earnings(scene)
    assert found["order"] == [(BRAND, "earned")]
    assert await balance("available", scene.supplier) == -(CLOTH - more)
    assert [await balance("available", tailor) for tailor in scene.tailors] == [-400_000, -150_000]
    await lost(scene, dispute_id, BRAND + more)
    async with db.transaction() as session:
        frozen = await orders.find_frozen_price(session, scene.order)
        assert frozen is not None
        assert by_code(frozen.lines) == +by_code(frozen.lines)
        assert by_code(frozen.lines)["labour"] == 550_000
    assert (await price(scene), await escrow(scene)) == ((PRICE - BRAND - more,) * 2, 0)


async def test_what_was_paid_after_sixty_days_is_the_brands_debt_when_the_chargeback_is_lost(
    provider: FakeProvider, drain: Drain
) -> None:
    scene = await confirmed(provider, drain)
    dispute_id = await dispute(scene, 100_000)
    await accepted(scene, drain)
    await fund(100_000)
    await pass_time(days=60)
    assert await tasks.lapse_holds() == 1
    await lost(scene, dispute_id, 100_000)
    assert (await balance("available", scene.brand), await balance("debt", scene.brand)) == (-BRAND, 100_000)
    assert await price(scene) == (PRICE, PRICE)


async def test_escrow_spares_for_a_chargeback_neither_pay_nor_what_others_will_get(
    provider: FakeProvider, drain: Drain
) -> None:
    scene = await confirmed(provider, drain, fee_permille=30)
    async with db.transaction() as session:
        assert await service.spare(session, scene.order) == PRICE - 550_000 - 27_000 - 33_132 - 3_644
