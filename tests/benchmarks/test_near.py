"""Who is near: the engine and PostgreSQL get the same question, and give the answer of a plain scan."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks.matching import instances, postgres
from benchmarks.matching.near import Spots, spots
from clothingline.matching import Params, Problem
from clothingline.matching.nearest import nearest_all
from clothingline.matching.world import Laid, lay

ASKED = 40


@pytest.fixture(scope="module")
def laid() -> tuple[Problem, Laid, Spots]:
    """So few makers that often fewer than 32 of them can do the work."""
    problem = instances.nation(1, 1 / 4_000)
    made = lay(problem, Params())
    return problem, made, spots(problem, made)


def scanned(problem: Problem, order: int, day: int) -> list[tuple[int, int]]:
    """Squares of distances and numbers of the nearest, without any index."""
    m, need, machines = problem.makers, problem.orders.need_skills[order], problem.orders.need_machines[order]
    skills = [bit for bit in range(m.skill_until.shape[1]) if int(need) >> bit & 1]
    able = ((m.skills & need) == need) & ((m.machines & machines) == machines) & (m.rush >= problem.orders.rush[order])
    able &= (m.skill_until[:, skills] >= day).all(axis=1)
    square = (m.x - problem.orders.x[order]) ** 2 + (m.y - problem.orders.y[order]) ** 2
    near = [(int(square[maker]), int(maker)) for maker in np.flatnonzero(able) if square[maker] <= 100_000**2]
    return sorted(near)[:32]


def test_each_spot_is_an_order_and_gets_who_is_nearest_to_it(laid: tuple[Problem, Laid, Spots]) -> None:
    problem, made, asked = laid
    makers, _ = nearest_all(made, asked.kind, asked.x, asked.y, asked.within)
    counts = set()
    for order, found in zip(asked.order, makers, strict=True):
        expected = [maker for _, maker in scanned(problem, int(order), asked.within.day)]
        assert found[found >= 0].tolist() == expected
        counts.add(len(expected))
    assert sorted(asked.order) == list(range(len(problem.orders)))
    assert len(counts) > 1


def test_postgres_finds_as_many_in_both_of_its_ways(
    laid: tuple[Problem, Laid, Spots], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem, made, asked = laid
    monkeypatch.setattr(postgres, "HOME", tmp_path)
    monkeypatch.setattr(postgres, "TUNED", {})
    found = postgres.nearby(problem, asked.order[:ASKED], asked.within.day)
    makers, _ = nearest_all(made, asked.kind[:ASKED], asked.x[:ASKED], asked.y[:ASKED], asked.within)
    assert found.box.found == found.knn.found == (makers >= 0).sum() / len(makers)
    assert 0 < found.box.p50 <= found.box.p99
