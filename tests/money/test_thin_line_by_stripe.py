"""One order's money from end to end by Stripe's adaptor: nothing is told by notices, everything is found by asking."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from clothingline.earnings import tasks as earning
from clothingline.integrations import payments as providers
from clothingline.integrations.payments.fake.books import Books
from clothingline.orders.events import OrderConfirmed
from clothingline.payments import tasks as paying
from clothingline.payouts import tasks as payouts
from clothingline.production.events import JobPassed
from tests.integrations.places import on_the_wire
from tests.money.test_thin_line import FIRST, PRICE, SECOND, at_six_in_the_morning
from tests.payments.stage import bring, checked_out, ledger, open_payment, tell
from tests.payouts.stage import earnings_of, enrol, states_of
from tests.reconciliation.stage import reconcile

Drain = Callable[[], Awaitable[None]]
Advance = Callable[..., Awaitable[None]]


@pytest.fixture
async def wire(app: FastAPI, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Any]:
    """Stripe's adaptor in use; beside what any provider has, the books behind it."""
    async with on_the_wire(tmp_path) as place:
        monkeypatch.setattr(place.provider, "books", place.hand, raising=False)
        yield providers.use(place.provider)


@pytest.mark.parametrize("lost", [None, "transfer", "pay_out"])
async def test_one_orders_money_goes_by_stripe_and_is_reconciled(
    wire: Any, drain: Drain, advance: Advance, lost: str | None
) -> None:
    books: Books = wire.books
    scene = await checked_out(price=PRICE, pays=(FIRST, SECOND))
    books.pay(str((await open_payment(scene, drain)).charge))
    await advance(seconds=61)
    assert await paying.ask_again() == 1
    await drain()
    await bring(scene, "all_accepted", OrderConfirmed(scene.order))
    await drain()
    await enrol(wire, scene.tailors[:1], drain)
    await tell(JobPassed(scene.jobs[0], scene.order))
    await drain()
    await advance(days=9)
    await earning.release_due()
    if lost:
        books.play("apply_then_drop", lost)
    await at_six_in_the_morning(advance)
    assert await payouts.collect_due() == 1
    await drain()
    for _ in range(2):
        books.bank_day()
        await advance(hours=2)
        await payouts.ask_again()
        await drain()
    assert (await states_of(), await earnings_of(scene.tailors[0])) == (["settled"], [(FIRST, "paid", 0)])
    held = await ledger()
    assert [code for code in held if code.startswith(("clearing", "connected", "in_batch"))] == []
    assert held["provider:idr"] == await wire.balance()
    with books.reading() as clerk:
        assert [row["amount_idr"] for row in clerk.rows("SELECT amount_idr FROM transfer")] == [FIRST]
    assert await reconcile(drain) == []
