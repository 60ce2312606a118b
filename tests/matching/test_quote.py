"""One order's best plans: exact against brute force, and honest about time, people and money."""

from dataclasses import replace

import numpy as np
import pytest

from clothingline.matching import Params, Problem, quote
from clothingline.matching.choices import choices
from clothingline.matching.index import Remaining, index_of
from clothingline.matching.proof.plans import plan_findings
from clothingline.matching.quote import soonest, undominated
from clothingline.matching.result import Prices
from clothingline.matching.wish import Wish
from tests.matching import naive
from tests.matching.instances import pilot, seeds, small

PARAMS = Params()


def drawn_prices(problem: Problem, seed: int) -> Prices:
    draw, zero = np.random.default_rng(seed), Prices.zero(problem)
    return Prices(
        draw.integers(0, 4_000, zero.second.shape),
        draw.integers(0, 9_000_000, zero.piece.shape),
        draw.integers(0, 90_000, zero.cm.shape),
        draw.integers(0, 9_000_000, zero.large_piece.shape),
        draw.integers(0, 9_000_000, zero.large_cm.shape),
    )


@pytest.mark.parametrize("seed", seeds(15, 40))
def test_the_first_plans_of_a_quote_are_the_best_of_all(seed: int) -> None:
    problem = small(seed)
    for order in range(len(problem.orders)):
        truth = naive.quote_values(problem, PARAMS, order)
        plans = quote(problem, PARAMS, order, 4)[: min(4, len(truth))]
        assert [1_000 * plan.cost for plan in plans] == truth[:4], f"seed {seed}, order {order}"


@pytest.mark.parametrize("seed", seeds(10, 25))
def test_with_prices_a_quote_ranks_by_cost_and_the_worth_of_what_is_used(seed: int) -> None:
    problem = small(seed)
    prices = drawn_prices(problem, seed)
    for order in range(len(problem.orders)):
        truth = naive.quote_values(problem, PARAMS, order, prices)
        plans = quote(problem, PARAMS, order, 3, prices)[: min(3, len(truth))]
        assert [1_000 * p.cost + prices.of(problem, p) for p in plans] == truth[:3], f"seed {seed}, order {order}"


def test_the_small_problems_have_splits_single_makers_and_orders_without_a_plan() -> None:
    kinds = {
        len(plans[0].shares) if (plans := quote(problem, PARAMS, order, 1)) else 0
        for problem in map(small, range(40))
        for order in range(len(problem.orders))
    }
    assert {0, 1, 2} <= kinds


@pytest.mark.parametrize("seed", seeds(10, 25))
def test_the_alternatives_are_the_soonest_the_cheapest_and_the_best_sewn(seed: int) -> None:
    problem = small(seed)
    problem = replace(problem, orders=replace(problem.orders, reserve_idr=problem.orders.reserve_idr * 9))
    for order in range(len(problem.orders)):
        truth = list(naive.candidates(problem, PARAMS, order))
        plans = quote(problem, PARAMS, order, 1)
        assert bool(plans) == bool(truth), f"seed {seed}, order {order}"
        if plans:
            pieces = int(problem.orders.pieces[order])
            assert min(p.delivery_day for p in plans) == min(c.delivery for c in truth)
            assert min(p.paid for p in plans) == min(c.paid for c in truth)
            assert min(p.defect_ppm for p in plans) == min(-(-c.ppm // pieces) for c in truth)


def test_a_soonest_plan_within_the_reserve_is_found_when_the_very_soonest_is_too_dear() -> None:
    tested = 0
    for seed in range(30):
        problem = small(seed)
        index, left = index_of(problem, PARAMS), Remaining.of(problem)
        for order in range(len(problem.orders)):
            everything = list(naive.candidates(problem, PARAMS, order))
            within = [c.delivery for c in everything if c.cost <= problem.orders.reserve_idr[order]]
            if within and min(within) > min(c.delivery for c in everything):
                options = choices(index, left, Wish(order))
                assert options is not None
                assert [p.delivery_day for p in soonest(index, left, options)] == [min(within)], f"seed {seed}"
                tested += 1
    assert tested > 0


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.prove)])
def test_every_plan_of_a_quote_holds_and_its_parts_sum_to_its_cost(seed: int) -> None:
    problem = pilot(seed)
    for order in range(len(problem.orders)):
        for plan in quote(problem, PARAMS, order, 3):
            assert plan_findings(problem, PARAMS, plan) == []
            assert sum(amount for _, amount, _ in plan.parts.items()) == plan.cost
            assert sum(amount for _, amount, paid in plan.parts.items() if paid) == plan.paid
            assert sum(share.pay_idr for share in plan.shares) == plan.parts.sewing_pay
            assert plan.p50_day <= plan.p90_day <= problem.orders.due_day[order]


