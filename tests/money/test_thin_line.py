"""One order's money from end to end: in, earned, paid out and reconciled, although nothing was ever accepted."""

from collections.abc import Awaitable, Callable

import pytest

from clothingline.earnings import tasks as earning
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.kit.clock import business_now
from clothingline.kit.ids import show
from clothingline.ledger import statements
from clothingline.orders.events import OrderConfirmed
from clothingline.payouts import tasks as payouts
from clothingline.production.events import JobPassed
from tests.payments.stage import Scene, bring, checked_out, ledger, open_payment, tell
from tests.payouts.stage import earnings_of, enrol, states_of
from tests.reconciliation.stage import reconcile

Drain = Callable[[], Awaitable[None]]
Advance = Callable[..., Awaitable[None]]
PRICE, FIRST, SECOND = 1_131_400, 400_000, 150_000


async def earned(provider: FakeProvider, drain: Drain, advance: Advance) -> Scene:
    """An order that is paid and agreed, and whose first job has passed more than two working days ago."""
    scene = await checked_out(price=PRICE, pays=(FIRST, SECOND))
    payment = await open_payment(scene, drain)
    await provider.pay(str(payment.charge))
    await drain()
    assert (await ledger())[f"escrow:{scene.code}"] == -PRICE
    await bring(scene, "all_accepted", OrderConfirmed(scene.order))
    await drain()
    assert (await ledger())[f"expected:{show('org', scene.tailors[0])}"] == -FIRST
    await enrol(provider, scene.tailors[:1], drain)
    await tell(JobPassed(scene.jobs[0], scene.order))
    await drain()
    await advance(days=9)  # whatever day of the week it is, and across any holiday but Lebaran
    await earning.release_due()
    return scene


async def at_six_in_the_morning(advance: Advance) -> None:
    """The next time at which payouts are made."""
    async with db.transaction() as session:
        now = await business_now(session)
    await advance(hours=(23 - now.hour) % 24, minutes=59 - now.minute)  # six o'clock in Jakarta is 23.00 UTC


@pytest.mark.parametrize("answer", ["clear", "apply_then_drop"])
async def test_one_orders_money_goes_in_is_earned_paid_out_and_reconciled(
    provider: FakeProvider, drain: Drain, advance: Advance, answer: str
) -> None:
    scene = await earned(provider, drain, advance)
    tailor, held = scene.tailors[0], await ledger()
    assert held[f"available:{show('org', tailor)}"] == -FIRST
    assert held[f"escrow:{scene.code}"] == FIRST - PRICE
    if answer != "clear":
        provider.play(answer, "transfer")
    await at_six_in_the_morning(advance)
    assert await payouts.collect_due() == 1
    await drain()
    if answer != "clear":
        assert await states_of() == ["needs_reconciliation"]
        await advance(minutes=2)
        await payouts.ask_again()
        await drain()
    provider.books.bank_day()
    await provider.deliver_waiting()
    await drain()
    assert (await states_of(), await earnings_of(tailor)) == (["settled"], [(FIRST, "paid", 0)])
    await everything_balances(provider, drain)


async def everything_balances(provider: FakeProvider, drain: Drain) -> None:
    """Nothing is in flight, the provider's books and ours say the same, one transfer was made, and the chain holds."""
    held = await ledger()
    assert [code for code in held if code.startswith(("clearing", "connected", "in_batch"))] == []
    assert held["provider:idr"] == await provider.balance()
    with provider.books.reading() as clerk:
        assert [row["amount_idr"] for row in clerk.rows("SELECT amount_idr FROM transfer")] == [FIRST]
    assert await reconcile(drain) == []
    async with db.transaction() as session:
        balances = await statements.trial_balance(session, until=await business_now(session))
    assert sum(one.amount for one in balances) == 0
