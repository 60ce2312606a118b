"""PPN and PPh 22: exact fractions of whole rupiah, rounded once, by the law of the day."""

import random
from datetime import date
from fractions import Fraction
from math import floor

import pytest

from clothingline.reference.errors import UnknownFact
from clothingline.reference.taxes import Rate, Tax, pph22, ppn, rate_of

TODAY = date(2026, 11, 30)
SEED = 20261130


def test_fifty_million_has_a_base_of_45_833_333_and_five_and_a_half_million_of_tax() -> None:
    assert ppn(50_000_000, TODAY) == Tax(base_idr=45_833_333, tax_idr=5_500_000)


def test_the_tax_is_taken_of_the_unrounded_base() -> None:
    # 12 % of the rounded base would be 5,499,999.96.
    assert 45_833_333 * 12 // 100 == 5_499_999
    assert ppn(50_000_000, TODAY).tax_idr == 5_500_000


def test_a_marketplace_withholds_half_a_per_cent_rounded_down() -> None:
    assert pph22(1_000_000, TODAY) == 5_000
    assert pph22(199, TODAY) == 0
    assert pph22(200, TODAY) == 1


def test_every_amount_is_the_floor_of_the_exact_fraction() -> None:
    print("seed", SEED)
    dice = random.Random(SEED)
    for _ in range(5_000):
        amount = dice.randrange(10 ** dice.randrange(1, 13))
        assert ppn(amount, TODAY).base_idr == floor(Fraction(amount * 11, 12))
        assert ppn(amount, TODAY).tax_idr == floor(Fraction(amount * 11, 100))
        assert pph22(amount, TODAY) == floor(Fraction(amount, 200))


def test_a_rate_holds_from_its_first_day_on() -> None:
    assert rate_of("ppn", date(2025, 1, 1)) == Rate(12, 100, 11, 12)
    assert rate_of("pph22", date(2025, 7, 14)) == Rate(5, 1000, 1, 1)


@pytest.mark.parametrize(("code", "before"), [("ppn", date(2024, 12, 31)), ("pph22", date(2025, 7, 13))])
def test_a_day_before_the_law_has_no_rate(code: str, before: date) -> None:
    with pytest.raises(UnknownFact):
        rate_of(code, before)


def test_nothing_is_taken_of_less_than_nothing() -> None:
    with pytest.raises(ValueError, match="at least 0"):
        ppn(-1, TODAY)
