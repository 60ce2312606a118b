"""What turns out otherwise afterwards is booked as what it is, and is paid to nobody twice meanwhile."""

from typing import NoReturn

import pytest

from clothingline.integrations import payments as providers
from clothingline.integrations.payments import BankPayout, Transfer
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit.ids import show
from clothingline.payouts.errors import NothingAvailable
from clothingline.settings import settings
from tests.payments.counting import alarms
from tests.payments.stage import ledger
from tests.payouts.stage import Advance, Drain, Stage, ask, collect, earnings_of, owe, payouts, ready, states_of
from tests.payouts.test_collecting import wish
from tests.payouts.test_sending import transfers
from tests.reconciliation.stage import clean, reconcile


async def refuse(*_: object) -> NoReturn:
    """The provider does not give the money back."""
    raise providers.Refused("balance_insufficient")


async def refused_by_the_bank(provider: FakeProvider, drain: Drain, advance: Advance) -> Stage:
    """A payout whose money lies in the payee's account, because the bank has refused it."""
    stage = await ready(provider, drain, advance, 400_000)
    provider.play("bank_refuses")
    await collect(stage.tailor)
    await drain()
    provider.books.bank_day()
    await ask(drain, advance)
    assert (await states_of(), await earnings_of(stage.tailor)) == (["failed"], [(400_000, "available", 1)])
    return stage


async def amounts_of(stage: Stage) -> list[int | None]:
    """What leaves when it is looked for."""
    return [one.amount_idr if one else None for one in await collect(stage.tailor)]


async def test_what_lies_in_the_payees_account_is_not_sent_again_before_it_is_taken_back(
    provider: FakeProvider, drain: Drain, advance: Advance, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(provider, "take_back", refuse)
        stage = await refused_by_the_bank(provider, drain, advance)
        assert await amounts_of(stage) == [None]
        with pytest.raises(NothingAvailable):
            await wish(stage.tailor)
        await owe(stage.scene.order, stage.tailor, 50_000)
        assert await amounts_of(stage) == [50_000], "everything else leaves"
        await drain()
        assert "take_back_refused" in await alarms()
    await ask(drain, advance)
    assert "take_back_refused" not in await alarms()
    assert await amounts_of(stage) == [400_000]


async def test_money_that_the_provider_does_not_give_back_freezes_what_is_available_for_some_days_at_most(
    provider: FakeProvider, drain: Drain, advance: Advance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(provider, "take_back", refuse)
    stage = await refused_by_the_bank(provider, drain, advance)
    await advance(days=settings().payouts.take_back_days - 1)
    assert await amounts_of(stage) == [None]
    await advance(days=1)
    assert await amounts_of(stage) == [400_000]
    assert "take_back_refused" in await alarms(), "a person goes on looking for it"


async def lied_about(provider: FakeProvider, drain: Drain, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """The provider says that it refuses a transfer, and knows nothing of it yet; it makes it all the same."""
    transfer = provider.transfer

    async def lie(reference: str, destination: str, amount_idr: int) -> Transfer:
        await transfer(reference, destination, amount_idr)
        raise providers.Refused("payee_cannot_receive")

    async def nothing(_: str) -> None:
        return None

    with monkeypatch.context() as patch:
        patch.setattr(provider, "transfer", lie)
        patch.setattr(provider, "find_transfer", nothing)
        await collect(stage.tailor)
        await drain()
    assert await states_of() == ["failed"]


async def is_put_right(provider: FakeProvider, drain: Drain, advance: Advance, stage: Stage) -> None:
    """The money that has left is in the books, is taken back, and is paid once in the end."""
    [payout] = await payouts()
    assert (payout.state, payout.transfer is not None, "payout_left_late" in await alarms()) == ("failed", True, True)
    assert (await ledger())[f"connected:{show('org', stage.tailor)}"] == 400_000
    assert await provider.balance() == (await ledger())["provider:idr"] == 99_600_000
    assert await amounts_of(stage) == [None]
    await ask(drain, advance)
    assert (transfers(provider), "payout_left_late" in await alarms()) == ([], False)
    assert await amounts_of(stage) == [400_000]
    await drain()
    provider.books.bank_day()
    await ask(drain, advance)
    assert (await states_of(), len(transfers(provider))) == (["failed", "settled"], 1)


async def test_a_transfer_that_was_made_although_it_was_refused_is_found_by_its_notice(
    provider: FakeProvider, drain: Drain, advance: Advance, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = await ready(provider, drain, advance, 400_000)
    await lied_about(provider, drain, stage, monkeypatch)
    await provider.deliver_waiting()
    await drain()
    await is_put_right(provider, drain, advance, stage)


async def test_a_transfer_that_was_made_although_it_was_refused_is_found_by_the_next_comparison(
    provider: FakeProvider, drain: Drain, advance: Advance, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = await clean(provider, drain, advance, 400_000)
    await lied_about(provider, drain, stage, monkeypatch)
    await reconcile(drain)
    await is_put_right(provider, drain, advance, stage)
    assert await reconcile(drain) == []


async def test_a_transfer_that_was_made_although_it_was_refused_is_looked_for_at_once(
    provider: FakeProvider, drain: Drain, advance: Advance, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = await ready(provider, drain, advance, 400_000)
    transfer = provider.transfer

    async def lie(reference: str, destination: str, amount_idr: int) -> Transfer:
        await transfer(reference, destination, amount_idr)
        raise providers.Refused("payee_cannot_receive")

    with monkeypatch.context() as patch:
        patch.setattr(provider, "transfer", lie)
        await collect(stage.tailor)
        await drain()
    await is_put_right(provider, drain, advance, stage)


async def test_of_a_payout_to_the_bank_that_was_made_although_it_was_refused_a_person_is_told(
    provider: FakeProvider, drain: Drain, advance: Advance, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = await ready(provider, drain, advance, 400_000)
    pay_out = provider.pay_out

    async def lie(reference: str, destination: str, amount_idr: int) -> BankPayout:
        await pay_out(reference, destination, amount_idr)
        raise providers.Refused("payee_cannot_pay_out")

    with monkeypatch.context() as patch:
        patch.setattr(provider, "pay_out", lie)
        await collect(stage.tailor)
        await drain()
    assert (await states_of(), "payout_arrived_late" in await alarms()) == (["failed"], False)
    provider.books.bank_day()
    await provider.deliver_waiting()
    await drain()
    assert "payout_arrived_late" in await alarms()
