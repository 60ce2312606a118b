"""Money: parts that add up to the last rupiah, and no mixing of currencies."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations
from math import floor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clothingline.kit.money import Money, portion, rupiah, share, split_among

AMOUNTS = st.integers(0, 10**15)
WEIGHTS = st.dictionaries(st.text(max_size=3), st.integers(0, 10**9), min_size=1, max_size=40).filter(
    lambda weights: any(weights.values())
)
SEED = 20_261_130
SPLITS, AT_ONCE, MOST_PARTS = 1_000_000, 10_000, 6


@settings(derandomize=True, deadline=None)
@given(AMOUNTS, WEIGHTS)
def test_the_parts_add_up_to_the_amount_and_everybody_has_one(amount: int, weights: dict[str, int]) -> None:
    parts = split_among(amount, weights)
    assert sum(parts.values()) == amount
    assert list(parts) == sorted(weights)


@settings(derandomize=True, deadline=None)
@given(AMOUNTS, WEIGHTS)
def test_who_weighs_more_never_gets_less_and_who_weighs_nothing_gets_nothing(
    amount: int, weights: dict[str, int]
) -> None:
    parts = split_among(amount, weights)
    by_weight = sorted((weights[key], parts[key]) for key in weights)
    assert [part for _, part in by_weight] == sorted(parts.values())
    assert all(part == 0 for weight, part in by_weight if weight == 0)


@settings(derandomize=True, deadline=None)
@given(AMOUNTS, WEIGHTS, st.integers(2, 1_000))
def test_only_the_proportion_of_the_weights_counts(amount: int, weights: dict[str, int], times: int) -> None:
    assert split_among(amount, {key: weight * times for key, weight in weights.items()}) == split_among(amount, weights)


def test_equal_remainders_go_to_the_lower_key() -> None:
    assert split_among(100, {"c": 1, "b": 1, "a": 1}) == {"a": 34, "b": 33, "c": 33}
    assert split_among(101, {"b": 1, "c": 1, "a": 1}) == {"a": 34, "b": 34, "c": 33}
    assert split_among(2, {(2, "x"): 5, (1, "y"): 5, (1, "x"): 5}) == {(1, "x"): 1, (1, "y"): 1, (2, "x"): 0}


def test_the_largest_remainder_comes_before_the_lower_key() -> None:
    assert split_among(10, {1: 1, 2: 2}) == {1: 3, 2: 7}
    assert split_among(1, {1: 1, 2: 2}) == {1: 0, 2: 1}


@pytest.mark.parametrize(("amount", "weights"), [(1, [0, 0]), (1, []), (1, [2, -1]), (-1, [1]), (1, [-1])])
def test_nothing_is_split_without_a_weight_or_below_zero(amount: int, weights: list[int]) -> None:
    with pytest.raises(ValueError, match="a split needs an amount >= 0 and weights >= 0, one of them above 0"):
        split_among(amount, dict(enumerate(weights)))


def test_a_million_splits_add_up_and_do_not_depend_on_order() -> None:
    print("seed", SEED)
    orders = {size: list(permutations(range(size))) for size in range(1, MOST_PARTS + 1)}
    done = 0
    for amount, weights, drawn in _splits():
        parts = split_among(amount, dict(enumerate(weights)))
        total, case = sum(weights), (amount, weights)
        assert sum(parts.values()) == amount, case
        assert min(parts.values()) >= 0, case
        for key, weight in enumerate(weights):
            assert -total < parts[key] * total - amount * weight < total, case
        order = orders[len(weights)][drawn % len(orders[len(weights)])]
        assert split_among(amount, {key: weights[key] for key in order}) == parts, (case, order)
        done += 1
    assert done == SPLITS


def _splits() -> Iterator[tuple[int, list[int], int]]:
    """Amounts of up to 10^12 with up to six weights, and a number that says in which other order to give them.

    Half of the weights are below four, so that many remainders are equal.
    """
    rng = np.random.default_rng(SEED)
    for _ in range(SPLITS // AT_ONCE):
        sizes = rng.integers(1, MOST_PARTS + 1, AT_ONCE).tolist()
        amounts = (rng.integers(0, 10**12, AT_ONCE) // 10 ** rng.integers(0, 12, AT_ONCE)).tolist()
        most = np.where(rng.random(AT_ONCE) < 0.5, 4, 10**9)[:, np.newaxis]
        weights = rng.integers(0, most, (AT_ONCE, MOST_PARTS))
        drawn = rng.integers(0, 10**6, AT_ONCE).tolist()
        for size, amount, row, number in zip(sizes, amounts, weights.tolist(), drawn, strict=True):
            yield amount, row[:size] if any(row[:size]) else [*row[: size - 1], 1], number


@settings(derandomize=True, deadline=None)
@given(st.integers(-(10**15), 10**15), st.integers(-100, 1_000), st.integers(1, 1_000))
def test_a_portion_is_rounded_half_up(amount: int, num: int, den: int) -> None:
    assert portion(amount, num, den) == floor(Fraction(amount * num, den) + Fraction(1, 2))


def test_nothing_is_divided_by_nothing() -> None:
    with pytest.raises(ValueError, match="a portion in 0 parts"):
        portion(1, 1, 0)


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
