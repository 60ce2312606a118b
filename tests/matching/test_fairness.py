"""Who is behind its share of the work, how uneven earnings are, and what evening them out costs."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from clothingline.matching import Iterations, Makers, Matching, Params, route
from clothingline.matching.fairness import (
    NEAR_M,
    Offered,
    cost_without_credit,
    credit,
    gini,
    lorenz,
    price_of_fairness,
    shares,
)
from tests.matching.instances import pilot

HOUR = 3_600
Whole = NDArray[np.int64]
Past = tuple[Makers, Offered, Whole]


def street(skills: list[int], x: list[int]) -> Makers:
    """Makers along a street, alike but for their skills and places."""
    count = len(skills)
    usual: dict[str, Any] = dict.fromkeys(("rate_idr", "efficiency_permille", "reach_m"), np.full(count, 500))
    return Makers(
        skills=np.array(skills, dtype=np.uint64),
        machines=np.ones(count, dtype=np.uint64),
        skill_until=np.full((count, 4), 900),
        free_seconds=np.zeros((count, 1), dtype=np.int64),
        defect_ppm=np.zeros(count, dtype=np.int64),
        x=np.array(x),
        y=np.zeros(count, dtype=np.int64),
        **usual,
    )


def work(*rows: tuple[int, int, int]) -> Offered:
    """Rows of (maker, skills, seconds)."""
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return Offered(table[:, 0], table[:, 1].astype(np.uint64), table[:, 2])


def columns(offered: Offered) -> tuple[Any, ...]:
    return offered.maker, offered.need_skills, offered.seconds


def several(count: int, most: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(0, most), min_size=count, max_size=count)


@st.composite
def pasts(draw: st.DrawFn) -> Past:
    """Up to six makers on a street of which the ends are not near each other, with what was offered to them."""
    count = draw(st.integers(1, 6))
    rows = st.tuples(st.integers(0, count - 1), st.integers(0, 15), st.integers(0, 10**6))
    offered = work(*draw(st.lists(rows, max_size=9)))
    skills, x, declared = (draw(several(count, most)) for most in (15, 3 * NEAR_M, 8 * 604_800))
    return street(skills, x), offered, np.array(declared)


def had(past: Past) -> Whole:
    """Seconds offered to each maker."""
    makers, offered, _ = past
    return np.bincount(offered.maker, offered.seconds, len(makers)).astype(np.int64)


def test_of_two_alike_the_one_that_was_passed_over_gets_all_of_the_credit() -> None:
    makers, declared = street([1, 1], [0, 1_000]), np.array([10 * HOUR, 10 * HOUR])
    assert shares(makers, work((0, 1, 6 * HOUR)), declared).tolist() == [3 * HOUR, 3 * HOUR]
    assert credit(makers, work((0, 1, 6 * HOUR)), declared).tolist() == [0, 1_000]
    assert credit(makers, work((0, 1, 6 * HOUR)), declared, most=400).tolist() == [0, 400]
    assert credit(makers, work((0, 1, 5 * HOUR), (1, 1, HOUR)), declared).tolist() == [0, 666]


def test_who_declares_more_time_has_a_larger_share() -> None:
    makers, declared = street([1, 1, 1], [0, 0, 0]), np.array([10 * HOUR, 20 * HOUR, 0])
    assert shares(makers, work((0, 1, 6 * HOUR)), declared).tolist() == [2 * HOUR, 4 * HOUR, 0]


def test_only_who_is_certified_for_a_piece_of_work_has_a_share_of_it() -> None:
    makers, declared = street([0b01, 0b11, 0b10], [0, 0, 0]), np.full(3, HOUR)
    assert shares(makers, work((0, 0b01, 900), (1, 0b11, 700)), declared).tolist() == [450, 450 + 700, 0]


def test_work_is_shared_with_whom_is_near_the_maker_that_got_it() -> None:
    makers, declared = street([1, 1, 1], [0, NEAR_M, NEAR_M + 1]), np.full(3, HOUR)
    assert shares(makers, work((0, 1, 600)), declared).tolist() == [300, 300, 0]
    assert shares(makers, work((1, 1, 600)), declared).tolist() == [200, 200, 200]


def test_without_offers_nobody_is_behind() -> None:
    assert credit(street([1, 3], [0, 0]), work(), np.full(2, HOUR)).tolist() == [0, 0]


def test_many_offers_are_shared_like_one() -> None:
    makers, declared = street([1, 1], [0, 0]), np.array([HOUR, HOUR])
    assert shares(makers, work(*[(0, 1, 60)] * 1_000), declared).tolist() == [30_000, 30_000]


@given(pasts(), st.integers(0, 1_000))
def test_the_credit_is_bounded_and_zero_for_who_had_its_share_or_declared_nothing(past: Past, most: int) -> None:
    found = credit(*past, most=most)
    assert ((found >= 0) & (found <= most)).all()
    assert not found[had(past) >= shares(*past)].any()
    assert not found[past[2] == 0].any()


@given(pasts())
def test_shares_hand_out_no_more_than_was_offered(past: Past) -> None:
    assert shares(*past).sum() <= had(past).sum()


@given(pasts(), st.randoms(use_true_random=False))
def test_the_order_of_makers_and_offers_does_not_matter(past: Past, chance: Any) -> None:
    makers, offered, declared = past
    rows, lines = list(range(len(makers))), list(range(len(offered.maker)))
    chance.shuffle(rows)
    chance.shuffle(lines)
    moved = street(makers.skills[rows].tolist(), makers.x[rows].tolist())
    place = np.argsort(rows)
    other = Offered(place[offered.maker[lines]], offered.need_skills[lines], offered.seconds[lines])
    assert (credit(moved, other, declared[rows]) == credit(makers, offered, declared)[rows]).all()


@given(pasts(), st.data())
def test_a_further_offer_never_raises_the_own_credit_nor_lowers_that_of_another(
    past: Past, data: st.DataObject
) -> None:
    makers, offered, declared = past
    row = [data.draw(st.integers(0, most)) for most in (len(makers) - 1, 15, 10**6)]
    more = Offered(
        *(np.append(old, np.array(new, dtype=old.dtype)) for old, new in zip(columns(offered), row, strict=True))
    )
    change = credit(makers, more, declared) - credit(makers, offered, declared)
    assert change[row[0]] <= 0
    assert (np.delete(change, row[0]) >= 0).all()


@given(pasts(), st.data())
def test_a_further_certificate_never_makes_a_share_smaller(past: Past, data: st.DataObject) -> None:
    makers, offered, declared = past
    maker = data.draw(st.integers(0, len(makers) - 1))
    skills = makers.skills.copy()
    skills[maker] |= np.uint64(data.draw(st.integers(0, 15)))
    learnt = shares(makers.with_columns(skills=skills), offered, declared)
    assert learnt[maker] >= shares(*past)[maker]


@pytest.mark.parametrize(
    ("amounts", "weights", "wanted"),
    [
        ([5, 5, 5], [1, 1, 1], 0),
        ([10, 20, 30], [1, 2, 3], 0),
        ([0, 0], [1, 1], 0),
        ([0, 1], [1, 1], 1 / 2),
        ([1, 3], [1, 1], 1 / 4),
        ([1, 3, 9], [1, 1, 0], 1 / 4),
        ([3, 1], [1, 3], 1 / 2),
        ([0] * 999 + [7], [1] * 1_000, 0.999),
    ],
    ids=["equal", "equal by the hour", "nothing", "one of two", "one to three", "no time", "by weight", "one of many"],
)
def test_gini_by_hand(amounts: list[int], weights: list[int], wanted: float) -> None:
    assert gini(np.array(amounts), np.array(weights)) == pytest.approx(wanted)


@given(st.lists(st.tuples(st.integers(0, 10**9), st.integers(1, 10**6)), min_size=1, max_size=20))
def test_gini_lies_between_equal_and_all_for_one_whatever_the_order_and_the_unit(people: list[tuple[int, int]]) -> None:
    amounts, weights = np.array(people).T
    found = gini(amounts, weights)
    assert 0 <= found < 1
    assert gini(amounts[::-1] * 3, weights[::-1]) == pytest.approx(found)


def test_a_lorenz_curve_climbs_from_nothing_to_all_below_the_diagonal() -> None:
    people, amount = lorenz(np.array([9, 0, 1]), np.array([2, 1, 1]))
    assert (people.tolist(), amount.tolist()) == ([0, 0.25, 0.5, 1], [0, 0, 0.1, 1])


@pytest.mark.parametrize(("amounts", "weights"), [([1], [0]), ([-1], [1]), ([1, 1], [2, -1]), ([], [])])
def test_what_has_no_curve_is_refused(amounts: list[int], weights: list[int]) -> None:
    with pytest.raises(ValueError, match="zero or more"):
        lorenz(np.array(amounts, dtype=np.int64), np.array(weights, dtype=np.int64))


@pytest.fixture(scope="module")
def routed() -> Matching:
    """Some orders seated with credits, some unmatched."""
    found = route(pilot(1, orders=16, brands=6, makers=12, lots=16, weeks=6, busy=200), Params(), Iterations(5))
    assert found.unmatched
    return found


def test_the_price_leaves_the_credit_itself_out(routed: Matching) -> None:
    given_away = sum(plan.parts.fairness_credit for plan in routed.plans if plan)
    assert given_away < 0
    assert cost_without_credit(routed) == routed.cost - given_away
    plain = replace(routed, plans=tuple(None for _ in routed.plans), cost=cost_without_credit(routed) * 4 // 5)
    assert price_of_fairness([routed, routed], [plain, plain]) == pytest.approx(0.25, abs=1e-6)
    assert price_of_fairness([routed], [routed]) == 0
