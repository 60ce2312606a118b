"""Money back to the consumer."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from clothingline.integrations import payments as providers
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.kit.ids import show
from clothingline.orders.events import OrderCancelled, OrderConfirmed
from clothingline.payments import service, tasks
from tests.payments.counting import alarms, held, last_refund
from tests.payments.stage import Scene, bring, checked_out, earnings, payments, refunds, tell

Drain = Callable[[], Awaitable[None]]
Advance = Callable[..., Awaitable[None]]


async def paid(provider: FakeProvider, drain: Drain) -> Scene:
    scene = await checked_out()
    await tasks.open_payment(order_id=str(scene.order), quote_id=str(scene.quote))
    [payment] = await payments(scene)
    await provider.pay(str(payment.charge))
    await drain()
    return scene


async def test_a_cancelled_order_gets_back_everything_that_was_paid(provider: FakeProvider, drain: Drain) -> None:
    scene = await paid(provider, drain)
    await bring(scene, "cancel", OrderCancelled(scene.order))
    await drain()
    [payment] = await payments(scene)
    charge = await provider.fetch_charge(str(payment.charge))
    assert (charge.status, charge.refunded_idr) == ("paid", 1_131_400)
    assert (await refunds(), await held()) == ([("order_cancelled", 1_131_400, "settled")], {})


async def test_what_a_cancelled_order_would_have_earned_is_voided(provider: FakeProvider, drain: Drain) -> None:
    scene = await paid(provider, drain)
    await bring(scene, "all_accepted", OrderConfirmed(scene.order))
    await drain()
    await bring(scene, "cancel", OrderCancelled(scene.order))
    await drain()
    assert {state for rows in (await earnings(scene)).values() for _, state in rows} == {"voided"}


async def test_many_refunds_of_one_order_at_once_pay_back_once(provider: FakeProvider, drain: Drain) -> None:
    scene = await paid(provider, drain)
    await bring(scene, "cancel")
    await asyncio.gather(*(tasks.refund_order(order_id=str(scene.order)) for _ in range(6)))
    await tell(OrderCancelled(scene.order))
    await drain()
    [payment] = await payments(scene)
    assert (await provider.fetch_charge(str(payment.charge))).refunded_idr == 1_131_400
    assert (await refunds(), await held()) == ([("order_cancelled", 1_131_400, "settled")], {})


async def test_refunds_for_different_reasons_never_exceed_what_was_captured(
    provider: FakeProvider, drain: Drain
) -> None:
    scene = await paid(provider, drain)
    await bring(scene, "cancel")
    [payment] = await payments(scene)

    async def refund(reason: str) -> None:
        async with db.transaction() as session:
            await service.refund_payment(session, payment_id=payment.id, reason=reason)

    await asyncio.gather(*(refund(f"reason_{number}") for number in range(6)))
    assert [amount for _, amount, _ in await refunds()] == [1_131_400]


async def test_a_living_order_is_not_refunded(provider: FakeProvider, drain: Drain) -> None:
    scene = await paid(provider, drain)
    await tell(OrderCancelled(scene.order))
    await drain()
    assert (await refunds(), (await held())[f"escrow:{scene.code}"]) == ([], -1_131_400)


@pytest.mark.parametrize("mode", ["apply_then_drop", "pruned_key", "error_after"])
async def test_an_unclear_refund_is_asked_and_never_sent_anew(
    provider: FakeProvider, drain: Drain, advance: Advance, mode: str
) -> None:
    scene = await paid(provider, drain)
    provider.play(mode, on="refund")
    await bring(scene, "cancel", OrderCancelled(scene.order))
    await drain()
    unclear = await last_refund()
    assert (unclear.state, await alarms()) == ("needs_reconciliation", ["refund_unclear"])
    assert list((await held()).values()) == [-1_131_400]
    assert await tasks.ask_about_refunds() == 0
    await advance(seconds=61)
    assert (await tasks.ask_about_refunds(), await tasks.ask_about_refunds()) == (1, 0)
    await drain()
    [payment] = await payments(scene)
    assert (await refunds(), await held()) == ([("order_cancelled", 1_131_400, "settled")], {})
    assert (await provider.fetch_charge(str(payment.charge))).refunded_idr == 1_131_400
    assert (await alarms(), references(provider)) == ([], [show("rfd", unclear.id)])


def references(provider: FakeProvider) -> list[str]:
    """Our references of the refunds in the provider's books."""
    with provider.books.reading() as clerk:
        return [row["reference"] for row in clerk.rows("SELECT reference FROM refund ORDER BY rowid")]


async def test_a_refund_of_which_the_provider_knows_nothing_is_sent_again_as_it_was_after_a_while(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    scene = await paid(provider, drain)
    provider.play("still_running", on="refund")
    await bring(scene, "cancel", OrderCancelled(scene.order))
    await drain()
    await advance(minutes=5)
    await tasks.ask_about_refunds()
    await drain()
    assert ((await last_refund()).state, references(provider)) == ("needs_reconciliation", [])
    await advance(minutes=11)
    await tasks.ask_about_refunds()
    await drain()
    assert (await refunds(), await held()) == ([("order_cancelled", 1_131_400, "settled")], {})
    assert references(provider) == [show("rfd", (await last_refund()).id)]


async def test_a_refund_that_the_provider_has_undone_is_not_believed_on_a_stored_answer(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    scene = await paid(provider, drain)
    provider.play("compensated_then_retried", on="refund")
    await bring(scene, "cancel", OrderCancelled(scene.order))
    await drain()
    await advance(minutes=2)
    await tasks.ask_about_refunds()
    await drain()
    assert (await refunds(), await held()) == (
        [("order_cancelled", 1_131_400, "failed")],
        {f"escrow:{scene.code}": -1_131_400},
    )
    assert (await alarms(), (await payments(scene))[0].refunded_idr) == (["refund_unclear", "refund_failed"], 0)


async def test_a_provider_that_is_busy_is_asked_again_by_the_queue_and_doubts_nothing(
    provider: FakeProvider, drain: Drain
) -> None:
    scene = await paid(provider, drain)
    await bring(scene, "cancel")
    provider.play("busy_before", on="refund")
    async with db.transaction() as session:
        [payment] = await payments(scene)
        refund = await service.refund_payment(session, payment_id=payment.id, reason="forced")
        assert refund is not None
    send = {"refund_id": str(refund.id), "order_id": str(scene.order)}
    with pytest.raises(providers.Busy):
        await tasks.send_refund(**send)
    assert (await last_refund()).state == "sent"
    await tasks.send_refund(**send)
    await tasks.send_refund(**send)
    assert ((await last_refund()).state, await held()) == ("settled", {})
    assert references(provider) == [show("rfd", refund.id)]
