"""The table as it is printed."""

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.matching.bars import Bar
from benchmarks.matching.rows import Row, clock

HEAD = (
    "part",
    "peer",
    "instance",
    "seed",
    "budget",
    "time",
    "cpu",
    "cost",
    "bound",
    "gap",
    "memory",
    "ratio",
    "load",
    "bar",
)
WIDTH = (10, 26, 32, 4, 27, 9, 8, 15, 15, 7, 8, 8, 4, 7)


def print_setting(setting: Mapping[str, Any]) -> None:
    """What everything below was measured on."""
    for name, value in setting.items():
        print(f"{name:12} {value}")
    print()
    _print_cells(HEAD)


def print_row(row: Row) -> None:
    """One line, and below it what is to be said besides."""
    reached = {None: "–", True: "reached", False: "MISSED"}[row.reached]
    _print_cells((
        row.part, row.peer, row.instance, str(row.seed), row.budget, clock(row.seconds),
        "–" if row.processor is None else clock(row.processor), _whole(row.cost),
        _whole(row.bound), _share(row.gap), f"{row.memory_mb:,} MB" if row.memory_mb else "–",
        f"× {row.ratio:,.3g}" if row.ratio is not None else "–", f"{row.load:g}", reached,
    ))  # fmt: skip
    if row.note:
        print(f"{'':11}{row.note}", flush=True)
    if row.bite:
        shares = ", ".join(f"{name.replace('_', '-')} {share:.0%}" for name, share in row.bite.items())
        print(f"{'':11}bite (exhausted in the busiest third; unmatched of all): {shares}", flush=True)


def print_bars(extent: str, found: Sequence[Bar]) -> None:
    """What must be reached, and whether it was."""
    print("\nBars" if extent == "whole" else f"\nBars, which are set for the whole and not for these {extent} sizes")
    for bar in found:
        print(f"  {bar.part:11} {bar.word:13} {bar.wanted} {'· ' + bar.seen if bar.seen else ''}".rstrip(), flush=True)


def _print_cells(cells: Sequence[str]) -> None:
    left = 5
    spaced = [
        f"{cell:<{w}}" if n < left else f"{cell:>{w}}" for n, (cell, w) in enumerate(zip(cells, WIDTH, strict=True))
    ]
    print(" ".join(spaced).rstrip(), flush=True)


def _whole(rupiah: int | None) -> str:
    return "–" if rupiah is None else f"{rupiah:,}"


def _share(gap: float | None) -> str:
    return "–" if gap is None else f"{gap:.2%}"
