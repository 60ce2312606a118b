"""The days that the state calls off, as decreed for 2026 and 2027 and estimated after that."""

from datetime import date, timedelta

import pytest

from clothingline.reference.national_days import holidays_by_day, holidays_of, idul_fitri, is_decreed, is_ramadan


def days_called(year: int, kind: str, word: str) -> list[date]:
    return [one.day for one in holidays_of(year) if one.kind == kind and word in one.name]


def test_idul_fitri_2026_is_on_21_and_22_march_between_three_days_of_cuti_bersama() -> None:
    assert days_called(2026, "national", "Idul Fitri") == [date(2026, 3, 21), date(2026, 3, 22)]
    assert days_called(2026, "cuti_bersama", "Idul Fitri") == [date(2026, 3, day) for day in (20, 23, 24)]


def test_idul_adha_2026_is_on_27_may_with_the_28th_off() -> None:
    assert days_called(2026, "national", "Idul Adha") == [date(2026, 5, 27)]
    assert days_called(2026, "cuti_bersama", "Idul Adha") == [date(2026, 5, 28)]


def test_the_joint_decree_of_2027_is_held_in_full() -> None:
    assert days_called(2027, "national", "Idul Fitri") == [date(2027, 3, 10), date(2027, 3, 11)]
    assert days_called(2027, "cuti_bersama", "Idul Fitri") == [date(2027, 3, day) for day in (9, 12, 15)]
    assert days_called(2027, "national", "Idul Adha") == [date(2027, 5, 17)]
    assert days_called(2027, "cuti_bersama", "Idul Adha") == [date(2027, 5, 18)]
    assert days_called(2027, "national", "Waisak") == [date(2027, 5, 20)]
    assert days_called(2027, "cuti_bersama", "Waisak") == [date(2027, 5, 19)]
    assert days_called(2027, "cuti_bersama", "Natal") == [date(2027, 12, 24)]


@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_a_decreed_year_holds_no_estimate(year: int) -> None:
    assert is_decreed(year)
    assert not [one for one in holidays_of(year) if one.estimated]


def test_after_the_last_decree_there_is_no_cuti_bersama_and_islamic_days_are_estimates() -> None:
    assert not is_decreed(2028)
    assert {one.kind for one in holidays_of(2028)} == {"national"}
    days = holidays_by_day(2028)
    assert idul_fitri(2028) == (date(2028, 2, 27),)
    assert days[date(2028, 2, 27)].estimated
    assert days[date(2028, 2, 28)].estimated
    assert not days[date(2028, 8, 17)].estimated


def test_an_estimate_is_a_field_and_no_part_of_a_name() -> None:
    marks = ("perkiraan", "estimated")
    every = [one for year in range(2025, 2034) for one in holidays_of(year)]
    assert any(one.estimated for one in every)
    assert not [one for one in every if any(mark in one.name + one.name_en for mark in marks)]


def test_each_day_has_a_name_in_both_languages_and_days_stand_in_order() -> None:
    for year in range(2025, 2030):
        days = [one.day for one in holidays_of(year)]
        assert days == sorted(days)
        assert all(one.name and one.name_en and one.source for one in holidays_of(year))


def test_ramadan_2026_is_the_thirty_days_before_idul_fitri() -> None:
    fasting = [day for day in (date(2026, 1, 1) + timedelta(days=i) for i in range(365)) if is_ramadan(day)]
    assert (fasting[0], fasting[-1], len(fasting)) == (date(2026, 2, 19), date(2026, 3, 20), 30)


def test_a_ramadan_over_new_year_and_a_year_with_two_of_them_are_seen() -> None:
    assert idul_fitri(2033) == (date(2033, 1, 3), date(2033, 12, 23))
    assert is_ramadan(date(2032, 12, 31))
    assert is_ramadan(date(2033, 1, 2))
    assert not is_ramadan(date(2033, 1, 3))
    assert is_ramadan(date(2033, 12, 1))
