"""Amounts and days in the words of Indonesia."""

from datetime import date

import pytest

from clothingline.papers.words import amount, day, in_words, month

SPELT = {
    0: "nol",
    1: "satu",
    10: "sepuluh",
    11: "sebelas",
    12: "dua belas",
    19: "sembilan belas",
    20: "dua puluh",
    21: "dua puluh satu",
    100: "seratus",
    101: "seratus satu",
    111: "seratus sebelas",
    999: "sembilan ratus sembilan puluh sembilan",
    1_000: "seribu",
    1_100: "seribu seratus",
    2_000: "dua ribu",
    11_000: "sebelas ribu",
    100_000: "seratus ribu",
    1_000_000: "satu juta",
    1_131_400: "satu juta seratus tiga puluh satu ribu empat ratus",
    1_000_001_000: "satu miliar seribu",
    3_000_000_000_000: "tiga triliun",
}


@pytest.mark.parametrize("number", SPELT)
def test_an_amount_is_spelt_as_it_is_spoken(number: int) -> None:
    assert in_words(number) == f"{SPELT[number]} rupiah"


def test_less_than_nothing_is_not_spelt() -> None:
    with pytest.raises(ValueError, match="at least 0"):
        in_words(-1)


def test_no_line_break_divides_an_amount() -> None:
    assert amount(1_131_400) == "Rp\u00a01.131.400"


def test_a_day_is_named_in_indonesian() -> None:
    assert (day(date(2026, 11, 30)), month(date(2026, 5, 1))) == ("Senin, 30 November 2026", "Mei 2026")
    assert day(date(2026, 6, 12)) == "Jumat, 12 Juni 2026"
