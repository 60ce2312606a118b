"""The weeks around the great holidays, from the days of the reference."""

from datetime import date

import pytest

from clothingline.tailors.seasons import next_season, next_seasons


@pytest.mark.parametrize(
    ("word", "today", "first", "last"),
    [
        ("lebaran", date(2026, 6, 1), date(2027, 3, 8), date(2027, 3, 21)),
        ("lebaran", date(2027, 3, 21), date(2027, 3, 8), date(2027, 3, 21)),
        ("idul-adha", date(2027, 4, 1), date(2027, 5, 17), date(2027, 5, 23)),
        ("natal", date(2026, 6, 1), date(2026, 12, 21), date(2027, 1, 3)),
        ("natal", date(2027, 1, 2), date(2026, 12, 21), date(2027, 1, 3)),
    ],
)
def test_the_next_season_covers_whole_weeks_around_its_holidays(
    word: str, today: date, first: date, last: date
) -> None:
    season = next_season(word, today)
    assert (season.first, season.last) == (first, last)
    assert [one.isoweekday() for one in (season.first, season.last)] == [1, 7]


def test_a_season_that_is_over_is_followed_by_that_of_the_next_year() -> None:
    assert next_season("lebaran", date(2027, 3, 22)).first.year == 2028


def test_the_next_seasons_come_in_their_order() -> None:
    assert [one.word for one in next_seasons(date(2026, 6, 1))] == ["natal", "lebaran", "idul-adha"]


def test_a_season_that_no_decree_has_fixed_is_an_estimate() -> None:
    assert not next_season("lebaran", date(2026, 6, 1)).estimated
    assert next_season("lebaran", date(2029, 6, 1)).estimated
