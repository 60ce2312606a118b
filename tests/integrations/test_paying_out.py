"""Money to those who are paid, at the provider that ships."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from clothingline.integrations.payments import OutcomeUnknown, Refused, Wish
from clothingline.integrations.payments.fake import FakeProvider

LONG_AGO = datetime.now(UTC) - timedelta(days=1)


@pytest.fixture
async def provider(tmp_path: Path) -> FakeProvider:
    """A provider that holds a million rupiah of ours."""

    async def nobody(body: bytes, headers: dict[str, str]) -> None:
        """Notices are not looked at here."""

    chosen = FakeProvider(nobody, pages_url="http://bayar.test", path=tmp_path / "books.db")
    chosen.books.top_up(1_000_000)
    return chosen


async def ready(provider: FakeProvider) -> str:
    """A payee who has been on the page."""
    payee = await provider.open_payee("org_1", "Siti")
    provider.books.allow(payee.id)
    return payee.id


async def test_a_payee_gets_money_only_after_the_page_was_filled_in(provider: FakeProvider) -> None:
    payee = await provider.open_payee("org_1", "Siti")
    assert (payee.can_receive, payee.can_pay_out, payee.bank_last4) == (False, False, None)
    with pytest.raises(Refused, match="payee_cannot_receive"):
        await provider.transfer("out_1", payee.id, 1)
    provider.books.allow(payee.id)
    now = await provider.fetch_payee(payee.id)
    assert (now.can_receive, now.can_pay_out, now.requirements) == (True, True, ())


async def test_money_goes_by_the_payees_account_to_the_bank(provider: FakeProvider) -> None:
    siti = await ready(provider)
    sent = await provider.transfer("out_1", siti, 400_000)
    assert (await provider.balance(), await provider.connected_balance(siti)) == (600_000, 400_000)
    payout = await provider.pay_out("out_1", siti, 400_000)
    assert (payout.status, await provider.connected_balance(siti)) == ("pending", 0)
    assert provider.books.bank_day() == 1
    assert (await provider.fetch_payout(siti, payout.id)).status == "paid"
    assert await provider.find_transfer("out_1") == sent == await provider.fetch_transfer(sent.id)


async def test_no_more_is_moved_than_there_is(provider: FakeProvider) -> None:
    siti = await ready(provider)
    with pytest.raises(Refused, match="balance_insufficient"):
        await provider.transfer("out_1", siti, 1_000_001)
    await provider.transfer("out_2", siti, 300)
    with pytest.raises(Refused, match="balance_insufficient"):
        await provider.pay_out("out_2", siti, 301)


async def test_a_transfer_whose_answer_was_lost_is_found_and_a_repeat_is_the_same(provider: FakeProvider) -> None:
    siti = await ready(provider)
    provider.play("apply_then_drop", on="transfer")
    with pytest.raises(OutcomeUnknown):
        await provider.transfer("out_1", siti, 400_000)
    found = await provider.find_transfer("out_1")
    assert found is not None
    assert await provider.transfer("out_1", siti, 400_000) == found
    assert await provider.balance() == 600_000


async def test_a_payout_may_come_back_after_it_was_paid_and_is_then_taken_back(provider: FakeProvider) -> None:
    siti = await ready(provider)
    sent = await provider.transfer("out_1", siti, 400_000)
    provider.play("returned_after_paid")
    payout = await provider.pay_out("out_1", siti, 400_000)
    said = [(provider.books.bank_day(), (await provider.fetch_payout(siti, payout.id)).status) for _ in range(3)]
    assert said == [(1, "paid"), (1, "returned"), (0, "returned")]
    assert await provider.find_payout(siti, "out_1", LONG_AGO) == await provider.fetch_payout(siti, payout.id)
    back = await provider.take_back(sent.id, "out_1", 400_000)
    assert (back.reversed_idr, len(back.reversals)) == (400_000, 1)
    assert (await provider.balance(), await provider.connected_balance(siti)) == (1_000_000, 0)


async def test_what_moved_adds_up_to_the_balance(provider: FakeProvider) -> None:
    siti = await ready(provider)
    charge = await provider.open_charge(Wish("pay_1", 500_000, "Pesanan"))
    await provider.pay(charge.id, "card")
    await provider.refund(charge.id, "rfd_1", 100_000)
    await provider.transfer("out_1", siti, 200_000)
    until = datetime.now(UTC) + timedelta(minutes=1)
    rows, rest = await provider.movements(LONG_AGO, until, None)
    assert [(one.kind, one.amount_idr, one.fee_idr) for one in rows] == [
        ("top_up", 1_000_000, 0),
        ("charge", 500_000, 14_500),
        ("refund", -100_000, 0),
        ("transfer", -200_000, 0),
    ]
    assert (rest, sum(one.amount_idr - one.fee_idr for one in rows)) == (None, await provider.balance())
    theirs, _ = await provider.movements(LONG_AGO, until, None, siti)
    assert [(one.kind, one.amount_idr, one.account) for one in theirs] == [("transfer", 200_000, siti)]
