"""What any provider must do with money to those who are paid, and how it tells what moved."""

from datetime import UTC, datetime, timedelta

import pytest

from clothingline.integrations.payments import Refused
from tests.integrations.contract import LONG_AGO, everything, paid, ready
from tests.integrations.places import Place


async def test_a_payee_can_be_paid_after_the_page_and_no_more_once_restricted(place: Place) -> None:
    siti = await ready(place)
    payee = await place.provider.fetch_payee(siti)
    assert (payee.can_receive, payee.can_pay_out, payee.requirements, payee.bank_last4) == (True, True, (), "4242")
    place.hand.allow(siti, receive=False, pay_out=False)
    with pytest.raises(Refused, match="payee_cannot_receive"):
        await place.provider.transfer("out_1", siti, 1)
    with pytest.raises(Refused, match="payouts_not_allowed"):
        await place.provider.pay_out("out_1", siti, 1)


async def test_money_goes_by_the_payees_account_to_the_bank(place: Place) -> None:
    siti, provider = await ready(place), place.provider
    sent = await provider.transfer("out_1", siti, 400_000)
    assert (sent.destination, sent.amount_idr, sent.reversed_idr, sent.currency) == (siti, 400_000, 0, "IDR")
    assert (await provider.balance(), await provider.connected_balance(siti)) == (600_000, 400_000)
    payout = await provider.pay_out("out_1", siti, 400_000)
    assert (payout.status, payout.failure, await provider.connected_balance(siti)) == ("pending", None, 0)
    assert place.hand.bank_day() == 1
    now = await provider.fetch_payout(siti, payout.id)
    assert (now.status, await provider.find_payout(siti, "out_1", LONG_AGO)) == ("paid", now)
    assert await provider.find_transfer("out_1") == sent == await provider.fetch_transfer(sent.id)
    assert await provider.find_payout(siti, "out_2", LONG_AGO) is None


async def test_no_more_is_moved_than_there_is(place: Place) -> None:
    siti = await ready(place)
    with pytest.raises(Refused, match="balance_insufficient"):
        await place.provider.transfer("out_1", siti, 1_000_001)
    await place.provider.transfer("out_2", siti, 300)
    with pytest.raises(Refused, match="balance_insufficient"):
        await place.provider.pay_out("out_2", siti, 301)


async def test_a_payout_may_be_refused_by_the_bank_and_the_money_is_taken_back(place: Place) -> None:
    siti, provider = await ready(place), place.provider
    sent = await provider.transfer("out_1", siti, 400_000)
    place.hand.play("bank_refuses")
    payout = await provider.pay_out("out_1", siti, 400_000)
    place.hand.bank_day()
    failed = await provider.fetch_payout(siti, payout.id)
    assert (failed.status, failed.failure) == ("failed", "account_closed")
    back = await provider.take_back(sent.id, "out_1", 400_000)
    assert (back.reversed_idr, len(back.reversals)) == (400_000, 1)
    assert back == await provider.take_back(sent.id, "out_1", 400_000)
    assert (await provider.balance(), await provider.connected_balance(siti)) == (1_000_000, 0)


async def test_a_payout_may_come_back_after_it_was_paid(place: Place) -> None:
    siti, provider = await ready(place), place.provider
    await provider.transfer("out_1", siti, 400_000)
    place.hand.play("returned_after_paid")
    payout = await provider.pay_out("out_1", siti, 400_000)
    said = [(place.hand.bank_day(), (await provider.fetch_payout(siti, payout.id)).status) for _ in range(3)]
    assert said[0] == (1, "paid")
    assert said[1] in ((1, "returned"), (1, "failed"))
    assert said[2] == (0, said[1][1])
    assert await provider.connected_balance(siti) == 400_000


async def test_what_moved_adds_up_to_the_balance_and_names_our_things(place: Place) -> None:
    siti, provider = await ready(place), place.provider
    charge = await paid(place, 500_000)
    back = await provider.refund(charge, "rfd_1", 100_000)
    sent = await provider.transfer("out_1", siti, 200_000)
    rows = await everything(provider)
    ours = {(one.kind, one.object, one.reference, one.amount_idr, one.fee_idr) for one in rows}
    assert ours >= {
        ("charge", charge, "pay_1", 500_000, 14_500),
        ("refund", back.id, "rfd_1", -100_000, 0),
        ("transfer", sent.id, "out_1", -200_000, 0),
    }
    assert sum(one.amount_idr - one.fee_idr for one in rows) == await provider.balance()
    assert {(one.currency, one.account, one.livemode) for one in rows} == {("IDR", provider.account, False)}


async def test_what_moved_in_a_payees_account_names_the_transfer_what_was_taken_back_and_the_payout(
    place: Place,
) -> None:
    siti, provider = await ready(place), place.provider
    sent = await provider.transfer("out_1", siti, 200_000)
    payout = await provider.pay_out("out_1", siti, 150_000)
    back = await provider.take_back(sent.id, "back_1", 20_000)
    rows = await everything(provider, siti)
    assert {(one.kind, one.object, one.amount_idr, one.account) for one in rows} == {
        ("transfer", sent.id, 200_000, siti),
        ("payout", payout.id, -150_000, siti),
        ("take_back", back.reversals[0], -20_000, siti),
    }


async def test_what_moved_is_read_page_by_page(place: Place) -> None:
    for _ in range(204):
        place.hand.top_up(1)
    rows = await everything(place.provider)
    assert (len(rows), len({one.id for one in rows})) == (205, 205)
    future = datetime.now(UTC) + timedelta(hours=1)
    assert await place.provider.movements(future, future + timedelta(hours=1), None) == ([], None)