def test_labelled_plans_are_not_dominated() -> None:
    problem = pilot(3)
    labelled = 0
    for order in range(len(problem.orders)):
        plans = quote(problem, PARAMS, order, 3)
        front = undominated(plans)
        for label in ("cheapest", "soonest", "best_quality"):
            holders = [plan for plan in plans if label in plan.labels]
            assert len(holders) == (1 if plans else 0)
            assert all(holder in front for holder in holders)
            labelled += len(holders)
        assert all("balanced" in plan.labels for plan in plans[:1])
    assert labelled > 60


def test_a_tailor_whose_certificate_ends_before_the_due_day_is_not_offered() -> None:
    problem = pilot(1)
    order = next(o for o in range(60) if quote(problem, PARAMS, o, 1))
    maker = quote(problem, PARAMS, order, 1)[0].makers[0]
    until = problem.makers.skill_until.copy()
    until[maker] = problem.orders.due_day[order] - 1
    expired = replace(problem, makers=replace(problem.makers, skill_until=until))
    assert all(maker not in plan.makers for plan in quote(expired, PARAMS, order, 30))
    until[maker] = problem.orders.due_day[order]
    in_force = replace(problem, makers=replace(problem.makers, skill_until=until))
    assert maker in quote(in_force, PARAMS, order, 1)[0].makers


def test_a_rush_order_goes_only_to_makers_who_opted_in() -> None:
    problem = pilot(1)
    order = next(o for o in range(60) if quote(problem, PARAMS, o, 1))
    rush = replace(problem, orders=replace(problem.orders, rush=np.ones(60, dtype=np.int8)))
    assert quote(rush, PARAMS, order, 1) == []
    willing = (np.arange(30) % 2).astype(np.int8)
    some = replace(rush, makers=replace(rush.makers, rush=willing))
    assert all(m % 2 == 1 for o in range(60) for p in quote(some, PARAMS, o, 2) for m in p.makers)


@pytest.mark.parametrize("seed", seeds(6, 12))
def test_pins_and_forbidden_pairs_are_kept_and_the_rest_is_still_the_best(seed: int) -> None:
    free = small(seed)
    for order in range(len(free.orders)):
        for plan in quote(free, PARAMS, order, 1):
            share = plan.shares[-1]
            orders = replace(
                free.orders,
                pins=np.array([[order, share.maker, share.pieces]]),
                pin_lot=np.where(np.arange(len(free.orders)) == order, plan.lot, -1),
                forbid_brands=np.array([[order, 1 - plan.brand]]),
            )
            pinned = replace(free, orders=orders)
            truth = naive.quote_values(pinned, PARAMS, order)
            plans = quote(pinned, PARAMS, order, 2)[: min(2, len(truth))]
            assert [1_000 * p.cost for p in plans] == truth[:2]
            assert all((share.maker, share.pieces) in p.key[2] for p in plans)


def test_the_same_question_has_the_same_answer() -> None:
    one, other = pilot(4), pilot(4)
    some = range(0, 60, 5)
    assert [quote(one, PARAMS, o, 3) for o in some] == [quote(other, PARAMS, o, 3) for o in some]
