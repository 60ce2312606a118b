"""Every way in which a provider can go wrong, at every act of a payout: each is paid once, and none is stuck."""

from uuid import UUID

import pytest

from clothingline.integrations.payments.fake import FakeProvider
from clothingline.integrations.payments.fake.modes import ANSWERS
from tests.payments.stage import ledger
from tests.payouts.stage import Advance, Drain, Stage, ask, collect, earnings_of, enrol, owe, set_up, states_of
from tests.reconciliation.stage import reconcile

ACTS = ("transfer", "pay_out")
OF_THE_BANK = ("returned_after_paid", "bank_refuses")
PAY = 150_000
KEPT = """
    SELECT destination, sum(amount_idr - coalesce(back, 0)) AS kept
      FROM transfer LEFT JOIN (SELECT transfer, sum(amount_idr) AS back FROM reversal GROUP BY transfer) AS one
        ON one.transfer = transfer.id
     GROUP BY destination
"""


def at_the_bank(provider: FakeProvider) -> dict[str, list[int]]:
    """What the bank has paid and kept, by account."""
    found: dict[str, list[int]] = {}
    with provider.books.reading() as clerk:
        for row in clerk.rows("SELECT destination, amount_idr FROM payout WHERE status = 'paid' ORDER BY rowid"):
            found.setdefault(row["destination"], []).append(row["amount_idr"])
    return found


def out_of_our_account(provider: FakeProvider) -> dict[str, int]:
    """What was transferred and not taken back, by account."""
    with provider.books.reading() as clerk:
        return {row["destination"]: row["kept"] for row in clerk.rows(KEPT)}


async def enrolled(provider: FakeProvider, drain: Drain, advance: Advance, number: int) -> tuple[Stage, list[str]]:
    """So many tailors with an account at the provider that has rested, and enough money of ours."""
    stage = await set_up(provider, tailors=number, money=10_000_000_000)
    accounts = await enrol(provider, stage.scene.tailors, drain)
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
    provider: FakeProvider, drain: Drain, advance: Advance, stage: Stage, *, mode: str, act: str | None
) -> None:
    """Owe each of the tailors, and let the provider go wrong once for each; two days later all is settled."""
    tailors = stage.scene.tailors
    for tailor in tailors:
        await owe(stage.scene.order, tailor, PAY)
    provider.play(mode, act, times=len(tailors))
    for _ in range(2):
        await a_day(provider, drain, advance, tailors)


async def paid_exactly(provider: FakeProvider, stage: Stage, accounts: list[str], times: int) -> None:
    """Each tailor was paid so many times, by the provider's books and by ours, and nothing is on its way."""
    assert at_the_bank(provider) == {account: [PAY] * times for account in accounts}
    assert out_of_our_account(provider) == dict.fromkeys(accounts, PAY * times)
    stands = [state for tailor in stage.scene.tailors for _, state, _ in await earnings_of(tailor)]
    assert stands == ["paid"] * times * len(accounts)
    assert set(await states_of()) <= {"settled", "failed", "returned"}
    assert [
        code for code in await ledger() if code.startswith(("clearing", "connected", "in_batch", "available"))
    ] == []


@pytest.mark.parametrize("act", ACTS)
async def test_a_provider_that_goes_wrong_pays_each_of_twenty_payouts_exactly_once_in_every_mode(
    provider: FakeProvider, drain: Drain, advance: Advance, act: str
) -> None:
    stage, accounts = await enrolled(provider, drain, advance, 20)
    for times, mode in enumerate(ANSWERS, start=1):
        await go_wrong(provider, drain, advance, stage, mode=mode, act=act)
        await paid_exactly(provider, stage, accounts, times)


async def test_what_the_bank_refuses_or_sends_back_is_paid_by_another_payout_exactly_once(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    stage, accounts = await enrolled(provider, drain, advance, 20)
    for times, mode in enumerate(OF_THE_BANK, start=1):
        await go_wrong(provider, drain, advance, stage, mode=mode, act=None)
        await paid_exactly(provider, stage, accounts, times)


@pytest.mark.prove
@pytest.mark.parametrize(
    ("mode", "act"), [*((mode, act) for mode in ANSWERS for act in ACTS), *((mode, None) for mode in OF_THE_BANK)]
)
async def test_a_thousand_payouts_in_every_mode_are_each_paid_once(
    provider: FakeProvider, drain: Drain, advance: Advance, mode: str, act: str | None
) -> None:
    stage, accounts = await enrolled(provider, drain, advance, 1_000)
    await go_wrong(provider, drain, advance, stage, mode=mode, act=act)
    await paid_exactly(provider, stage, accounts, 1)
