"""Acceptance sampling: the whole of table II-A as the trade prints it, its arrows, and the cases of the rule book."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clothingline.reference.aql import LETTERS, SamplingPlan, clothing_plan, code_letter, sampling_plan
from clothingline.reference.facts import UnknownFact

STEADY = settings(derandomize=True, deadline=None)
AQLS = ("0.65", "1.0", "1.5", "2.5", "4.0", "6.5")
# The published table: letter, sample size, then Ac by AQL; v and ^ are the arrows down and up.
TABLE = """
A 2 v v v v v 0
B 3 v v v v 0 ^
C 5 v v v 0 ^ v
D 8 v v 0 ^ v 1
E 13 v 0 ^ v 1 2
F 20 0 ^ v 1 2 3
G 32 ^ v 1 2 3 5
H 50 v 1 2 3 5 7
J 80 1 2 3 5 7 10
K 125 2 3 5 7 10 14
L 200 3 5 7 10 14 21
M 315 5 7 10 14 21 ^
N 500 7 10 14 21 ^ ^
P 800 10 14 21 ^ ^ ^
Q 1250 14 21 ^ ^ ^ ^
R 2000 21 ^ ^ ^ ^ ^
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()]
# Level II: the largest lot of each letter.
LOT_OF_LETTER = {
    "A": 8, "B": 15, "C": 25, "D": 50, "E": 90, "F": 150, "G": 280, "H": 500, "J": 1200, "K": 3200, "L": 10_000,
    "M": 35_000, "N": 150_000, "P": 500_000, "Q": 500_001,
}  # fmt: skip  # one letter a line would hide the table


def followed(row: int, column: int) -> tuple[str, int, int]:
    """(letter, sample size, Ac) where the arrows end, walked step by step."""
    cell = ROWS[row][column + 2]
    if cell in "v^":
        return followed(row + 1 if cell == "v" else row - 1, column)
    return ROWS[row][0], int(ROWS[row][1]), int(cell)


@pytest.mark.parametrize("letter", sorted(LOT_OF_LETTER))
@pytest.mark.parametrize("aql", AQLS)
def test_an_arrow_leads_to_the_next_plan_with_that_plans_own_sample_size(letter: str, aql: str) -> None:
    plan = sampling_plan(LOT_OF_LETTER[letter], aql)
    assert plan.code_letter == letter
    assert (plan.letter, plan.sample_size, plan.accept) == followed(LETTERS.index(letter), AQLS.index(aql))
    assert plan.reject == plan.accept + 1


def test_the_letters_of_the_table_are_the_letters_in_use() -> None:
    assert "".join(row[0] for row in ROWS) == LETTERS


@pytest.mark.parametrize(
    ("lot", "letter", "major", "minor"),
    [
        (4, "A", (5, 0, 1), (3, 0, 1)),
        (20, "C", (5, 0, 1), (3, 0, 1)),
        (40, "D", (5, 0, 1), (13, 1, 2)),
        (240, "G", (32, 2, 3), (32, 3, 4)),
        (500, "H", (50, 3, 4), (50, 5, 6)),
        (600, "J", (80, 5, 6), (80, 7, 8)),
        (5000, "L", (200, 10, 11), (200, 14, 15)),
    ],
)
def test_the_cases_of_the_rule_book(
    lot: int, letter: str, major: tuple[int, int, int], minor: tuple[int, int, int]
) -> None:
    plan = clothing_plan(lot)
    assert code_letter(lot) == letter
    assert numbers(plan.major) == major
    assert numbers(plan.minor) == minor


def numbers(plan: SamplingPlan) -> tuple[int, int, int]:
    return plan.sample_size, plan.accept, plan.reject


def test_a_sample_as_large_as_the_lot_means_that_every_piece_is_inspected() -> None:
    plan = clothing_plan(4)
    assert (plan.major.inspect_all, plan.major.pieces, plan.pieces) == (True, 4, 4)
    assert (plan.minor.inspect_all, plan.minor.pieces) == (False, 3)
    assert sampling_plan(5, "2.5").inspect_all
    assert not sampling_plan(6, "2.5").inspect_all


def test_a_single_piece_is_inspected_itself() -> None:
    plan = clothing_plan(1)
    assert (plan.pieces, plan.major.inspect_all, plan.major.accept) == (1, True, 0)


def test_any_one_critical_defect_rejects_the_lot() -> None:
    plan = clothing_plan(5000)
    assert (plan.critical.accept, plan.critical.reject, plan.critical.pieces) == (0, 1, 200)
    assert plan.accepts(critical=0, major=10, minor=14)
    assert not plan.accepts(critical=1, major=0, minor=0)
    assert not plan.accepts(critical=0, major=11, minor=0)
    assert not plan.accepts(critical=0, major=0, minor=15)


def test_a_buyer_may_ask_for_stricter_classes() -> None:
    plan = clothing_plan(600, major_aql="1.5", minor_aql="4.0")
    assert numbers(plan.major) == (80, 3, 4)
    assert numbers(plan.minor) == (80, 7, 8)


def test_the_largest_letter_may_serve_all_classes_with_one_sample() -> None:
    plan = clothing_plan(40, largest_letter=True)
    assert (plan.major.letter, plan.minor.letter, plan.pieces) == ("F", "F", 20)
    assert numbers(plan.major) == (20, 1, 2)
    assert numbers(plan.minor) == (20, 2, 3)


@STEADY
@given(st.integers(1, 1_000_000))
def test_the_largest_letter_never_looks_at_fewer_pieces(lot: int) -> None:
    assert clothing_plan(lot, largest_letter=True).pieces >= clothing_plan(lot).pieces


@STEADY
@given(st.integers(1, 1_000_000), st.integers(1, 1_000_000), st.sampled_from(["I", "II", "III", "S-1", "S-4"]))
def test_a_larger_lot_never_has_an_earlier_letter(a: int, b: int, level: str) -> None:
    small, large = sorted((a, b))
    assert LETTERS.index(code_letter(small, level)) <= LETTERS.index(code_letter(large, level))


def test_level_one_is_its_own_row_and_not_level_two_shifted() -> None:
    assert [code_letter(lot, "I") for lot in (8, 15, 25, 50, 500)] == ["A", "A", "B", "C", "F"]
    assert [code_letter(lot, "II") for lot in (8, 15, 25, 50, 500)] == ["A", "B", "C", "D", "H"]


@pytest.mark.parametrize("aql", [4, 4.0, "4", "4.0"])
def test_an_aql_may_be_written_as_a_number_or_as_text(aql: str | float) -> None:
    assert numbers(sampling_plan(500, aql)) == (50, 5, 6)


def test_an_aql_or_a_level_that_is_not_held_is_refused_with_what_is_near() -> None:
    with pytest.raises(UnknownFact, match=r"2\.5"):
        sampling_plan(500, "2.6")
    with pytest.raises(UnknownFact, match="inspection level"):
        sampling_plan(500, "2.5", level="IV")


def test_an_empty_lot_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one piece"):
        sampling_plan(0, "2.5")
