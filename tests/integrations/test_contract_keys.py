"""What any provider must do when it is asked again, and what it means when it does not answer."""

import pytest

from clothingline.integrations.payments import Busy, OutcomeUnknown, ReferenceReused, Refused
from tests.integrations.contract import LONG_AGO, ready
from tests.integrations.places import Place


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
