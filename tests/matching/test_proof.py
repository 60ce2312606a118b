"""What the verifier derives by itself: never above the truth, and as high as brute force where it reckons exactly."""

from dataclasses import replace

import numpy as np
import pytest

from clothingline.matching import Params, Problem
from clothingline.matching.proof import programme
from clothingline.matching.proof.able import Able
from clothingline.matching.proof.bound import proved_bound
from clothingline.matching.proof.least import EARLIEST, EXACT, OWN_DAY, Entries, least_value
from clothingline.matching.result import Prices
from tests.matching import naive
from tests.matching.instances import pilot, seeds, small

PARAMS = Params()


def some_prices(problem: Problem, seed: int, second: int = 12) -> Prices:
    """Prices of half of all that is scarce, up to as much as it is worth anywhere."""
    draw = np.random.default_rng(seed)
    prices = Prices.zero(problem)
    for array, most in ((prices.second, second), (prices.piece, 20_000), (prices.cm, 200)):
        array[:] = np.where(draw.random(array.shape) < 0.5, draw.integers(0, most * 1_000, array.shape) // 100, 0)
    return prices


@pytest.mark.parametrize("seed", seeds(20, 60))
def test_brute_force_finds_the_same_bound_at_any_prices(seed: int) -> None:
    problem = small(seed)
    prices = some_prices(problem, seed)
    truth = naive.bound(problem, PARAMS, prices)
    assert proved_bound(problem, PARAMS, prices) == truth, f"seed {seed}"
    assert proved_bound(problem, PARAMS, prices, -(10**15)) <= truth, f"seed {seed}"


@pytest.mark.parametrize("seed", seeds(40, 120))
def test_brute_force_finds_the_same_bound_with_pins_bars_rush_and_certificates_that_end(seed: int) -> None:
    problem = hindered(seed)
    prices = some_prices(problem, seed)
    assert proved_bound(problem, PARAMS, prices) == naive.bound(problem, PARAMS, prices), f"seed {seed}"


def hindered(seed: int) -> Problem:
    """A small problem in which some of what could be done must not be done."""
    draw = np.random.default_rng(seed)
    problem = small(seed)
    o, m = problem.orders, problem.makers
    columns = {
        "pins": np.array([[0, draw.integers(3), draw.integers(1, max(2, o.pieces[0] * 2 // 3))]]),
        "forbid_makers": np.array([[len(o) - 1, draw.integers(3)]]),
        "forbid_lots": np.array([[draw.integers(len(o)), draw.integers(3)]]),
        "forbid_brands": np.array([[draw.integers(len(o)), 1]]),
        "rush": (draw.random(len(o)) < 0.3).astype(np.int8),
    }
    until = np.where(draw.random(m.skill_until.shape) < 0.3, draw.integers(10, 30, m.skill_until.shape), m.skill_until)
    makers = replace(m, skill_until=np.minimum(until, m.skill_until), reach_m=3 * m.reach_m)
    return replace(problem, orders=replace(o, **columns), makers=makers)


def values(problem: Problem, prices: Prices, goal: int) -> list[int]:
    able = Able(problem)
    return [least_value(problem, PARAMS, prices, able, order, goal) for order in range(len(problem.orders))]


@pytest.mark.parametrize("seed", seeds(2, 8))
def test_each_stage_is_no_higher_than_the_next_and_the_fill_comes_close(seed: int) -> None:
    problem = pilot(seed, orders=40, busy=200)
    prices = some_prices(problem, seed)
    earliest, fill, exact = (values(problem, prices, goal) for goal in (EARLIEST, OWN_DAY, EXACT))
    for low, middle, high in zip(earliest, fill, exact, strict=True):
        assert low <= middle <= high
    assert sum(earliest) < sum(fill) < sum(exact)
    assert sum(fill) > 0.98 * sum(exact)


@pytest.mark.parametrize("seed", seeds(2, 8))
def test_makers_whom_their_reduced_cost_leaves_out_are_not_missed(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = pilot(seed, orders=12, brands=6, makers=12, lots=16, busy=200)
    prices = some_prices(problem, seed)
    exact = values(problem, prices, EXACT)
    nobody_left_out = (np.array([-1e30]), np.array([0.0]), np.array([1e30]))
    monkeypatch.setattr(programme, "spread_floor", lambda o, size, params: nobody_left_out)
    assert values(problem, prices, EXACT) == exact


def test_what_is_reckoned_in_pieces_is_what_is_reckoned_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = pilot(3, orders=20, busy=200)
    prices = some_prices(problem, 3)
    at_once = values(problem, prices, OWN_DAY)
    monkeypatch.setattr("clothingline.matching.proof.least.CHUNK", 1)
    assert values(problem, prices, OWN_DAY) == at_once


def test_orders_are_reckoned_exactly_only_until_the_claim_is_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = pilot(2, orders=30, busy=200)
    prices = some_prices(problem, 2)
    most, least = (proved_bound(problem, PARAMS, prices, claimed) for claimed in (10**15, -(10**15)))
    assert least < most == proved_bound(problem, PARAMS, prices)
    assert least <= proved_bound(problem, PARAMS, prices, least + 1) <= most
    monkeypatch.setattr(Entries, "_exactly", None)
    assert proved_bound(problem, PARAMS, prices, least) == least
