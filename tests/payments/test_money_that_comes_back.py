"""What did not arrive at a consumer stays the consumer's, whatever has become of the order meanwhile."""

from collections.abc import Awaitable, Callable

import pytest

from clothingline import invariants
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.orders import queries as orders
from clothingline.orders.events import OrderCancelled, OrderConfirmed
from clothingline.payments import service, tasks
from clothingline.payments.models import Refund
from tests.earnings.scenes import BRAND, CLOTH, LABOUR, PRICE, accepted, balance, confirmed, escrow, fund
from tests.payments.counting import alarms, all_of, disputes, last_refund
from tests.payments.stage import Scene, bring, checked_out, ledger, open_payment, payments, refunds
from tests.payments.test_disputes import end, open_dispute
from tests.payments.test_living_orders import LIMITS, refund

Drain = Callable[[], Awaitable[None]]
Advance = Callable[..., Awaitable[None]]


async def bounce(provider: FakeProvider, drain: Drain) -> None:
    """The consumer's bank gives the newest refund back, also one that had arrived."""
    await provider.happen(provider.books.end_refund, str((await last_refund()).provider_id), arrived=False)
    await drain()


async def send_again(scene: Scene, drain: Drain) -> None:
    """A person lets the newest refund be tried anew; which account does not matter here."""
    async with db.transaction() as session:
        failed = (await last_refund()).id
        await service.approve_refund(session, refund_id=failed, limits=LIMITS, by=scene.consumer)
    await drain()


async def guarantee() -> int:
    """What the fund holds."""
    return -(await ledger()).get("guarantee:fund", 0)


async def price(scene: Scene) -> tuple[int, int]:
    """What the order costs, and the sum of its lines."""
    async with db.transaction() as session:
        order = await orders.get_order_by_id(session, scene.order)
        frozen = await orders.find_frozen_price(session, scene.order)
        return order.price_idr or 0, sum(frozen.lines.values()) if frozen else 0


async def overdue() -> list[str]:
    """What the alarms of the invariants name."""
    async with db.transaction() as session:
        await invariants.check(session)
    return await alarms()


async def refunded_and_closed(provider: FakeProvider, drain: Drain, amount: int = 100_000) -> Scene:
    """An accepted order of which a part had gone back before, and comes back from the bank now."""
    scene = await confirmed(provider, drain)
    await fund(50_000)
    assert await refund((await payments(scene))[0], "Kancing lepas", amount) == "approved"
    await drain()
    await accepted(scene, drain)
    await bounce(provider, drain)
    return scene


async def test_what_comes_back_after_the_order_was_closed_waits_there_and_is_sent_again(
    provider: FakeProvider, drain: Drain
) -> None:
    scene = await refunded_and_closed(provider, drain, BRAND + 30_000)
    assert (await escrow(scene), await guarantee(), await price(scene)) == (BRAND, 50_000, (PRICE - BRAND,) * 2)
    assert (await alarms(), await balance("debt", scene.brand)) == (["refund_failed"], 0)
    await send_again(scene, drain)
    assert (await refunds(), await alarms()) == ([("Kancing lepas", BRAND + 30_000, "settled")], [])
    assert (await escrow(scene), await guarantee(), await balance("debt", scene.brand)) == (0, 20_000, 30_000)


