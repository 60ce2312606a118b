"""A matching as a file: JSON with a plan a line, and the prices that prove its bound (docs/formats/matching.md)."""

import gc
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from clothingline import matching as engine
from clothingline.matching import Certificate, Matching, Params, Plan
from clothingline.matching.certificate import content_digest, sealed
from clothingline.matching.result import shapes
from clothingline.routing.files.faults import AnotherProblem, FileError, unreadable
from clothingline.routing.files.header import read_params
from clothingline.routing.files.plans import plan_record, read_plan
from clothingline.routing.files.prices import PAGE, prices_record, read_prices
from clothingline.routing.files.problems import Instance, replacing
from clothingline.routing.files.strict import MOST_FIGURE, Names, exactly, named, parsed, rows, whole, words

FORMAT = "clothingline-matching"
VERSION = 2
STATUSES = ("optimal", "feasible")
NAMES = Names(
    PAGE,
    (
        *("format", "version", "problem", "params", "params_digest", "status", "cost", "bound", "gap", "iterations"),
        *("digest", "unmatched", "plans", "prices"),
    ),
)
MOST_BYTES = 2**30
"""Of the text; 100,000 plans take about 80 · 10⁶."""


@dataclass(frozen=True, eq=False)
class Claim:
    """What a file says about a problem; `findings` says whether it is true."""

    certificate: Certificate
    params: Params
    status: str
    iterations: int

    def as_matching(self) -> Matching:
        """The matching, as the engine gave it."""
        c = self.certificate
        return Matching(c.plans, c.cost, c.bound, self.status, c.prices, c.params_digest, self.iterations)


def write_matching(path: Path, instance: Instance, found: Matching) -> None:
    """Write the matching of an instance; the file is whole or is not there. Raises FileError, and ValueError when the
    matching was made with other params than those of the instance."""
    if found.params_digest != instance.params.digest():
        raise ValueError("the matching was made with other params")
    plain = tuple(replace(plan, labels=()) if plan and plan.labels else plan for plan in found.plans)
    proof = engine.certificate(instance.problem, replace(found, plans=plain))
    with replacing(path) as file:
        for line in _lines(Claim(proof, instance.params, found.status, found.iterations)):
            file.write(f"{line}\n".encode())


def read_matching(path: Path, instance: Instance, *, most_bytes: int = MOST_BYTES) -> Claim:
    """What a file claims about this instance. Raises FileError, AnotherProblem when it is about another one."""
    with _uncollected():
        found = parsed(path.name, _text(path, most_bytes), "matching")
        return _claim(path.name, found, instance)


def findings(instance: Instance, claim: Claim) -> list[str]:
    """What is wrong with a claim; empty when it holds.

    All but the seed of the search must be as the problem's own params say. A broken seal is one finding; what else is
    wrong is looked for all the same.
    """
    proof, params = claim.certificate, claim.params
    if replace(params, seed=0) != replace(instance.params, seed=0):
        return ["the matching was made with other params than those of the problem"]
    broken = [] if proof.digest == content_digest(proof) else ["the matching was changed after it was sealed"]
    wrong = [*broken, *engine.verify(instance.problem, params, sealed(proof))]
    true = "optimal" if proof.cost == proof.bound else "feasible"
    return wrong if claim.status == true else [*wrong, f"the status is {true}, not {claim.status}"]


@contextmanager
def _uncollected() -> Iterator[None]:
    """Leave the collector out while millions of small objects are made, none of them in a circle: it would look through
    all of them again and again, two fifths of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _lines(claim: Claim) -> Iterator[str]:
    """The text, a plan a line; the encoder works on one plan at a time, in C."""
    c = claim.certificate
    head = {"format": FORMAT, "version": VERSION, "problem": c.problem_digest, "params": asdict(claim.params)}
    head |= {"params_digest": c.params_digest, "status": claim.status, "cost": c.cost, "bound": c.bound, "gap": c.gap}
    head |= {"iterations": claim.iterations, "digest": c.digest}
    head |= {"unmatched": [order for order, plan in enumerate(c.plans) if plan is None]}
    yield "{"
    yield from (f"{_json(name)}: {_json(value)}," for name, value in head.items())
    yield '"plans": ['
    matched = [plan for plan in c.plans if plan is not None]
    for at, plan in enumerate(matched, 1):
        yield _json(plan_record(plan)) + ("," if at < len(matched) else "")
    yield "],"
    yield f'"prices": {_json(prices_record(c.prices))}'
    yield "}"


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def _text(path: Path, most: int) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise unreadable(path.name, error) from error
    if len(data) > most:
        raise FileError(path.name, f"lebih dari {most} bita; ini bukan matching.", f"has more than {most} bytes.")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise FileError(path.name, "bukan teks JSON.", "is no JSON text.") from error


def _claim(file: str, found: dict[str, Any], instance: Instance) -> Claim:
    _check_head(file, found, instance)
    params = read_params(file, found["params"], "params")
    proof = Certificate(
        found["problem"],
        words(file, found["params_digest"], "params_digest"),
        _plans(file, found, len(instance.problem.orders)),
        read_prices(file, found["prices"], shapes(instance.problem)),
        whole(file, found["cost"], "cost", -MOST_FIGURE, MOST_FIGURE),
        whole(file, found["bound"], "bound", -MOST_FIGURE, MOST_FIGURE),
        whole(file, found["gap"], "gap", -MOST_FIGURE, MOST_FIGURE),
        words(file, found["digest"], "digest"),
    )
    return Claim(proof, params, found["status"], whole(file, found["iterations"], "iterations", 0))


def _check_head(file: str, found: dict[str, Any], instance: Instance) -> None:
    exactly(file, found.get("format"), "format", FORMAT)
    exactly(file, found.get("version"), "version", VERSION)
    named(file, found, "", NAMES)
    if words(file, found["problem"], "problem") != instance.problem.digest():
        raise AnotherProblem(
            file,
            "matching ini milik masalah lain; beri berkas .npz yang dipakai waktu membuatnya.",
            "this matching is of another problem; give the .npz that it was made from.",
        )
    if found["status"] not in STATUSES:
        raise FileError(file, "status harus optimal atau feasible.", "status must be optimal or feasible.")


def _plans(file: str, found: dict[str, Any], orders: int) -> tuple[Plan | None, ...]:
    """The plans by order; every order stands once, in `plans` or in `unmatched`."""
    read = [read_plan(file, value, f"plans[{at}]") for at, value in enumerate(rows(file, found["plans"], "plans"))]
    left = rows(file, found["unmatched"], "unmatched")
    named_orders = [
        *(whole(file, plan.order, f"plans[{at}].order", 0, orders - 1) for at, plan in enumerate(read)),
        *(whole(file, order, f"unmatched[{at}]", 0, orders - 1) for at, order in enumerate(left)),
    ]
    if len(named_orders) != orders or len(set(named_orders)) != orders:
        raise FileError(
            file,
            f"setiap pesanan 0..{orders - 1} harus ada tepat sekali, di plans atau unmatched.",
            f"every order 0..{orders - 1} must stand exactly once, in plans or in unmatched.",
        )
    plans: list[Plan | None] = [None] * orders
    for plan in read:
        plans[plan.order] = plan
    return tuple(plans)
