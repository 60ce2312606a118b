"""How evenly half a year of the pilot is earned: greedy, the engine without the credit, and with it at several weights.

Prints a table, and keeps it as JSON with a plot of who earns how much per free hour.
"""

import json
import platform
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from importlib.metadata import version
from os import getloadavg
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.ground import ROOT
from benchmarks.machine import machine
from benchmarks.matching import extras, plots
from benchmarks.matching.greedy import greedy
from benchmarks.matching.seasons import Lived, Policy, Season, lived, season
from benchmarks.matching.warming import warm
from clothingline.matching import Iterations, Matching, Params, Problem, fairness, route

Both = tuple[Season, Lived]
GRID = np.linspace(0, 1, 101)
HEAD = (
    "orders a week",
    "policy",
    "cost",
    "price",
    "Gini",
    "least",
    "most",
    "of shares",
    "idle",
    "unmatched",
    "in use",
    "time",
)
WIDTH = (13, 22, 15, 8, 7, 7, 7, 9, 7, 9, 7, 8)


@dataclass(frozen=True)
class Span:
    """How much of it is lived. `a_week`: orders a week, the pilot's own first · `weights`: permille of the sewing pay
    that the credit is at most, next to that of `Params`."""

    folder: Path
    seeds: int
    weeks: int
    a_week: tuple[int, ...]
    weights: tuple[int, ...]
    iterations: int


WHOLE = Span(ROOT / "docs" / "benchmarks", 8, 26, (8, 16), (100, 200, 1_000), 20)


@dataclass(frozen=True, kw_only=True)
class Spread:
    """One policy over all seeds. `cost`: rupiah without the credit, with the reserves of the unmatched · `price`: of
    fairness, as a share of the cost without the credit · `gini`: of earnings per free hour, mean of the seeds, and of
    them the least and the most · `uneven`: Gini of seconds offered per second of the share among equally certified
    makers nearby, mean of the seeds · `idle`: makers without any work, of those with free hours · `unmatched`: of all
    orders · `in_use`: seconds offered, of those declared · `lorenz`: earnings at each hundredth of the hours."""

    a_week: int
    policy: str
    weight_permille: int
    cost: int
    price: float
    gini: float
    gini_least: float
    gini_most: float
    uneven: float
    idle: float
    unmatched: float
    in_use: float
    seconds: float
    lorenz: tuple[float, ...]


def main() -> None:
    """The whole of it: a minute or two."""
    run(WHOLE)


def run(span: Span) -> None:
    """Live, print, keep."""
    print("Compiling the kernels; a minute or two the first time …", flush=True)
    warm()
    began, setting = time.monotonic(), _setting(span)
    for name, value in setting.items():
        print(f"{name:12} {value}")
    _print_cells(HEAD)
    found = [spread for a_week in span.a_week for spread in _spreads(span, a_week)]
    setting["seconds"] = round(time.monotonic() - began)
    _keep(span.folder, setting, found)
    print(f"{setting['seconds']} s without the warm-up · → {span.folder}/seasons.json")


def _setting(span: Span) -> dict[str, Any]:
    named = ("numpy", "numba")
    return {
        "machine": machine(),
        "load_before": round(getloadavg()[0], 1),
        "versions": {"python": platform.python_version(), **{one: version(one) for one in named}},
        "instance": "pilot: 20 brands, 30 makers, 40 lots; every offer is accepted",
        "seeds": f"1 … {span.seeds}",
        "budget": f"{span.weeks} weeks, {span.iterations} iterations a week",
        "near_m": fairness.NEAR_M,
        "weeks_that_count": fairness.WEEKS,
    }


def policies(span: Span) -> list[Policy]:
    """The engine without the credit first: the price of fairness is measured against it."""
    usual, match = Params(), partial(_engine, iterations=span.iterations)
    weights = sorted({0, usual.fairness_permille, *span.weights})
    engines = [Policy(_name(weight), replace(usual, fairness_permille=weight), match) for weight in weights]
    return [*engines, Policy("greedy", replace(usual, fairness_permille=0), greedy)]


