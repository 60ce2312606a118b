"""Notices about payees, transfers and payouts: fetched, compared, and harmless in any order and number."""

import pytest

from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.kit.access import Reach, Role
from clothingline.payouts import service, tasks
from clothingline.payouts.models import Payee
from tests.payments.stage import ledger, verdicts
from tests.payouts.stage import Advance, Drain, Stage, collect, earnings_of, payee, ready, set_up, states_of


async def deliver(provider: FakeProvider, drain: Drain) -> None:
    """Everything that the provider has to tell arrives and is acted upon."""
    await provider.deliver_waiting()
    await drain()


async def invited(provider: FakeProvider, drain: Drain) -> Payee:
    """A payee who has an account at the provider, and has not been on its page."""
    stage = await set_up(provider)
    async with db.transaction() as session:
        mine = Reach(organisations={Role.TAILOR: frozenset({stage.tailor})})
        await service.open_payee(session, organisation_id=None, cadence="daily", weekday=5, reach=mine)
    await drain()
    return await payee(stage.tailor)


async def test_a_payee_is_active_when_the_provider_says_so(provider: FakeProvider, drain: Drain) -> None:
    found = await invited(provider, drain)
    assert (found.state, found.provider_account is None) == ("invited", False)
    for receive, state in ((True, "active"), (False, "restricted"), (True, "active")):
        provider.books.allow(str(found.provider_account), receive=receive, pay_out=receive)
        await deliver(provider, drain)
        assert (await payee(found.id)).state == state
    assert {verdict for verdict, _ in await verdicts()} == {"noted"}


async def test_a_payee_whose_notice_was_lost_is_active_when_we_have_asked(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    found = await invited(provider, drain)
    provider.books.allow(str(found.provider_account))
    await advance(minutes=9)
    assert (await tasks.ask_about_payees(), (await payee(found.id)).state) == (0, "invited")
    await advance(minutes=2)
    assert (await tasks.ask_about_payees(), (await payee(found.id)).state) == (1, "active")
    await advance(hours=48)
    async with db.transaction() as session:
        assert await service.take_payees_to_ask(session) == []


async def test_a_payee_about_whom_the_provider_says_nothing_new_is_asked_about_ever_more_rarely(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    await invited(provider, drain)
    asked = []
    for minutes in (11, 5, 7, 9, 16):
        await advance(minutes=minutes)
        async with db.transaction() as session:
            asked.append(len(await service.take_payees_to_ask(session)))
    assert asked == [1, 0, 1, 0, 1]


async def test_a_provider_that_is_away_changes_nothing_and_a_payee_is_asked_about_again(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    found = await invited(provider, drain)
    provider.books.allow(str(found.provider_account))
    provider.play("busy_before", "fetch_payee")
    await advance(minutes=11)
    assert (await tasks.ask_about_payees(), (await payee(found.id)).state) == (0, "invited")
    await advance(minutes=12)
    assert (await tasks.ask_about_payees(), (await payee(found.id)).state) == (1, "active")


async def sent(provider: FakeProvider, drain: Drain, advance: Advance) -> Stage:
    """A payout that is on its way to the bank, of which every notice was heard."""
    stage = await ready(provider, drain, advance, 400_000)
    await collect(stage.tailor)
    await drain()
    await deliver(provider, drain)
    return stage


async def test_a_payout_is_settled_by_the_notice_of_the_bank_and_only_once(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    await sent(provider, drain, advance)
    provider.play("duplicate", times=2)
    provider.books.bank_day()
    for _ in range(2):
        await deliver(provider, drain)
    assert (await states_of(), await ledger()) == (
        ["settled"],
        {"provider:idr": 99_600_000, "capital:programme": -99_600_000},
    )
    assert sorted({verdict for verdict, _ in await verdicts()}) == ["noted", "settled"]


async def test_a_returned_payout_makes_its_earnings_available_again(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    provider.play("returned_after_paid")
    stage = await sent(provider, drain, advance)
    provider.books.bank_day()
    await deliver(provider, drain)
    assert await states_of() == ["settled"]
    provider.books.bank_day()
    await deliver(provider, drain)
    assert (await states_of(), await earnings_of(stage.tailor)) == (["returned"], [(400_000, "available", 1)])
    assert await provider.balance() == (await ledger())["provider:idr"] == 100_000_000


async def test_what_has_come_back_before_we_heard_that_it_was_paid_was_paid_first(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    provider.play("returned_after_paid")
    stage = await sent(provider, drain, advance)
    provider.books.bank_day()
    provider.books.bank_day()
    await deliver(provider, drain)
    assert (await states_of(), await earnings_of(stage.tailor)) == (["returned"], [(400_000, "available", 1)])


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("amount_idr", 399_999, "amount"),
        ("amount_idr", 40_000_000, "amount"),
        ("currency", "USD", "currency"),
        ("reference", "someone-else", "reference"),
        ("reference", "out_00000000000000000000000000:bank", "reference"),
    ],
)
async def test_a_genuine_notice_of_a_payout_that_does_not_fit_settles_nothing(
    provider: FakeProvider, drain: Drain, advance: Advance, column: str, value: object, reason: str
) -> None:
    await sent(provider, drain, advance)
    provider.books.bank_day()
    with provider.books.writing() as clerk:
        clerk.write(CHANGE[column], value)
    await deliver(provider, drain)
    assert (await states_of(), ("quarantined", reason) in await verdicts()) == (["sent"], True)


CHANGE = {
    "amount_idr": "UPDATE payout SET amount_idr = ?",
    "currency": "UPDATE payout SET currency = ?",
    "reference": "UPDATE payout SET reference = ?",
}


async def test_a_notice_of_something_that_the_provider_does_not_know_is_quarantined(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    await sent(provider, drain, advance)
    provider.books.bank_day()
    with provider.books.writing() as clerk:
        clerk.write("UPDATE payout SET id = 'pyt_other'")
    await deliver(provider, drain)
    assert (await states_of(), ("quarantined", "payout_unknown") in await verdicts()) == (["sent"], True)
