"""A certificate that anyone can check: plans, prices, cost, bound and gap, bound to one problem."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np

from .params import Params
from .problem import Problem
from .proof.bound import proved_bound
from .proof.plans import plan_findings
from .result import Matching, Plan, Prices, shapes

TABLES = tuple(field.name for field in fields(Prices))
MOST_WORTH = 2.0**61
"""What all that is free of one table may be worth at its prices: the bound is reckoned in 64 bits."""


@dataclass(frozen=True, eq=False)
class Certificate:
    """What is claimed about a matching. `digest` seals all other fields; the proof itself needs no seal."""

    problem_digest: str
    params_digest: str
    plans: tuple[Plan | None, ...]
    prices: Prices
    cost: int
    bound: int
    gap: int
    digest: str = ""


def certificate(problem: Problem, matching: Matching) -> Certificate:
    """The certificate of a matching of this problem."""
    open_ = Certificate(
        problem.digest(),
        matching.params_digest,
        matching.plans,
        matching.prices,
        matching.cost,
        matching.bound,
        matching.gap,
    )
    return sealed(open_)


def sealed(c: Certificate) -> Certificate:
    """The certificate with the digest of its content."""
    return Certificate(c.problem_digest, c.params_digest, c.plans, c.prices, c.cost, c.bound, c.gap, content_digest(c))


def content_digest(c: Certificate) -> str:
    """The sha256 of everything that a certificate claims, in hexadecimal."""
    text = hashlib.sha256(repr((c.problem_digest, c.params_digest, c.plans, c.cost, c.bound, c.gap)).encode())
    for array in (getattr(c.prices, name) for name in TABLES):
        text.update(f"{array.dtype.str} {array.shape}".encode() + np.ascontiguousarray(array).tobytes())
    return text.hexdigest()


def verify(problem: Problem, params: Params, certificate: Certificate) -> list[str]:
    """What is wrong with a certificate; empty when it holds.

    Feasibility, cost and bound are derived again from the problem by code that shares nothing with the search and
    looks at all makers, lots and brands (`proof` says how). A claim that is lower than the bound that can be derived is
    true, and is taken.
    """
    strangers = list(_identity(problem, params, certificate)) or list(_forms(problem, certificate))
    if strangers:
        return strangers
    findings = [*_plans(problem, params, certificate), *_use(problem, certificate)]
    return [*findings, *_figures(problem, params, certificate)]


def _identity(problem: Problem, params: Params, c: Certificate) -> Iterator[str]:
    if c.problem_digest != problem.digest():
        yield "the certificate is of another problem"
    if c.params_digest != params.digest():
        yield "the certificate was made with other params"
    if c.digest != content_digest(c):
        yield "the certificate was changed after it was sealed"


def _forms(problem: Problem, c: Certificate) -> Iterator[str]:
    if len(c.plans) != len(problem.orders):
        yield f"there are {len(problem.orders)} orders and {len(c.plans)} plans"
    second, piece, cm = problem.makers.free_seconds, problem.brands.free_pieces, problem.lots.available_cm
    for name, amount in zip(TABLES, (second, piece, cm, piece > 0, cm > 0), strict=True):
        array = getattr(c.prices, name)
        if array.shape != amount.shape or array.dtype != np.int64:
            yield f"prices.{name}: must be int64 of shape {amount.shape}"
        elif (array < 0).any():
            yield f"prices.{name}: a price is negative"
        elif np.vdot(array.astype(np.float64), amount.astype(np.float64)) > MOST_WORTH:
            yield f"prices.{name}: all that is free is worth more than 64 bits hold"


def _plans(problem: Problem, params: Params, c: Certificate) -> Iterator[str]:
    for order, plan in enumerate(c.plans):
        if plan is not None and plan.order != order:
            yield f"order {order}: the plan is of order {plan.order}"
        elif plan is not None:
            yield from (f"order {order}: {text}" for text in plan_findings(problem, params, plan))


def _use(problem: Problem, c: Certificate) -> Iterator[str]:
    """What is used by all plans together beyond what is free."""
    second, piece, cm = (np.zeros(shape, dtype=np.int64) for shape in shapes(problem)[:3])
    try:
        for plan in c.plans:
            _add_use(plan, second, piece, cm)
    except IndexError:
        yield "a plan uses something that does not exist"
        return
    for maker, week in np.argwhere(second > problem.makers.free_seconds):
        yield f"maker {maker}: week {week} is used beyond its free seconds"
    for brand, week in np.argwhere(piece > problem.brands.free_pieces):
        yield f"brand {brand}: week {week} is used beyond its free pieces"
    for lot in np.flatnonzero(cm > problem.lots.available_cm):
        yield f"lot {lot}: more cloth is used than there is"


def _add_use(plan: Plan | None, second: np.ndarray, piece: np.ndarray, cm: np.ndarray) -> None:
    if plan is None:
        return
    for share in plan.shares:
        piece[plan.brand, plan.cut_start_day // 7] += share.pieces
        for week, used in share.seconds:
            second[share.maker, week] += used
    cm[plan.lot] += plan.cloth_cm


def _figures(problem: Problem, params: Params, c: Certificate) -> Iterator[str]:
    reserve = problem.orders.reserve_idr
    cost = sum(int(reserve[order]) if plan is None else plan.cost for order, plan in enumerate(c.plans))
    bound = proved_bound(problem, params, c.prices, c.bound)
    if c.cost != cost:
        yield f"the cost is {cost}, not {c.cost}"
    if c.bound > bound:
        yield f"the prices prove no bound above {bound}, not {c.bound}"
    if c.gap != c.cost - c.bound:
        yield f"the gap is {c.cost - c.bound}, not {c.gap}"
