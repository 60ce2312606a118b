"""A line profile of the hottest kernels: how often each of their lines runs for one question of a round of prices.

The lines are counted in a process without the compiler, on questions that a process with it has laid out; the answers
of both must be the same. Only the time of the compiled question differs from run to run; it is printed and not kept.
"""

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import numpy as np

from benchmarks.ground import ROOT
from benchmarks.machine import machine
from benchmarks.matching import instances
from benchmarks.matching.counting import KERNELS, Questions
from benchmarks.matching.rows import clock
from clothingline.matching import Iterations, Params
from clothingline.matching.kernels import seating
from clothingline.matching.route import searched

SEED, HOTTEST, LISTED, ROUNDS, PLANS, BODY = 1, 3, 10, 2, 3, 4
WORDS = """# Lines of the hottest kernels

How often each line runs for one question, on average over {orders} seeded orders of {part}, which ask at the prices of
round {rounds} for plans that are worth less than the best that is known. `make bench ONLY=lines` writes
this page anew: it runs the kernels without the compiler and counts, so that the figures do not depend on the machine;
the answers are those of the compiled kernels. What the compiler writes into its callers (`@inlined`) counts to the
caller.

A line is not a unit of time: what is in a register costs next to nothing, and what is not in the cache as much as a
hundred additions. What the counts show is in the [README](README.md).

All kernels together: {all:,.0f} lines a question. The busiest:

| kernel | lines a question | share |
|---|---:|---:|"""
Counted = Mapping[str, Any]


@dataclass(frozen=True)
class Sample:
    """Which questions: seeded orders of a part of the nation."""

    folder: Path
    part: float
    orders: int


WHOLE = Sample(ROOT / "docs" / "benchmarks", 1 / 64, 60)


def main() -> None:
    """Count and write; some minutes."""
    run(WHOLE)


def run(sample: Sample) -> None:
    """Write `lines.md`, and print the time of the compiled kernels for the same questions."""
    asked = questions(sample)
    seconds, values = _compiled(asked)
    counted = _uncompiled(asked)
    assert counted["values"] == values, "with and without the compiler the kernels must give the same answers"
    sample.folder.mkdir(parents=True, exist_ok=True)
    (sample.folder / "lines.md").write_text("\n".join(_page(sample, counted["kernels"])) + "\n")
    print(f"compiled: {clock(seconds / sample.orders)} a question, {machine()} · → {sample.folder}/lines.md")


def questions(sample: Sample) -> Questions:
    """What the next round of prices asks of some orders: a plan that is worth less than the best that is known."""
    search = searched(instances.nation(SEED, sample.part), Params(), Iterations(ROUNDS))
    asker, price = search.asker, search.pricing.best
    known = seating.cheapest(search.plans.pool, search.plans.by_order(), price)
    orders = np.random.default_rng(SEED).permutation(np.flatnonzero(known > search.pricing.floor))[: sample.orders]
    return Questions(asker, price, orders, known[orders], PLANS)


def _compiled(asked: Questions) -> tuple[float, list[int]]:
    """The better of two times, for the first also sets the bounds for these prices; and the values."""
    taken: list[float] = []
    values: list[int] = []
    for _ in range(2):
        begun = perf_counter()
        values = asked.ask()
        taken.append(perf_counter() - begun)
    return min(taken), values


def _uncompiled(asked: Questions) -> Counted:
    with TemporaryDirectory() as folder:
        paths = Path(folder, "asked.pickle"), Path(folder, "counted.json")
        paths[0].write_bytes(pickle.dumps(asked))
        command = [sys.executable, "-m", "benchmarks.matching.counting", *map(str, paths)]
        subprocess.run(command, cwd=ROOT, env=os.environ | {"NUMBA_DISABLE_JIT": "1"}, check=True)  # noqa: S603  # our own words
        found: Counted = json.loads(paths[1].read_text())
        return found


def _page(sample: Sample, kernels: list[Counted]) -> Iterator[str]:
    total = sum(_times(one) for one in kernels)
    yield WORDS.format(
        orders=sample.orders, part=instances.named(sample.part), rounds=ROUNDS, all=total / sample.orders
    )
    for one in kernels[:LISTED]:
        own = _times(one)
        yield f"| `{one['file']}` `{one['name']}` | {own / sample.orders:,.1f} | {own / total:.1%} |"
    for one in kernels[:HOTTEST]:
        yield from _table(one, sample.orders, total)


def _times(kernel: Counted) -> int:
    return sum(times for *_, times in kernel["lines"])


def _table(kernel: Counted, orders: int, total: int) -> Iterator[str]:
    """The lines of a kernel, and behind them those of each function that is written into it."""
    yield f"\n## `{kernel['name']}` in `{kernel['file']}`"
    written = [(file, name) for file, name, *_ in kernel["lines"]]
    for place in dict.fromkeys(written):
        if place != (kernel["file"], kernel["name"]):
            yield f"\n`{place[1]}` in `{place[0]}`, as it is written into `{kernel['name']}`:"
        yield "\n| line | text | a question | share |\n|---:|---|---:|---:|"
        source = Path(KERNELS, place[0]).read_text().splitlines()
        for file, name, number, times in kernel["lines"]:
            if (file, name) == place:
                yield f"| {number} | {_code(source[number - 1])} | {times / orders:,.1f} | {times / total:.1%} |"


def _code(text: str) -> str:
    """A line of a function as it looks in a cell."""
    deep = len(text) - len(text.lstrip()) - BODY
    return "&nbsp;" * deep + "`" + text.strip().replace("|", "\\|") + "`"
