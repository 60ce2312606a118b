"""Money: parts that add up to the last rupiah, and no mixing of currencies."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clothingline.kit.money import Money, rupiah, share, split

AMOUNTS = st.integers(0, 10**15)
WEIGHTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=40).filter(any)


@settings(derandomize=True, deadline=None)
@given(AMOUNTS, WEIGHTS)
def test_the_parts_add_up_to_the_amount(amount: int, weights: list[int]) -> None:
    assert sum(split(amount, weights)) == amount


@settings(derandomize=True, deadline=None)
@given(AMOUNTS, WEIGHTS)
def test_each_part_is_less_than_one_rupiah_away_from_its_ideal(amount: int, weights: list[int]) -> None:
    total = sum(weights)
    for part, weight in zip(split(amount, weights), weights, strict=True):
        assert abs(part * total - amount * weight) < total


@settings(derandomize=True, deadline=None)
@given(AMOUNTS, WEIGHTS)
def test_who_weighs_more_never_gets_less_and_who_weighs_nothing_gets_nothing(amount: int, weights: list[int]) -> None:
    parts = split(amount, weights)
    by_weight = sorted(zip(weights, parts, strict=True))
    assert [part for _, part in by_weight] == sorted(parts)
    assert all(part == 0 for weight, part in by_weight if weight == 0)


@settings(derandomize=True, deadline=None)
@given(AMOUNTS, WEIGHTS, st.integers(2, 1_000))
def test_only_the_proportion_of_the_weights_counts(amount: int, weights: list[int], times: int) -> None:
    assert split(amount, [weight * times for weight in weights]) == split(amount, weights)


def test_equal_remainders_go_to_the_earlier_part() -> None:
    assert split(100, [1, 1, 1]) == [34, 33, 33]
    assert split(101, [1, 1, 1]) == [34, 34, 33]
    assert split(2, [5, 5, 5, 5]) == [1, 1, 0, 0]


def test_the_largest_remainder_comes_before_the_earlier_place() -> None:
    assert split(10, [1, 2]) == [3, 7]
    assert split(1, [1, 2]) == [0, 1]


@pytest.mark.parametrize(("amount", "weights"), [(1, [0, 0]), (1, []), (1, [2, -1]), (-1, [1])])
def test_nothing_is_split_without_a_weight_or_below_zero(amount: int, weights: list[int]) -> None:
    with pytest.raises(ValueError, match=r"split needs an amount|empty"):
        split(amount, weights)


@settings(derandomize=True, deadline=None)
@given(AMOUNTS, st.integers(0, 1_000))
def test_a_share_is_rounded_half_up(amount: int, permille: int) -> None:
    found = share(amount, permille=permille)
    assert -500 <= found * 1_000 - amount * permille <= 500
    assert (share(1, permille=500), share(1, permille=499), share(3, permille=500)) == (1, 0, 2)


@settings(derandomize=True, deadline=None)
@given(st.integers(-(10**12), 10**12), st.integers(-(10**12), 10**12))
def test_money_of_one_currency_is_added_and_taken_away(one: int, other: int) -> None:
    assert Money(one) + Money(other) == Money(one + other)
    assert Money(one) - Money(other) == Money(one) + -Money(other)


@pytest.mark.parametrize("currency", ["USD", "SGD", "idr"])
def test_money_of_two_currencies_is_never_added(currency: str) -> None:
    with pytest.raises(ValueError, match="cannot be added"):
        Money(1) + Money(1, currency)
    with pytest.raises(ValueError, match="cannot be added"):
        Money(1, currency) - Money(1)


def test_rupiah_are_written_as_in_indonesia() -> None:
    assert [rupiah(amount) for amount in (0, 950, 1_131_400, -25_000)] == [
        "Rp 0",
        "Rp 950",
        "Rp 1.131.400",
        "−Rp 25.000",
    ]
    assert (str(Money(1_131_400)), str(Money(995, "USD"))) == ("Rp 1.131.400", "USD 995")
