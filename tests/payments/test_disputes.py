"""Chargebacks: the bank takes money back; nobody who has worked pays for it."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from clothingline.integrations.payments import Dispute, Told
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.kit.ids import show
from clothingline.ledger import chart
from clothingline.ledger import service as ledger_service
from clothingline.orders.events import OrderCancelled, OrderConfirmed
from clothingline.orders.models import Order
from clothingline.payments import service, tasks
from clothingline.payments.errors import RefundExceeds, RefundUnderWay
from clothingline.payments.models import Payment
from tests.payments.counting import alarms, all_of, disputes, held
from tests.payments.stage import Scene, bring, checked_out, ledger, open_payment, payments, refunds, verdicts
from tests.payments.test_wrong_notices import tell

Drain = Callable[[], Awaitable[None]]
Advance = Callable[..., Awaitable[None]]
PRICE, LABOUR, TRANSPORT = 1_131_400, 550_000, 27_000
SPARE = PRICE - LABOUR - TRANSPORT
DISPUTE_FEE = 150_000


async def paid(provider: FakeProvider, drain: Drain, *, confirmed: bool = True) -> tuple[Scene, Payment]:
    """An order that is paid, and agreed by everybody."""
    scene = await checked_out()
    payment = await open_payment(scene, drain)
    await provider.pay(str(payment.charge))
    await drain()
    if confirmed:
        await bring(scene, "all_accepted", OrderConfirmed(scene.order))
        await drain()
    return scene, (await payments(scene))[0]


async def open_dispute(provider: FakeProvider, payment: Payment, drain: Drain, amount: int | None = None) -> Dispute:
    told = await provider.happen(provider.books.open_dispute, str(payment.charge), amount)
    await drain()
    return told


async def end(provider: FakeProvider, told: Dispute, drain: Drain, *, won: bool, fee_comes_back: bool = False) -> None:
    await provider.happen(provider.books.close_dispute, told.id, won=won, fee_comes_back=fee_comes_back)
    await drain()


async def fund(amount_idr: int) -> None:
    """Give the guarantee fund money."""
    async with db.transaction() as session:
        lines = [(chart.PROVIDER, amount_idr), (chart.GUARANTEE, -amount_idr)]
        source = (await all_of(Payment))[0].id
        await ledger_service.book_all(session, [ledger_service.Posting("test", source, "fund", tuple(lines))])


async def of_money(*words: str) -> dict[str, int]:
    """Balances of these kinds of account."""
    return {code: idr for code, idr in (await ledger()).items() if code.partition(":")[0] in words}


async def test_a_chargeback_sets_aside_what_escrow_can_spare_and_never_the_makers_pay(
    provider: FakeProvider, drain: Drain
) -> None:
    scene, payment = await paid(provider, drain)
    await open_dispute(provider, payment, drain)
    assert (await disputes(), (await payments(scene))[0].disputed_idr) == ([(PRICE, SPARE, "open")], PRICE)
    assert await of_money("escrow") == {f"escrow:{scene.code}": SPARE - PRICE}
    assert sum((await of_money("disputed")).values()) == -SPARE
    assert sum((await of_money("clearing")).values()) == PRICE
    assert ((await ledger())["cost:dispute"], await alarms()) == (DISPUTE_FEE, ["dispute_open"])


@pytest.mark.parametrize("fee_comes_back", [True, False])
async def test_a_chargeback_that_is_won_puts_everything_back(
    provider: FakeProvider, drain: Drain, *, fee_comes_back: bool
) -> None:
    scene, payment = await paid(provider, drain)
    before = await ledger()
    told = await open_dispute(provider, payment, drain)
    await end(provider, told, drain, won=True, fee_comes_back=fee_comes_back)
    assert (await disputes(), (await payments(scene))[0].disputed_idr) == ([(PRICE, SPARE, "won")], 0)
    cost = {} if fee_comes_back else {"cost:dispute": DISPUTE_FEE}
    provider_idr = before["provider:idr"] - sum(cost.values())
    assert (await ledger(), await alarms()) == ({**before, **cost, "provider:idr": provider_idr}, [])


async def test_a_lost_chargeback_takes_the_held_money_then_the_fund_never_the_tailor(
    provider: FakeProvider, drain: Drain
) -> None:
    scene, payment = await paid(provider, drain)
    await fund(LABOUR)
    told = await open_dispute(provider, payment, drain)
    await end(provider, told, drain, won=False)
    brand = show("org", scene.brand)
    assert await disputes() == [(PRICE, SPARE, "lost")]
    assert await of_money("escrow", "disputed", "guarantee") == {f"escrow:{scene.code}": SPARE - PRICE}
    assert await of_money("clearing") == {}
    assert ((await ledger())["cost:written_off"], (await ledger())[f"debt:{brand}"]) == (TRANSPORT, LABOUR)
    expected = {show("org", tailor): idr for tailor, idr in zip(scene.tailors, (400_000, 150_000), strict=True)}
    assert {code: -idr for code, idr in (await of_money("expected")).items()} == {
        f"expected:{party}": idr for party, idr in expected.items()
    }


async def test_a_chargeback_that_was_lost_before_we_heard_of_it_ends_as_one_that_was_open_for_a_while(
    provider: FakeProvider, drain: Drain
) -> None:
    scene, payment = await paid(provider, drain)
    await fund(LABOUR)
    told = provider.books.open_dispute(str(payment.charge))
    await end(provider, told, drain, won=False)
    assert await disputes() == [(PRICE, SPARE, "lost")]
    assert await of_money("escrow", "disputed", "guarantee", "clearing") == {f"escrow:{scene.code}": SPARE - PRICE}


async def test_a_chargeback_of_a_part_is_borne_by_the_brand_alone(provider: FakeProvider, drain: Drain) -> None:
    scene, payment = await paid(provider, drain)
    told = await open_dispute(provider, payment, drain, 100_000)
    await end(provider, told, drain, won=False)
    async with db.transaction() as session:
        order = await session.get_one(Order, scene.order)
    assert (order.price_idr, order.paid_idr) == (PRICE - 100_000, PRICE - 100_000)
    assert await of_money("escrow", "disputed", "debt", "cost") == {
        f"escrow:{scene.code}": 100_000 - PRICE,
        "cost:dispute": DISPUTE_FEE,
        "cost:provider": 7_919,
    }


async def test_what_is_disputed_cannot_also_go_back(provider: FakeProvider, drain: Drain) -> None:
    scene, payment = await paid(provider, drain, confirmed=False)
    await open_dispute(provider, payment, drain, 1_000_000)
    await bring(scene, "cancel", OrderCancelled(scene.order))
    await drain()
    assert await refunds() == [("order_cancelled", 131_400, "settled")]
    async with db.transaction() as session:
        with pytest.raises(RefundExceeds):
            await service.refund_payment(session, payment_id=payment.id, reason="more", amount_idr=1)


async def test_of_a_cancelled_order_what_a_won_chargeback_brings_goes_back(
    provider: FakeProvider, drain: Drain
) -> None:
    scene, payment = await paid(provider, drain, confirmed=False)
    told = await open_dispute(provider, payment, drain, 1_000_000)
    await bring(scene, "cancel", OrderCancelled(scene.order))
    await drain()
    await end(provider, told, drain, won=True)
    assert sorted(idr for _, idr, _ in await refunds()) == [131_400, 1_000_000]
    assert (await held(), {state for _, _, state in await refunds()}) == ({}, {"settled"})


async def test_of_a_cancelled_order_a_lost_chargeback_costs_nobody_else(provider: FakeProvider, drain: Drain) -> None:
    scene, payment = await paid(provider, drain)
    told = await open_dispute(provider, payment, drain)
    await bring(scene, "cancel", OrderCancelled(scene.order))
    await drain()
    await end(provider, told, drain, won=False)
    assert (await disputes(), await refunds(), await held()) == ([(PRICE, PRICE, "lost")], [], {})


async def test_a_chargeback_of_money_that_is_going_back_waits_for_the_outcome(
    provider: FakeProvider, drain: Drain
) -> None:
    _, payment = await paid(provider, drain, confirmed=False)
    told = provider.books.open_dispute(str(payment.charge))
    async with db.transaction() as session:
        await service.refund_payment(session, payment_id=payment.id, reason="earlier", amount_idr=100_000)
    said = Told(f"ntc_{told.id}", "dispute", told.id, "acct_fake", False, {})
    with pytest.raises(RefundUnderWay):
        await tell(said)
    assert (await disputes(), await verdicts()) == ([], [("captured", None)])
    await drain()
    await provider.deliver_waiting()
    await drain()
    assert ([state for _, _, state in await refunds()], await disputes()) == (["failed"], [(PRICE, SPARE, "open")])
    assert sorted(verdict for verdict, _ in await verdicts()) == ["captured", "opened", "repeated"]


async def test_a_chargeback_of_more_than_is_left_is_quarantined(provider: FakeProvider, drain: Drain) -> None:
    _, payment = await paid(provider, drain, confirmed=False)
    async with db.transaction() as session:
        await service.refund_payment(session, payment_id=payment.id, reason="earlier", amount_idr=100_000)
    await drain()
    told = provider.books.open_dispute(str(payment.charge))
    with provider.books.writing() as clerk:
        clerk.write("UPDATE dispute SET amount_idr = ? WHERE id = ?", PRICE, told.id)
    await provider.deliver_waiting()
    await drain()
    assert (await disputes(), ("quarantined", "exceeds") in await verdicts()) == ([], True)
    assert "notice_quarantined" in await alarms()


async def test_a_chargeback_that_ends_twice_in_two_ways_is_quarantined(provider: FakeProvider, drain: Drain) -> None:
    _, payment = await paid(provider, drain)
    told = await open_dispute(provider, payment, drain)
    await end(provider, told, drain, won=True)
    lost = replace(told, status="lost")
    async with db.transaction() as session:
        assert await service.follow_dispute(session, payment_id=payment.id, dispute=lost) == ("status", None)
    assert [state for _, _, state in await disputes()] == ["won"]


async def test_a_chargeback_of_which_no_notice_tells_is_found_by_asking_every_day(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    _, payment = await paid(provider, drain)
    told = await open_dispute(provider, payment, drain)
    provider.books.close_dispute(told.id, won=True)
    assert await tasks.ask_about_disputes() == 0
    await advance(hours=25)
    assert (await tasks.ask_about_disputes(), await tasks.ask_about_disputes()) == (1, 0)
    assert [state for _, _, state in await disputes()] == ["won"]
