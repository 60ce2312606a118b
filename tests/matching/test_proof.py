"""What the verifier derives by itself: never above the truth, and as high as brute force where it reckons exactly."""

from dataclasses import replace

import numpy as np
import pytest

from clothingline.matching import Params, Problem
from clothingline.matching.proof import programme
from clothingline.matching.proof.bound import proved_bound
from clothingline.matching.proof.least import EARLIEST, EXACT, OWN_DAY, Entries, Scene, crew, entries, least_value
from clothingline.matching.proof.places import Whole, brands_of, places
from clothingline.matching.proof.sewing import Hands, Offers, Size
from clothingline.matching.result import Prices
from tests.matching import naive
from tests.matching.instances import pilot, seeds, small

PARAMS = Params()


def some_prices(problem: Problem, seed: int, second: int = 12) -> Prices:
    """Prices of half of all that is scarce, up to as much as it is worth anywhere."""
    draw = np.random.default_rng(seed)
    prices = Prices.zero(problem)
    scales = (second, 20_000, 200, 200_000, 200_000)
    tables = (prices.second, prices.piece, prices.cm, prices.large_piece, prices.large_cm)
    for array, most in zip(tables, scales, strict=True):
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
        "pins": np.array([[0, draw.integers(3), max(1, o.pieces[0] - draw.integers(1, 4))]]),
        "forbid_makers": np.array([[len(o) - 1, draw.integers(3)]]),
        "forbid_lots": np.array([[draw.integers(len(o)), draw.integers(3)]]),
        "forbid_brands": np.array([[draw.integers(len(o)), 1]]),
        "rush": (draw.random(len(o)) < 0.3).astype(np.int8),
        "min_lot": np.full(len(o), 2),
        "max_makers": np.full(len(o), 3),
    }
    until = np.where(draw.random(m.skill_until.shape) < 0.3, draw.integers(10, 30, m.skill_until.shape), m.skill_until)
    makers = replace(m, skill_until=np.minimum(until, m.skill_until), reach_m=3 * m.reach_m)
    return replace(problem, orders=replace(o, **columns), makers=makers)


def values(problem: Problem, prices: Prices, goal: int) -> list[int]:
    scene = Scene.of(problem, PARAMS, prices)
    return [least_value(scene, order, goal) for order in range(len(problem.orders))]


@pytest.mark.parametrize("seed", seeds(2, 8))
def test_each_stage_is_no_higher_than_the_next_and_the_fill_comes_close(seed: int) -> None:
    problem = pilot(seed, orders=40, busy=200)
    prices = some_prices(problem, seed)
    earliest, fill, exact = (values(problem, prices, goal) for goal in (EARLIEST, OWN_DAY, EXACT))
    for low, middle, high in zip(earliest, fill, exact, strict=True):
        assert low <= middle <= high
    assert sum(earliest) < sum(fill) < sum(exact)
    assert sum(fill) > 0.98 * sum(exact)


@pytest.mark.parametrize("seed", seeds(12, 60))
def test_no_spread_with_a_maker_is_below_what_his_reduced_cost_says(seed: int) -> None:
    o, size = some_offers(seed)
    most = o.pieces(size)[0].astype(np.int64)
    bounds, truth = programme.least_with(o, size, PARAMS), [best_with(o, most, size, maker) for maker in range(8)]
    assert (bounds <= truth).all(), f"seed {seed}"
    assert (bounds[most > 0] > min(truth) / 2).all(), f"seed {seed}"


def some_offers(seed: int) -> tuple[Offers, Size]:
    """What eight makers ask at one entry, and eleven pieces for at most four of them."""
    draw = np.random.default_rng(seed)
    unit, seconds = (draw.integers(*ends, 8).astype(np.float64) for ends in ((20_000, 60_000), (1_000, 4_000)))
    price = np.sort(draw.integers(0, 9, (8, 2)) * (draw.random((8, 1)) < 0.7), axis=1).astype(np.float64)
    hands = Hands(np.arange(8), unit, seconds, np.zeros((8, 2)), price, np.zeros((8, 2)))
    room = draw.integers(0, 9_000, (1, 8, 2)).astype(np.float64)
    return Offers(hands, draw.integers(5_000, 90_000, (1, 8)).astype(np.float64), room), Size(11, 4, 2)


def best_with(o: Offers, most: Whole, size: Size, maker: int) -> float:
    """The least value of a spread in which a maker takes part: each share of his with the best that others make of the
    rest."""
    rest = np.delete(np.arange(8), maker)
    others = Offers(o.hands.of(rest), o.fixed[:, rest], o.room[:, rest])
    shares = programme.shares(o, maker, int(most[maker]))

    def of_the_rest(pieces: int) -> float:
        return programme.best_spread(others, np.minimum(most[rest], pieces), Size(pieces, size.most - 1, size.least))

    counts = range(size.least, int(most[maker]) + 1)
    return min([shares[count] + of_the_rest(size.pieces - count) for count in counts], default=np.inf)


@pytest.mark.parametrize("seed", seeds(2, 8))
def test_makers_whom_their_reduced_cost_leaves_out_are_not_missed(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = pilot(seed, orders=12, brands=6, makers=12, lots=16, busy=200)
    prices = some_prices(problem, seed)
    exact = values(problem, prices, EXACT)
    monkeypatch.setattr(programme, "least_with", lambda o, size, params: np.zeros(o.window.shape[1]))
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


@pytest.mark.parametrize("seed", seeds(4, 20))
def test_brands_one_by_one_in_the_order_of_their_outlook_are_what_all_of_them_are_at_once(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = pilot(seed, orders=40, busy=200)
    prices = some_prices(problem, seed)
    at_once = values(problem, prices, OWN_DAY)
    monkeypatch.setattr("clothingline.matching.proof.least.FEW", 0)
    assert values(problem, prices, OWN_DAY) == at_once


@pytest.mark.parametrize("seed", seeds(4, 20))
def test_no_plan_at_a_brand_is_below_its_outlook(seed: int) -> None:
    problem = pilot(seed, orders=40, busy=200)
    scene = Scene.of(problem, PARAMS, some_prices(problem, seed, second=seed + 1))
    compared = 0
    for order in range(len(problem.orders)):
        brands = brands_of(problem, order)
        floors = scene.outlook.floors(order, brands)
        for brand, floor in zip(brands, floors, strict=True):
            where = places(problem, PARAMS, scene.prices, order, np.array([brand]))
            those = crew(scene, order, where.brands, scene.able.makers(order))
            if those is not None and len(where.brand):
                compared += 1
                assert floor <= entries(scene, order, where, those).least(np.inf, OWN_DAY), f"order {order}"
    assert compared > 100
