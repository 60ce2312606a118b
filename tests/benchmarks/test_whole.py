"""The nation by the clock: how far it gets is found out, and only the whole of it can reach the bar."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.matching import instances, whole
from benchmarks.matching.extents import QUICK
from benchmarks.matching.rows import Row
from benchmarks.matching.whole import Part, Stopwatch, hopeless, judged, nations
from clothingline.matching import Params, route

ROW = Row(
    part="nation", peer="engine", instance="", seed=1, budget="", seconds=50, load=0, gap=0.01, memory_mb=400, note="n"
)  # fmt: skip


def part(size: float, first: float = 1, **row: object) -> Part:
    return Part(size, replace(ROW, **row), replace(ROW, peer="greedy"), first)  # type: ignore[arg-type]  # any column


def test_the_clock_is_first_asked_when_there_is_a_first_answer() -> None:
    stop = Stopwatch(0.0)
    found = route(instances.pilot(1), Params(), stop)
    assert found.iterations == 0
    assert stop.asked[0][1] == found.cost
    assert 0 < stop.asked[0][0] == min(seconds for seconds, _ in stop.asked)
    assert not Stopwatch(3_600)(0)


def test_a_larger_part_is_tried_while_time_and_memory_allow_it() -> None:
    assert hopeless(part(1 / 4, first=29), 1 / 2, 60) == ""
    assert "first answer would take about 62 s" in hopeless(part(1 / 4, first=31), 1 / 2, 60)
    assert "4,000 MB" in hopeless(part(1 / 4, memory_mb=1_000), 1, 60)


def test_only_the_whole_within_time_memory_and_gap_reaches_the_bar() -> None:
    assert judged(part(1), "").reached
    for missed in (
        part(1 / 2), part(1, gap=0.03), part(1, seconds=61), part(1, memory_mb=3_001),
    ):  # fmt: skip
        assert judged(missed, "").reached is False
    assert judged(part(1 / 2), "why").note == "n; 1/2 of the nation; why"


def test_the_last_part_is_held_against_the_bar_and_says_why_it_is_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole, "alone", lambda size, _: part(size, first=100 * size))
    rows = list(nations(replace(QUICK, nations=(1 / 8, 1 / 4, 1 / 2, 1), nation_seconds=60, folder=Path())))
    assert [row.peer for row in rows] == ["engine", "greedy"] * 3
    assert [row.reached for row in rows] == [None, None, None, None, False, None]
    assert "the nation not tried: its first answer would take about 100 s" in rows[4].note


def test_a_part_is_answered_with_cost_bound_memory_and_what_bites() -> None:
    done = whole.alone(1 / 2_000, 0.2)
    assert done.engine.cost
    assert done.engine.bound
    assert done.engine.bound <= done.engine.cost
    assert done.engine.memory_mb
    assert done.engine.bite
    assert 0 < done.first <= done.engine.seconds
    assert (done.greedy.bound, done.greedy.memory_mb) == (done.engine.bound, None)
