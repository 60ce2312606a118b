"""What is available leaves once, whatever the provider answers."""

import asyncio

from sqlalchemy import update

from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.kit.clock import business_time
from clothingline.kit.ids import show
from clothingline.payouts.models import Payee
from tests.payments.stage import ledger
from tests.payouts.stage import (
    Advance,
    Drain,
    ask,
    collect,
    earnings_of,
    payouts,
    ready,
    states_of,
)


def transfers(provider: FakeProvider) -> list[tuple[str, int]]:
    """(reference, rupiah) of every transfer in the provider's books, those that came back left out."""
    with provider.books.reading() as clerk:
        rows = clerk.rows(
            "SELECT reference, amount_idr FROM transfer "
            "WHERE id NOT IN (SELECT transfer FROM reversal) ORDER BY transfer.rowid"
        )
        return [(row["reference"], row["amount_idr"]) for row in rows]


async def test_what_is_available_leaves_and_is_paid_when_the_bank_says_so(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    stage = await ready(provider, drain, advance, 400_000, 150_000)
    [payout] = await collect(stage.tailor)
    assert payout is not None
    assert (payout.state, payout.amount_idr) == ("approved", 550_000)
    await drain()
    assert await states_of() == ["sent"]
    org = show("org", stage.tailor)
    assert (await ledger())[f"connected:{org}"] == 550_000
    provider.books.bank_day()
    await ask(drain, advance)
    assert await states_of() == ["settled"]
    assert [state for _, state, _ in await earnings_of(stage.tailor)] == ["paid", "paid"]
    assert await ledger() == {"provider:idr": 99_450_000, "capital:programme": -99_450_000}
    assert transfers(provider) == [(f"{show('out', payout.id)}:transfer", 550_000)]


async def test_a_payout_whose_answer_was_lost_is_found_and_not_sent_again(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    stage = await ready(provider, drain, advance, 400_000)
    provider.play("apply_then_drop", "transfer")
    await collect(stage.tailor)
    await drain()
    assert await states_of() == ["needs_reconciliation"]
    await ask(drain, advance)
    provider.books.bank_day()
    await ask(drain, advance)
    assert (await states_of(), len(transfers(provider))) == (["settled"], 1)


async def test_nothing_leaves_for_a_bank_account_that_changed_after_the_payout_was_made(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    stage = await ready(provider, drain, advance, 400_000)
    await collect(stage.tailor)
    async with db.transaction() as session:
        await session.execute(update(Payee).where(Payee.id == stage.tailor).values(changed_at=business_time()))
    await drain()
    assert (await states_of(), transfers(provider)) == (["withdrawn"], [])
    assert [(state, batch) for _, state, batch in await earnings_of(stage.tailor)] == [("available", 1)]


async def test_collecting_twice_at_once_makes_one_payout(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    stage = await ready(provider, drain, advance, 400_000, 150_000)
    made = await asyncio.gather(*(collect(stage.tailor) for _ in range(6)))
    assert sum(one is not None for [one] in made) == 1
    assert [(one.amount_idr, one.state) for one in await payouts()] == [(550_000, "approved")]
