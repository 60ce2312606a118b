"""`match` on files: an instance of one's own, without a server. Opens the engine, which takes a second."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from clothingline import matching
from clothingline.cli.exits import FAILED, INFEASIBLE, NOT_FOUND, USAGE, Stop
from clothingline.cli.output import say, show, show_json, show_record
from clothingline.cli.progress import Watched
from clothingline.kit.clock import monotonic
from clothingline.matching import Explanation, Iterations, Matching, Plan
from clothingline.matching.search.shards import Team
from clothingline.matching.stop import Never, Until
from clothingline.routing import files
from clothingline.routing.files import Claim, FileError, Instance
from clothingline.routing.files.example import Size, example
from clothingline.routing.files.plans import plan_record

SHOWN = 20
"""Findings that are printed; JSON has all."""
PLANS = {
    "labels": "JENIS",
    "cost": "BIAYA RP",
    "paid": "DIBAYAR RP",
    "day": "HARI",
    "brand": "MEREK",
    "lot": "KAIN",
    "who": "PENJAHIT",
}
PARTS = {"part": "BAGIAN", "idr": "RUPIAH", "paid": "DIBAYAR"}
COMPARED = {**PARTS, "next": "BERIKUTNYA ±"}
LIMITS = {"limit": "BATAS", "count": "CALON GUGUR"}
CHANGES = {"change": "PERUBAHAN", "value": "NILAI", "effect_idr": "PENGARUH RP"}
STEPS = {"steps": "LONGGARKAN", "cost": "BIAYA RP"}


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
    show([_line(plan) for plan in plans], PLANS)
    print()
    show(_parts(plans[0].parts.items(), {}), PARTS)


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
    with _of_a_size():
        found = matching.explain(instance.problem, claim.params, claim.as_matching(), order)
    if as_json:
        show_json(asdict(found))
    else:
        _tell(found)


@contextmanager
def _of_a_size() -> Iterator[None]:
    """Explanations, and whatever has pinned makers, need tables of all pairs, which end at some size."""
    try:
        yield
    except matching.TooLarge as error:
        raise Stop(
            "masalah ini terlalu besar untuk dijelaskan atau untuk penjahit yang sudah pasti (pins).",
            f"{error}: quote, route and verify take problems of any size without pins, explain does not.",
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
    count = len(instance.problem.orders)
    if not 0 <= order < count:
        raise Stop(
            f"pesanan {order} tidak ada; ada {count}, dihitung dari 0.",
            f"there is no order {order}; there are {count}, counted from 0.",
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
    try:
        limits = matching.refuse(instance.problem, instance.params, order).limits
    except matching.TooLarge:
        limits = {}
    said = ": " + ", ".join(f"{count} × {limit}" for limit, count in limits.items()) if limits else ""
    return Stop(f"tidak ada rencana untuk pesanan {order}{said}.", "no plan fits.", code=INFEASIBLE)


def _shown(plan: Plan) -> dict[str, Any]:
    return plan_record(plan) | {"cost": plan.cost, "paid": plan.paid, "labels": plan.labels}


def _line(plan: Plan) -> dict[str, Any]:
    who = ", ".join(f"{share.maker} × {share.pieces}" for share in plan.shares)
    shown = {"cost": plan.cost, "paid": plan.paid, "day": plan.delivery_day, "brand": plan.brand, "lot": plan.lot}
    return shown | {"who": who, "labels": ", ".join(plan.labels) or None}


def _parts(parts: Any, difference: Mapping[str, int]) -> list[dict[str, Any]]:
    return [{"part": name, "idr": idr, "paid": paid, "next": difference.get(name)} for name, idr, paid in parts]


def _tell_findings(found: list[str]) -> None:
    for text in found[:SHOWN]:
        print(f"temuan\t{text}")
    if len(found) > SHOWN:
        say(f"… dan {len(found) - SHOWN} lagi; --json menulis semua. / … and more; --json writes all.")


def _tell(found: Explanation) -> None:
    plan = found.plan
    print(f"pesanan {found.order}: {'tanpa rencana' if plan is None else f'biaya {found.cost}'}")
    if plan is not None:
        show([_line(plan)], PLANS)
    steps = [
        {"steps": " + ".join(f"{step.limit} {step.value}" for step in one.steps), "cost": one.plan.cost}
        for one in found.loosenings
    ]
    for heading, rows, columns in (
        ("Biaya", _parts(found.parts, dict(found.difference)), COMPARED),
        ("Tidak memenuhi syarat", [{"limit": name, "count": n} for name, n in found.limits.items()], LIMITS),
        ("Bila berubah", [asdict(one) for one in found.counterfactuals], CHANGES),
        ("Yang perlu longgar", steps, STEPS),
    ):
        if rows:
            print(f"\n{heading}")
            show(rows, columns)
