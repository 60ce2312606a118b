"""Whether an order will be on time, by what is still open."""

from datetime import date, timedelta

import pytest

from clothingline.tracking.promise import Promise, Work, promise

TODAY = date(2026, 6, 10)
TIMELINE = {"cut": "2026-06-05", "finished": "2026-06-18"}
USUAL, PROMISED = date(2026, 6, 20), date(2026, 6, 24)


def day(number: int) -> date:
    return date(2026, 6, number)


def said(state: str, *works: Work, today: date = TODAY) -> Promise:
    return promise(state, on=PROMISED, usual_on=USUAL, timeline=TIMELINE, works=works, today=today)


def test_an_order_whose_makers_keep_their_days_is_on_time() -> None:
    assert said("in_production", Work("in_progress", day(14), day(14))) == Promise(PROMISED)


def test_what_is_behind_takes_first_the_days_between_usual_and_promised() -> None:
    assert said("in_production", Work("blocked", day(14), day(18), "cloth")).late_days == 0
    assert said("in_production", Work("blocked", day(14), day(19), "cloth")) == Promise(PROMISED, 1, "cloth")


def test_a_maker_who_is_over_the_day_is_behind_by_every_day_that_passes() -> None:
    late = Work("in_progress", day(4), day(4))
    assert said("in_production", late).late_days == 2
    assert said("in_production", late, today=TODAY + timedelta(days=1)) == Promise(PROMISED, 3, "sewing")


def test_a_maker_who_is_through_delays_nothing_and_the_slowest_counts() -> None:
    through, slow = Work("passed", day(4), day(9)), Work("rework", day(4), day(13))
    assert said("in_production", through) == Promise(PROMISED)
    assert said("in_production", through, slow).late_days == 5


@pytest.mark.parametrize(("state", "today", "late"), [("confirmed", 10, 1), ("placed", 9, 0), ("ready", 23, 1)])
def test_before_and_after_the_sewing_the_days_of_the_plan_count(state: str, today: int, late: int) -> None:
    assert said(state, today=day(today)).late_days == late


def test_a_parcel_is_late_once_the_promised_day_is_over() -> None:
    assert said("shipped", today=PROMISED).late_days == 0
    assert said("shipped", today=PROMISED + timedelta(days=2)) == Promise(PROMISED, 2, "courier")


@pytest.mark.parametrize("state", ["delivered", "accepted", "cancelled"])
def test_what_has_arrived_or_ended_is_not_at_risk(state: str) -> None:
    assert said(state, today=PROMISED + timedelta(days=9)) == Promise(PROMISED)
