"""The instances and how they bite, with what the plain greedy reaches."""

import time
from collections.abc import Callable

from benchmarks.matching import instances
from benchmarks.matching.bite import Shares, bite
from benchmarks.matching.greedy import greedy
from clothingline.matching import Params, Problem

SEED = 1
INSTANCES: dict[str, Callable[[int], Problem]] = {
    "pilot": instances.pilot,
    "province": instances.province,
    "nation × 1/16": lambda seed: instances.nation(seed, 1 / 16),
}


def main() -> None:
    """Prints a block for each instance."""
    greedy(instances.pilot(SEED), Params())  # compiles
    for name, make in INSTANCES.items():
        begun = time.perf_counter()
        problem = make(SEED)
        made = time.perf_counter()
        found = greedy(problem, Params())
        print(f"\n{name}, seed {SEED}: {_sizes(problem)}; made in {made - begun:.1f} s")
        print(f"  greedy {found.cost:,} rupiah in {time.perf_counter() - made:.1f} s")
        _print_shares(bite(problem, found))


def _sizes(problem: Problem) -> str:
    tables = (problem.orders, problem.brands, problem.makers, problem.lots)
    return ", ".join(f"{len(table):,} {table.noun}" for table in tables)


def _print_shares(shares: Shares) -> None:
    for name, third in zip(("busiest", "middle", "calmest"), shares.thirds, strict=True):
        print(
            f"  {name:8} third: load {third.load:.1%} · exhausted: maker-weeks {third.maker_weeks:.1%},"
            f" lots {third.lots:.1%}, brand-weeks {third.brand_weeks:.1%}"
        )
    print(f"  unmatched {shares.unmatched:.1%}", flush=True)
