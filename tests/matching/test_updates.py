"""A laid problem that follows what happens finds what the changed problem, laid anew, would find."""

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from clothingline.matching import Params, groves
from clothingline.matching.columns import ProblemError
from clothingline.matching.kernels import tables as t
from clothingline.matching.kernels.wear import taken
from clothingline.matching.nearest import Within, nearest_all
from clothingline.matching.search.asking import Asker
from clothingline.matching.updates import Changing
from clothingline.matching.world import Laid, lay
from tests.matching.changes import ENDING, LOWERING, Mirror, change
from tests.matching.instances import pilot, seeds
from tests.matching.uncompiled import uncompiled

PARAMS = Params()
BOUNDS = ("sewing", "spread", "cloth")
LEAST, MOST = slice(t.N_RATE, t.N_ROOM), slice(t.N_ROOM, None)


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """So few places are left over that lists must be laid anew."""
    monkeypatch.setattr(groves, "FEWEST", 3)


def begun(seed: int, orders: int = 12, makers: int = 40) -> tuple[Mirror, Changing]:
    problem = pilot(seed, orders=orders, brands=18, makers=makers, lots=24)
    return Mirror.of(problem), Changing(problem, PARAMS, lay(problem, PARAMS), spare=3)


def changed(seed: int, kinds: tuple[str, ...], count: int, **sizes: int) -> tuple[Mirror, Changing]:
    """Both after so many random changes; bounds are set anew now and then."""
    mirror, changing = begun(seed, **sizes)
    draw = np.random.default_rng([seed, 2])
    for turn in range(count):
        change(str(draw.choice(kinds)), 1_000 * seed + turn, mirror, changing)
        if draw.random() < 0.1:
            changing.renew(int(draw.integers(1, 20)))
    return mirror, changing


def prices(laid: Laid, asker: Asker, seed: int) -> Any:
    """The same random prices by the numbers of the problem, whatever the rows; zero for the seed 0."""
    row = np.zeros_like(asker.free)
    if seed:
        draw, split = np.random.default_rng(seed), asker.split(row)
        of = laid.numbers
        tables = zip(split, (of.maker, of.brand, of.lot, of.brand, of.lot), strict=True)
        for table, numbers in tables:
            values = draw.integers(0, 900, (400, *table.shape[1:])) * draw.integers(0, 2, (400, *table.shape[1:]))
            table[:] = values[numbers]
    return row


def found(laid: Laid, priced: int = 0) -> dict[int, list[Any]]:
    """By order of the problem: the values of its best plans, with brand, lot and maker where a single maker sews."""
    asker, numbers = Asker(laid, exact=True), laid.numbers
    orders = np.arange(len(numbers.order))
    limit = 1_000 * laid.world.order[:, t.RESERVE]
    rows = asker.ask(orders, asker.free, prices(laid, asker, priced), limit, 4)
    answers: dict[int, list[Any]] = {}
    for order in orders:
        plans = [
            (
                int(rows.value[order, at]),
                int(numbers.brand[b]),
                int(numbers.lot[x]),
                _single(laid, rows, int(order), at),
            )
            for at, (b, x) in enumerate(rows.place[order, :, :2])
            if b >= 0
        ]
        answers[int(numbers.order[order])] = plans
    return answers


def _single(laid: Laid, rows: Any, order: int, at: int) -> int:
    return int(laid.numbers.maker[rows.maker[order, at, 0]]) if rows.place[order, at, 4] == 1 else -1


def too_high(laid: Laid) -> list[str]:
    """Nodes that are above something that counts below them, in any tree."""
    return [
        f"{name} {tree} place {at}"
        for name, forest in (("kinds", laid.world.kinds), ("keys", laid.world.keys))
        for tree in range(len(forest.depth))
        for at in range(forest.first[tree], forest.first[tree + 1])
        if forest.until[at] >= 0 and not _below(forest, laid.world.rules, tree, at)
    ]


def _below(forest: t.Forest, rules: Any, tree: int, at: int) -> bool:
    """Whether all nodes above a place hold its thing."""
    thing, number = _thing(forest, rules, tree, at), at - forest.first[tree]
    for level in range(forest.depth[tree]):
        number //= t.FAN
        node = forest.node[forest.level[tree, level] + number]
        box = node[t.N_X0] <= thing[t.N_X0] <= node[t.N_X1] and node[t.N_Y0] <= thing[t.N_Y0] <= node[t.N_Y1]
        if not (box and (node[LEAST] <= thing[LEAST] + 1e-6).all() and (node[MOST] >= thing[MOST]).all()):
            return False
    return True


