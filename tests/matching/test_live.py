"""A matching that stands follows what happens: it holds after every event, its bound is true, and few plans move."""

from typing import Any

import numpy as np
import pytest

from clothingline.matching import Iterations, Orders, Params, Plan, certificate, route, verify
from clothingline.matching.columns import ProblemError, specs
from clothingline.matching.kernels.tables import RESERVE
from clothingline.matching.live import Live, Turn
from clothingline.matching.route import searched
from clothingline.matching.search.asking import Asker
from tests.matching import naive
from tests.matching.instances import pilot, seeds, small

PARAMS = Params()
EVENTS = ("decline", "lose", "away", "arrive")


def live(problem: Any, iterations: int = 12) -> Live:
    return Live(searched(problem, PARAMS, Iterations(iterations)))


def plans(standing: Live) -> tuple[Plan | None, ...]:
    return standing.matching().plans


def like(orders: Orders, order: int, **changes: Any) -> Orders:
    """One order as another one is."""
    columns = {name: getattr(orders, name)[order : order + 1] for name, spec in specs(orders).items() if spec.per_row}
    return Orders(**columns | changes)


def happen(standing: Live, draw: np.random.Generator, what: str) -> Turn:
    """A random event of a kind, where it hurts when that can be."""
    problem, planned = standing.search.problem, [plan for plan in plans(standing) if plan]
    plan = planned[int(draw.integers(len(planned)))] if planned else None
    if what == "arrive" or plan is None:
        return standing.arrive(like(problem.orders, int(draw.integers(len(problem.orders)))))
    if what == "decline":
        return standing.decline(plan.order, plan.makers[0])
    if what == "lose":
        return standing.lose(plan.lot)
    return standing.away(plan.makers[0], range(int(draw.integers(1, problem.weeks + 1))))


@pytest.mark.parametrize("seed", seeds(6, 60))
def test_after_every_event_the_matching_holds_and_the_bound_is_true(seed: int) -> None:
    draw, standing = np.random.default_rng(seed), live(pilot(seed, orders=30, busy=300), 4)
    for turn in range(8):
        before, what = plans(standing), EVENTS[int(draw.integers(4))]
        changed = happen(standing, draw, what)
        now, problem = standing.matching(), standing.search.problem
        assert verify(problem, PARAMS, certificate(problem, now)) == [], f"seed {seed} turn {turn} {what}"
        assert standing.bound <= standing.cost == changed.cost[1]
        others = [order for order in range(len(before)) if order not in changed.moved]
        assert [now.plans[order] for order in others] == [before[order] for order in others]
        assert changed.waiting == tuple(order for order in changed.moved if now.plans[order] is None)


@pytest.mark.parametrize("seed", seeds(12, 60))
def test_after_events_the_bound_is_not_above_what_brute_force_finds(seed: int) -> None:
    draw, standing = np.random.default_rng(seed), live(small(seed, most_pieces=3), 20)
    for what in ("decline", "away", "lose"):
        happen(standing, draw, what)
        truth = naive.best_cost(standing.search.problem, PARAMS)
        assert standing.bound <= truth <= standing.cost, f"seed {seed} {what}"


def test_an_order_that_arrives_adds_its_own_least_value_to_the_bound() -> None:
    problem = small(5, most_pieces=3)
    standing = live(problem, 20)
    before = standing.bound
    standing.arrive(like(problem.orders, 0))
    truth = naive.best_cost(standing.search.problem, PARAMS)
    assert before < standing.bound <= truth <= standing.cost
    assert len(standing.matching().plans) == len(problem.orders) + 1


@pytest.mark.parametrize("seed", seeds(4, 20))
def test_what_was_accepted_stays_unless_it_has_become_impossible(seed: int) -> None:
    draw, standing = np.random.default_rng(seed), live(pilot(seed, orders=40, busy=150))
    agreed = {plan.order: plan for plan in plans(standing) if plan and draw.random() < 0.5}
    for order in agreed:
        standing.accept(order)
    for _ in range(10):
        lot = int(draw.choice([plan.lot for plan in plans(standing) if plan]))
        using = {order for order, plan in agreed.items() if plan.lot == lot}
        turn = standing.lose(lot)
        assert set(turn.broken) == using
        agreed = {order: plan for order, plan in agreed.items() if order not in using}
        assert {order: standing.plan(order) for order in agreed} == agreed


def test_who_declines_is_never_asked_again_for_that_order() -> None:
    standing = live(pilot(3, orders=20))
    order = next(plan.order for plan in plans(standing) if plan)
    asked = set[int]()
    while (plan := standing.plan(order)) is not None:
        assert asked.isdisjoint(plan.makers)
        asked.add(plan.makers[0])
        standing.decline(order, plan.makers[0])
    assert len(asked) > 2


