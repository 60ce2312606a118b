"""The assignment where there is little or nothing to decide, where numbers are huge, and where columns cannot be."""

from typing import Any

import numpy as np
import pytest

from clothingline.matching.search.assignment import MOST_IDR, Candidates, Schedule, assign, dual_bound
from tests.matching.candidates import holds, truth

EXACT = Schedule(gap_ppm=0)


def one(**columns: Any) -> Candidates:
    """Two orders that see the same two makers of one unit each, with some columns changed."""
    plain = {"first": [0, 2, 4], "maker": [0, 1, 0, 1], "cost": [5, 9, 6, 7], "reserve": [20, 20], "capacity": [1, 1]}
    return Candidates(**{name: np.array(values) for name, values in {**plain, **columns}.items()})


NO_NUMBERS = np.zeros(0, np.int64)


@pytest.mark.parametrize(
    ("candidates", "makers", "cost"),
    [
        (one(), [0, 1], 12),
        (one(first=[0], maker=NO_NUMBERS, cost=NO_NUMBERS, reserve=NO_NUMBERS), [], 0),
        (one(first=[0, 0, 0], maker=NO_NUMBERS, cost=NO_NUMBERS), [-1, -1], 40),
        (one(first=[0, 0, 0], maker=NO_NUMBERS, cost=NO_NUMBERS, capacity=NO_NUMBERS), [-1, -1], 40),
        (one(capacity=[0, 0]), [-1, -1], 40),
        (one(capacity=[0, 1]), [-1, 1], 27),
        (one(capacity=[2, 0]), [0, 0], 11),
        (one(capacity=[10**9, 10**9]), [0, 0], 11),
        (one(reserve=[0, 0]), [-1, -1], 0),
        (one(reserve=[0, 20]), [-1, 0], 6),
        (one(cost=[0, 0, 0, 0], reserve=[0, 0]), [-1, -1], 0),
        (one(cost=[0, 0, 0, 0], capacity=[2, 0]), [0, 0], 0),
        (
            one(cost=[10**12 - 1, 10**12, 10**12 - 1, 10**12], reserve=[10**12, 10**12 - 1], capacity=[1, 0]),
            [0, -1],
            None,
        ),
        (one(cost=[0, 10**12, 0, 10**12], reserve=[10**12, 10**12 - 1], capacity=[1, 9]), [0, -1], 10**12 - 1),
        (one(maker=[0, 0, 0, 0], capacity=[1, 0]), [0, -1], 25),
    ],
    ids=[
        "plain",
        "no orders",
        "no arcs",
        "no makers",
        "no capacity",
        "capacity of one maker",
        "capacity for both",
        "capacity beyond need",
        "reserve zero",
        "one reserve zero",
        "all zero",
        "free",
        "huge and close",
        "huge and far",
        "one maker seen twice",
    ],
)
def test_a_degenerate_problem_has_its_plain_answer(candidates: Candidates, makers: list[int], cost: int | None) -> None:
    found = assign(candidates, EXACT)
    holds(candidates, found)
    assert found.cost == found.bound == truth(candidates)
    assert cost is None or found.cost == cost
    assert found.maker.tolist() == makers


def test_a_war_of_prices_over_huge_reserves_ends_by_scaling() -> None:
    rows, makers = 40, 6
    candidates = Candidates(
        np.arange(0, rows * makers + 1, makers),
        np.tile(np.arange(makers), rows),
        np.zeros(rows * makers, np.int64),
        np.full(rows, MOST_IDR),
        np.full(makers, 2),
    )
    found = assign(candidates, EXACT)
    holds(candidates, found)
    assert found.cost == found.bound == (rows - 2 * makers) * MOST_IDR


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("first", [0, 2, 3]),
        ("first", [0, 5, 4]),
        ("first", [1, 2, 4]),
        ("first", [0, 3, 2, 4]),
        ("maker", [0, 1, 0, 2]),
        ("maker", [0, 1, 0, -1]),
        ("cost", [5, 9, 6, -1]),
        ("cost", [5, 9, 6, MOST_IDR + 1]),
        ("cost", [5.0, 9.0, 6.0, 7.0]),
        ("cost", [5, 9, 6]),
        ("reserve", [20, -1]),
        ("capacity", [1, -1]),
        ("capacity", [[1, 1], [1, 1]]),
    ],
)
def test_a_column_that_cannot_be_is_named(column: str, values: list[Any]) -> None:
    with pytest.raises(ValueError, match=f"^{column}: "):
        one(**{column: values})


@pytest.mark.parametrize("prices", [[0, -1], [0], [0, 10**16], [0.0, 1.0]])
def test_prices_that_cannot_be_prove_nothing(prices: list[Any]) -> None:
    with pytest.raises(ValueError, match=r"^prices: "):
        dual_bound(one(), np.array(prices))


@pytest.mark.parametrize(
    "field", [{"gap_ppm": -1}, {"shrink": 1}, {"lower": 0}, {"lower": 1_001}, {"bids_per_order": -1}]
)
def test_a_schedule_that_would_not_end_is_refused(field: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"^schedule: "):
        Schedule(**field)
