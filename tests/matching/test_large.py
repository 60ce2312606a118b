"""More than half of a lot or of a brand's week goes to one order at most: what that proves, and who gets it."""

from dataclasses import replace

import numpy as np
import pytest

from clothingline.matching import Iterations, Params, Problem, certificate, route, verify
from clothingline.matching.certificate import sealed
from clothingline.matching.kernels.tables import RESERVE
from clothingline.matching.proof.bound import proved_bound
from clothingline.matching.route import begin, searched
from clothingline.matching.search.mending import mend
from tests.matching import naive
from tests.matching.instances import pilot, seeds, small

PARAMS = Params()


def contested(seed: int) -> Problem:
    """Orders of three pieces, each of more than half of every lot and of every brand's week."""
    problem = small(seed, most_pieces=3)
    o, lots, brands = problem.orders, problem.lots, problem.brands
    three, each = np.full_like(o.pieces, 3), np.full_like(o.cloth_cm, o.cloth_cm.max())
    cm = np.full_like(lots.available_cm, 6 * int(each[0]) - 1)
    return replace(
        problem,
        orders=replace(o, pieces=three, cloth_cm=each),
        lots=replace(lots, available_cm=cm),
        brands=replace(brands, free_pieces=np.full_like(brands.free_pieces, 5)),
    )


@pytest.mark.parametrize("seed", seeds(10, 30))
def test_the_bound_with_prices_for_more_than_half_is_true_and_what_brute_force_finds(seed: int) -> None:
    problem = contested(seed)
    matching = route(problem, PARAMS, Iterations(30))
    assert matching.bound <= naive.best_cost(problem, PARAMS) <= matching.cost, f"seed {seed}"
    assert matching.bound == naive.bound(problem, PARAMS, matching.prices), f"seed {seed}"
    assert verify(problem, PARAMS, certificate(problem, matching)) == [], f"seed {seed}"


def test_prices_for_more_than_half_prove_more_than_prices_by_amount_alone() -> None:
    raised = 0
    for seed in range(10):
        problem = contested(seed)
        prices = route(problem, PARAMS, Iterations(30)).prices
        none = replace(prices, large_piece=0 * prices.large_piece, large_cm=0 * prices.large_cm)
        raised += proved_bound(problem, PARAMS, prices) > proved_bound(problem, PARAMS, none)
    assert raised > 0


def test_a_price_for_more_than_half_of_what_nobody_takes_proves_less() -> None:
    problem = pilot(3, orders=24, busy=200)
    true = certificate(problem, route(problem, PARAMS, Iterations(15)))
    for name in ("large_piece", "large_cm"):
        dear = getattr(true.prices, name) + 10_000_000
        forged = sealed(replace(true, prices=replace(true.prices, **{name: dear})))
        assert any("the prices prove no bound above" in text for text in verify(problem, PARAMS, forged)), name
        forged = sealed(replace(true, prices=replace(true.prices, **{name: dear - 10**12})))
        assert verify(problem, PARAMS, forged) == [f"prices.{name}: a price is negative"]


@pytest.mark.parametrize("seed", seeds(6, 20))
def test_mending_never_makes_a_matching_dearer_and_keeps_within_what_is_free(seed: int) -> None:
    problem = pilot(seed, busy=300)
    search = begin(problem, PARAMS)
    before = search.best.cost
    mend(search.best, search.pricing.best)
    plan, pool = search.best.seats.plan, search.plans.pool
    at, _ = search.plans.uses(plan[plan >= 0])
    used = np.bincount(pool.thing[at], weights=pool.amount[at], minlength=len(search.asker.free))
    assert search.best.cost <= before, f"seed {seed}"
    assert (search.best.seats.left == search.asker.free - used).all(), f"seed {seed}"
    assert (search.best.seats.left >= 0).all(), f"seed {seed}"


def test_whoever_loses_much_without_a_plan_gets_room_from_those_who_lose_little() -> None:
    search = searched(pilot(2, busy=300), PARAMS, Iterations(6))
    poor = begin(pilot(2, busy=300), PARAMS)
    poor.best.seats.plan[:], poor.best.seats.left[:] = -1, poor.asker.free
    for order in np.argsort(poor.asker.world.order[:, RESERVE], kind="stable"):
        poor.best.insert(np.array([order]), poor.asker.zero)
    before = poor.best.cost
    mend(poor.best, search.pricing.best)
    assert search.pricing.bound <= poor.best.cost < before


@pytest.mark.parametrize("seed", seeds(3, 10))
def test_mending_leaves_what_is_promised(seed: int) -> None:
    problem = pilot(seed, busy=300)
    search = searched(problem, PARAMS, Iterations(6))
    search.best.promised = np.flatnonzero(search.best.seats.plan >= 0)
    before = search.best.seats.plan[search.best.promised].copy()
    mend(search.best, search.pricing.best)
    assert (search.best.seats.plan[search.best.promised] == before).all(), f"seed {seed}"
