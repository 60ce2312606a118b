"""From check-out to money in escrow, and everything that may go wrong between."""

from collections.abc import Awaitable, Callable
from uuid import uuid4

import pytest
from sqlalchemy import select

from clothingline.integrations.payments import Wish
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.kit.events import Event
from clothingline.kit.ids import show
from clothingline.orders.events import OrderCancelled, OrderCheckedOut, OrderReady
from clothingline.payments import tasks
from tests.cast import Cast
from tests.payments.counting import FEE, held, wish
from tests.payments.stage import (
    bring,
    checked_out,
    ledger,
    open_payment,
    order_state,
    payments,
    refunds,
    tell,
    verdicts,
)

Drain = Callable[[], Awaitable[None]]


async def test_a_checked_out_order_gets_a_page_to_pay_its_price_on(provider: FakeProvider, drain: Drain) -> None:
    scene = await checked_out()
    payment = await open_payment(scene, drain)
    assert (payment.state, payment.instalment, payment.amount_idr) == ("open", "full", 1_131_400)
    charge = await provider.find_charge(show("pay", payment.id))
    assert charge is not None
    assert (payment.charge, payment.pay_url) == (charge.id, f"http://bayar.test/charges/{charge.id}")


async def test_asking_twice_opens_one_payment_and_one_charge(provider: FakeProvider, drain: Drain) -> None:
    scene = await checked_out()
    first = await open_payment(scene, drain)
    again = await open_payment(scene, drain)
    assert (again.id, again.charge, len(await payments(scene))) == (first.id, first.charge, 1)


async def test_a_new_price_ends_the_payment_of_the_old_one(provider: FakeProvider, drain: Drain) -> None:
    scene = await checked_out()
    await open_payment(scene, drain)
    await bring(scene, "checkout", price_idr=1_200_000, deposit_idr=1_200_000)
    await open_payment(scene, drain)
    assert [(one.state, one.amount_idr) for one in await payments(scene)] == [
        ("expired", 1_131_400),
        ("open", 1_200_000),
    ]


async def test_an_order_that_is_a_draft_again_is_asked_for_nothing(provider: FakeProvider, drain: Drain) -> None:
    scene = await checked_out()
    await bring(scene, "cancel")
    await tell(OrderCheckedOut(scene.order, scene.quote))
    await drain()
    assert await payments(scene) == []


async def test_a_paid_charge_places_the_order_and_stands_in_escrow(provider: FakeProvider, drain: Drain) -> None:
    scene = await checked_out()
    payment = await open_payment(scene, drain)
    await provider.pay(str(payment.charge))
    await drain()
    assert [one.state for one in await payments(scene)] == ["captured"]
    assert await order_state(scene) == ("placed", 1_131_400)
    at_provider = {"provider:idr": 1_131_400 - FEE, "cost:provider": FEE}
    assert await ledger() == {**at_provider, f"escrow:{scene.code}": -1_131_400}
    assert await verdicts() == [("captured", None)]


async def test_money_that_arrives_before_we_knew_the_charge_counts(provider: FakeProvider, drain: Drain) -> None:
    scene = await checked_out()
    await wish(scene)
    [wished] = await payments(scene)
    charge = await provider.open_charge(Wish(show("pay", wished.id), 1_131_400, "Pesanan"))
    await provider.pay(charge.id)
    await drain()
    [payment] = await payments(scene)
    assert (payment.state, payment.charge) == ("captured", charge.id)


async def test_a_payment_that_is_not_paid_in_time_ends(
    provider: FakeProvider, drain: Drain, advance: Callable[..., Awaitable[None]]
) -> None:
    scene = await checked_out()
    await open_payment(scene, drain)
    assert await tasks.expire_payments() == 0
    await advance(minutes=15, seconds=1)
    assert (await tasks.expire_payments(), await tasks.expire_payments()) == (1, 0)
    assert [one.state for one in await payments(scene)] == ["expired"]