async def test_after_a_day_the_alarm_names_what_did_not_arrive_until_it_is_sent_again(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    scene = await refunded_and_closed(provider, drain)
    assert await overdue() == ["refund_failed"]
    await advance(hours=25)
    assert "overdue" in await overdue()
    await send_again(scene, drain)
    assert "overdue" not in await overdue()


@pytest.mark.parametrize("won", [True, False])
async def test_a_chargeback_of_what_did_not_arrive_takes_that_and_costs_nobody_else(
    provider: FakeProvider, drain: Drain, *, won: bool
) -> None:
    scene = await refunded_and_closed(provider, drain)
    told = await open_dispute(provider, (await payments(scene))[0], drain, 100_000)
    assert (await disputes(), await escrow(scene)) == ([(100_000, 100_000, "open")], 0)
    await end(provider, told, drain, won=won)
    assert (await escrow(scene), await guarantee()) == (100_000 if won else 0, 50_000)
    assert await balance("debt", scene.brand) == 0


async def late_and_confirmed(provider: FakeProvider, drain: Drain, advance: Advance) -> Scene:
    """An agreed order that was paid anew, after its first money had come too late and did not go back."""
    scene = await checked_out()
    late = await open_payment(scene, drain)
    await advance(minutes=16)
    await tasks.expire_payments()
    await provider.pay(str(late.charge))
    await drain()
    await bounce(provider, drain)
    assert (await escrow(scene), await refunds()) == (PRICE, [("late", PRICE, "failed")])
    await tasks.open_payment(order_id=str(scene.order), quote_id=str(scene.quote))
    await provider.pay(str((await payments(scene))[-1].charge))
    await drain()
    await bring(scene, "all_accepted", OrderConfirmed(scene.order))
    await drain()
    return scene


async def late_and_accepted(provider: FakeProvider, drain: Drain, advance: Advance) -> Scene:
    """The same, and the goods are accepted."""
    scene = await late_and_confirmed(provider, drain, advance)
    await accepted(scene, drain)
    return scene


@pytest.mark.parametrize("won", [True, False])
async def test_a_chargeback_leaves_late_money_to_its_payer_and_the_acceptance_pays_everybody(
    provider: FakeProvider, drain: Drain, advance: Advance, *, won: bool
) -> None:
    scene = await late_and_confirmed(provider, drain, advance)
    told = await open_dispute(provider, (await payments(scene))[-1], drain)
    assert await disputes() == [(PRICE, BRAND + CLOTH, "open")]
    await send_again(scene, drain)
    assert await refunds() == [("late", PRICE, "settled")]
    await accepted(scene, drain)
    assert [-await balance("available", tailor) for tailor in scene.tailors] == list(LABOUR)
    await end(provider, told, drain, won=won)
    assert await escrow(scene) == 0


async def test_a_refund_beside_a_chargeback_leaves_late_money_to_its_payer(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    scene, disputed = await late_and_confirmed(provider, drain, advance), BRAND + CLOTH - 30_000
    await fund(100_000)
    payment = (await payments(scene))[-1]
    await open_dispute(provider, payment, drain, disputed)
    assert await refund(payment, "Kancing lepas", 80_000) == "approved"
    await drain()
    assert (await escrow(scene), await guarantee()) == (2 * PRICE - disputed - 30_000, 50_000)


async def test_late_money_that_does_not_arrive_at_its_payer_leaves_the_acceptance_alone(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    scene = await late_and_accepted(provider, drain, advance)
    assert (await escrow(scene), await balance("available", scene.brand)) == (PRICE, -BRAND)
    await send_again(scene, drain)
    assert (await escrow(scene), await refunds()) == (0, [("late", PRICE, "settled")])


async def test_late_money_that_another_refund_has_used_goes_back_at_the_brands_debt(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    scene = await late_and_accepted(provider, drain, advance)
    late = (await last_refund()).id
    assert await refund((await payments(scene))[-1], "Kancing lepas", 100_000) == "approved"
    await drain()
    await fund(100_000)
    async with db.transaction() as session:
        await service.approve_refund(session, refund_id=late, limits=LIMITS, by=scene.consumer)
    await drain()
    assert {state for _, _, state in await refunds()} == {"settled"}
    assert (await escrow(scene), await guarantee(), await balance("debt", scene.brand)) == (0, 0, 100_000)


async def helped_by_the_fund(provider: FakeProvider, drain: Drain) -> Scene:
    """An order of which more went back than escrow could give: the fund has lent Rp 30,000."""
    scene = await confirmed(provider, drain)
    await fund(50_000)
    assert await refund((await payments(scene))[0], "Kancing lepas", BRAND + 30_000) == "approved"
    return scene


async def cancel(scene: Scene, drain: Drain) -> None:
    await bring(scene, "cancel", OrderCancelled(scene.order))
    await drain()


async def test_a_cancelled_order_gives_the_fund_back_what_it_lent_and_nobody_owes_it(
    provider: FakeProvider, drain: Drain
) -> None:
    scene = await helped_by_the_fund(provider, drain)
    await drain()
    assert (await guarantee(), await balance("debt", scene.brand)) == (20_000, 30_000)
    await cancel(scene, drain)
    assert (await escrow(scene), await guarantee(), await balance("debt", scene.brand)) == (0, 50_000, 0)
    assert [state for _, _, state in await refunds()] == ["settled", "settled"]


async def test_of_a_refund_that_comes_back_after_the_cancellation_escrow_has_all(
    provider: FakeProvider, drain: Drain
) -> None:
    scene = await helped_by_the_fund(provider, drain)
    await drain()
    first = str((await last_refund()).provider_id)
    await cancel(scene, drain)
    await provider.happen(provider.books.end_refund, first, arrived=False)
    await drain()
    assert (await escrow(scene), await guarantee(), await balance("debt", scene.brand)) == (BRAND + 30_000, 50_000, 0)
    async with db.transaction() as session:
        [failed] = [row.id for row in await all_of(Refund) if row.state == "failed"]
        await service.approve_refund(session, refund_id=failed, limits=LIMITS, by=scene.consumer)
    await drain()
    assert (await escrow(scene), {state for _, _, state in await refunds()}) == (0, {"settled"})


@pytest.mark.parametrize("arrived", [True, False])
async def test_of_a_refund_that_was_under_way_the_fund_has_its_part_back_when_it_is_known_what_became_of_it(
    provider: FakeProvider, drain: Drain, *, arrived: bool
) -> None:
    provider.play("slow_refund")
    scene = await helped_by_the_fund(provider, drain)
    await drain()
    slow = str((await last_refund()).provider_id)
    await cancel(scene, drain)
    assert (await escrow(scene), await guarantee()) == (30_000, 20_000)
    await provider.happen(provider.books.end_refund, slow, arrived=arrived)
    await drain()
    assert (await guarantee(), await balance("debt", scene.brand)) == (50_000, 0)
    assert await escrow(scene) == (0 if arrived else BRAND + 30_000)


async def test_a_cancelled_order_bears_a_chargeback_that_was_lost_before(provider: FakeProvider, drain: Drain) -> None:
    scene = await confirmed(provider, drain)
    await fund(50_000)
    told = await open_dispute(provider, (await payments(scene))[0], drain)
    await end(provider, told, drain, won=False)
    assert (await guarantee(), (await ledger())["cost:written_off"] > 0) == (0, True)
    await cancel(scene, drain)
    assert (await escrow(scene), await guarantee(), await balance("debt", scene.brand)) == (0, 50_000, 0)
    assert ("cost:written_off" in await ledger(), await disputes()) == (False, [(PRICE, PRICE, "lost")])
