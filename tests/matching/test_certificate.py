"""A certificate holds, and one that was tampered with does not."""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from clothingline.matching import Certificate, Iterations, Params, Plan, Problem, Share, certificate, route, verify
from clothingline.matching.certificate import TABLES, sealed
from clothingline.matching.result import Prices
from tests.matching.instances import pilot, seeds, small

PARAMS = Params()


@pytest.fixture(scope="module")
def made() -> tuple[Problem, Certificate]:
    """A problem with scarcity, and a certificate that holds."""
    problem = pilot(3, orders=24, busy=200)
    return problem, certificate(problem, route(problem, PARAMS, Iterations(15)))


def test_an_untouched_certificate_holds(made: tuple[Problem, Certificate]) -> None:
    assert verify(made[0], PARAMS, made[1]) == []


@pytest.mark.parametrize("seed", seeds(10, 30))
def test_certificates_of_small_problems_hold(seed: int) -> None:
    problem = small(seed)
    assert verify(problem, PARAMS, certificate(problem, route(problem, PARAMS, Iterations(15)))) == [], f"seed {seed}"


def with_plan(c: Certificate, draw: np.random.Generator, change: Callable[[Plan], Plan]) -> Certificate:
    order = int(draw.choice([o for o, plan in enumerate(c.plans) if plan]))
    plans = [change(plan) if o == order and plan else plan for o, plan in enumerate(c.plans)]
    return replace(c, plans=tuple(plans))


def tamper_number(c: Certificate, draw: np.random.Generator) -> Certificate:
    numbers = [f.name for f in fields(Plan) if f.name not in ("shares", "parts", "labels")]
    name, by = str(draw.choice(numbers)), int(draw.choice([-7, -1, 1, 7]))
    return with_plan(c, draw, lambda plan: replace(plan, **{name: getattr(plan, name) + by}))


def tamper_part(c: Certificate, draw: np.random.Generator) -> Certificate:
    name = str(draw.choice([name for name, _, _ in next(filter(None, c.plans)).parts.items()]))
    by = int(draw.choice([-1_000, 1]))

    def change(plan: Plan) -> Plan:
        return replace(plan, parts=replace(plan.parts, **{name: getattr(plan.parts, name) + by}))

    return _with_true_sums(with_plan(c, draw, change), c)


def _with_true_sums(c: Certificate, before: Certificate) -> Certificate:
    """Cost and gap follow the tampered plans, as a careful forger would do it."""
    change = sum(p.cost for p in c.plans if p) - sum(p.cost for p in before.plans if p)
    return replace(c, cost=c.cost + change, gap=c.gap + change)


def tamper_share(c: Certificate, draw: np.random.Generator) -> Certificate:
    def change(plan: Plan) -> Plan:
        first: Share = plan.shares[0]
        (week, used), rest = first.seconds[0], first.seconds[1:]
        ways = [
            replace(first, pieces=first.pieces + 1),
            replace(first, maker=(first.maker + 1) % 30),
            replace(first, pay_idr=first.pay_idr + 1),
            replace(first, seconds=((week, used + 1), *rest)),
            replace(first, seconds=((week, used - 1), *rest)),
            replace(first, kit_day=first.kit_day - 1),
        ]
        return replace(plan, shares=(ways[int(draw.integers(len(ways)))], *plan.shares[1:]))

    return with_plan(c, draw, change)


def tamper_price(c: Certificate, draw: np.random.Generator) -> Certificate:
    arrays: dict[str, Any] = {name: getattr(c.prices, name).copy() for name in TABLES}
    name = str(draw.choice(list(arrays)))
    by = 10**8 if name.startswith("large_") else 1
    arrays[name].flat[int(draw.integers(arrays[name].size))] += by * int(draw.choice([10_000, 1_000_000]))
    return replace(c, prices=Prices(**arrays))


def tamper_claim(c: Certificate, draw: np.random.Generator) -> Certificate:
    """A bound that is lower than it might be would be true; this one is raised."""
    by = int(draw.choice([-100_000, -1, 1, 100_000]))
    name = str(draw.choice(["cost", "bound", "gap"]))
    forged = replace(c, **{name: getattr(c, name) + (abs(by) if name == "bound" else by)})
    return replace(forged, gap=forged.cost - forged.bound) if name != "gap" else forged


def tamper_theft(c: Certificate, draw: np.random.Generator) -> Certificate:
    """Drop a plan, or give its place to another."""
    plans = list(c.plans)
    order = int(draw.choice([o for o, plan in enumerate(plans) if plan]))
    plans[order] = None if draw.integers(2) else plans[(order + 1) % len(plans)]
    return replace(c, plans=tuple(plans))


