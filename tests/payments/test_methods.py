"""Ways to pay: at the bank, under way, held first, and in parts where a method has a limit."""

from collections.abc import Awaitable, Callable
from operator import attrgetter

import httpx
import pytest

from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit.ids import show
from clothingline.orders.events import OrderReady
from clothingline.payments import tasks
from clothingline.payments.models import Payment
from clothingline.settings import settings
from tests.cast import Actor, Cast
from tests.payments.counting import alarms, held, instalments, parts
from tests.payments.stage import Scene, bring, checked_out, open_payment, order_state, payments, refunds, verdicts

Drain = Callable[[], Awaitable[None]]
Advance = Callable[..., Awaitable[None]]
DEAR = 25_000_001


async def test_a_charge_that_waits_for_the_bank_is_acting_and_a_declined_one_open_again(
    provider: FakeProvider, drain: Drain
) -> None:
    scene = await checked_out()
    charge = str((await open_payment(scene, drain)).charge)
    provider.play("needs_action")
    await provider.pay(charge, "card")
    await drain()
    [acting] = await payments(scene)
    assert (acting.state, acting.redirect_url) == ("acting", f"{acting.pay_url}/bank")
    await provider.happen(provider.books.answer_bank, charge, agreed=False)
    await drain()
    assert [(one.state, one.redirect_url) for one in await payments(scene)] == [("open", None)]
    provider.play("needs_action")
    await provider.pay(charge, "card")
    await drain()
    await provider.happen(provider.books.answer_bank, charge)
    await drain()
    [paid] = await payments(scene)
    assert (paid.state, paid.method, paid.captured_idr) == ("captured", "card", 1_131_400)
    assert (await order_state(scene), await instalments(scene)) == (
        ("placed", 1_131_400),
        [("full", 1_131_400, "met")],
    )
    assert {verdict for verdict, _ in await verdicts()} == {"captured"}


@pytest.mark.parametrize("arrives", [True, False])
async def test_money_under_way_is_processing_until_it_arrives_or_does_not(
    provider: FakeProvider, drain: Drain, *, arrives: bool
) -> None:
    scene = await checked_out()
    charge = str((await open_payment(scene, drain)).charge)
    provider.play("pending")
    await provider.pay(charge, "transfer")
    await drain()
    assert [one.state for one in await payments(scene)] == ["processing"]
    await provider.happen(provider.books.arrive, charge, agreed=arrives)
    await drain()
    assert [one.state for one in await payments(scene)] == ["captured" if arrives else "open"]


async def test_held_money_is_taken_when_the_order_still_waits_for_it(
    provider: FakeProvider, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings().payments, "capture", "manual")
    scene = await checked_out()
    charge = str((await open_payment(scene, drain)).charge)
    await provider.pay(charge, "card")
    await drain()
    [paid] = await payments(scene)
    assert (paid.state, paid.capture_idr, paid.captured_idr) == ("captured", 1_131_400, 1_131_400)
    assert (await order_state(scene), await held()) == (("placed", 1_131_400), {f"escrow:{scene.code}": -1_131_400})


async def test_held_money_that_comes_too_late_is_let_go(
    provider: FakeProvider, drain: Drain, advance: Advance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings().payments, "capture", "manual")
    scene = await checked_out()
    charge = str((await open_payment(scene, drain)).charge)
    await advance(minutes=16)
    await provider.pay(charge, "card")
    await drain()
    assert [one.state for one in await payments(scene)] == ["authorised"]
    assert await tasks.expire_payments() == 1
    await drain()
    found = await provider.fetch_charge(charge)
    assert ([one.state for one in await payments(scene)], found.status, found.captured_idr) == (
        ["expired"],
        "expired",
        0,
    )
    assert (await held(), await refunds()) == ({}, [])


async def of_rina(cast: Cast, drain: Drain, price: int, deposit: int | None = None) -> tuple[Actor, Scene, Payment]:
    """A consumer with an order that waits for money."""
    rina = await cast.sign_in("081234567801")
    scene = await checked_out(price=price, deposit=deposit, consumer=rina.account)
    return rina, scene, await open_payment(scene, drain)


async def choose(who: Actor, payment: Payment, method: str) -> httpx.Response:
    return await who.post(f"/v1/payments/{show('pay', payment.id)}/method", {"method": method})


async def open_parts(scene: Scene) -> list[Payment]:
    """What can be paid, by its number."""
    return sorted((one for one in await payments(scene) if one.state == "open"), key=attrgetter("part"))


async def pay_all(provider: FakeProvider, scene: Scene, drain: Drain) -> None:
    """Pay every page that is open."""
    for one in await open_parts(scene):
        await provider.pay(str(one.charge), one.method)
        await drain()


async def test_more_than_ten_million_by_qris_comes_in_parts_or_by_transfer(
    provider: FakeProvider, cast: Cast, drain: Drain
) -> None:
    rina, scene, whole = await of_rina(cast, drain, DEAR)
    answer = await choose(rina, whole, "qris")
    assert answer.status_code == 201, answer.text
    wished = answer.json()["payments"]
    assert [(one["part"], one["amount"]["amount"], one["method"]) for one in wished] == [
        (1, 8_333_334, "qris"),
        (2, 8_333_334, "qris"),
        (3, 8_333_333, "qris"),
    ]
    await drain()
    assert (await provider.fetch_charge(str(whole.charge))).status == "expired"
    await pay_all(provider, scene, drain)
    assert await order_state(scene) == ("placed", DEAR)
    assert (await instalments(scene), await held()) == ([("full", DEAR, "met")], {f"escrow:{scene.code}": -DEAR})


