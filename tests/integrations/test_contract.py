"""What any provider must do: the fake, Stripe's adaptor on the fake's wire, and Stripe itself when there is a key."""

from uuid import uuid4

import pytest

from clothingline.integrations.payments import ObjectUnknown, ReferenceReused, Refused
from tests.integrations.contract import wish
from tests.integrations.places import Place


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