async def test_payments_that_end_together_are_told_each_to_its_own_consumer(
    provider: FakeProvider, drain: Drain, advance: Callable[..., Awaitable[None]]
) -> None:
    scenes = [await checked_out(), await checked_out()]
    for scene in scenes:
        await open_payment(scene, drain)
    await advance(minutes=15, seconds=1)
    assert await tasks.expire_payments() == 2
    async with db.transaction() as session:
        told = (await session.scalars(select(Event).where(Event.name == "PaymentExpired"))).all()
    assert {one.facts["order_id"]: one.audience for one in told} == {str(one.order): [one.consumer] for one in scenes}


@pytest.mark.parametrize("swept", [True, False])
async def test_money_that_arrives_after_the_deadline_goes_back(
    provider: FakeProvider, drain: Drain, advance: Callable[..., Awaitable[None]], *, swept: bool
) -> None:
    scene = await checked_out()
    payment = await open_payment(scene, drain)
    await advance(minutes=16)
    if swept:
        await tasks.expire_payments()
    await provider.pay(str(payment.charge))
    await drain()
    assert [one.state for one in await payments(scene)] == ["captured_late"]
    assert await refunds() == [("late", 1_131_400, "settled")]
    assert (await order_state(scene), await held()) == (("pending_payment", 0), {})
    assert (await provider.fetch_charge(str(payment.charge))).refunded_idr == 1_131_400


async def test_money_for_an_order_that_was_cancelled_meanwhile_goes_back(provider: FakeProvider, drain: Drain) -> None:
    scene = await checked_out()
    payment = await open_payment(scene, drain)
    await bring(scene, "cancel")
    await provider.pay(str(payment.charge))
    await drain()
    assert [one.state for one in await payments(scene)] == ["captured_late"]
    assert (await refunds(), await held()) == ([("late", 1_131_400, "settled")], {})


async def test_a_cancelled_order_is_asked_for_no_more_money(provider: FakeProvider, drain: Drain) -> None:
    scene = await checked_out()
    await open_payment(scene, drain)
    await bring(scene, "cancel", OrderCancelled(scene.order))
    await drain()
    assert [one.state for one in await payments(scene)] == ["expired"]


async def test_a_deposit_places_the_order_and_the_balance_follows_when_it_is_ready(
    provider: FakeProvider, drain: Drain
) -> None:
    scene = await checked_out(price=4_000_001, deposit=2_000_001)
    deposit = await open_payment(scene, drain)
    await provider.pay(str(deposit.charge))
    await drain()
    await bring(scene, "all_packed", OrderReady(scene.order))
    await drain()
    balance = (await payments(scene))[-1]
    assert (deposit.instalment, balance.instalment, balance.amount_idr) == ("deposit", "balance", 2_000_000)
    await provider.pay(str(balance.charge))
    await drain()
    assert await order_state(scene) == ("ready", 4_000_001)
    assert await held() == {f"escrow:{scene.code}": -4_000_001}


async def test_an_order_that_is_paid_in_full_is_asked_for_no_balance(provider: FakeProvider, drain: Drain) -> None:
    scene = await checked_out()
    payment = await open_payment(scene, drain)
    await provider.pay(str(payment.charge))
    await drain()
    await bring(scene, "all_packed", OrderReady(scene.order))
    await drain()
    assert [one.instalment for one in await payments(scene)] == ["full"]


async def test_a_consumer_sees_the_own_payments_and_nobody_elses(
    provider: FakeProvider, cast: Cast, drain: Drain
) -> None:
    rina, dewi = await cast.sign_in("081234567801"), await cast.sign_in("081234567802", "Dewi")
    scene = await checked_out(consumer=rina.account)
    payment = await open_payment(scene, drain)
    path = f"/v1/payments/{show('pay', payment.id)}"
    [listed] = (await rina.get(f"/v1/payments?order={show('ord', scene.order)}")).json()["data"]
    assert (listed["order_code"], listed["pay_url"], listed["amount"]) == (
        scene.code,
        payment.pay_url,
        {"amount": 1_131_400, "currency": "IDR"},
    )
    assert (await rina.get(path)).json() == listed
    assert (await dewi.get("/v1/payments")).json()["data"] == []
    other, missing = await dewi.get(path), await dewi.get(f"/v1/payments/{show('pay', uuid4())}")
    assert (other.status_code, other.json()["detail"]) == (404, missing.json()["detail"])
