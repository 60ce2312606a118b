"""Reasons: figures that add up, limits that bind, and loosenings that help."""

from dataclasses import fields, replace

import numpy as np
import pytest

from clothingline.matching import (
    Explanation,
    Iterations,
    Matching,
    Orders,
    Params,
    Problem,
    TooLarge,
    explain,
    route,
)
from clothingline.matching.index import index_of
from clothingline.matching.loosen import MOST_IDR, Case, Loosening, Step
from tests.matching import naive
from tests.matching.instances import pilot, seeds, small

PARAMS = Params()


@pytest.fixture(scope="module")
def routed() -> tuple[Problem, Matching]:
    """A problem of the pilot's size with unmatched orders."""
    problem = pilot(2, busy=300)
    return problem, route(problem, PARAMS, Iterations(4))


@pytest.fixture(scope="module")
def told(routed: tuple[Problem, Matching]) -> dict[int, Explanation]:
    """What is said of some orders, the unmatched among them."""
    problem, matching = routed
    assert len(matching.unmatched) > 3
    return {order: explain(problem, PARAMS, matching, order) for order in {*range(12), *matching.unmatched[:6]}}


def case(problem: Problem, matching: Matching, order: int) -> Case:
    return Case(problem, PARAMS, tuple(p for p in matching.plans if p and p.order != order), order)


def test_parts_sum_to_the_cost_and_differences_to_the_distance_of_the_runner_up(told: dict[int, Explanation]) -> None:
    compared = 0
    for said in told.values():
        if said.plan:
            assert sum(amount for _, amount, _ in said.parts) == said.cost == said.plan.cost
            if said.runner_up:
                assert sum(amount for _, amount in said.difference) == said.runner_up.cost - said.cost
                compared += 1
    assert compared > 5


def test_the_credits_of_the_chosen_makers_sum_to_the_part_of_the_cost(told: dict[int, Explanation]) -> None:
    credited = 0
    for said in told.values():
        part = {name: amount for name, amount, _ in said.parts}.get("fairness_credit", 0)
        assert sum(why.credit_idr for why in said.makers) == -part
        assert not any(why.credit_idr for why in said.makers if not why.chosen)
        credited += part < 0
    assert credited > 5


def test_every_maker_is_chosen_has_a_limit_or_has_a_price(told: dict[int, Explanation]) -> None:
    for said in told.values():
        assert [why.maker for why in said.makers] == list(range(30))
        counted = sum(n for limit, n in said.limits.items() if limit not in ("lots", "brands"))
        assert counted == sum(1 for why in said.makers if why.limit)
        for why in said.makers:
            assert (why.extra_idr is None) == (why.limit not in ("", "price"))
            assert not (why.chosen and why.limit)


def test_the_first_limit_of_a_maker_is_the_true_one() -> None:
    problem = pilot(1, orders=12)
    matching = route(problem, PARAMS, Iterations(3))
    order = next(o for o, plan in enumerate(matching.plans) if plan)
    due, need = problem.orders.due_day[order], int(problem.orders.need_skills[order])
    expired = sorted(
        maker
        for maker in range(30)
        if any(need >> s & 1 and day < due for s, day in enumerate(problem.makers.skill_until[maker]))
    )
    told = explain(problem, PARAMS, matching, order)
    assert [why.maker for why in told.makers if why.limit == "certificate"] == expired
    near = replace(problem, makers=replace(problem.makers, reach_m=np.zeros(30, dtype=np.int64)))
    unreachable = explain(near, PARAMS, route(near, PARAMS, Iterations(1)), order)
    assert {why.limit for why in unreachable.makers} <= {"certificate", "machine", "distance"}
    assert unreachable.limits["distance"] > 0


@pytest.mark.parametrize("seed", seeds(8, 15))
def test_what_a_maker_would_cost_more_is_what_brute_force_finds(seed: int) -> None:
    problem = small(seed, most_pieces=4)
    alone = replace(problem, orders=_only(problem, 0))
    matching = route(alone, PARAMS, Iterations(5))
    told = explain(alone, PARAMS, matching, 0)
    for why in told.makers:
        costs = [c.cost for c in naive.candidates(alone, PARAMS, 0) if why.maker in dict(c.pieces)]
        assert why.extra_idr == (min(costs) - told.cost if costs else None), f"seed {seed}, maker {why.maker}"


def _only(problem: Problem, order: int) -> Orders:
    """The orders of a problem without pins or forbidden pairs, cut down to a single one."""
    names = [f.name for f in fields(problem.orders) if f.name != "pins" and not f.name.startswith("forbid")]
    return Orders(**{name: getattr(problem.orders, name)[order : order + 1] for name in names})


def test_a_counterfactual_is_the_difference_that_the_change_makes(
    routed: tuple[Problem, Matching], told: dict[int, Explanation]
) -> None:
    lower = 0
    for order, said in told.items():
        assert {change.change for change in said.counterfactuals} >= {"due_day"}
        mine = case(*routed, order)
        for change in said.counterfactuals:
            best = mine.best((Step(change.change, change.value),))
            assert change.effect_idr == (best.cost - said.cost if best else None)
            assert change.paid_idr == (best.paid if best else None)
            assert change.brand == (best.brand if best else None)
            lower += change.effect_idr is not None and change.effect_idr < 0
    assert lower > 0