def _thing(forest: t.Forest, rules: Any, tree: int, at: int) -> Any:
    """A thing with its units in this tree."""
    row = forest.row[forest.thing[at]].copy()
    shortest = float(forest.shortest[tree])
    fixed = shortest * 1_000 * (rules[t.SET_UP] + 2 * rules[t.BASE]) / max(row[t.N_ROOM], 1)
    row[t.N_UNIT] = shortest * row[t.N_RATE] / 60_000 + row[t.N_PPM] * rules[t.DEFECT] / 1_000
    row[t.N_SHARE] = row[t.N_UNIT] + fixed
    return row


def highest(laid: Laid, truth: Laid) -> float:
    """By how much a bound of a cell is above the one that was laid anew, at most; relative. Zero is a bound that was
    not looked for."""
    pairs = [(getattr(laid.world.cells, name), getattr(truth.world.cells, name)) for name in BOUNDS]
    return max(float(np.where(new > 0, (now - new) / np.maximum(new, 1), 0).max()) for now, new in pairs)


@pytest.mark.parametrize("seed", seeds(12, 150))
def test_after_any_changes_the_same_is_found_as_in_the_changed_problem_laid_anew(seed: int) -> None:
    mirror, changing = changed(seed, LOWERING + ENDING, count=50)
    truth = lay(mirror.problem(), PARAMS)
    for priced in (0, seed + 1):
        assert found(changing.laid, priced) == found(truth, priced), f"seed {seed}, prices {priced}"


@pytest.mark.parametrize("seed", seeds(12, 150))
def test_after_any_changes_no_node_and_no_cell_is_above_what_it_bounds(seed: int) -> None:
    mirror, changing = changed(seed, LOWERING + ENDING, count=50)
    assert too_high(changing.laid) == [], f"seed {seed}"
    assert highest(changing.laid, lay(mirror.problem(), PARAMS)) < 1e-9, f"seed {seed}"


@pytest.mark.parametrize("seed", seeds(6, 60))
def test_renewed_bounds_are_as_high_as_those_laid_anew(seed: int) -> None:
    mirror, changing = changed(seed, (*LOWERING, "retire", "gone", "brand"), count=40)
    truth = lay(mirror.problem(), PARAMS)
    while changing.renew(10):
        pass
    for name in BOUNDS:
        now, new = getattr(changing.laid.world.cells, name), getattr(truth.world.cells, name)
        assert np.allclose(now[new > 0], new[new > 0], rtol=1e-9, atol=1e-6), f"seed {seed}, {name}"


@pytest.mark.parametrize("seed", seeds(200, 2_000))
def test_what_is_taken_off_a_spread_is_never_less_than_its_dual_falls_by_and_is_reached(seed: int) -> None:
    draw = np.random.default_rng(seed)
    room, unit = draw.choice([0, 3, 10, 40], 2).astype(float), draw.integers(0, 12, 2).astype(float)
    edge = float(draw.integers(0, 12))
    at = np.linspace(0, edge, 12 * int(edge) + 1)
    falls = room[1] * np.maximum(at - unit[1], 0) - room[0] * np.maximum(at - unit[0], 0)
    most = max(taken(room[0], unit[0], room[1], unit[1], edge), 0)
    assert most == pytest.approx(max(falls.max(), 0)), f"seed {seed}"


def test_the_changes_bite_something_is_found_and_something_else_than_before() -> None:
    mirror, changing = changed(1, LOWERING + ENDING, count=50)
    before, after = found(begun(1)[1].laid), found(changing.laid)
    assert sum(map(len, after.values())) > 20
    assert before != after
    assert any(plan[3] >= 40 for plans in after.values() for plan in plans)
    assert len(mirror.problem().makers) > 43


@pytest.mark.parametrize("seed", seeds(4, 40))
def test_the_nearest_makers_are_those_of_the_changed_problem(seed: int) -> None:
    mirror, changing = changed(seed, LOWERING + ENDING, count=40)
    problem = mirror.problem()
    laid, truth = changing.laid, lay(problem, PARAMS)
    kinds = np.repeat(np.arange(len(truth.world.kinds.depth)), 3)
    x, y = np.resize([0, 70_000, 140_000], len(kinds)), np.resize([10_000, 30_000], len(kinds))
    for within in (Within(10**6, 200), Within(60_000, 8, 30, (1, 2))):
        now, new = nearest_all(laid, kinds, x, y, within), nearest_all(truth, kinds, x, y, within)
        assert (now[0] == new[0]).all(), f"seed {seed}"
        assert (now[1] == new[1]).all()


