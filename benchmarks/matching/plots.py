"""Plots of the rows, as SVG. matplotlib is one of the extras and is loaded when it is there."""

from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.matching.growing import exponent
from benchmarks.matching.rows import Row

Rows = Sequence[Row]


def draw(rows: Rows, folder: Path) -> list[Path]:
    """A file for each plot of which there are rows."""
    drawn = (draw_one(partial(plot, rows=rows), folder / f"matching-{name}.svg") for name, plot in PLOTS.items())
    return [path for path in drawn if path]


def draw_one(plot: Callable[[Any], bool], path: Path) -> Path | None:
    """The file of one plot; None when it says that there was nothing to draw on its axes."""
    import_module("matplotlib").use("Agg")
    pyplot = import_module("matplotlib.pyplot")
    pyplot.rcParams["svg.hashsalt"] = "clothingline"
    figure, axes = pyplot.subplots(figsize=(7, 4), layout="constrained")
    drawn = plot(axes)
    if drawn:
        figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)
    return path if drawn else None


def _gaps(axes: Any, rows: Rows) -> bool:
    """The gap of each seed."""
    seeds = sorted({row.seed for row in rows if row.part in {"pilot", "province"}})
    for part, marker in (("pilot", "o"), ("province", "s")):
        own = [row for row in rows if (row.part, row.peer) == (part, "engine")]
        axes.plot([row.seed for row in own], [100 * (row.gap or 0) for row in own], marker, label=part)
    axes.axhline(1, color="grey", linewidth=1, label="bar of the province")
    axes.set(xlabel="seed", ylabel="gap, %", title="Engine: gap between cost and proved bound")
    axes.set_ylim(bottom=0)
    axes.set_xticks(seeds)
    axes.legend()
    return bool(seeds)


def _costs(axes: Any, rows: Rows) -> bool:
    """The cost of each peer above the engine's bound, against its time."""
    bound = {row.seed: row.bound for row in rows if (row.part, row.peer) == ("province", "engine")}
    own = [row for row in rows if row.part == "province" and row.cost]
    for peer in dict.fromkeys(row.peer for row in own):
        seen = [row for row in own if row.peer == peer]
        above = [100 * ((row.cost or 0) / (bound[row.seed] or 1) - 1) for row in seen]
        axes.plot([row.seconds for row in seen], above, "o", label=peer)
    axes.set(xscale="log", xlabel="seconds", ylabel="cost above the engine's bound, %", title="Province")
    axes.minorticks_off()
    if own:
        axes.legend()
    return bool(own)


def _growth(axes: Any, rows: Rows) -> bool:
    own = [row for row in rows if row.part == "growth"]
    if len(own) > 1:
        axes.loglog([int(row.instance.split()[0].replace(",", "")) for row in own], [row.seconds for row in own], "o-")
        axes.set(xlabel="orders", ylabel="seconds", title=f"Laid and asked once: time ~ n^{exponent(own):.2f}")
    return len(own) > 1


PLOTS: dict[str, Callable[..., bool]] = {"gaps": _gaps, "costs": _costs, "growth": _growth}
