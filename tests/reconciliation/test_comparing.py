"""What the provider says has moved, beside what we have booked."""

from clothingline.integrations.payments.fake import FakeProvider
from tests.payouts.stage import Advance, Drain, ask, collect, states_of
from tests.reconciliation.stage import clean, reconcile


async def test_payouts_that_are_on_their_way_paid_or_returned_differ_in_nothing(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    stage = await clean(provider, drain, advance, 400_000)
    await collect(stage.tailor)
    await drain()
    assert await reconcile(drain) == []
    provider.books.bank_day()
    await ask(drain, advance)
    assert (await reconcile(drain), await states_of()) == ([], ["settled"])


async def test_a_payout_that_came_back_without_a_notice_is_found_and_taken_back(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    stage = await clean(provider, drain, advance, 400_000)
    provider.play("returned_after_paid")
    await collect(stage.tailor)
    await drain()
    provider.books.bank_day()
    await ask(drain, advance)
    provider.books.bank_day()
    assert await states_of() == ["settled"]
    await reconcile(drain)
    assert (await states_of(), await reconcile(drain)) == (["returned"], [])
