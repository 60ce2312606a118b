"""What a problem accepts, and how it says what is wrong."""

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from clothingline.matching import Orders, Params, Problem
from clothingline.matching.columns import ProblemError
from clothingline.matching.stop import Iterations, Never, Until
from tests.matching.instances import pilot, small

PROBLEM = pilot(1, orders=4, brands=3, makers=5, lots=6)


def with_orders(**columns: Any) -> Orders:
    return replace(PROBLEM.orders, **columns)


def changed(table: str, column: str, row: Any, value: Any) -> Problem:
    array = np.array(getattr(getattr(PROBLEM, table), column))
    array[row] = value
    return replace(PROBLEM, **{table: replace(getattr(PROBLEM, table), **{column: array})})


@pytest.mark.parametrize(
    ("table", "column", "row", "value", "message"),
    [
        ("orders", "pieces", 2, 0, "orders.pieces row 2: must lie in 1..100000, is 0"),
        ("orders", "due_day", 1, 0, "orders.due_day row 1: 0 is before ready_day"),
        ("orders", "fixed_brand", 3, 9, "orders.fixed_brand row 3: there is no brand 9, only 3"),
        ("brands", "free_pieces", (1, 2), -5, "brands.free_pieces row 1, column 2: must lie in"),
        ("lots", "available_cm", 4, -1, "lots.available_cm row 4: must lie in"),
        ("makers", "free_seconds", (0, 7), 700_000, "makers.free_seconds row 0, column 7: must lie in 0..604800"),
        ("makers", "efficiency_permille", 0, 0, "makers.efficiency_permille row 0: must lie in 1..5000, is 0"),
    ],
)
def test_a_wrong_value_is_named_by_column_and_row(table: str, column: str, row: Any, value: int, message: str) -> None:
    with pytest.raises(ProblemError, match=message.replace("(", r"\(")):
        changed(table, column, row, value)


def test_fractions_are_refused() -> None:
    with pytest.raises(ProblemError, match=r"orders.cloth_cm: must hold whole numbers, holds float64"):
        replace(PROBLEM.orders, cloth_cm=np.array([1.0, 2.0, 3.0, 4.0]))


def test_a_column_of_another_length_or_shape_is_refused() -> None:
    with pytest.raises(ProblemError, match=r"orders.pieces: must have 4 rows, has 3"):
        with_orders(pieces=[1, 2, 3])
    with pytest.raises(ProblemError, match=r"makers.free_seconds: must have 2 dimension"):
        replace(PROBLEM.makers, free_seconds=np.ones(5, dtype=np.int64))
    with pytest.raises(ProblemError, match=r"orders.pins: must have 3 columns, has 2"):
        with_orders(pins=[[0, 1]])


def test_weeks_of_brands_and_makers_must_agree() -> None:
    with pytest.raises(ProblemError, match=r"brands.free_pieces: must have 8 weeks like makers.free_seconds, has 3"):
        replace(PROBLEM, brands=replace(PROBLEM.brands, free_pieces=PROBLEM.brands.free_pieces[:, :3]))


def test_a_problem_covers_at_least_one_week() -> None:
    none = np.zeros((5, 0), dtype=np.int64)
    brands = replace(PROBLEM.brands, free_pieces=np.zeros((3, 0), dtype=np.int64))
    with pytest.raises(ProblemError, match=r"makers.free_seconds: must have at least one week"):
        replace(PROBLEM, brands=brands, makers=replace(PROBLEM.makers, free_seconds=none))


@pytest.mark.parametrize(
    ("pins", "message"),
    [
        ([[9, 0, 1]], r"orders.pins column 0 row 0: there is no order 9"),
        ([[0, 77, 1]], r"orders.pins column 1 row 0: there is no maker 77"),
        ([[0, 1, 0]], r"a pinned share has no pieces"),
        ([[0, 1, 99_999]], r"orders.pins: order 0 has \d+ pieces, 99999 are pinned"),
        ([[0, 1, 1], [0, 1, 1]], r"the same order and maker stand twice"),
    ],
)
def test_pins_must_make_sense(pins: list[list[int]], message: str) -> None:
    with pytest.raises(ProblemError, match=message):
        replace(PROBLEM, orders=with_orders(pins=pins))


def test_columns_cannot_be_changed_afterwards() -> None:
    with pytest.raises(ValueError, match="read-only"):
        PROBLEM.orders.pieces[0] = 7


def test_plain_lists_are_columns_too_and_big_bit_sets_are_kept() -> None:
    skills = [2**63, 1, 0, 2**64 - 1]
    assert with_orders(need_skills=skills).need_skills.tolist() == skills


def test_every_column_counts_in_the_digest() -> None:
    problem = small(3)
    assert small(3).digest() == problem.digest()
    digests = {problem.digest()}
    for table in ("orders", "brands", "lots", "makers"):
        rows = getattr(problem, table)
        for column in fields(rows):
            array = np.array(getattr(rows, column.name))
            if array.size:
                array.flat[0] += np.array(1 if array.flat[0] <= 0 else -1).astype(array.dtype)
                digests.add(_digest_with(problem, table, column.name, array))
    assert len(digests) == 1 + 19 + 7 + 9 + 12


def _digest_with(problem: Problem, table: str, column: str, array: Any) -> str:
    """The digest of a problem with one column replaced, past its checks."""
    rows = getattr(problem, table)
    copy = replace(rows)
    object.__setattr__(copy, column, array)
    return replace(problem, **{table: copy}).digest()


def test_params_are_whole_numbers_that_are_not_negative() -> None:
    with pytest.raises(ValueError, match=r"params.set_up_idr: must be a whole number of zero or more, is -1"):
        Params(set_up_idr=-1)
    with pytest.raises(ValueError, match=r"params.seed"):
        Params(seed=1.5)  # type: ignore[arg-type]  # this is the fault that is tested
    assert Params().digest() == Params().digest() != Params(set_up_idr=1).digest()


def test_a_stop_criterion_counts_waits_or_looks_at_its_clock() -> None:
    three = Iterations(3)
    assert [three(0) for _ in range(5)] == [False, False, False, True, True]
    assert not Never()(0)
    ticks = iter([1.0, 2.0, 3.0])
    until = Until(lambda: next(ticks), 2.5)
    assert [until(0) for _ in range(3)] == [False, False, True]
    with pytest.raises(ValueError, match="zero or more"):
        Iterations(-1)