def test_every_unmatched_order_carries_a_loosening_that_gives_it_a_plan(
    routed: tuple[Problem, Matching], told: dict[int, Explanation]
) -> None:
    unmatched = {order: said for order, said in told.items() if order in routed[1].unmatched}
    for order, said in unmatched.items():
        assert said.plan is None
        assert said.loosenings
        assert len({len(loosening.steps) for loosening in said.loosenings}) == 1
        for loosening in said.loosenings:
            best = case(*routed, order).best(loosening.steps)
            assert best is not None
            assert best.cost <= loosening.plan.cost
    assert len(unmatched) > 3


def test_a_loosening_is_the_smallest(routed: tuple[Problem, Matching], told: dict[int, Explanation]) -> None:
    checked = 0
    for order, said in told.items():
        mine = case(*routed, order)
        for loosening in said.loosenings:
            checked += sum(1 for steps in _smaller(loosening) if _useless(mine, steps))
            assert all(_useless(mine, steps) for steps in _smaller(loosening)), f"order {order}: {loosening.steps}"
    assert checked > 5


def _smaller(loosening: Loosening) -> list[tuple[Step, ...]]:
    """The same steps with one left out, or with one that counts made smaller by one."""
    counting = {"due_day", "distance", "max_makers", "min_lot", "cloth", "brand_room", "time", "reserve"}
    steps = loosening.steps
    fewer = [tuple(s for s in steps if s is not left_out) for left_out in steps]
    less = [
        tuple(replace(s, value=s.value - 1) if s is one else s for s in steps)
        for one in steps
        if one.limit in counting and one.value > 1
    ]
    return [*fewer, *less]


def _useless(mine: Case, steps: tuple[Step, ...]) -> bool:
    return mine.best(steps) is None


@pytest.mark.parametrize(
    ("change", "limit"),
    [
        ({"reserve_idr": 1_000}, "reserve"),
        ({"need_skills": 1 << 40}, "skill"),
        ({"need_machines": 1 << 50}, "machine"),
        ({"colour": 77}, "colour"),
        ({"rush": 1}, "rush"),
    ],
)
def test_the_one_limit_that_binds_is_the_one_that_is_named(change: dict[str, int], limit: str) -> None:
    problem = pilot(1, orders=20)
    order = next(o for o, plan in enumerate(route(problem, PARAMS, Iterations(0)).plans) if plan)
    columns = {name: _set(getattr(problem.orders, name), order, value) for name, value in change.items()}
    bound = replace(problem, orders=replace(problem.orders, **columns))
    matching = route(bound, PARAMS, Iterations(0))
    told = explain(bound, PARAMS, matching, order)
    assert [[step.limit for step in loosening.steps] for loosening in told.loosenings] == [[limit]]
    if limit == "reserve":
        step, plan = told.loosenings[0].steps[0], told.loosenings[0].plan
        assert step.value == plan.cost - 1_000 < MOST_IDR


def _set(column: np.ndarray, row: int, value: int) -> np.ndarray:
    copy = column.copy()
    copy[row] = value
    return copy


def test_two_limits_that_bind_together_are_named_together() -> None:
    problem = pilot(1, orders=20)
    order = next(o for o, plan in enumerate(route(problem, PARAMS, Iterations(0)).plans) if plan)
    orders = replace(
        problem.orders,
        need_skills=_set(problem.orders.need_skills, order, 1 << 40),
        reserve_idr=_set(problem.orders.reserve_idr, order, 1_000),
    )
    bound = replace(problem, orders=orders)
    told = explain(bound, PARAMS, route(bound, PARAMS, Iterations(0)), order)
    assert [sorted(step.limit for step in loosening.steps) for loosening in told.loosenings] == [["reserve", "skill"]]


def test_a_later_day_alone_can_be_what_is_needed() -> None:
    problem = pilot(1, orders=20)
    order = next(o for o, plan in enumerate(route(problem, PARAMS, Iterations(0)).plans) if plan)
    due = _set(problem.orders.due_day, order, int(problem.orders.ready_day[order]) + 3)
    hurried = replace(problem, orders=replace(problem.orders, due_day=due))
    told = explain(hurried, PARAMS, route(hurried, PARAMS, Iterations(0)), order)
    steps = [loosening.steps for loosening in told.loosenings]
    assert [[step.limit for step in each] for each in steps] == [["due_day"]]
    assert told.loosenings[0].plan.delivery_day == due[order] + steps[0][0].value


def test_tables_of_all_pairs_of_a_problem_that_is_too_large_are_refused_by_its_size(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("clothingline.matching.index.PAIRS", 599)
    with pytest.raises(TooLarge, match="20 brands × 30 makers"):
        index_of(pilot(1), PARAMS)
