"""Each order one unit of one maker: never below the truth, within each maker's capacity and the gap promised."""

from typing import Any

import numpy as np
import pytest

from clothingline.matching.kernels.auction import Book, Graph, auction, dual_value
from clothingline.matching.kernels.neighbours import Arcs, breadth_first, renumbered, seen_by
from clothingline.matching.search.assignment import MOST_IDR, Assignment, Candidates, Schedule, assign, dual_bound
from tests.matching.candidates import busy, drawn, holds, pairs, truth
from tests.matching.uncompiled import uncompiled

EXACT = Schedule(gap_ppm=0)
COSTS = {"few values": 4, "rupiah": 300_000, "the most": MOST_IDR}
SEEDS = range(40)


def dual_by_hand(candidates: Candidates, prices: Any) -> int:
    """The dual value in thousandths, in Python's own numbers."""
    total = 0
    for order in range(len(candidates.reserve)):
        priced = [1_000 * cost + int(prices[maker]) for maker, cost in pairs(candidates, order)]
        total += min([1_000 * int(candidates.reserve[order]), *priced])
    return total - sum(int(c) * int(p) for c, p in zip(candidates.capacity, prices, strict=True))


@pytest.mark.parametrize("most", COSTS.values(), ids=COSTS)
def test_with_a_gap_of_zero_cost_and_bound_are_what_trying_everything_finds(most: int) -> None:
    for seed in SEEDS:
        candidates = drawn(seed, most=most)
        found = assign(candidates, EXACT)
        holds(candidates, found)
        assert found.bound == truth(candidates) == found.cost, f"seed {seed}"


@pytest.mark.parametrize("gap_ppm", [500_000, 100_000, 10_000])
def test_with_a_wide_gap_the_truth_stands_between_bound_and_cost(gap_ppm: int) -> None:
    for seed in SEEDS:
        candidates = drawn(seed)
        found = assign(candidates, Schedule(gap_ppm=gap_ppm))
        holds(candidates, found)
        assert found.bound <= truth(candidates) <= found.cost, f"seed {seed}"
        assert found.gap_ppm <= gap_ppm, f"seed {seed}"


@pytest.mark.parametrize("most", COSTS.values(), ids=COSTS)
def test_no_prices_prove_more_than_the_truth(most: int) -> None:
    for seed in SEEDS:
        candidates = drawn(seed, most=most)
        prices = np.random.default_rng(seed).integers(0, 500 * most + 1, len(candidates.capacity))
        assert dual_bound(candidates, prices) <= truth(candidates), f"seed {seed}"


