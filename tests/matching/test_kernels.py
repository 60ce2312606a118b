"""The kernels beside the tables of `choices`, and compiled beside uncompiled."""

import numpy as np
import pytest

from clothingline.matching import Params, Prices, Problem
from clothingline.matching.choices import choices
from clothingline.matching.index import Remaining, index_of
from clothingline.matching.kernels.tables import MILLI, N_ROOM, N_X0, N_X1, N_Y0, N_Y1, RESERVE, Forest
from clothingline.matching.quote import search
from clothingline.matching.search.asking import Asker
from clothingline.matching.wish import Wish
from clothingline.matching.world import Laid, Whole, lay

from .instances import pilot, seeds, small
from .uncompiled import uncompiled

PARAMS = Params()
K = 5


def _prices(problem: Problem, seed: int) -> Prices:
    """Prices of which two in three are zero."""
    draw = np.random.default_rng(seed)
    scales = (2_000, 3_000_000, 3_000, 9_000_000, 9_000_000)
    zero = Prices.zero(problem)
    columns = (
        draw.integers(0, 3, table.shape) // 2 * draw.integers(0, scale, table.shape)
        for table, scale in zip(_tables(zero), scales, strict=True)
    )
    return Prices(*columns)


def _tables(prices: Prices) -> tuple[Whole, ...]:
    return prices.second, prices.piece, prices.cm, prices.large_piece, prices.large_cm


def _row(laid: Laid, prices: Prices) -> Whole:
    maker, brand, lot = laid.numbers.maker, laid.numbers.brand, laid.numbers.lot
    rows = zip(_tables(prices), (maker, brand, lot, brand, lot), strict=True)
    return np.concatenate([table[order].ravel() for table, order in rows])


def _found(problem: Problem, prices: Prices, *, exact: bool = True) -> list[list[int]]:
    """By order of the problem, the values of its best plans at prices."""
    laid = lay(problem, PARAMS)
    asker = Asker(laid, exact)
    limit = MILLI * asker.world.order[:, RESERVE] + 1
    found = asker.ask(np.arange(len(limit)), asker.free, _row(laid, prices), limit, K)
    mine: list[list[int]] = [[] for _ in range(len(limit))]
    for at, order in enumerate(laid.numbers.order):
        mine[order] = [
            int(value) for value, place in zip(found.value[at], found.place[at], strict=True) if place[0] >= 0
        ]
    return mine


@pytest.mark.parametrize("priced", [False, True])
@pytest.mark.parametrize("seed", seeds(2, 12))
def test_the_kernels_find_exactly_what_the_tables_hold(seed: int, priced: bool) -> None:
    problem = pilot(seed, orders=30)
    prices = _prices(problem, seed) if priced else Prices.zero(problem)
    index, found = index_of(problem, PARAMS), _found(problem, prices)
    for order, reserve in enumerate(problem.orders.reserve_idr):
        c = choices(index, Remaining.of(problem), Wish(order, prices if priced else None))
        expected = [one.value for one in search(c, K, MILLI * int(reserve) + 1)] if c else []
        assert found[order] == expected, f"seed {seed}, order {order}"


def test_spreads_by_hand_are_never_better_than_the_best_and_rarely_far_from_it() -> None:
    problem = pilot(3, orders=40)
    zero = Prices.zero(problem)
    quick, best = (_found(problem, zero, exact=exact) for exact in (False, True))
    pairs = [(one[0], two[0]) for one, two in zip(quick, best, strict=True) if one]
    assert all(one >= two for one, two in pairs)
    assert sum(one for one, _ in pairs) <= 1.01 * sum(two for _, two in pairs)


@pytest.mark.parametrize("tree", ["kinds", "keys"])
def test_a_node_holds_everything_that_is_below_it(tree: str) -> None:
    forest: Forest = getattr(lay(pilot(5), PARAMS).world, tree)
    checked = 0
    for number in range(len(forest.depth)):
        for leaf in range(forest.level[number, 1] - forest.level[number, 0] if forest.depth[number] else 0):
            node = forest.node[forest.level[number, 0] + leaf]
            begin = forest.first[number] + 8 * leaf
            for thing in forest.thing[begin : min(begin + 8, forest.first[number + 1])]:
                row = forest.row[thing]
                assert node[N_X0] <= row[N_X0] <= node[N_X1]
                assert node[N_Y0] <= row[N_Y0] <= node[N_Y1]
                assert node[N_ROOM] >= row[N_ROOM]
                checked += 1
    assert checked == len(forest.thing) > 0


def answers() -> list[list[list[int]]]:
    """What a few small problems are answered, with prices and without."""
    problems = [small(seed) for seed in range(4)]
    free = [_found(problem, Prices.zero(problem)) for problem in problems]
    return free + [_found(problem, _prices(problem, 7)) for problem in problems]


def test_compiled_and_uncompiled_say_the_same() -> None:
    assert any(any(order) for problem in answers() for order in problem)
    assert uncompiled(__name__) == answers()