TAMPERINGS = (tamper_number, tamper_part, tamper_share, tamper_price, tamper_claim, tamper_theft)


@pytest.mark.parametrize("seed", seeds(24, 60))
def test_a_tampered_certificate_is_rejected_even_when_it_is_sealed_again(
    made: tuple[Problem, Certificate], seed: int
) -> None:
    problem, true = made
    draw = np.random.default_rng(seed)
    forged = TAMPERINGS[seed % len(TAMPERINGS)](true, draw)
    assert verify(problem, PARAMS, forged) == ["the certificate was changed after it was sealed"], f"seed {seed}"
    assert verify(problem, PARAMS, sealed(forged)) != [], f"seed {seed}"


def test_a_bound_is_taken_up_to_what_the_prices_prove_and_not_a_rupiah_beyond(
    made: tuple[Problem, Certificate],
) -> None:
    problem, true = made
    lower, higher = (replace(true, bound=true.bound + by, gap=true.gap - by) for by in (-1, 1))
    assert verify(problem, PARAMS, sealed(lower)) == []
    said = f"the prices prove no bound above {true.bound}, not {higher.bound}"
    assert verify(problem, PARAMS, sealed(higher)) == [said]


def test_two_plans_that_use_the_same_hours_are_found(made: tuple[Problem, Certificate]) -> None:
    problem, true = made
    used = np.zeros_like(problem.makers.free_seconds)
    for plan in filter(None, true.plans):
        for share in plan.shares:
            for week, amount in share.seconds:
                used[share.maker, week] += amount
    maker, week = divmod(int(used.argmax()), used.shape[1])
    assert used[maker, week] > 0
    twice = replace(true, plans=tuple(_doubled(plan, maker, week) for plan in true.plans))
    findings = verify(problem, PARAMS, sealed(twice))
    assert any("is used beyond its free seconds" in text for text in findings)


def _doubled(plan: Plan | None, maker: int, week: int) -> Plan | None:
    if plan is None:
        return None
    shares = tuple(
        replace(s, seconds=tuple((w, 50 * used if (s.maker, w) == (maker, week) else used) for w, used in s.seconds))
        for s in plan.shares
    )
    return replace(plan, shares=shares)


def test_a_certificate_of_another_problem_or_other_params_is_refused(made: tuple[Problem, Certificate]) -> None:
    problem, true = made
    assert verify(pilot(4, orders=24), PARAMS, true) == ["the certificate is of another problem"]
    other = Params(set_up_idr=1)
    assert verify(problem, other, true) == ["the certificate was made with other params"]


def test_prices_of_a_wrong_form_are_refused(made: tuple[Problem, Certificate]) -> None:
    problem, true = made
    negative = replace(true.prices, cm=true.prices.cm - 10**9)
    assert verify(problem, PARAMS, sealed(replace(true, prices=negative))) == ["prices.cm: a price is negative"]
    short = replace(true.prices, second=true.prices.second[:, :2])
    assert "prices.second: must be int64" in verify(problem, PARAMS, sealed(replace(true, prices=short)))[0]
    few = sealed(replace(true, plans=true.plans[:-1]))
    assert verify(problem, PARAMS, few) == ["there are 24 orders and 23 plans"]


def runs_of_a_province(seed: int) -> Problem:
    """Forty orders with runs of up to 360 pieces for up to fourteen makers each, among five hundred makers."""
    problem = pilot(seed, orders=40, brands=50, makers=500, lots=200, busy=150)
    o, times = problem.orders, np.where(problem.orders.pieces > 1, 6, 1)
    most = np.where(o.pieces > 1, 14, 1).astype(np.int32)
    orders = replace(o, pieces=o.pieces * times, reserve_idr=o.reserve_idr * times, max_makers=most)
    brands = replace(problem.brands, free_pieces=3 * problem.brands.free_pieces)
    lots = replace(problem.lots, available_cm=4 * problem.lots.available_cm)
    return replace(problem, orders=orders, brands=brands, lots=lots)


def test_a_certificate_with_long_runs_among_many_makers_holds() -> None:
    problem = runs_of_a_province(1)
    matching = route(problem, PARAMS, Iterations(3))
    assert max(len(plan.shares) for plan in matching.plans if plan) > 9
    proof = certificate(problem, matching)
    assert verify(problem, PARAMS, proof) == []
    forged = replace(proof, bound=proof.cost, gap=0)
    assert "the prices prove no bound above" in verify(problem, PARAMS, sealed(forged))[0]
