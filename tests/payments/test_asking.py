"""The provider is asked again about what it has not told us, or told us too early."""

from collections.abc import Awaitable, Callable
from typing import NoReturn

import httpx
import pytest

from clothingline.integrations.payments import Busy, Charge, NotWholeRupiah
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.payments import tasks
from tests.payments.counting import alarms, held
from tests.payments.stage import checked_out, open_payment, order_state, payments, refunds, verdicts
from tests.payments.test_notices import another_notice

Drain = Callable[[], Awaitable[None]]
Advance = Callable[..., Awaitable[None]]


async def test_money_of_which_no_notice_tells_is_found_by_asking_after_a_minute(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    scene = await checked_out()
    payment = await open_payment(scene, drain)
    provider.books.pay(str(payment.charge))
    assert await tasks.ask_again() == 0
    await advance(seconds=61)
    assert (await tasks.ask_again(), await tasks.ask_again()) == (1, 0)
    assert await order_state(scene) == ("placed", 1_131_400)


async def test_a_notice_that_came_before_the_providers_books_had_it_is_settled_by_asking(
    provider: FakeProvider, client: httpx.AsyncClient, drain: Drain, advance: Advance
) -> None:
    scene = await checked_out()
    payment = await open_payment(scene, drain)
    await another_notice(client, str(payment.charge))
    await drain()
    provider.books.pay(str(payment.charge))
    await advance(seconds=61)
    assert await tasks.ask_again() == 1
    assert (await verdicts(), await order_state(scene)) == ([("captured", None)], ("placed", 1_131_400))
    await provider.deliver_waiting()
    await drain()
    assert sorted(verdict for verdict, _ in await verdicts()) == ["captured", "repeated"]


@pytest.fixture
def asked(provider: FakeProvider, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The charges that the provider was asked for."""
    charges: list[str] = []
    original = provider.fetch_charge

    async def fetch(charge: str) -> Charge:
        charges.append(charge)
        return await original(charge)

    monkeypatch.setattr(provider, "fetch_charge", fetch)
    return charges


async def test_the_pause_doubles_and_an_ended_payment_is_asked_about_for_an_hour(
    asked: list[str], drain: Drain, advance: Advance
) -> None:
    await open_payment(await checked_out(), drain)
    for minutes, times in ((1.5, 1), (1, 0), (1, 1), (1.5, 0), (2.5, 1), (4, 0), (5, 1), (0.5, 0), (1, 1), (50, 1)):
        await advance(minutes=minutes)
        await tasks.ask_again()
        await tasks.expire_payments()
        assert len(asked) == times, f"{minutes} minutes later"
        asked.clear()
    await advance(hours=3)
    await tasks.ask_again()
    assert asked == []


async def test_an_open_payment_is_asked_about_every_hour_at_least(
    asked: list[str], drain: Drain, advance: Advance
) -> None:
    await open_payment(await checked_out(), drain)
    for _ in range(2):
        await advance(hours=5)
        await tasks.ask_again()
        await advance(minutes=61)
        await tasks.ask_again()
    assert len(asked) == 4


async def test_money_that_was_on_its_way_when_the_time_ended_goes_back(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    scene = await checked_out()
    payment = await open_payment(scene, drain)
    await advance(minutes=16)
    await tasks.expire_payments()
    provider.books.pay(str(payment.charge))
    await advance(minutes=2)
    assert await tasks.ask_again() == 1
    await drain()
    assert (await refunds(), await held()) == ([("late", 1_131_400, "settled")], {})


async def test_a_provider_that_is_down_changes_nothing_and_is_asked_after_the_pause(
    provider: FakeProvider, drain: Drain, advance: Advance, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = await checked_out()
    payment = await open_payment(scene, drain)
    provider.books.pay(str(payment.charge))

    async def down(_: str) -> NoReturn:
        raise httpx.ConnectError("down")

    await advance(seconds=61)
    with monkeypatch.context() as away:
        away.setattr(provider, "fetch_charge", down)
        with pytest.RaisesGroup(httpx.ConnectError):
            await tasks.ask_again()
    assert ([one.state for one in await payments(scene)], await order_state(scene)) == (
        ["open"],
        ("pending_payment", 0),
    )
    assert await tasks.ask_again() == 0
    await advance(minutes=5)
    assert await tasks.ask_again() == 1


@pytest.mark.parametrize(("column", "value"), [("amount_idr", 1), ("currency", "USD"), ("reference", "someone-else")])
async def test_a_charge_that_does_not_fit_pays_nothing_when_it_is_asked_for_either(
    provider: FakeProvider,
    drain: Drain,
    advance: Advance,
    falsify: Callable[[str, str, object], None],
    column: str,
    value: object,
) -> None:
    scene = await checked_out()
    payment = await open_payment(scene, drain)
    provider.books.pay(str(payment.charge))
    falsify(str(payment.charge), column, value)
    await advance(seconds=61)
    assert await tasks.ask_again() == 0
    assert (await order_state(scene), await held()) == (("pending_payment", 0), {})
    assert await alarms() == ["charge_does_not_fit"]


async def test_a_charge_that_cannot_be_read_hinders_no_other_and_calls_a_person_until_it_can(
    provider: FakeProvider, drain: Drain, advance: Advance, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenes = [await checked_out() for _ in range(3)]
    opened = [await open_payment(scene, drain) for scene in scenes]
    for payment in opened:
        provider.books.pay(str(payment.charge))
    fetch, broken = provider.fetch_charge, str(opened[0].charge)

    async def break_one(charge: str) -> Charge:
        if charge == broken:
            raise NotWholeRupiah("1 / 100")
        return await fetch(charge)

    await advance(seconds=61)
    with monkeypatch.context() as faulty:
        faulty.setattr(provider, "fetch_charge", break_one)
        with pytest.RaisesGroup(NotWholeRupiah):
            await tasks.ask_again()
    assert [(await order_state(scene))[0] for scene in scenes] == ["pending_payment", "placed", "placed"]
    assert await alarms() == ["charge_unanswered"]
    await advance(minutes=5)
    assert (await tasks.ask_again(), await alarms()) == (1, [])


async def test_a_provider_that_is_busy_calls_nobody(provider: FakeProvider, drain: Drain, advance: Advance) -> None:
    await open_payment(await checked_out(), drain)
    provider.play("busy_before", "fetch_charge")
    await advance(seconds=61)
    with pytest.RaisesGroup(Busy):
        await tasks.ask_again()
    assert await alarms() == []
