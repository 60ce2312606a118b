"""What the matching benchmark prints and keeps, on instances so small that only the form matters."""

import json
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks.matching import extras, report
from benchmarks.matching.bars import PARTS, bars
from benchmarks.matching.events import KINDS
from benchmarks.matching.extents import QUICK, Extent
from benchmarks.matching.rows import Row
from benchmarks.matching.table import print_bars

COLUMNS = {
    "part", "peer", "instance", "seed", "budget", "seconds", "processor", "load", "cost", "bound", "gap", "memory_mb",
    "ratio", "bar", "reached", "note", "bite",
}  # fmt: skip
EVENTS = [("event", f"engine {kind} {name}") for kind in KINDS for name in ("p50", "p99")]
"""Of the province, and once more of the nation."""


def tiny(folder: Path) -> Extent:
    return replace(
        QUICK, name="tiny", folder=folder, pilots=1, pilot_iterations=2, province=1 / 20, provinces=1,
        province_iterations=2, assignment=1 / 2_000, quotes=(1 / 2_000,), asked=5, asked_of_postgres=0,
        nations=(1 / 2_000,), nation_seconds=0.2, nearest=1 / 2_000, nearest_asked=5, nearest_of_postgres=0,
        event_iterations=2, event_nations=((1 / 2_000, 1),), events=(2, 2), growth=(1 / 4_000, 1 / 2_000),
    )  # fmt: skip


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Any]:
    """A run without the extras: what it printed, and the JSON that it kept."""
    folder = tmp_path_factory.mktemp("report")
    lines: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(extras, "find_spec", lambda _: None)
        patch.setattr("builtins.print", lambda *words, **_: lines.append(" ".join(map(str, words))))
        report.run(tiny(folder))
    return "\n".join(lines), json.loads((folder / "matching.json").read_text())


def test_each_row_has_the_columns_of_the_table(printed: tuple[str, dict[str, list[dict[str, Any]]]]) -> None:
    rows = printed[1]["rows"]
    assert [(row["part"], row["peer"]) for row in rows] == [
        ("pilot", "engine"), ("pilot", "greedy"), ("province", "engine"), ("province", "greedy"),
        ("nation", "engine"), ("nation", "greedy"),
        ("quote", "engine p50"), ("quote", "engine p99"), ("quote", "engine p50"), ("quote", "engine p99"),
        ("nearest", "engine p50"), ("nearest", "engine p99"), ("nearest", "engine at once"), ("assignment", "engine"),
        *EVENTS, *EVENTS,
        ("growth", "engine"), ("growth", "engine"),
    ]  # fmt: skip
    assert all(row.keys() == COLUMNS for row in rows)


def test_what_bites_stands_beside_the_gap(printed: tuple[str, dict[str, list[dict[str, Any]]]]) -> None:
    for row in printed[1]["rows"]:
        if row["part"] in {"pilot", "province", "nation"} and row["peer"] == "engine":
            assert isinstance(row["bite"], dict)
            assert row["bite"].keys() == {"maker_weeks", "lots", "brand_weeks", "unmatched"}
            assert row["gap"] * row["cost"] == pytest.approx(row["cost"] - row["bound"])


def test_machine_versions_seeds_and_budgets_are_named(printed: tuple[str, dict[str, Any]]) -> None:
    setting = printed[1]["setting"]
    assert setting.keys() == {"machine", "load_before", "versions", "left_out", "extent", "warm_up", "seconds"}
    extent = {name: value for name, value in asdict(tiny(Path())).items() if name != "folder"}
    assert setting["extent"] == json.loads(json.dumps(extent))
    assert "2 iterations" in printed[0]


def test_a_peer_that_is_not_installed_is_left_out_with_a_line_that_says_so(printed: tuple[str, object]) -> None:
    for package in ("highspy", "ortools", "matplotlib"):
        assert f"{package} is not installed" in printed[0]
        assert package not in sys.modules


def test_a_part_that_was_not_measured_is_named_as_such(
    printed: tuple[str, object], capsys: pytest.CaptureFixture[str]
) -> None:
    print_bars("tiny", bars([]))
    unmeasured = [line.split()[0] for line in capsys.readouterr().out.splitlines() if "not measured" in line]
    assert unmeasured == list(PARTS)
    assert "not measured" not in printed[0]


def test_a_bar_that_one_row_misses_is_missed() -> None:
    row = Row(
        part="pilot", peer="engine", instance="60 orders", seed=1, budget="2 iterations", seconds=0.05, load=0.0,
        gap=0.01, ratio=1.0, bar="gap ≤ 0% in ≤ 0.1 s", reached=True,
    )  # fmt: skip
    judged = {bar.part: bar for bar in bars([row, replace(row, seed=2, gap=0.02, reached=False)])}
    assert judged.keys() == set(PARTS)
    assert (judged["pilot"].seen, judged["pilot"].word) == ("1 of 2; gap at most 2.00%, time at most 50 ms", "MISSED")
    assert bars([row])[0].word == "reached"


def test_growth_is_judged_by_its_exponent() -> None:
    def at(orders: int, seconds: float) -> Row:
        return Row(
            part="growth", peer="engine", instance=f"{orders:,} orders", seed=1, budget="", seconds=seconds, load=0
        )

    linear, square = ([at(n, (n / 1_000) ** power) for n in (1_000, 2_000, 4_000)] for power in (1, 2))
    assert {"k = 1.00", "k = 2.00"} == {bars(rows)[-1].seen for rows in (linear, square)}
    assert [bars(rows)[-1].word for rows in (linear, square)] == ["reached", "MISSED"]
