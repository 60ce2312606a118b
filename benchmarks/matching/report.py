"""The matching benchmark: prints the table of rows and bars, and keeps it as JSON and plots.

`main` is the whole of it and writes under `docs/benchmarks/`; `quick` takes small sizes and writes under `.local/`.
Kernels are compiled, and kept for the next run, before anything is timed; that takes a minute or two the first time.
"""

import json
import platform
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from importlib.metadata import version
from os import getloadavg
from typing import Any

from benchmarks.machine import machine
from benchmarks.matching import extras, plots
from benchmarks.matching.asked import quotes
from benchmarks.matching.bars import bars
from benchmarks.matching.events import events
from benchmarks.matching.extents import QUICK, WHOLE, Extent
from benchmarks.matching.growing import growth
from benchmarks.matching.near import nears
from benchmarks.matching.relaxed import assignments
from benchmarks.matching.routed import pilots, provinces
from benchmarks.matching.rows import Row
from benchmarks.matching.table import print_bars, print_row, print_setting
from benchmarks.matching.warming import warm
from benchmarks.matching.whole import nations

PARTS: tuple[Callable[[Extent], Iterator[Row]], ...] = (
    pilots,
    provinces,
    nations,
    quotes,
    nears,
    assignments,
    events,
    growth,
)
NAMED = ("numpy", "numba", "llvmlite")


def main() -> None:
    """The whole run: half an hour, most of it the limits of solvers and of the nation."""
    run(WHOLE)


def quick() -> None:
    """Everything at small sizes, for every day."""
    run(QUICK)


def run(extent: Extent) -> None:
    """Warm up, measure, print, keep."""
    print("Compiling the kernels; a minute or two the first time …", flush=True)
    warmed = warm()
    started, setting = time.monotonic(), _setting(extent) | {"warm_up": f"{warmed:.0f} s, counted nowhere"}
    print_setting(setting)
    rows = list(_measured(extent))
    setting["seconds"] = round(time.monotonic() - started)
    print_bars(extent.name, bars(rows))
    _keep(extent, setting, rows)
    print(f"{setting['seconds']} s without the warm-up · → {extent.folder}/matching.json")


def _measured(extent: Extent) -> Iterator[Row]:
    for part in PARTS:
        for row in part(extent):
            print_row(row)
            yield row


def _setting(extent: Extent) -> dict[str, Any]:
    there = [package for package in extras.EXTRAS if extras.installed(package)]
    return {
        "machine": machine(),
        "load_before": round(getloadavg()[0], 1),
        "versions": {"python": platform.python_version(), **{one: version(one) for one in (*NAMED, *there)}},
        "left_out": extras.left_out(),
        "extent": {name: value for name, value in asdict(extent).items() if name != "folder"},
    }


def _keep(extent: Extent, setting: dict[str, Any], rows: list[Row]) -> None:
    extent.folder.mkdir(parents=True, exist_ok=True)
    found = {"setting": setting, "rows": [asdict(row) for row in rows], "bars": [asdict(bar) for bar in bars(rows)]}
    (extent.folder / "matching.json").write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n")
    if extras.installed("matplotlib"):
        plots.draw(rows, extent.folder)