def test_what_was_handed_in_stays_as_it_was() -> None:
    problem = pilot(7, orders=12, brands=18, makers=40, lots=24)
    laid = lay(problem, PARAMS)
    before, digest = found(laid), problem.digest()
    changing, mirror = Changing(problem, PARAMS, laid, spare=3), Mirror.of(problem)
    for turn in range(40):
        change((LOWERING + ENDING)[turn % 9], turn, mirror, changing)
    assert found(laid) == before
    assert problem.digest() == digest
    again = lay(problem, PARAMS)
    for name in BOUNDS:
        assert (getattr(laid.world.cells, name) == getattr(again.world.cells, name)).all()
    assert (laid.free.piece == again.free.piece).all()
    assert (laid.world.soonest == again.world.soonest).all()


def test_a_list_without_places_left_is_laid_anew_and_keeps_all_who_count() -> None:
    mirror, changing = begun(3)
    before = np.diff(changing.laid.world.kinds.first)
    for turn in range(30):
        change("join", turn, mirror, changing)
    assert (np.diff(changing.laid.world.kinds.first) > before).any()
    assert found(changing.laid) == found(lay(mirror.problem(), PARAMS))


def test_who_comes_moves_others_into_the_next_leaf_and_the_nodes_follow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groves, "FEWEST", 64)
    mirror, changing = begun(9)
    for turn in range(40):
        change(("join", "arrive")[turn % 2], turn, mirror, changing)
        assert too_high(changing.laid) == [], f"turn {turn}"
    assert (changing.crew.grove.part[:, 1] > 2 * t.FAN).any()
    assert found(changing.laid) == found(lay(mirror.problem(), PARAMS))


def test_a_certificate_that_ends_and_comes_back_finds_its_maker_again() -> None:
    mirror, changing = begun(4)
    before = found(changing.laid)
    makers = mirror.tables["makers"]
    held = [(maker, skill) for maker in range(40) for skill in range(10) if makers["skill_until"][maker, skill] >= 0]
    for maker, skill in held:
        changing.certificate(maker, skill, -1)
    assert not any(found(changing.laid).values())
    for maker, skill in held:
        changing.certificate(maker, skill, int(makers["skill_until"][maker, skill]))
    assert found(changing.laid) == before


def test_who_has_left_and_who_never_was_are_unknown() -> None:
    _, changing = begun(5)
    changing.retire(7)
    changing.gone(3)
    acts: tuple[Callable[[], object], ...] = (
        lambda: changing.retire(7),
        lambda: changing.free_time(40, 0, 1),
        lambda: changing.terms(-1, rate_idr=1),
        lambda: changing.free_time(0, 99, 1),
        lambda: changing.certificate(0, 99, 5),
        lambda: changing.cloth(3, 100),
        lambda: changing.cloth(24, 100),
        lambda: changing.brand_week(18, 0, 1),
    )
    for act in acts:
        with pytest.raises(LookupError):
            act()


def test_values_that_the_columns_do_not_hold_are_refused() -> None:
    _, changing = begun(6)
    acts: tuple[Callable[[], object], ...] = (
        lambda: changing.free_time(0, 0, -1),
        lambda: changing.terms(0, rate_idr=-5),
        lambda: changing.terms(0, salary=5),
        lambda: changing.certificate(0, 0, -2),
        lambda: changing.cloth(0, -1),
        lambda: changing.brand_week(0, 0, -1),
    )
    for act in acts:
        with pytest.raises(ProblemError):
            act()


def answers() -> list[Any]:
    """What small changes lead to."""
    groves.FEWEST = 3
    _, changing = changed(8, LOWERING + ENDING, count=16, orders=2, makers=12)
    cells = changing.laid.world.cells
    return [sorted(found(changing.laid).items()), float(cells.sewing.sum()), float(cells.spread.min())]


@pytest.mark.prove
def test_compiled_and_uncompiled_agree() -> None:
    assert uncompiled(__name__) == json.loads(json.dumps(answers()))
