"""Where an order stands among its six steps."""

import pytest

from clothingline.tracking.steps import steps

CASES = {
    "pending_payment": "now later later later later later",
    "placed": "done now later later later later",
    "action_required": "done trouble later later later later",
    "in_production": "done done now later later later",
    "ready": "done done done done now later",
    "shipped": "done done done done now later",
    "delivered": "done done done done done now",
    "accepted": "done done done done done done",
    "cancelled": "later later later later later later",
}


@pytest.mark.parametrize("state", CASES)
def test_each_state_stands_at_one_step(state: str) -> None:
    found = steps(state, jobs=["in_progress"], timeline={}, moments=[])
    assert " ".join(one.state for one in found) == CASES[state]


def test_sewing_is_behind_when_every_maker_has_handed_in() -> None:
    one = steps("in_production", jobs=["submitted", "in_progress"], timeline={}, moments=[])
    all_ = steps("in_production", jobs=["submitted", "passed"], timeline={}, moments=[])
    assert [one[2].state, one[3].state] == ["now", "later"]
    assert [all_[2].state, all_[3].state] == ["done", "now"]


def test_a_step_that_is_open_says_the_day_of_the_plan_and_one_that_is_done_does_not() -> None:
    found = steps("in_production", jobs=[], timeline={"cut": "2026-06-05", "sewn": "2026-06-12"}, moments=[])
    assert [one.day and one.day.isoformat() for one in found] == [None, None, "2026-06-12", None, None, None]