def _name(weight: int) -> str:
    if not weight:
        return "engine, no credit"
    return f"engine, {weight / 10:g} %{', default' if weight == Params().fairness_permille else ''}"


def _engine(problem: Problem, params: Params, *, iterations: int) -> Matching:
    return route(problem, params, Iterations(iterations))


def _spreads(span: Span, a_week: int) -> Iterator[Spread]:
    """A line for each policy, printed as soon as it is lived."""
    seasons = [season(seed, weeks=span.weeks, a_week=a_week) for seed in range(1, span.seeds + 1)]
    plain: list[Matching] = []
    for policy in policies(span):
        began = time.perf_counter()
        both = [(one, lived(one, policy)) for one in seasons]
        took = time.perf_counter() - began
        plain = plain or _weeks(both)
        spread = _spread(policy, both, plain, a_week=a_week, seconds=round(took, 2))
        _print_spread(spread)
        yield spread


def _weeks(both: Sequence[Both]) -> list[Matching]:
    return [found for _, life in both for found in life.matchings]


def _spread(policy: Policy, both: Sequence[Both], plain: Sequence[Matching], *, a_week: int, seconds: float) -> Spread:
    ginis = [fairness.gini(life.earned, one.declared) for one, life in both]
    weeks = _weeks(both)
    return Spread(
        a_week=a_week,
        policy=policy.name,
        weight_permille=policy.params.fairness_permille,
        cost=sum(map(fairness.cost_without_credit, weeks)),
        price=fairness.price_of_fairness(weeks, plain),
        gini=float(np.mean(ginis)),
        gini_least=min(ginis),
        gini_most=max(ginis),
        uneven=float(np.mean([fairness.gini(life.offered, life.share) for _, life in both])),
        idle=float(np.mean([(life.earned[one.declared > 0] == 0).mean() for one, life in both])),
        unmatched=sum(len(found.unmatched) for found in weeks) / sum(len(one.comes) for one, _ in both),
        in_use=float(np.mean([life.offered.sum() / one.declared.sum() for one, life in both])),
        seconds=seconds,
        lorenz=tuple(np.mean([_curve(one, life) for one, life in both], axis=0).round(4).tolist()),
    )


def _curve(one: Season, life: Lived) -> NDArray[np.float64]:
    return np.interp(GRID, *fairness.lorenz(life.earned, one.declared))


def _print_spread(one: Spread) -> None:
    ginis = (one.gini, one.gini_least, one.gini_most, one.uneven)
    parts = (one.idle, one.unmatched, one.in_use)
    _print_cells((
        str(one.a_week), one.policy, f"{one.cost:,}", f"{one.price:+.2%}", *(f"{gini:.3f}" for gini in ginis),
        *(f"{part:.1%}" for part in parts), f"{one.seconds:.1f} s",
    ))  # fmt: skip


def _print_cells(cells: Sequence[str]) -> None:
    left = 2
    spaced = [
        f"{cell:<{w}}" if n < left else f"{cell:>{w}}" for n, (cell, w) in enumerate(zip(cells, WIDTH, strict=True))
    ]
    print(" ".join(spaced).rstrip(), flush=True)


def _keep(folder: Path, setting: dict[str, Any], found: Sequence[Spread]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    kept = {"setting": setting, "rows": [asdict(one) for one in found]}
    (folder / "seasons.json").write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n")
    if extras.installed("matplotlib"):
        plots.draw_one(partial(_lorenz, found=found), folder / "seasons-lorenz.svg")


def _lorenz(axes: Any, *, found: Sequence[Spread]) -> bool:
    """The Lorenz curves of the pilot's own demand: greedy, without the credit, and at the default weight."""
    own = {one.policy: one for one in found if one.a_week == found[0].a_week}
    for name in ("greedy", _name(0), _name(Params().fairness_permille)):
        axes.plot(100 * GRID, 100 * np.array(own[name].lorenz), label=f"{name}: Gini {own[name].gini:.2f}")
    axes.plot([0, 100], [0, 100], color="grey", linewidth=1, label="all the same")
    axes.set(xlabel="free hours, least paid first, %", ylabel="earnings, %", title="Earnings per free hour, pilot")
    axes.legend()
    return True