def test_nobody_else_moves_while_a_plan_is_left() -> None:
    standing = live(pilot(1, orders=20))
    for order in range(20):
        plan = standing.plan(order)
        if plan and len(plan.makers) == 1:
            turn = standing.decline(order, plan.makers[0])
            assert turn.moved == (order,), "a roomy pilot has another maker for everybody"


def test_others_make_room_for_an_order_that_nothing_is_left_for_unless_they_were_accepted() -> None:
    problem = pilot(1, orders=30, busy=150)
    for accepted in (False, True):
        moved, standing = 0, live(problem)
        for plan in filter(None, plans(standing)):
            if accepted:
                standing.accept(plan.order)
        for order in range(30):
            dear = like(problem.orders, order, reserve_idr=np.array([10**11]))
            moved += len(standing.arrive(dear).moved) > 1
        assert (moved > 0) != accepted


def test_what_did_not_pay_leaves_nothing_behind() -> None:
    standing = live(pilot(1, orders=30, busy=150))
    for order in range(30):
        standing.arrive(like(standing.search.problem.orders, order))
    search, left = standing.search, standing.search.asker.free.copy()
    for column in search.best.seats.plan[search.best.seats.plan >= 0]:
        uses = slice(search.plans.pool.use[column], search.plans.pool.use[column + 1])
        np.subtract.at(left, search.plans.pool.thing[uses], search.plans.pool.amount[uses])
    assert (left == search.best.seats.left).all()
    assert (left >= 0).all()


def test_what_nobody_knows_is_refused_and_nothing_changes() -> None:
    problem = pilot(2, orders=10)
    standing = live(problem, 2)
    before = standing.matching()
    stranger = like(problem.orders, 0, need_skills=np.array([1 << 40], dtype=np.uint64))
    pinned = like(problem.orders, 0, pins=np.array([[0, 0, 1]]))
    for act in (
        lambda: standing.decline(99, 0),
        lambda: standing.decline(0, 99),
        lambda: standing.lose(-1),
        lambda: standing.away(30, range(2)),
        lambda: standing.arrive(stranger),
        lambda: standing.accept(10),
    ):
        with pytest.raises(LookupError):
            act()
    with pytest.raises(ProblemError, match="pinned"):
        standing.arrive(pinned)
    assert standing.matching().plans == before.plans
    assert standing.search.problem.digest() == problem.digest()


def test_an_order_that_may_be_shared_more_widely_than_any_before_can_arrive() -> None:
    problem = pilot(4, orders=20)
    few = problem.with_columns({"orders": {"max_makers": np.minimum(problem.orders.max_makers, 2)}})
    standing = live(few, 3)
    wide = like(few.orders, int(few.orders.pieces.argmax()), max_makers=np.array([12]), min_lot=np.array([1]))
    turn = standing.arrive(wide)
    assert turn.moved == (20,)
    assert verify(standing.search.problem, PARAMS, certificate(standing.search.problem, standing.matching())) == []


def test_bounds_begin_with_what_the_best_matching_leaves_not_the_last_one() -> None:
    for seed in range(3):
        standing = live(pilot(seed, orders=40, busy=150), 40)
        asker, seats = standing.search.asker, standing.search.best.seats
        fresh = Asker(standing.search.laid, exact=True)
        waiting = np.flatnonzero(seats.plan < 0)
        limit = 1_000 * asker.world.order[waiting, RESERVE] + 1
        found, expected = (one.ask(waiting, seats.left, one.zero, limit, 1) for one in (asker, fresh))
        assert (found.value == expected.value).all(), f"seed {seed}"


def test_who_declines_an_order_with_pinned_makers_is_not_found_for_it_again() -> None:
    problem = pilot(3, orders=12)
    plan = next(p for p in route(problem, PARAMS, Iterations(4)).plans if p and len(p.makers) > 1)
    pins = np.array([[plan.order, plan.shares[0].maker, plan.shares[0].pieces]])
    standing = live(problem.with_columns({"orders": {"pins": pins}}), 4)
    declined = set[int]()
    while (now := standing.plan(plan.order)) is not None and len(declined) < 6:
        other = next(maker for maker in now.makers if maker != plan.shares[0].maker)
        assert other not in declined
        declined.add(other)
        standing.decline(plan.order, other)
    assert declined


def test_weeks_and_promises_that_do_not_exist_are_refused() -> None:
    standing = live(pilot(11, orders=30, busy=70))
    waiting = next(order for order in range(30) if standing.plan(order) is None)
    for act in (
        lambda: standing.away(0, range(20, 30)),
        lambda: standing.away(0, range(-2, 3)),
        lambda: standing.accept(waiting),
    ):
        with pytest.raises(LookupError):
            act()
