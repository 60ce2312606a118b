"""Wages of a regency and the fair reference rate that rests on them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clothingline.reference.facts import UnknownFact, regencies
from clothingline.reference.wages import fair_piece_rate_idr, fair_rate_idr_per_minute, latest_wage, monthly_wage

STEADY = settings(derandomize=True, deadline=None)
BANDUNG, SURABAYA, CILACAP = "32.73", "35.78", "33.01"


def test_a_regency_with_its_own_wage_is_answered_with_it_and_its_source() -> None:
    wage = monthly_wage(BANDUNG, 2026)
    assert (wage.month_idr, wage.kind, wage.status) == (4_737_678, "umk", "verified")
    assert "Kepgub Jabar" in wage.source


def test_a_regency_without_its_own_wage_has_that_of_its_province_and_the_answer_says_so() -> None:
    wage = monthly_wage(SURABAYA, 2026)
    assert (wage.kind, wage.note) == ("ump", "UMP Jawa Timur")


def test_a_wage_of_two_published_figures_tells_the_other_one() -> None:
    wage = monthly_wage("32.02", 2026)
    assert wage.status == "partial"
    assert wage.note is not None
    assert "3831926" in wage.note


def test_each_regency_has_a_wage_in_2026() -> None:
    assert all(monthly_wage(code, 2026).month_idr > 0 for code in regencies())


def test_a_year_that_is_not_held_is_refused_with_the_years_that_are() -> None:
    with pytest.raises(UnknownFact, match=r"32\.73 / 2026"):
        monthly_wage(BANDUNG, 2027)


def test_until_the_new_decree_is_held_the_last_wage_stands_and_says_its_year() -> None:
    assert (latest_wage(BANDUNG, 2027).year, latest_wage(BANDUNG, 2027).month_idr) == (2026, 4_737_678)
    assert (latest_wage(CILACAP, 2025).year, latest_wage(CILACAP, 2025).kind) == (2025, "umk")


def test_before_the_first_year_held_there_is_no_wage() -> None:
    with pytest.raises(UnknownFact):
        latest_wage(BANDUNG, 2024)


def test_an_unknown_regency_is_refused() -> None:
    with pytest.raises(UnknownFact, match="regency"):
        monthly_wage("99.99", 2026)


def test_a_minute_in_kota_bandung_is_456_rupiah() -> None:
    assert fair_rate_idr_per_minute(BANDUNG, 2026) == 456


def test_a_shirt_of_22_minutes_at_55_percent_is_18257_rupiah_in_kota_bandung() -> None:
    assert fair_piece_rate_idr(BANDUNG, 2026, standard_seconds=22 * 60, efficiency_permille=550) == 18_257


def test_the_planned_efficiency_is_55_percent_unless_said_otherwise() -> None:
    assert fair_piece_rate_idr(BANDUNG, 2026, standard_seconds=1320) == 18_257


@STEADY
@given(st.sampled_from(sorted(regencies())), st.integers(0, 20_000), st.integers(1, 1000))
def test_the_rate_is_the_nearest_rupiah_of_the_exact_fraction(regency: str, seconds: int, efficiency: int) -> None:
    rate = fair_piece_rate_idr(regency, 2026, standard_seconds=seconds, efficiency_permille=efficiency)
    exact_over, under = monthly_wage(regency, 2026).month_idr * seconds * 1000, 173 * 3600 * efficiency
    assert abs(2 * (rate * under - exact_over)) <= under


@STEADY
@given(st.integers(0, 20_000), st.integers(1, 999))
def test_better_efficiency_never_raises_the_rate_and_longer_work_never_lowers_it(seconds: int, efficiency: int) -> None:
    def rate(standard_seconds: int, permille: int) -> int:
        return fair_piece_rate_idr(BANDUNG, 2026, standard_seconds=standard_seconds, efficiency_permille=permille)

    assert rate(seconds, efficiency) >= rate(seconds, efficiency + 1)
    assert rate(seconds, efficiency) <= rate(seconds + 60, efficiency)


@pytest.mark.parametrize(("seconds", "efficiency"), [(-1, 550), (60, 0), (60, 1001)])
def test_impossible_work_is_refused(seconds: int, efficiency: int) -> None:
    with pytest.raises(ValueError, match="efficiency"):
        fair_piece_rate_idr(BANDUNG, 2026, standard_seconds=seconds, efficiency_permille=efficiency)
