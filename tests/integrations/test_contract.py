"""What any provider must do: the fake, Stripe's adaptor on the fake's wire, and Stripe itself when there is a key."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from clothingline.integrations.payments import (
    Busy,
    Charge,
    Movement,
    ObjectUnknown,
    OutcomeUnknown,
    PaymentProvider,
    ReferenceReused,
    Refused,
    Wish,
)
from tests.integrations.places import Place

LONG_AGO = datetime.now(UTC) - timedelta(days=1)


def wish(amount_idr: int = 1_080_000, reference: str = "") -> Wish:
    """A charge that nobody else has asked for."""
    return Wish(reference or f"pay_{uuid4().hex}", amount_idr, "Pesanan CL-2606-0001", back_url="http://toko.test")


async def test_a_reference_opens_one_charge_however_often_it_is_asked(anywhere: Place) -> None:
    provider, asked = anywhere.provider, wish()
    first = await provider.open_charge(asked)
    again = await provider.open_charge(asked)
    assert (first.amount_idr, first.status, first.currency, first.reference) == (
        1_080_000,
        "open",
        "IDR",
        asked.reference,
    )
    assert (first.captured_idr, first.refunded_idr, first.fee_idr, first.livemode) == (0, 0, None, False)
    assert first == again == await provider.fetch_charge(first.id) == await provider.find_charge(asked.reference)
    assert (first.account, first.livemode) == (provider.account, provider.livemode)


async def test_a_reference_is_not_good_for_another_amount(anywhere: Place) -> None:
    asked = wish()
    await anywhere.provider.open_charge(asked)
    with pytest.raises(ReferenceReused):
        await anywhere.provider.open_charge(wish(1_080_001, asked.reference))


async def test_what_is_not_known_is_said_to_be_unknown(anywhere: Place) -> None:
    provider = anywhere.provider
    assert await provider.find_charge("pay_unknown") is None
    assert await provider.find_transfer("out_unknown") is None
    for question in (
        provider.fetch_charge("cs_unknown"),
        provider.fetch_refund("re_unknown"),
        provider.fetch_dispute("dp_unknown"),
        provider.fetch_transfer("tr_unknown"),
    ):
        with pytest.raises(ObjectUnknown):
            await question


async def test_a_charge_that_was_closed_has_ended(anywhere: Place) -> None:
    charge = await anywhere.provider.open_charge(wish())
    assert (await anywhere.provider.close_charge(charge.id)).status == "expired"
    assert (await anywhere.provider.close_charge(charge.id)).status == "expired"


async def test_a_payee_can_do_nothing_before_the_providers_page_was_filled_in(anywhere: Place) -> None:
    provider, reference = anywhere.provider, f"org_{uuid4().hex}"
    payee = await provider.open_payee(reference, "Siti")
    assert (payee.reference, payee.can_receive, payee.can_pay_out, payee.bank_last4) == (reference, False, False, None)
    assert payee.requirements
    assert payee == await provider.open_payee(reference, "Siti") == await provider.fetch_payee(payee.id)
    assert (await provider.onboarding_link(payee.id, "http://toko.test")).startswith("http")
    with pytest.raises(Refused):
        await provider.transfer(f"out_{uuid4().hex}", payee.id, 1_000)


async def opened(place: Place, amount_idr: int = 1_000, reference: str = "pay_1") -> Charge:
    """A charge that may be paid."""
    return await place.provider.open_charge(wish(amount_idr, reference))


async def paid(place: Place, amount_idr: int = 1_000, reference: str = "pay_1") -> str:
    """A charge that was paid by card."""
    charge = await opened(place, amount_idr, reference)
    place.hand.pay(charge.id, "card")
    return charge.id


async def test_a_paid_charge_says_how_and_what_it_cost(place: Place) -> None:
    charge = await place.provider.fetch_charge(await paid(place, 1_000_000))
    assert (charge.status, charge.captured_idr, charge.fee_idr, charge.method) == ("paid", 1_000_000, 29_000, "card")
    assert await place.provider.find_charge("pay_1") == charge
    assert await place.provider.balance() == 1_971_000


@pytest.mark.parametrize(
    ("mode", "between", "answer", "after"),
    [
        ("needs_action", "acting", "answer_bank", ("paid", "open")),
        ("pending", "processing", "arrive", ("paid", "open")),
        ("decline", "open", "pay", ("paid", "paid")),
    ],
)
@pytest.mark.parametrize("agreed", [True, False])
async def test_a_payment_may_have_to_wait_for_the_bank_and_may_fail_there(
    place: Place, mode: str, between: str, answer: str, after: tuple[str, str], agreed: bool
) -> None:
    charge = await opened(place)
    place.hand.play(mode)
    place.hand.pay(charge.id, "card")
    waiting = await place.provider.fetch_charge(charge.id)
    assert (waiting.status, waiting.captured_idr, waiting.redirect_url is None) == (between, 0, between != "acting")
    if answer == "pay":
        place.hand.pay(charge.id, "card")
    else:
        getattr(place.hand, answer)(charge.id, agreed=agreed)
    assert (await place.provider.fetch_charge(charge.id)).status == after[not agreed]


async def test_money_under_way_is_not_stopped_by_closing_its_charge(place: Place) -> None:
    charge = await opened(place)
    place.hand.play("pending")
    place.hand.pay(charge.id)
    assert (await place.provider.close_charge(charge.id)).status == "processing"
    place.hand.arrive(charge.id)
    assert (await place.provider.close_charge(charge.id)).status == "paid"


async def held(place: Place) -> Charge:
    """A charge of which the money is held."""
    asked = Wish("pay_1", 1_000, "Pesanan", methods=("card",), capture="manual", back_url="http://toko.test")
    charge = await place.provider.open_charge(asked)
    place.hand.pay(charge.id)
    return await place.provider.fetch_charge(charge.id)


async def test_what_is_held_is_taken_in_part_and_at_most_that_part_goes_back(place: Place) -> None:
    charge = await held(place)
    assert (charge.status, charge.captured_idr) == ("authorised", 0)
    with pytest.raises(Refused):
        await place.provider.capture(charge.id, "cap_0", 1_001)
    for _ in range(2):
        taken = await place.provider.capture(charge.id, "cap_1", 600)
        assert (taken.status, taken.amount_idr, taken.captured_idr) == ("paid", 1_000, 600)
    with pytest.raises(Refused):
        await place.provider.refund(charge.id, "rfd_1", 601)
    assert (await place.provider.refund(charge.id, "rfd_2", 600)).status == "settled"


async def test_what_is_held_is_let_go_by_closing(place: Place) -> None:
    charge = await held(place)
    assert (await place.provider.close_charge(charge.id)).status == "expired"
    assert await place.provider.balance() == 1_000_000


async def test_a_refund_is_made_once_however_often_it_is_asked(place: Place) -> None:
    charge, provider = await paid(place), place.provider
    part = await provider.refund(charge, "rfd_1", 400)
    assert (part, part.status, part.charge) == (await provider.refund(charge, "rfd_1", 400), "settled", charge)
    await provider.refund(charge, "rfd_2", 600)
    assert await provider.find_refund(charge, "rfd_1") == await provider.fetch_refund(part.id) == part
    assert await provider.find_refund(charge, "rfd_3") is None
    assert (await provider.fetch_charge(charge)).refunded_idr == 1_000


@pytest.mark.parametrize("amount", [601, 0, -1])
async def test_no_more_goes_back_than_is_left(place: Place, amount: int) -> None:
    charge = await paid(place)
    await place.provider.refund(charge, "rfd_1", 400)
    with pytest.raises(Refused):
        await place.provider.refund(charge, "rfd_2", amount)
    with pytest.raises(ReferenceReused):
        await place.provider.refund(charge, "rfd_1", 300)
    assert (await place.provider.fetch_charge(charge)).refunded_idr == 400


async def test_what_is_not_paid_cannot_go_back(place: Place) -> None:
    with pytest.raises(Refused):
        await place.provider.refund((await opened(place)).id, "rfd_1", 1_000)


async def test_a_refund_that_came_back_is_ours_again(place: Place) -> None:
    place.hand.play("slow_refund")
    charge = await paid(place)
    before = await place.provider.balance()
    made = await place.provider.refund(charge, "rfd_1", 1_000)
    assert (made.status, await place.provider.balance()) == ("pending", before - 1_000)
    place.hand.end_refund(made.id, arrived=False)
    assert (await place.provider.fetch_refund(made.id)).status == "failed"
    assert (await place.provider.fetch_charge(charge)).refunded_idr == 0
    assert await place.provider.balance() == before


@pytest.mark.parametrize(("won", "fee_comes_back"), [(True, True), (True, False), (False, False)])
async def test_a_chargeback_takes_the_money_and_a_fee_and_gives_back_what_was_won(
    place: Place, won: bool, fee_comes_back: bool
) -> None:
    charge = await paid(place, 300_000)
    before = await place.provider.balance()
    dispute = await place.provider.fetch_dispute(place.hand.open_dispute(charge, 200_000).id)
    assert (dispute.status, dispute.charge, dispute.amount_idr, dispute.fee_idr) == ("open", charge, 200_000, 150_000)
    assert dispute.respond_by is not None
    assert await place.provider.balance() == before - 350_000
    with pytest.raises(Refused):
        await place.provider.refund(charge, "rfd_1", 100_001)
    place.hand.close_dispute(dispute.id, won=won, fee_comes_back=fee_comes_back)
    closed = await place.provider.fetch_dispute(dispute.id)
    assert (closed.status, closed.fee_idr) == ("won" if won else "lost", 0 if fee_comes_back else 150_000)
    assert await place.provider.balance() == before - closed.fee_idr - (0 if won else 200_000)


async def ready(place: Place) -> str:
    """A payee who has been on the page."""
    payee = await place.provider.open_payee("org_1", "Siti")
    return place.hand.allow(payee.id).id


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


async def test_what_moved_in_a_payees_account_names_the_transfer_and_the_payout(place: Place) -> None:
    siti, provider = await ready(place), place.provider
    sent = await provider.transfer("out_1", siti, 200_000)
    payout = await provider.pay_out("out_1", siti, 150_000)
    rows = await everything(provider, siti)
    assert {(one.kind, one.object, one.amount_idr, one.account) for one in rows} == {
        ("transfer", sent.id, 200_000, siti),
        ("payout", payout.id, -150_000, siti),
    }


async def everything(provider: PaymentProvider, destination: str | None = None) -> list[Movement]:
    """All movements, page by page."""
    found: list[Movement] = []
    after: str | None = None
    until = datetime.now(UTC) + timedelta(minutes=1)
    while True:
        rows, after = await provider.movements(LONG_AGO, until, after, destination)
        found += rows
        if after is None:
            return found


async def test_what_moved_is_read_page_by_page(place: Place) -> None:
    for _ in range(204):
        place.hand.top_up(1)
    rows = await everything(place.provider)
    assert (len(rows), len({one.id for one in rows})) == (205, 205)
    future = datetime.now(UTC) + timedelta(hours=1)
    assert await place.provider.movements(future, future + timedelta(hours=1), None) == ([], None)


async def test_a_transfer_whose_answer_was_lost_is_found_and_a_repeat_is_the_same(place: Place) -> None:
    siti = await ready(place)
    place.hand.play("apply_then_drop", on="transfer")
    with pytest.raises(OutcomeUnknown):
        await place.provider.transfer("out_1", siti, 400_000)
    found = await place.provider.find_transfer("out_1")
    assert found is not None
    assert await place.provider.transfer("out_1", siti, 400_000) == found
    assert await place.provider.balance() == 600_000


async def test_who_is_told_to_wait_has_done_nothing_and_repeats_later(place: Place) -> None:
    siti = await ready(place)
    place.hand.play("busy_before", on="transfer")
    with pytest.raises(Busy):
        await place.provider.transfer("out_1", siti, 400_000)
    assert await place.provider.find_transfer("out_1") is None
    await place.provider.transfer("out_1", siti, 400_000)
    assert await place.provider.balance() == 600_000


async def test_the_same_key_gives_the_stored_answer_even_a_stored_500(place: Place) -> None:
    siti = await ready(place)
    place.hand.play("error_after", on="transfer")
    for _ in range(3):
        with pytest.raises(OutcomeUnknown):
            await place.provider.transfer("out_1", siti, 400_000)
    assert await place.provider.find_transfer("out_1") is not None
    place.hand.play("error_instead", on="transfer")
    for _ in range(2):
        with pytest.raises(OutcomeUnknown):
            await place.provider.transfer("out_2", siti, 400_000)
    assert await place.provider.find_transfer("out_2") is None
    assert await place.provider.balance() == 600_000


async def test_a_stored_refusal_is_repeated_even_when_it_would_no_longer_be_refused(place: Place) -> None:
    siti = await ready(place)
    for _ in range(2):
        with pytest.raises(Refused, match="balance_insufficient"):
            await place.provider.transfer("out_1", siti, 1_500_000)
        place.hand.top_up(1_000_000)
    await place.provider.transfer("out_2", siti, 1_500_000)


async def test_another_amount_under_a_key_is_refused(place: Place) -> None:
    siti = await ready(place)
    await place.provider.transfer("out_1", siti, 400_000)
    with pytest.raises(ReferenceReused):
        await place.provider.transfer("out_1", siti, 400_001)
    assert await place.provider.balance() == 600_000


async def test_a_key_that_is_being_worked_on_is_unknown_until_it_is_done(place: Place) -> None:
    siti = await ready(place)
    place.hand.play("still_running", on="transfer")
    with pytest.raises(OutcomeUnknown):
        await place.provider.transfer("out_1", siti, 400_000)
    assert (await place.provider.transfer("out_1", siti, 400_000)).amount_idr == 400_000


async def test_after_a_day_a_key_is_forgotten_and_only_asking_saves_us(place: Place) -> None:
    siti = await ready(place)
    first = await place.provider.transfer("out_1", siti, 100_000)
    place.hand.advance(23 * 3600)
    assert await place.provider.transfer("out_1", siti, 100_000) == first
    place.hand.advance(3600 + 1)
    assert await place.provider.find_transfer("out_1") == first
    second = await place.provider.transfer("out_1", siti, 100_000)
    assert (second.id != first.id, await place.provider.balance()) == (True, 800_000)
    assert await place.provider.find_transfer("out_1") == first


async def test_a_key_may_be_forgotten_with_the_answer(place: Place) -> None:
    siti = await ready(place)
    place.hand.play("pruned_key", on="pay_out")
    await place.provider.transfer("out_1", siti, 100_000)
    with pytest.raises(OutcomeUnknown):
        await place.provider.pay_out("out_1", siti, 40_000)
    found = await place.provider.find_payout(siti, "out_1", LONG_AGO)
    assert found is not None
    assert (await place.provider.pay_out("out_1", siti, 40_000)).id != found.id


async def test_what_the_provider_has_undone_is_seen_by_asking_and_not_by_repeating(place: Place) -> None:
    siti = await ready(place)
    place.hand.play("compensated_then_retried", on="transfer")
    with pytest.raises(OutcomeUnknown):
        await place.provider.transfer("out_1", siti, 400_000)
    repeated = await place.provider.transfer("out_1", siti, 400_000)
    found = await place.provider.find_transfer("out_1")
    assert found is not None
    assert (repeated.id, repeated.reversed_idr, found.reversed_idr) == (found.id, 0, 400_000)
    assert await place.provider.balance() == 1_000_000
