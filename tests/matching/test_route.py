"""All orders together: never below the truth, never above what is free, and the same every time."""

from dataclasses import replace

import numpy as np
import pytest

from clothingline.matching import Iterations, Matching, Params, Problem, certificate, quote, route, verify
from clothingline.matching.stop import Never
from tests.matching import naive
from tests.matching.instances import pilot, seeds, small

PARAMS = Params()


@pytest.mark.parametrize("seed", seeds(12, 30))
def test_bound_truth_and_cost_stand_in_this_order_and_the_truth_is_reached(seed: int) -> None:
    problem = small(seed, most_pieces=3)
    truth = naive.best_cost(problem, PARAMS)
    matching = route(problem, PARAMS, Iterations(150))
    assert matching.bound <= truth <= matching.cost, f"seed {seed}"
    assert matching.cost == truth, f"seed {seed}: {matching.cost - truth} above the best"


@pytest.mark.parametrize("seed", seeds(6, 12))
def test_the_bound_is_what_brute_force_finds_at_the_same_prices(seed: int) -> None:
    problem = small(seed)
    matching = route(problem, PARAMS, Iterations(12))
    assert matching.bound == naive.bound(problem, PARAMS, matching.prices), f"seed {seed}"


def test_some_of_the_small_problems_need_prices_and_some_are_proved_with_them() -> None:
    matchings = [route(small(seed), PARAMS, Iterations(60)) for seed in range(16)]
    assert any(m.status == "optimal" for m in matchings)
    assert any(m.prices.second.any() or m.prices.piece.any() or m.prices.cm.any() for m in matchings)
    assert all((m.status == "optimal") == (m.gap == 0) for m in matchings)


@pytest.fixture(scope="module", params=[(1, 600), (2, 250)], ids=["easy", "busy"])
def routed(request: pytest.FixtureRequest) -> tuple[Problem, Matching]:
    """A problem of the pilot's size, and its matching."""
    seed, busy = request.param
    problem = pilot(seed, busy=busy)
    return problem, route(problem, PARAMS, Iterations(8))


def test_a_matching_at_the_pilots_size_holds_in_every_particular(routed: tuple[Problem, Matching]) -> None:
    problem, matching = routed
    assert verify(problem, PARAMS, certificate(problem, matching)) == []


def test_nothing_is_used_beyond_what_is_free(routed: tuple[Problem, Matching]) -> None:
    problem, matching = routed
    seconds = np.zeros_like(problem.makers.free_seconds)
    pieces, cm = np.zeros_like(problem.brands.free_pieces), np.zeros_like(problem.lots.available_cm)
    for plan in filter(None, matching.plans):
        cm[plan.lot] += plan.cloth_cm
        for share in plan.shares:
            pieces[plan.brand, plan.cut_start_day // 7] += share.pieces
            for week, used in share.seconds:
                seconds[share.maker, week] += used
    assert (seconds <= problem.makers.free_seconds).all()
    assert seconds.any()
    assert (pieces <= problem.brands.free_pieces).all()
    assert (cm <= problem.lots.available_cm).all()


def test_no_maker_sews_with_a_certificate_that_has_expired_by_the_due_day(routed: tuple[Problem, Matching]) -> None:
    problem, matching = routed
    pairs = [(plan.order, maker) for plan in matching.plans if plan for maker in plan.makers]
    assert len(pairs) > 40
    for order, maker in pairs:
        need = int(problem.orders.need_skills[order])
        until = [int(day) for s, day in enumerate(problem.makers.skill_until[maker]) if need >> s & 1]
        assert min(until) >= problem.orders.due_day[order]


def test_a_matching_costs_its_plans_and_the_reserves_of_the_unmatched(routed: tuple[Problem, Matching]) -> None:
    problem, matching = routed
    reserves = sum(int(problem.orders.reserve_idr[order]) for order in matching.unmatched)
    assert matching.cost == reserves + sum(plan.cost for plan in matching.plans if plan)
    assert 0 < matching.gap == matching.cost - matching.bound
    assert matching.gap_ppm < 100_000


def test_routing_together_is_better_than_one_after_the_other() -> None:
    problem = pilot(2, orders=30, busy=150)
    assert route(problem, PARAMS, Iterations(8)).cost < route(problem, PARAMS, Iterations(0)).cost


def test_the_same_problem_params_and_iterations_give_the_same_matching() -> None:
    one, other = (route(pilot(5, orders=20, busy=300), PARAMS, Iterations(20)) for _ in range(2))
    assert one.plans == other.plans
    assert (one.cost, one.bound, one.iterations) == (other.cost, other.bound, other.iterations)
    assert (one.prices.second == other.prices.second).all()


def test_orders_that_do_not_hinder_each_other_are_proved_at_once() -> None:
    problem = pilot(6, orders=6, busy=2_000)
    matching = route(problem, PARAMS, Never())
    assert (matching.status, matching.gap, matching.iterations) == ("optimal", 0, 0)
    alone = [quote(problem, PARAMS, order, 1) for order in range(6)]
    assert [p and p.cost for p in matching.plans] == [plans[0].cost if plans else None for plans in alone]


def test_a_search_without_an_end_ends_by_itself() -> None:
    matching = route(small(9), PARAMS, Never())
    assert matching.cost >= matching.bound


def test_accepted_shares_stay_and_the_rest_is_routed_around_them() -> None:
    problem = pilot(1, orders=20)
    first = route(problem, PARAMS, Iterations(10))
    kept = [plan for plan in first.plans if plan][:6]
    pins = [[plan.order, share.maker, share.pieces] for plan in kept for share in plan.shares]
    brand, lot = (np.full(20, -1, dtype=np.int32) for _ in range(2))
    for plan in kept:
        brand[plan.order], lot[plan.order] = plan.brand, plan.lot
    pinned = replace(problem, orders=replace(problem.orders, pins=np.array(pins), pin_brand=brand, pin_lot=lot))
    second = route(pinned, PARAMS, Iterations(10))
    assert [now.key for p in kept if (now := second.plans[p.order])] == [p.key for p in kept]
    assert verify(pinned, PARAMS, certificate(pinned, second)) == []


@pytest.mark.parametrize("seed", [1, 4])
@pytest.mark.parametrize("iterations", [0, 60])
def test_an_order_of_which_a_part_stands_makes_room_for_no_other(seed: int, iterations: int) -> None:
    """Next to nothing is lost with the pinned orders, so that cost alone would leave one without a plan."""
    problem = pilot(seed, orders=20, brands=4, makers=6, lots=12, busy=120)
    first = [plan for plan in route(problem, PARAMS, Iterations(4)).plans if plan]
    kept = sorted(first, key=lambda plan: problem.orders.reserve_idr[plan.order] - plan.cost)[:3]
    pins = np.array([[plan.order, share.maker, share.pieces] for plan in kept for share in plan.shares])
    reserve = problem.orders.reserve_idr.copy()
    for plan in kept:
        reserve[plan.order] = plan.cost + 1_000
    pinned = replace(problem, orders=replace(problem.orders, pins=pins, reserve_idr=reserve))
    matching = route(pinned, PARAMS, Iterations(iterations))
    assert [plan.order for plan in kept if matching.plans[plan.order] is None] == []
    assert verify(pinned, PARAMS, certificate(pinned, matching)) == []


def test_a_problem_without_orders_costs_nothing() -> None:
    matching = route(pilot(1, orders=0), PARAMS, Never())
    assert (matching.plans, matching.cost, matching.bound, matching.status) == ((), 0, 0, "optimal")
