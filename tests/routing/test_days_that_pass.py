"""A day that passes while an order waits: it is refused or asked about, and nothing breaks."""

from datetime import date, timedelta
from typing import Any

import pytest

from clothingline.routing.market import Market, Roll
from tests.routing.street import Street, move_clock, refusal, settle, succeeded, today


def market_on(day: date) -> Market:
    monday = day - timedelta(days=day.weekday())
    nobody: Roll[Any] = Roll.of([], [], weeks=1)
    return Market(day, (monday,), nobody, nobody, nobody, {}, {}, {}, {})


@pytest.mark.parametrize(
    ("today", "ready"),
    [
        ("2026-11-23", "2026-11-24"),
        ("2026-11-28", "2026-11-30"),
        ("2026-11-29", "2026-12-01"),
        ("2026-12-23", "2026-12-26"),
        ("2027-03-06", "2027-03-13"),
        ("2027-03-13", "2027-03-16"),
    ],
    ids=["Monday", "Saturday", "Sunday", "the day before Christmas leave", "the day before Lebaran", "after Lebaran"],
)
def test_cloth_is_ordered_when_everybody_has_had_a_working_day_to_answer(today: str, ready: str) -> None:
    market = market_on(date.fromisoformat(today))
    assert market.date(market.ready_day) == date.fromisoformat(ready)


async def test_a_draft_whose_day_has_passed_gets_no_quote_and_is_told_which_day_would_do(street: Street) -> None:
    needed_by = await today() + timedelta(days=1)
    order = await street.draft(needed_by=needed_by.isoformat())
    for _ in range(12):
        answer = await street.rina.post(f"/v1/orders/{order}/quotes")
        assert refusal(answer) == "no_plan"
        enough, help_ = moved(needed_by, answer.json()["would_help"])
        assert enough == date.fromisoformat(help_["promise_on"])
        await move_clock(days=1)


def moved(needed_by: date, helps: list[dict[str, Any]]) -> tuple[date, dict[str, Any]]:
    """The day to which the first help that moves it would move a wished day, and that help."""
    help_, step = next((one, step) for one in helps for step in one["steps"] if step["limit"] == "due_day")
    return needed_by + timedelta(days=step["value"]), help_


async def test_a_paid_order_whose_day_passes_before_all_have_answered_is_asked_for_a_later_day(street: Street) -> None:
    order = await street.placed(needed_by=(await today() + timedelta(days=25)).isoformat())
    for kind in ("brand", "supplier"):
        for offer in await street.offers(order, kind=kind):
            succeeded(await street.accept(offer), 201)
    await move_clock(days=40)
    await settle()
    found = await street.order(order)
    assert found["status"] == "action_required"
    enough, help_ = moved(date.fromisoformat(found["needed_by"]), found["reason"]["would_help"])
    assert enough == date.fromisoformat(help_["promise_on"])
    chosen = (enough + timedelta(days=7)).isoformat()
    succeeded(await street.rina.post(f"/v1/orders/{order}/choice", {"needed_by": chosen}), 201)
    await settle()
    assert await street.status(order) == "placed"
    assert {one["kind"] for one in await street.offers(order)} == {"brand", "supplier", "tailor"}
