"""Every way in which a provider can go wrong, at every act of a payout: each is paid exactly once, and none is stuck."""

from uuid import UUID

import pytest

from clothingline.integrations.payments.fake import FakeProvider
from clothingline.integrations.payments.fake.modes import ANSWERS
from tests.payouts.stage import Advance, Drain, Stage, ask, collect, earnings_of, enrol, owe, set_up, states_of
from tests.reconciliation.stage import reconcile

ACTS = ("transfer", "pay_out")
OF_THE_BANK = ("returned_after_paid", "bank_refuses")
PAY = 150_000


def paid_at_the_bank(provider: FakeProvider) -> dict[str, list[int]]:
    """What the bank has paid and kept, by account."""
    with provider.books.reading() as clerk:
        rows = clerk.rows("SELECT destination, amount_idr FROM payout WHERE status = 'paid' ORDER BY rowid")
    found: dict[str, list[int]] = {}
    for row in rows:
        found.setdefault(row["destination"], []).append(row["amount_idr"])
    return found


def left_our_account(provider: FakeProvider) -> dict[str, int]:
    """What was transferred and not taken back, by account."""
    query = """
        SELECT destination, sum(amount_idr - coalesce((SELECT sum(amount_idr) FROM reversal WHERE transfer = transfer.id), 0))
            AS kept FROM transfer GROUP BY destination
    """
    with provider.books.reading() as clerk:
        return {row["destination"]: row["kept"] for row in clerk.rows(query)}


async def enrolled(
    provider: FakeProvider, drain: Drain, advance: Advance, number: int
) -> tuple[Stage, dict[UUID, str]]:
    """So many tailors with an account at the provider that has rested, and enough money of ours."""
    stage = await set_up(provider, tailors=number)
    accounts = {one: await enrol(provider, one, drain) for one in stage.scene.tailors}
    await advance(hours=25)
    return stage, accounts


async def a_day(provider: FakeProvider, drain: Drain, advance: Advance, tailors: list[UUID]) -> None:
    """What the clock and the bank do from one morning to the next, and a comparison at its end."""
    await collect(*tailors)
    await drain()
    await ask(drain, advance)
    for _ in range(2):
        provider.books.bank_day()
        await ask(drain, advance)
    with provider.books.writing() as clerk:
        clerk.write("DELETE FROM request")  # a day later no key is known
    await advance(hours=20)
    await reconcile(drain)


async def go_wrong(
    provider: FakeProvider, drain: Drain, advance: Advance, *, mode: str, act: str | None, number: int
) -> None:
    """Owe each of so many tailors, and let the provider go wrong once for each; after two days all are paid."""
    stage, accounts = await enrolled(provider, drain, advance, number)
    for tailor in stage.scene.tailors:
        await owe(stage.scene.order, tailor, PAY)
    provider.play(mode, act, times=number)
    for _ in range(2):
        await a_day(provider, drain, advance, stage.scene.tailors)
    once = {account: [PAY] for account in accounts.values()}
    assert paid_at_the_bank(provider) == once
    assert left_our_account(provider) == dict.fromkeys(accounts.values(), PAY)
    assert {state for tailor in stage.scene.tailors for _, state, _ in await earnings_of(tailor)} == {"paid"}
    assert {state for state in await states_of()} <= {"settled", "failed", "returned"}
    await nothing_in_flight()


async def nothing_in_flight() -> None:
    """No clearing account holds anything, and nothing lies in an account of a payee."""
    from tests.payments.stage import ledger

    left = {code: amount for code, amount in (await ledger()).items() if code.startswith(("clearing", "connected"))}
    assert left == {}


@pytest.mark.parametrize("number", [20, pytest.param(1000, marks=pytest.mark.prove)])
@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("mode", ANSWERS)
async def test_a_provider_that_goes_wrong_pays_each_of_many_payouts_exactly_once(
    provider: FakeProvider, drain: Drain, advance: Advance, mode: str, act: str, number: int
) -> None:
    await go_wrong(provider, drain, advance, mode=mode, act=act, number=number)


@pytest.mark.parametrize("number", [20, pytest.param(1000, marks=pytest.mark.prove)])
@pytest.mark.parametrize("mode", OF_THE_BANK)
async def test_what_the_bank_refuses_or_sends_back_is_paid_by_another_payout_exactly_once(
    provider: FakeProvider, drain: Drain, advance: Advance, mode: str, number: int
) -> None:
    await go_wrong(provider, drain, advance, mode=mode, act=None, number=number)
