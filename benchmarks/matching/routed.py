"""All orders at once: the engine on the pilot and the province, with the greedy and the solvers beside it."""

from collections.abc import Iterator

from benchmarks.matching import extras, instances
from benchmarks.matching.bite import bite
from benchmarks.matching.extents import Extent
from benchmarks.matching.greedy import greedy
from benchmarks.matching.milp import Answer, solve
from benchmarks.matching.rows import Row, watched
from clothingline.matching import Iterations, Matching, Params, Problem, route

PACKAGES = {"highs": "highspy", "cp-sat": "ortools"}
NAMES = {"highs": "HiGHS", "cp-sat": "CP-SAT"}
PILOT_S, PROVINCE_S, PROVINCE_GAP = 0.1, 2.0, 0.01


def pilots(extent: Extent) -> Iterator[Row]:
    """The engine on each seed; the exact programme on the first few."""
    for seed in range(1, extent.pilots + 1):
        problem = instances.pilot(seed)
        row = _engine(problem, "pilot", seed, extent.pilot_iterations)
        yield row
        yield beside(problem, row)
        if seed <= extent.pilots_solved:
            yield from _solved(problem, row, extent.solver_seconds, None)


def provinces(extent: Extent) -> Iterator[Row]:
    """The engine and the greedy on each seed; the programme that keeps the cheapest candidates on the first few."""
    for seed in range(1, extent.provinces + 1):
        problem = extent.province_of(seed)
        row = _engine(problem, "province", seed, extent.province_iterations)
        yield row
        yield beside(problem, row)
        if seed <= extent.provinces_solved:
            yield from _solved(problem, row, extent.solver_seconds, extent.keep)


def _engine(problem: Problem, part: str, seed: int, iterations: int) -> Row:
    with watched() as watch:
        found = route(problem, Params(), Iterations(iterations))
    gap = found.gap / max(1, found.cost)
    wanted = (0.0, PILOT_S) if part == "pilot" else (PROVINCE_GAP, PROVINCE_S)
    return Row(
        part=part,
        peer="engine",
        instance=f"{len(problem.orders):,} orders",
        seed=seed,
        budget=f"{iterations} iterations",
        **vars(watch),
        cost=found.cost,
        bound=found.bound,
        gap=gap,
        ratio=1.0,
        bar=f"gap ≤ {wanted[0]:.0%} in ≤ {wanted[1]:g} s",
        reached=gap <= wanted[0] and watch.seconds <= wanted[1],
        bite=shares(problem, found),
    )


def beside(problem: Problem, engine: Row) -> Row:
    """The greedy: what it costs, beside the engine's bound."""
    with watched() as watch:
        found = greedy(problem, Params())
    return Row(
        part=engine.part,
        peer="greedy",
        instance=engine.instance,
        seed=engine.seed,
        budget="one pass",
        **vars(watch),
        cost=found.cost,
        bound=engine.bound,
        gap=1 - (engine.bound or 0) / max(1, found.cost),
        ratio=watch.seconds / engine.seconds,
        note="the engine's bound",
    )


def _solved(problem: Problem, engine: Row, seconds: float, keep: int | None) -> Iterator[Row]:
    for solver, package in PACKAGES.items():
        if extras.installed(package):
            yield _solver(problem, engine, solver, seconds, keep)


def _solver(problem: Problem, engine: Row, solver: str, seconds: float, keep: int | None) -> Row:
    """A solver begins at the greedy's matching, never at the engine's. The bound of a restricted programme bounds only
    that; a bound of nothing is none. Its time is that of its process."""
    start = greedy(problem, Params())
    with watched() as watch:
        answer = solve(problem, Params(), solver, seconds=seconds, keep=keep, start=start)
    cost, proves = answer.matching.cost, keep is None and answer.bound > 0
    bar, reached = _compared(engine, answer)
    return Row(
        part=engine.part,
        peer=NAMES[solver],
        instance=engine.instance,
        seed=engine.seed,
        budget=f"{seconds:g} s, 2 threads",
        seconds=answer.solved,
        load=watch.load,
        cost=None if answer.status == "none" else cost,
        bound=answer.bound if proves else None,
        gap=1 - answer.bound / cost if proves else None,
        ratio=answer.solved / engine.seconds,
        bar=bar,
        reached=reached,
        note=_note(answer, start),
    )


def _compared(engine: Row, answer: Answer) -> tuple[str, bool | None]:
    """The bar that a solver's answer sets for the engine, and whether it is reached; none when nothing was found."""
    if answer.status == "none":
        return "", None
    if answer.status == "optimal" and answer.keep is None:
        return "the engine costs the same", engine.cost == answer.matching.cost
    return "the engine costs no more", (engine.cost or 0) <= answer.matching.cost


def _note(answer: Answer, start: Matching) -> str:
    keep, nothing = answer.keep, answer.status == "none"
    kind = "exact programme" if keep is None else f"programme of the {keep} cheapest candidates an order"
    better = not nothing and answer.matching.cost < start.cost
    return f"{'found nothing' if nothing else answer.status}; {kind}{'' if better else '; no better than its start'}"


def shares(problem: Problem, found: Matching) -> dict[str, float]:
    """What is used up of what a matching draws on, and who stays without."""
    whole = bite(problem, found)
    third = whole.thirds[0]
    return {
        "maker_weeks": third.maker_weeks,
        "lots": third.lots,
        "brand_weeks": third.brand_weeks,
        "unmatched": whole.unmatched,
    }