async def test_a_choice_may_be_repeated_and_changed_while_nothing_is_paid(
    provider: FakeProvider, cast: Cast, drain: Drain
) -> None:
    rina, scene, whole = await of_rina(cast, drain, DEAR)
    first = (await choose(rina, whole, "qris")).json()
    again = (await choose(rina, (await payments(scene))[-1], "qris")).json()
    assert [one["id"] for one in first["payments"]] == [one["id"] for one in again["payments"]]
    await drain()
    [one] = (await choose(rina, (await payments(scene))[-1], "transfer")).json()["payments"]
    await drain()
    assert (one["part"], one["amount"]["amount"], one["method"]) == (1, DEAR, "transfer")
    await pay_all(provider, scene, drain)
    assert (await order_state(scene), (await parts(scene))[-1]) == (("placed", DEAR), (1, DEAR, "captured"))
    over = await choose(rina, (await payments(scene))[-1], "card")
    assert (over.status_code, over.json()["code"]) == (409, "payment_over")


async def test_what_is_missing_of_a_set_may_be_paid_in_another_way(
    provider: FakeProvider, cast: Cast, drain: Drain
) -> None:
    rina, scene, whole = await of_rina(cast, drain, DEAR)
    await choose(rina, whole, "qris")
    await drain()
    first, *_ = await open_parts(scene)
    await provider.pay(str(first.charge), "qris")
    await drain()
    assert await order_state(scene) == ("pending_payment", 0)
    [rest] = (await choose(rina, whole, "transfer")).json()["payments"]
    assert rest["amount"]["amount"] == DEAR - first.amount_idr
    await drain()
    await pay_all(provider, scene, drain)
    assert (await order_state(scene), await held()) == (("placed", DEAR), {f"escrow:{scene.code}": -DEAR})


async def test_money_on_its_way_allows_no_other_way(provider: FakeProvider, cast: Cast, drain: Drain) -> None:
    rina, _, whole = await of_rina(cast, drain, DEAR)
    provider.play("pending")
    await provider.pay(str(whole.charge), "transfer")
    await drain()
    answer = await choose(rina, whole, "qris")
    assert (answer.status_code, answer.json()["code"]) == (409, "payment_under_way")


async def test_a_page_that_was_given_up_for_another_way_returns_what_is_still_paid_on_it(
    provider: FakeProvider, cast: Cast, drain: Drain
) -> None:
    rina, scene, whole = await of_rina(cast, drain, DEAR)
    await choose(rina, whole, "qris")
    provider.books.pay(str(whole.charge), "transfer")
    await drain()
    await pay_all(provider, scene, drain)
    assert (await order_state(scene), await refunds()) == (("placed", DEAR), [("late", DEAR, "settled")])
    assert await held() == {f"escrow:{scene.code}": -DEAR}


async def test_half_of_a_set_of_parts_at_the_deadline_goes_back(
    provider: FakeProvider, cast: Cast, drain: Drain, advance: Advance
) -> None:
    rina, scene, whole = await of_rina(cast, drain, 60_000_000, deposit=DEAR)
    await choose(rina, whole, "qris")
    await drain()
    for one in (await open_parts(scene))[:2]:
        await provider.pay(str(one.charge), "qris")
        await drain()
    assert sum((await held()).values()) == -16_666_668
    await advance(minutes=16)
    assert await tasks.expire_payments() == 1
    await drain()
    assert sorted(await refunds()) == [("incomplete", 8_333_334, "settled")] * 2
    assert (await held(), await order_state(scene)) == ({}, ("pending_payment", 0))
    assert {state for _, _, state in await instalments(scene)} == {"dropped"}


async def test_the_last_part_after_the_deadline_brings_the_others_back_with_it(
    provider: FakeProvider, cast: Cast, drain: Drain, advance: Advance
) -> None:
    rina, scene, whole = await of_rina(cast, drain, 15_000_000)
    await choose(rina, whole, "qris")
    await drain()
    first, last = await open_parts(scene)
    await provider.pay(str(first.charge), "qris")
    await drain()
    await advance(minutes=16)
    await provider.pay(str(last.charge), "qris")
    await drain()
    assert sorted(await refunds()) == [("incomplete", 7_500_000, "settled"), ("late", 7_500_000, "settled")]
    assert (await held(), await order_state(scene), await alarms()) == ({}, ("pending_payment", 0), [])


async def test_a_balance_page_that_ends_at_the_provider_is_replaced(provider: FakeProvider, drain: Drain) -> None:
    scene = await checked_out(price=4_000_001, deposit=2_000_001)
    deposit = await open_payment(scene, drain)
    await provider.pay(str(deposit.charge))
    await drain()
    await bring(scene, "all_packed", OrderReady(scene.order))
    await drain()
    balance = (await payments(scene))[-1]
    await provider.close_charge(str(balance.charge))
    await provider.deliver_waiting()
    await drain()
    assert [(one.instalment, one.state) for one in await payments(scene)] == [
        ("deposit", "captured"),
        ("balance", "expired"),
        ("balance", "open"),
    ]
    await pay_all(provider, scene, drain)
    assert await order_state(scene) == ("ready", 4_000_001)
    assert await instalments(scene) == [("deposit", 2_000_001, "met"), ("balance", 2_000_000, "met")]


async def test_nobody_chooses_for_another(provider: FakeProvider, cast: Cast, drain: Drain) -> None:
    _, _, whole = await of_rina(cast, drain, DEAR)
    dewi = await cast.sign_in("081234567802", "Dewi")
    answer = await choose(dewi, whole, "qris")
    assert (answer.status_code, answer.json()["code"]) == (404, "payment_unknown")
