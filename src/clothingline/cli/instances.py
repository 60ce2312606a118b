"""`match` on files: an instance of one's own, without a server. Opens the engine, which takes a second."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from clothingline import matching
from clothingline.cli import explained
from clothingline.cli.exits import FAILED, INFEASIBLE, NOT_FOUND, USAGE, Stop
from clothingline.cli.output import say, show, show_json, show_record
from clothingline.cli.progress import Watched
from clothingline.kit.clock import monotonic
from clothingline.matching import Iterations, Matching, Plan
from clothingline.matching.search.shards import Team
from clothingline.matching.stop import Never, Until
from clothingline.routing import files
from clothingline.routing.files import Claim, FileError, Instance
from clothingline.routing.files.example import Size, example
from clothingline.routing.files.plans import plan_record

SHOWN = 20
"""Findings that are printed; JSON has all."""


def write_example(out: Path, size: Size, seed: int, *, as_json: bool) -> None:
    """Write a first instance. Raises `Stop`."""
    instance = example(size, seed)
    with _refusing():
        files.write_problem(out, instance)
    show_record({**asdict(size), "seed": seed, "problem": instance.problem.digest(), "out": str(out)}, as_json=as_json)
    say(f"Lanjut / next: clothingline match route --problem {out} --out M.json")


def route(
    path: Path,
    out: Path,
    *,
    iterations: int | None,
    seconds: int | None,
    seed: int | None,
    ray: str | None,
    as_json: bool,
) -> None:
    """Match all orders of a problem, on a cluster when `ray` names one, and write the matching. Raises `Stop`."""
    _check_out(path, out)
    instance = _instance(path)
    if seed is not None:
        instance = replace(instance, params=replace(instance.params, seed=seed))
    with _team(ray) as team:
        found = _routed(instance, iterations, seconds, team)
    with _refusing():
        files.write_matching(out, instance, found)
    show_record({**_figures(found), "iterations": found.iterations, "out": str(out)}, as_json=as_json)
    say(f"Lanjut / next: clothingline match verify {path} {out}")


def quote(path: Path, order: int, best: int, *, as_json: bool) -> None:
    """The best plans of one order of a problem. Raises `Stop`, with 5 when there is none."""
    instance = _instance(path)
    _check_order(instance, order)
    with _of_a_size():
        plans = matching.quote(instance.problem, instance.params, order, best)
    if not plans:
        raise _no_plan(instance, order)
    if as_json:
        show_json({"order": order, "plans": [_shown(plan) for plan in plans]})
        return
    show([explained.line(plan) for plan in plans], explained.PLANS)
    print()
    show(explained.parts(plans[0].parts.items(), {}), explained.PARTS)


def verify(path: Path, matching_path: Path, *, as_json: bool) -> None:
    """Check a matching against its problem; ends with 1 when something is wrong. Raises `Stop`."""
    instance, claim = _claim(path, matching_path)
    say(f"Memeriksa {len(instance.problem.orders)} pesanan … / Checking …")
    found = files.findings(instance, claim)
    figures = _figures(claim.as_matching()) | {"gap": claim.certificate.gap}
    if as_json:
        show_json({"holds": not found, **figures, "findings": found})
    else:
        show_record(figures)
        _tell_findings(found)
    if found:
        raise Stop(f"sertifikat salah: {len(found)} temuan.", f"the matching does not hold: {found[0]}", code=FAILED)
    say("Benar: rencana, biaya, batas, dan celah terbukti. / It holds: plans, cost, bound and gap are proved.")


def explain(path: Path, matching_path: Path, order: int, *, as_json: bool) -> None:
    """Why an order of a matching has its plan, and what would change it. Raises `Stop`."""
    instance, claim = _claim(path, matching_path)
    _check_order(instance, order)
    found = matching.explain(instance.problem, claim.params, claim.as_matching(), order)
    if as_json:
        show_json(asdict(found))
    else:
        explained.tell(found)


def tell_openings(path: Path, matching_path: Path, maker: int, *, as_json: bool) -> None:
    """What further certificates would have opened for a maker of a matching. Raises `Stop`."""
    instance, claim = _claim(path, matching_path)
    _check_row("penjahit", "maker", maker, len(instance.problem.makers))
    found = matching.openings(instance.problem, claim.params, claim.as_matching(), maker)
    if as_json:
        openings = [{**asdict(one), "pay_idr": one.pay_idr} for one in found]
        show_json({"maker": maker, "openings": openings})
    else:
        explained.tell_openings(maker, found)


@contextmanager
def _of_a_size() -> Iterator[None]:
    """Whatever has pinned makers needs tables of all pairs, which end at some size."""
    try:
        yield
    except matching.TooLarge as error:
        raise Stop(
            "masalah ini terlalu besar untuk penjahit yang sudah pasti (pins).",
            f"{error}: quote and route take problems of any size without pins.",
            code=USAGE,
        ) from error


@contextmanager
def _refusing() -> Iterator[None]:
    """A file that cannot be used ends the command in one line."""
    try:
        yield
    except FileError as error:
        code = {files.FileUnreadable: NOT_FOUND, files.AnotherProblem: FAILED}.get(type(error), USAGE)
        raise Stop(f"{error.file}: {error.indonesian}", error.english, code=code) from error


def _instance(path: Path) -> Instance:
    with _refusing():
        return files.read_problem(path)


def _claim(path: Path, matching_path: Path) -> tuple[Instance, Claim]:
    instance = _instance(path)
    with _refusing():
        return instance, files.read_matching(matching_path, instance)


def _check_out(path: Path, out: Path) -> None:
    """Before the search: that its answer can be written, and not over the question."""
    if out.resolve() == path.resolve():
        raise Stop("--out sama dengan --problem.", "--out is the same file as --problem.", code=USAGE)
    if not out.parent.is_dir():
        raise Stop(f"folder {out.parent} tidak ada; buat dulu.", "its folder is not there; make it first.", code=USAGE)


def _check_order(instance: Instance, order: int) -> None:
    _check_row("pesanan", "order", order, len(instance.problem.orders))


def _check_row(noun: str, english: str, row: int, count: int) -> None:
    if not 0 <= row < count:
        raise Stop(
            f"{noun} {row} tidak ada; ada {count}, dihitung dari 0.",
            f"there is no {english} {row}; there are {count}, counted from 0.",
            code=NOT_FOUND,
        )


@contextmanager
def _team(ray: str | None) -> Iterator[Team | None]:
    if ray is None:
        yield None
        return
    from clothingline.cli import cluster

    # Ray prints to stdout what it has to tell of a loss; there is only data.
    with redirect_stdout(sys.stderr), cluster.team(ray) as team:
        say(f"Ray: {team.members} pekerja. / Ray: members, {team.members}.")
        yield team


def _routed(instance: Instance, iterations: int | None, seconds: int | None, team: Team | None) -> Matching:
    stop: Any = Never()
    if iterations is not None:
        stop = Iterations(iterations)
    elif seconds is not None:
        stop = Until(monotonic, monotonic() + seconds)
    watched = Watched(stop, iterations)
    try:
        with _of_a_size():
            return matching.route(instance.problem, instance.params, watched, team)
    finally:
        watched.close()


def _figures(found: Matching) -> dict[str, Any]:
    matched = len(found.plans) - len(found.unmatched)
    return {
        "status": found.status,
        "orders": len(found.plans),
        "plans": matched,
        "cost": found.cost,
        "bound": found.bound,
        "gap": found.gap,
        "gap_ppm": found.gap_ppm,
    }


def _no_plan(instance: Instance, order: int) -> Stop:
    limits = matching.refuse(instance.problem, instance.params, order).limits
    said = ": " + ", ".join(f"{count} × {limit}" for limit, count in limits.items()) if limits else ""
    return Stop(f"tidak ada rencana untuk pesanan {order}{said}.", "no plan fits.", code=INFEASIBLE)


def _shown(plan: Plan) -> dict[str, Any]:
    return plan_record(plan) | {"cost": plan.cost, "paid": plan.paid, "labels": plan.labels}


def _tell_findings(found: list[str]) -> None:
    for text in found[:SHOWN]:
        print(f"temuan\t{text}")
    if len(found) > SHOWN:
        say(f"… dan {len(found) - SHOWN} lagi; --json menulis semua. / … and more; --json writes all.")
