"""A problem without tables of all pairs is explained as with them, and says how many of its makers are named."""

import numpy as np
import pytest

from clothingline.matching import (
    Explanation,
    Iterations,
    Matching,
    Params,
    Plan,
    Problem,
    explain,
    refuse,
    route,
    seeking,
)
from clothingline.matching.wide import best
from tests.matching.instances import pilot, seeds, small

PARAMS = Params()


def both(patch: pytest.MonkeyPatch, problem: Problem, matching: Matching, order: int) -> list[Explanation]:
    """What is said with tables of all pairs, and without."""
    said = [explain(problem, PARAMS, matching, order)]
    with patch.context() as without:
        without.setattr(seeking, "LARGE", 0)
        return [*said, explain(problem, PARAMS, matching, order)]


def told(said: Explanation) -> tuple[object, ...]:
    """All that both must agree in: of equally good plans either may be the next best."""
    loosenings = [(one.steps, one.plan.cost) for one in said.loosenings]
    return said.cost, said.parts, said.runner_up and said.runner_up.cost, said.limits, said.counterfactuals, loosenings


def adds_up(said: Explanation) -> bool:
    """Whether parts, differences, credits and counts are sums of what they say."""
    plan, credit = said.plan, sum(why.credit_idr for why in said.makers)
    if plan and said.runner_up and sum(idr for _, idr in said.difference) != said.runner_up.cost - plan.cost:
        return False
    parts = plan is None or (
        sum(idr for _, idr, _ in said.parts) == plan.cost and credit == -plan.parts.fairness_credit
    )
    return parts and sum(n for name, n in said.limits.items() if name not in ("lots", "brands")) <= said.of


@pytest.mark.parametrize("seed", seeds(12, 120))
def test_small_problems_are_explained_alike_with_tables_and_without(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = small(seed)
    matching = route(problem, PARAMS, Iterations(5))
    for order in range(len(problem.orders)):
        dense, wide = both(monkeypatch, problem, matching, order)
        assert told(wide) == told(dense), f"seed {seed} order {order}"
        assert wide.makers == dense.makers, f"seed {seed} order {order}"
        assert wide.of == dense.of == len(wide.makers)
        assert adds_up(wide)


@pytest.mark.parametrize("seed", seeds(1, 6))
def test_of_many_makers_few_are_named_and_all_are_counted(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = pilot(seed, orders=24, busy=300)
    matching = route(problem, PARAMS, Iterations(4))
    monkeypatch.setattr("clothingline.matching.whynot.NEAREST", 2)
    named = 0
    for order in np.flatnonzero(problem.orders.pieces <= 24):
        dense, wide = both(monkeypatch, problem, matching, int(order))
        one_each = problem.orders.max_makers[order] == 1
        without_price = [{**said.limits, "price": 0} for said in (dense, wide)]
        assert dense.limits == wide.limits if one_each else without_price[0] == without_price[1], f"seed {seed} {order}"
        assert set(wide.makers) <= set(dense.makers), f"seed {seed} order {order}"
        assert {why.maker for why in wide.makers} >= set(wide.plan.makers if wide.plan else ())
        assert len(wide.makers) < wide.of == 30
        assert adds_up(wide)
        named += len(wide.makers)
    assert named > 24


@pytest.mark.parametrize("seed", seeds(24, 60))
def test_promised_shares_stand_in_a_large_problem_too(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = small(seed)
    shares = [(plan.order, plan.shares[0].maker, plan.shares[0].pieces) for plan in _plans(problem)]
    pinned = problem.with_columns({"orders": {"pins": np.array(shares, dtype=np.int64).reshape(-1, 3)}})
    matching = route(pinned, PARAMS, Iterations(5))
    for order in range(len(problem.orders)):
        dense, wide = both(monkeypatch, pinned, matching, order)
        assert told(wide) == told(dense), f"seed {seed} order {order}"
        assert wide.makers == dense.makers, f"seed {seed} order {order}"


def _plans(problem: Problem) -> list[Plan]:
    return [plan for plan in route(problem, PARAMS, Iterations(2)).plans if plan]


def test_a_long_run_that_is_dealt_out_in_lumps_still_adds_up(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = pilot(3, orders=6, busy=900)
    long = problem.with_columns(
        {"orders": {"pieces": np.full(6, 103), "max_makers": np.full(6, 5), "reserve_idr": np.full(6, 10**9)}}
    )
    monkeypatch.setattr(seeking, "LARGE", 0)
    monkeypatch.setattr("clothingline.matching.joining.LUMPS", 20)
    matching = route(long, PARAMS, Iterations(2))
    shared = 0
    for order in range(6):
        said = explain(long, PARAMS, matching, order)
        assert adds_up(said)
        shared += sum(why.extra_idr is not None and not why.chosen for why in said.makers)
    assert shared > 5


def test_a_large_problem_refuses_and_offers_as_a_small_one(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = pilot(2, orders=12)
    far = problem.with_columns({"orders": {"reserve_idr": np.full(12, 1_000)}})
    single = int(np.flatnonzero(problem.orders.pieces == 1)[0])
    said = [
        refuse(far, PARAMS, single).limits,
        [plan and plan.cost for plan in (best(problem, PARAMS, o) for o in range(12))],
    ]
    monkeypatch.setattr(seeking, "LARGE", 0)
    monkeypatch.setattr("clothingline.matching.wide.Case", None)
    assert refuse(far, PARAMS, single).limits == said[0]
    assert [plan and plan.cost for plan in (best(problem, PARAMS, o) for o in range(12))] == said[1]
