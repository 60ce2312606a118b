"""Bounds for what is left: never too narrow for what can be had, and as close as if they were made anew."""

import numpy as np
import pytest

from clothingline.matching import Iterations, Params, Problem, certificate, route, verify
from clothingline.matching.kernels.tables import N_SHARE, Free
from clothingline.matching.search.views import View
from clothingline.matching.world import lay
from tests.matching.instances import pilot, seeds

PARAMS = Params()


@pytest.mark.parametrize("seed", seeds(4, 30))
def test_nodes_that_were_widened_hold_what_nodes_that_look_anew_hold(seed: int) -> None:
    draw, laid = np.random.default_rng(seed), lay(pilot(seed), PARAMS)
    whole = laid.free
    none = Free(*(np.zeros_like(column) for column in whole))
    left = Free(*(draw.integers(0, np.maximum(column, 1)) for column in whole))
    now, anew = (View(laid, none, whole=False) for _ in range(2))
    now.look(left)
    makers, lots = (draw.permutation(count)[: count // 3] for count in (len(left.second), len(left.cm)))
    left.second[makers], left.cm[lots] = whole.second[makers], whole.cm[lots]
    now.widen(left, makers, lots)
    anew.look(left)
    for tree in ("kinds", "keys"):
        ours, theirs = getattr(now.world, tree), getattr(anew.world, tree)
        others = np.arange(ours.node.shape[1]) != N_SHARE
        assert (ours.row[:, 10:] == theirs.row[:, 10:]).all()
        assert (ours.node[:, others] == theirs.node[:, others]).all()
        assert (ours.node[:, N_SHARE] <= theirs.node[:, N_SHARE] + 1e-6).all()


def test_an_order_for_more_makers_than_are_ever_ranked_has_a_true_bound() -> None:
    """Three hundred makers, each with room for two of six hundred pieces."""
    one = pilot(5, orders=1, makers=300, lots=60)
    orders = one.orders.with_columns(
        pieces=np.array([600]),
        max_makers=np.array([600], dtype=np.int32),
        min_lot=np.array([1], dtype=np.int32),
        reserve_idr=np.array([10**11]),
        cloth_cm=np.array([10]),
        need_skills=np.array([0], dtype=np.uint64),
        need_machines=np.array([0], dtype=np.uint64),
        colour=np.array([-1], dtype=np.int16),
        fixed_brand=np.array([-1], dtype=np.int32),
        ready_day=np.array([0], dtype=np.int32),
        due_day=np.array([50], dtype=np.int32),
        standard_seconds=np.array([3_000]),
    )
    seconds = np.zeros_like(one.makers.free_seconds)
    seconds[:, 3:5] = 7_000
    problem = Problem(
        orders,
        one.brands.with_columns(free_pieces=np.full_like(one.brands.free_pieces, 5_000)),
        one.lots,
        one.makers.with_columns(free_seconds=seconds, reach_m=np.full(300, 10**7)),
    )
    matching = route(problem, PARAMS, Iterations(6))
    assert matching.bound < 10**11
    assert verify(problem, PARAMS, certificate(problem, matching)) == []
