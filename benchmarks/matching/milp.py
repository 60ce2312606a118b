"""HiGHS and CP-SAT on the joint programme: two threads, a time limit, and a matching from what they found."""

import math
import time
from collections import defaultdict
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import get_context

from benchmarks.matching.chosen import Choice, matching_of
from benchmarks.matching.joint import Programme, Values, programme
from benchmarks.matching.options import End
from benchmarks.matching.weeks import seated
from clothingline.matching import Matching, Params, Problem


@dataclass(frozen=True)
class Answer:
    """What a solver found. `status`: optimal, feasible or none · `bound`: rupiah, of the programme that it was given ·
    `keep`: None for the exact programme · `built`, `solved`: seconds."""

    solver: str
    status: str
    matching: Matching
    bound: int
    keep: int | None
    variables: int
    built: float
    solved: float


SOLVERS = {"highs": "benchmarks.matching.highs", "cp-sat": "benchmarks.matching.cp_sat"}


def solve(
    problem: Problem, params: Params, solver: str, *, seconds: float = 60, keep: int | None = None,
    start: Matching | None = None,
) -> Answer:  # fmt: skip
    """Solve the joint programme with `highs` or `cp-sat`; `start` is a matching to begin with."""
    begun = time.perf_counter()
    written = programme(problem, params, keep, start)
    built = time.perf_counter()
    hint = _hint(written, start) if start else {}
    status, values, bound = _run(solver, written, seconds, hint)
    solved = time.perf_counter()
    choices = _choices(problem, written, values)
    whole = math.ceil(bound - 1e-6 * max(1.0, abs(bound)) ** 0.5) if math.isfinite(bound) else 0
    matching = matching_of(problem, params, choices, bound=whole, optimal=status == "optimal" and keep is None)
    return Answer(solver, status, matching, whole, keep, len(written.cost), built - begun, solved - built)


def _hint(written: Programme, start: Matching) -> Values:
    """All variables at a matching."""
    hint: dict[int, int] = {}
    for variable, (order, place) in written.places.items():
        plan, spot = start.plans[order], (place.brand, place.lot, place.start)
        hint[variable] = int(plan is not None and spot == (plan.brand, plan.lot, plan.cut_start_day))
    for order, ends in _by_order(written.ends).items():
        plan = start.plans[order]
        fitting = [v for v, end in ends if plan and end.brand == plan.brand and end.delivery >= plan.p90_day]
        hint.update({v: int(v in fitting[:1]) for v, _ in ends})
    for variable, (order, brand, maker) in written.pieces.items():
        plan = start.plans[order]
        given = {s.maker: s.pieces for s in plan.shares} if plan is not None and plan.brand == brand else {}
        hint[variable] = given.get(maker, 0)
        hint[written.set_ups[order, brand, maker]] = int(maker in given)
    used = {(o, s.maker, w): n for o, plan in enumerate(start.plans) if plan for s in plan.shares for w, n in s.seconds}
    hint.update({variable: used.get(key, 0) for variable, key in written.seconds.items()})
    hint.update({total: sum(hint[one] for one in parts) for total, parts in written.sums.items()})
    return hint


def _by_order(ends: Mapping[int, tuple[int, End]]) -> Mapping[int, list[tuple[int, End]]]:
    """By order, its ends with their variables, the earliest first."""
    found: dict[int, list[tuple[int, End]]] = defaultdict(list)
    for variable, (order, end) in ends.items():
        found[order].append((variable, end))
    return found


def _run(solver: str, written: Programme, seconds: float, hint: Values) -> tuple[str, Values, float]:
    """In a process of its own: HiGHS and the copy of it inside OR-Tools cannot be loaded together."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
        return alone.submit(_call, SOLVERS[solver], written, seconds, hint).result()


def _call(module: str, written: Programme, seconds: float, hint: Values) -> tuple[str, Values, float]:
    answer: tuple[str, Values, float] = import_module(module).run(written, seconds, hint)
    return answer


def _choices(problem: Problem, written: Programme, values: Values) -> list[Choice]:
    """The choices of a solution; seconds are laid into the weeks again, for a solver may leave them fractional."""
    places = {written.places[v][0]: written.places[v][1] for v in written.places if values.get(v)}
    last = {written.ends[v][0]: written.ends[v][1].last for v in written.ends if values.get(v)}
    given: dict[int, dict[int, int]] = defaultdict(dict)
    for variable, (order, _, maker) in written.pieces.items():
        if values.get(variable):
            given[order][maker] = values[variable]
    return seated(problem, {order: (place, last[order]) for order, place in places.items()}, given)
