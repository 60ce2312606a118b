"""The nearest makers: exactly those whom a look at every maker finds, in the same order."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from clothingline.matching import Params, Problem
from clothingline.matching.nearest import Within, kind_of, nearest, nearest_all
from clothingline.matching.world import Laid, lay
from tests.matching.instances import pilot, seeds
from tests.matching.uncompiled import uncompiled

EVERYWHERE = 10**7


def crowd(seed: int, grid: int = 1, makers: int = 400, orders: int = 12) -> Problem:
    """Makers on a grid of so many metres: a coarse one has many at one spot and many at the same distance. Some have no
    time in some weeks."""
    problem, draw = pilot(seed, orders=orders, makers=makers), np.random.default_rng(seed)
    m = problem.makers
    free = m.free_seconds * (draw.random(m.free_seconds.shape) < 0.3)
    return replace(problem, makers=replace(m, x=m.x // grid * grid, y=m.y // grid * grid, free_seconds=free))


def truth(problem: Problem, order: int, spot: tuple[int, int], within: Within) -> tuple[list[int], list[int]]:
    """Makers and metres, by looking at everyone."""
    o, m = problem.orders, problem.makers
    need = [skill for skill in range(m.skill_until.shape[1]) if int(o.need_skills[order]) >> skill & 1]
    able = (m.skills & o.need_skills[order]) == o.need_skills[order]
    able &= (m.machines & o.need_machines[order]) == o.need_machines[order]
    able &= (m.rush >= o.rush[order]) & (m.skill_until[:, need] >= within.day).all(axis=1)
    if within.weeks:
        able &= m.free_seconds[:, within.weeks[0] : within.weeks[1] + 1].any(axis=1)
    square = (m.x - spot[0]) ** 2 + (m.y - spot[1]) ** 2
    near = np.flatnonzero(able & (square <= within.radius_m**2))
    chosen = near[np.lexsort((near, square[near]))][: within.count]
    return chosen.tolist(), np.sqrt(square[chosen]).astype(int).tolist()


def asked(seed: int) -> tuple[tuple[int, int], Within]:
    """A spot and a wish."""
    draw = np.random.default_rng([seed, 1])
    first = int(draw.integers(0, 8))
    weeks = None if draw.random() < 0.4 else (first, first + int(draw.integers(0, 4)))
    spot = (int(draw.integers(-50_000, 200_000)), int(draw.integers(-50_000, 110_000)))
    radius = int(draw.choice([0, 2_000, 20_000, 100_000, EVERYWHERE]))
    return spot, Within(radius, int(draw.choice([1, 5, 32, 500])), int(draw.integers(0, 600)), weeks)


def found(laid: Laid, order: int, spot: tuple[int, int], within: Within) -> tuple[list[int], list[int]]:
    makers, metres = nearest(laid, kind_of(laid, order), *spot, within)
    return makers.tolist(), metres.tolist()


@pytest.mark.parametrize("grid", [1, 5_000, 60_000, 10**6], ids=["apart", "ties", "towns", "one spot"])
@pytest.mark.parametrize("seed", seeds(4, 40))
def test_the_nearest_are_those_whom_a_look_at_everyone_finds(seed: int, grid: int) -> None:
    problem = crowd(seed, grid)
    laid = lay(problem, Params())
    for turn in range(12):
        spot, within = asked(100 * seed + turn)
        wanted = truth(problem, turn, spot, within)
        assert found(laid, turn, spot, within) == wanted, f"seed {seed}, turn {turn}: {spot} {within}"


def test_the_draws_hold_full_empty_and_short_answers_and_ties() -> None:
    problem = crowd(0, 5_000)
    answers = [(truth(problem, turn, *asked(turn)), asked(turn)[1]) for turn in range(12)]
    assert any(not makers for (makers, _), _ in answers)
    assert any(0 < len(makers) < within.count for (makers, _), within in answers)
    assert any(len(makers) == within.count > 1 for (makers, _), within in answers)
    assert any(len(set(metres)) < len(metres) for (_, metres), _ in answers)


def test_nobody_is_near_where_all_are_out_of_the_radius() -> None:
    laid = lay(crowd(1), Params())
    assert found(laid, 0, (10**7, 10**7), Within()) == ([], [])


def test_a_maker_at_the_radius_is_near_and_one_beyond_it_is_not() -> None:
    problem = crowd(2, 10**6)
    laid = lay(problem, Params())
    at, beyond = (found(laid, 0, spot, Within(5_000, 3)) for spot in ((3_000, 4_000), (3_000, 4_001)))
    assert at == (truth(problem, 0, (3_000, 4_000), Within(5_000, 3))[0], [5_000] * 3)
    assert beyond == ([], [])


def test_nobody_is_near_where_nobody_has_the_skill() -> None:
    problem = crowd(3)
    bare = np.zeros_like(problem.makers.skills)
    laid = lay(replace(problem, makers=replace(problem.makers, skills=bare)), Params())
    assert found(laid, 0, (0, 0), Within(EVERYWHERE)) == ([], [])


def test_nobody_is_near_where_there_are_no_makers() -> None:
    laid = lay(crowd(4, makers=0), Params())
    assert found(laid, 0, (0, 0), Within(EVERYWHERE)) == ([], [])


def test_two_threads_answer_many_spots_as_each_is_answered_alone() -> None:
    problem = crowd(5)
    laid, draw = lay(problem, Params()), np.random.default_rng(5)
    kinds = np.array([kind_of(laid, int(order)) for order in draw.integers(0, 12, 90)])
    x, y, within = draw.integers(0, 150_000, 90), draw.integers(0, 60_000, 90), Within(30_000, 20, 100, (0, 2))
    makers, metres = nearest_all(laid, kinds, x, y, within)
    for at in range(90):
        alone = nearest(laid, int(kinds[at]), int(x[at]), int(y[at]), within)
        assert makers[at][makers[at] >= 0].tolist() == alone[0].tolist()
        assert metres[at][makers[at] >= 0].tolist() == alone[1].tolist()
    assert ((makers < 0) == (metres < 0)).all()
    assert (makers < 0).any()


@pytest.mark.parametrize(
    "wrong", [{"count": 0}, {"radius_m": -1}, {"day": -1}, {"weeks": (2, 1)}, {"weeks": (-1, 1)}], ids=str
)
def test_a_wish_that_nobody_can_fulfil_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="within"):
        Within(**wrong)


def answers() -> list[Any]:
    laid = lay(crowd(6, 5_000, makers=60, orders=3), Params())
    return [[list(each) for each in found(laid, turn % 3, *asked(turn))] for turn in range(12)]


def test_compiled_and_uncompiled_agree() -> None:
    assert uncompiled(__name__) == answers()
