"""What any provider must do with money that comes in and goes back; the world outside is played by hand."""

import pytest

from clothingline.integrations.payments import Charge, ReferenceReused, Refused, Wish
from tests.integrations.contract import opened, paid
from tests.integrations.places import Place


async def test_a_paid_charge_says_how_and_what_it_cost(place: Place) -> None:
    charge = await place.provider.fetch_charge(await paid(place, 1_000_000))
    assert (charge.status, charge.captured_idr, charge.fee_idr, charge.method) == ("paid", 1_000_000, 29_000, "card")
    assert await place.provider.find_charge("pay_1") == charge
    assert await place.provider.balance() == 1_971_000


async def test_of_two_charges_with_one_reference_the_paid_one_is_found(place: Place) -> None:
    first = await opened(place)
    place.hand.advance(24 * 3600 + 1)
    second = await opened(place)
    assert second.id != first.id
    await place.provider.close_charge(first.id)
    found = await place.provider.find_charge("pay_1")
    assert found is not None
    assert found.id == second.id
    place.hand.pay(second.id)
    assert await place.provider.find_charge("pay_1") == await place.provider.fetch_charge(second.id)


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
