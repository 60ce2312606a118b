"""A problem that is laid once answers every quote as the tables of all pairs do."""

import numpy as np
import pytest

from clothingline.matching import Params, Plan, Prices, Problem, quote, seeking
from clothingline.matching.quote import quote as quote_by_tables
from clothingline.matching.result import shapes
from clothingline.matching.seeking import Seeker
from tests.matching.instances import pilot, seeds

PARAMS = Params()
LABELS = {"balanced", "cheapest", "soonest", "best_quality"}


def dear(problem: Problem, seed: int) -> Prices | None:
    """Random prices; none for the seed 0."""
    draw = np.random.default_rng(seed)
    return Prices(*(draw.integers(0, 400, shape) for shape in shapes(problem))) if seed else None


def measures(plans: list[Plan]) -> dict[str, tuple[int, ...]]:
    """What the holder of each label is best in."""
    best = {label: plan for plan in plans for label in plan.labels}
    return {
        "balanced": (best["balanced"].cost,),
        "cheapest": (best["cheapest"].paid,),
        "soonest": (best["soonest"].delivery_day,),
        "best_quality": (best["best_quality"].defect_ppm,),
    }


@pytest.mark.parametrize("seed", seeds(5, 40))
def test_it_offers_what_the_tables_offer(seed: int) -> None:
    problem = pilot(seed, orders=24, busy=300)
    seeker, prices = Seeker(problem, PARAMS), dear(problem, seed)
    for order in range(len(problem.orders)):
        ours, theirs = seeker.quote(order, 5, prices), quote_by_tables(problem, PARAMS, order, 5, prices)
        assert bool(ours) == bool(theirs), f"seed {seed} order {order}"
        if ours:
            worth = [
                [1_000 * p.cost + (prices.of(problem, p) if prices else 0) for p in plans[:5]]
                for plans in (ours, theirs)
            ]
            assert worth[0][0] == worth[1][0], f"seed {seed} order {order}"
            assert measures(ours) == measures(theirs), f"seed {seed} order {order}"


def test_a_large_problem_is_quoted_without_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = pilot(7, orders=20)
    expected = [[(p.key, p.cost, p.labels, p.order) for p in quote(problem, PARAMS, o, 3)] for o in range(20)]
    monkeypatch.setattr(seeking, "LARGE", 0)
    monkeypatch.setattr(seeking, "quote_by_tables", None)
    assert [[(p.key, p.cost, p.labels, p.order) for p in quote(problem, PARAMS, o, 3)] for o in range(20)] == expected
    assert any(expected)
    assert {label for plans in expected for plan in plans for label in plan[2]} == LABELS


def test_pairs_that_must_not_be_joined_stay_apart_in_a_large_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = pilot(7, orders=20)
    order = next(o for o in range(20) if quote(problem, PARAMS, o, 1))
    first = quote(problem, PARAMS, order, 1)[0]
    forbidden = problem.with_columns(
        {"orders": {"forbid_makers": np.array([[order, maker] for maker in first.makers])}}
    )
    monkeypatch.setattr(seeking, "LARGE", 0)
    assert all(set(first.makers).isdisjoint(plan.makers) for plan in quote(forbidden, PARAMS, order, 5))
