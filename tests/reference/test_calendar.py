"""Working time of a party: week, holidays, decrees, prayer, Ramadan, and deadlines that stand still on closed days."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from clothingline.reference.calendar import FIVE_DAY_SECONDS, FIVE_DAY_WEEK, WorkingCalendar

WIB = timezone(timedelta(hours=7))
SIX_DAYS = WorkingCalendar()
OFFICE = WorkingCalendar(weekdays=FIVE_DAY_WEEK, seconds_per_day=FIVE_DAY_SECONDS)


def wib(month: int, day: int, hour: int = 0) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=WIB)


class TestDays:
    def test_a_six_day_week_rests_on_sunday_alone(self) -> None:
        assert [SIX_DAYS.is_working(date(2026, 7, day)) for day in range(6, 13)] == [True] * 6 + [False]

    def test_a_holiday_and_cuti_bersama_close_the_day(self) -> None:
        assert not SIX_DAYS.is_working(date(2026, 8, 17))
        assert not SIX_DAYS.is_working(date(2027, 12, 24))

    def test_a_party_may_work_through_cuti_bersama_but_not_through_a_holiday(self) -> None:
        workshop = WorkingCalendar(takes_cuti_bersama=False)
        assert workshop.is_working(date(2026, 3, 23))
        assert not workshop.is_working(date(2026, 3, 21))

    def test_a_decree_closes_a_day_and_gives_it_its_name(self) -> None:
        decreed = WorkingCalendar(days_off={date(2026, 7, 8): "Cuti bersama tambahan"})
        assert not decreed.is_working(date(2026, 7, 8))
        assert decreed.holiday_name(date(2026, 7, 8)) == "Cuti bersama tambahan"

    def test_a_day_that_a_decree_gives_back_is_worked_again(self) -> None:
        given_back = WorkingCalendar(open_days=frozenset({date(2026, 12, 24)}))
        assert given_back.is_working(date(2026, 12, 24))
        assert given_back.holiday_name(date(2026, 12, 24)) is None

    def test_a_party_may_open_on_one_sunday_and_its_own_day_off_still_wins(self) -> None:
        sunday = date(2026, 7, 12)
        assert WorkingCalendar(open_days=frozenset({sunday})).is_working(sunday)
        assert not WorkingCalendar(open_days=frozenset({sunday}), days_off={sunday: "Hajatan"}).is_working(sunday)

    def test_a_day_off_has_a_name_in_two_languages_and_an_ordinary_sunday_has_none(self) -> None:
        assert SIX_DAYS.holiday_name(date(2026, 12, 25)) == "Hari Raya Natal"
        assert SIX_DAYS.holiday_name(date(2026, 12, 25), "en") == "Christmas Day"
        assert SIX_DAYS.holiday_name(date(2026, 7, 12)) is None


class TestCounting:
    def test_the_first_working_day_after_lebaran_2026_comes_after_the_whole_block(self) -> None:
        assert SIX_DAYS.add_working_days(date(2026, 3, 17), 1) == date(2026, 3, 25)

    def test_counting_back_from_lebaran_finds_the_last_working_day(self) -> None:
        assert SIX_DAYS.add_working_days(date(2026, 3, 25), -1) == date(2026, 3, 17)

    def test_zero_working_days_later_is_the_same_day_even_when_it_is_closed(self) -> None:
        assert SIX_DAYS.add_working_days(date(2026, 7, 12), 0) == date(2026, 7, 12)

    def test_days_between_count_the_last_day_and_not_the_first(self) -> None:
        assert SIX_DAYS.working_days_between(date(2026, 7, 6), date(2026, 7, 13)) == 6
        assert SIX_DAYS.working_days_between(date(2026, 7, 13), date(2026, 7, 6)) == -6
        assert SIX_DAYS.working_days_between(date(2026, 7, 6), date(2026, 7, 6)) == 0


class TestSeconds:
    def test_both_weeks_hold_forty_or_forty_two_hours(self) -> None:
        assert SIX_DAYS.seconds_in_week(date(2026, 7, 6)) == 6 * 7 * 3600
        assert OFFICE.seconds_in_week(date(2026, 7, 6)) == 40 * 3600

    def test_friday_prayer_comes_off_friday_alone(self) -> None:
        pious = WorkingCalendar(friday_prayer_seconds=5400)
        assert pious.seconds_on(date(2026, 7, 10)) == 7 * 3600 - 5400
        assert pious.seconds_on(date(2026, 7, 9)) == 7 * 3600

    def test_ramadan_shortens_the_day_and_prayer_comes_off_after_it(self) -> None:
        fasting = WorkingCalendar(ramadan_permille=200, friday_prayer_seconds=5400)
        assert fasting.seconds_on(date(2026, 3, 12)) == 20_160
        assert fasting.seconds_on(date(2026, 3, 13)) == 20_160 - 5400
        assert fasting.seconds_on(date(2026, 2, 18)) == 25_200

    def test_the_week_of_lebaran_2026_holds_what_is_left_of_it(self) -> None:
        assert SIX_DAYS.seconds_in_week(date(2026, 3, 16)) == 2 * 7 * 3600
        assert SIX_DAYS.seconds_in_week(date(2026, 3, 23)) == 4 * 7 * 3600

    def test_a_day_never_holds_less_than_nothing(self) -> None:
        assert WorkingCalendar(seconds_per_day=3600, friday_prayer_seconds=7200).seconds_on(date(2026, 7, 10)) == 0

    def test_a_week_begins_on_monday(self) -> None:
        with pytest.raises(ValueError, match="not a Monday"):
            SIX_DAYS.seconds_in_week(date(2026, 7, 7))


class TestDeadlines:
    def test_24_hours_on_ordinary_days_are_24_hours(self) -> None:
        assert SIX_DAYS.deadline_after(wib(7, 7, 15), hours=24) == wib(7, 8, 15)

    def test_24_hours_over_a_sunday_end_on_monday(self) -> None:
        assert SIX_DAYS.deadline_after(wib(7, 11, 15), hours=24) == wib(7, 13, 15)

    def test_an_offer_sent_the_evening_before_nyepi_2026_lives_until_after_lebaran(self) -> None:
        assert SIX_DAYS.deadline_after(wib(3, 17, 18), hours=24) == wib(3, 25, 18)

    def test_an_offer_sent_on_a_closed_day_begins_to_count_on_the_next_working_day(self) -> None:
        assert SIX_DAYS.deadline_after(wib(7, 12, 9), hours=24) == wib(7, 14)

    def test_a_window_that_ends_with_a_working_day_ends_at_its_midnight(self) -> None:
        assert SIX_DAYS.deadline_after(wib(7, 11), hours=24) == wib(7, 12)

    def test_the_clock_of_a_rush_offer_stands_still_at_night(self) -> None:
        assert SIX_DAYS.deadline_after(wib(7, 7, 20), hours=2, awake=(6, 21)) == wib(7, 8, 7)
        assert SIX_DAYS.deadline_after(wib(7, 7, 2), hours=2, awake=(6, 21)) == wib(7, 7, 8)
        assert SIX_DAYS.deadline_after(wib(7, 11, 20), hours=2, awake=(6, 21)) == wib(7, 13, 7)

    def test_a_closed_day_is_the_partys_own_local_day(self) -> None:
        papua = WorkingCalendar(timezone="Asia/Jayapura")
        # 23:00 on Saturday in Jakarta is already Sunday in Jayapura.
        assert papua.deadline_after(wib(7, 11, 23), hours=1) == wib(7, 12, 23)
        assert SIX_DAYS.deadline_after(wib(7, 11, 22), hours=1) == wib(7, 11, 23)

    def test_the_answer_stands_in_the_zone_of_the_question(self) -> None:
        asked = wib(7, 7, 15).astimezone(UTC)
        assert SIX_DAYS.deadline_after(asked, hours=24).utcoffset() == timedelta(0)

    def test_no_time_at_all_is_now(self) -> None:
        assert SIX_DAYS.deadline_after(wib(7, 12, 9), hours=0) == wib(7, 12, 9)

    @pytest.mark.parametrize(
        ("instant", "hours", "awake"),
        [
            (wib(7, 7).replace(tzinfo=None), 1, (0, 24)),
            (wib(7, 7), -1, (0, 24)),
            (wib(7, 7), 1, (21, 6)),
            (wib(7, 7), 1, (6, 25)),
        ],
    )
    def test_a_deadline_without_zone_sense_or_waking_hours_is_refused(
        self, instant: datetime, hours: int, awake: tuple[int, int]
    ) -> None:
        with pytest.raises(ValueError, match="aware instant"):
            SIX_DAYS.deadline_after(instant, hours=hours, awake=awake)


class TestEstimates:
    def test_a_promise_across_an_estimated_holiday_is_known_as_one(self) -> None:
        assert SIX_DAYS.is_estimated(date(2028, 2, 20), date(2028, 3, 1))
        assert SIX_DAYS.is_estimated(date(2027, 12, 1), date(2028, 1, 26))

    def test_a_promise_inside_decreed_years_is_firm(self) -> None:
        assert not SIX_DAYS.is_estimated(date(2026, 1, 1), date(2027, 12, 31))
        assert not SIX_DAYS.is_estimated(date(2028, 2, 28), date(2028, 5, 4))


@pytest.mark.parametrize(
    "wrong",
    [
        {"weekdays": (False,) * 7},
        {"weekdays": (True,) * 6},
        {"seconds_per_day": 86_401},
        {"seconds_per_day": -1},
        {"friday_prayer_seconds": -1},
        {"ramadan_permille": 1001},
    ],
)
def test_an_impossible_calendar_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"week|seconds|Ramadan"):
        WorkingCalendar(**wrong)  # type: ignore[arg-type]  # the point of the test