def test_the_bound_is_the_dual_value_at_the_prices_rounded_up() -> None:
    for seed in SEEDS:
        candidates = drawn(seed, orders=9)
        prices = np.random.default_rng(seed).integers(0, 100_000_000, len(candidates.capacity))
        seen = np.bincount(candidates.maker, minlength=len(prices))
        prices[candidates.capacity > seen] = 0
        assert dual_bound(candidates, prices) == -(-dual_by_hand(candidates, prices) // 1_000), f"seed {seed}"


@pytest.mark.parametrize("gap_ppm", [20_000, 5_000, 500, 20])
@pytest.mark.parametrize("seed", range(4))
def test_the_gap_that_is_promised_is_delivered(seed: int, gap_ppm: int) -> None:
    candidates = busy(seed)
    found = assign(candidates, Schedule(gap_ppm=gap_ppm))
    holds(candidates, found)
    assert found.gap_ppm <= gap_ppm
    assert (found.maker < 0).any(), "an instance without scarcity proves nothing"


@pytest.mark.parametrize("near", [2, 30])
def test_the_gap_is_delivered_where_all_cost_the_same_and_orders_outbid_each_other_by_epsilon(near: int) -> None:
    candidates = busy(5, spread=0, near=near)
    found = assign(candidates)
    holds(candidates, found)
    assert found.gap_ppm <= 5_000


@pytest.mark.parametrize("seed", range(3))
def test_prices_that_are_lowered_too_little_cost_phases_and_not_the_gap(seed: int) -> None:
    candidates = busy(seed)
    hasty = Schedule(gap_ppm=200, lower=1, shrink=50)
    found = assign(candidates, hasty)
    holds(candidates, found)
    assert found.gap_ppm <= 200
    assert found.phases > assign(candidates, Schedule(gap_ppm=200, lower=8, shrink=50)).phases


def test_a_phase_from_zero_prices_ends_within_n_epsilon_and_leaves_no_price_where_units_are_left() -> None:
    epsilon = 1_000_000
    for seed in range(8):
        c = busy(seed, orders=300)
        unit = np.concatenate(([0], np.cumsum(c.capacity)))
        graph = Graph(c.first, c.maker, 1_000 * c.cost, 1_000 * c.reserve, unit)
        zero = np.zeros(unit[-1], np.int64)
        # A maker without capacity has no lowest bid: it stands at a price above every reserve.
        price = np.where(c.capacity > 0, 0, 10**12)
        book = Book(zero, np.full(unit[-1], -1, np.int32), price, np.full(len(c.reserve), -1, np.int64))
        auction(graph, book, epsilon, 10**9)
        served = book.arc >= 0
        cost = graph.cost[book.arc[served]].sum() + graph.reserve[~served].sum()
        whole, rest = dual_value(graph, book.price)
        assert 0 <= cost - 1_000 * whole - rest <= epsilon * served.sum(), f"seed {seed}"
        left = c.capacity - np.bincount(c.maker[book.arc[served]], minlength=len(c.capacity))
        assert not book.price[left > 0].any(), f"seed {seed}"


@pytest.mark.parametrize("bids_per_order", [0, 1, 2])
def test_when_the_budget_ends_the_gap_is_wider_but_true(bids_per_order: int) -> None:
    for seed in SEEDS:
        candidates = drawn(seed)
        found = assign(candidates, Schedule(gap_ppm=0, bids_per_order=bids_per_order))
        holds(candidates, found)
        assert found.bound <= truth(candidates) <= found.cost, f"seed {seed}"
        assert found.phases <= found.bids <= bids_per_order * len(candidates.reserve), f"seed {seed}"


@pytest.mark.parametrize("seed", range(3))
def test_a_phase_that_is_cut_off_loses_nothing_that_was_found_before(seed: int) -> None:
    candidates = busy(seed)
    wide = assign(candidates, Schedule(gap_ppm=50_000))
    further = assign(candidates, Schedule(gap_ppm=100, bids_per_order=wide.bids // len(candidates.reserve) + 1))
    holds(candidates, further)
    assert further.phases > wide.phases
    assert further.cost <= wide.cost
    assert further.bound >= wide.bound


def test_the_same_candidates_give_the_same_answer() -> None:
    assert answer(assign(busy(1))) == answer(assign(busy(1)))


def test_neither_numbering_nor_sequence_changes_what_an_exact_answer_costs() -> None:
    for seed in SEEDS:
        c, draw = drawn(seed), np.random.default_rng(seed)
        name, sequence = draw.permutation(len(c.capacity)), draw.permutation(len(c.reserve))
        rows, reserve = [pairs(c, order) for order in sequence], c.reserve[sequence]
        capacity = np.empty_like(c.capacity)
        capacity[name] = c.capacity
        first = np.concatenate(([0], np.cumsum([len(row) for row in rows])))
        flat = np.array([pair for row in rows for pair in row], dtype=np.int64).reshape(-1, 2)
        other = Candidates(first, name[flat[:, 0]], flat[:, 1], reserve, capacity)
        assert assign(other, EXACT).cost == assign(c, EXACT).cost, f"seed {seed}"


def test_the_walk_meets_every_order_once_and_every_maker_that_somebody_sees() -> None:
    for seed in SEEDS:
        c = drawn(seed, orders=12, makers=9)
        begin, order_of = seen_by(c.first, c.maker, len(c.capacity))
        orders, makers = breadth_first(c.first, c.maker, begin, order_of)
        assert sorted(orders) == list(range(12)), f"seed {seed}"
        assert sorted(makers) == sorted(set(c.maker.tolist())), f"seed {seed}"
        for maker in range(len(c.capacity)):
            seeing = [order for order in range(12) for seen, _ in pairs(c, order) if seen == maker]
            assert order_of[begin[maker] : begin[maker + 1]].tolist() == seeing, f"seed {seed}"


def test_arcs_that_nobody_would_choose_are_left_out_of_the_numbering() -> None:
    arcs = Arcs(np.array([0, 2, 5]), np.array([0, 1, 2, 1, 0], np.int32), np.array([7, 8, 3, 9, 9]))
    kept, origin = renumbered(arcs, np.array([1, 0]), np.array([1, 0, -1]), np.array([8, 10]))
    assert [column.tolist() for column in kept] == [[0, 2, 3], [0, 1, 1], [9, 9, 7]]
    assert origin.tolist() == [3, 4, 0]


def answer(found: Assignment) -> list[Any]:
    return [found.maker.tolist(), found.prices.tolist(), found.cost, found.bound, found.phases, found.bids]


def answers() -> list[Any]:
    small = [answer(assign(drawn(seed), schedule)) for seed in range(12) for schedule in (EXACT, Schedule())]
    return [*small, answer(assign(drawn(3, most=MOST_IDR), EXACT)), answer(assign(busy(2, orders=120)))]


def test_compiled_and_uncompiled_agree_to_the_last_bid() -> None:
    assert uncompiled(__name__) == answers()
