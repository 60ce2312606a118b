"""Asking the engine: pure, outside of every transaction and off the event loop."""

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from clothingline import matching
from clothingline.kit.money import share
from clothingline.matching import Iterations, Matching, Params, Plan, Prices, Problem
from clothingline.orders.waterfall import most_with_tax
from clothingline.reference.taxes import rate_of
from clothingline.routing.files import pack
from clothingline.routing.legend import Legend, legend_of
from clothingline.routing.market import Market
from clothingline.routing.problems import Ask, problem_of, with_fewer
from clothingline.routing.reasons import certificate_document, explanation_document, refusal_document

BEST = 5
ITERATIONS = 60
STEERING_PERMILLE = 200
PARAMS = Params()


@dataclass(frozen=True)
class Answer:
    """What the engine says to one order: plans best first, the numbers of those that its payer can pay, the question in
    bytes, and why when none can be had."""

    market: Market
    ask: Ask
    plans: tuple[Plan, ...]
    payable: tuple[int, ...]
    packed: bytes
    refusal: dict[str, Any] | None

    def date(self, day: int) -> date:
        """Date of a day of a plan."""
        return self.market.date(day)


async def think(market: Market, ask: Ask) -> Answer:
    """Plans for one order, in a thread of its own."""
    return await asyncio.to_thread(solve, market, ask)


def solve(market: Market, ask: Ask, params: Params = PARAMS) -> Answer:
    """Plans for one order in this market, and which of them its payer can pay."""
    ask = without_tax(market, ask)
    problem = problem_of(market, [ask], steering_permille=STEERING_PERMILLE)
    plans = tuple(matching.quote(problem, params, 0, BEST))
    payable = tuple(number for number, plan in enumerate(plans) if bearable(ask, plan))
    refusal = None if payable else _why_not(market, ask, params)
    return Answer(market, ask, plans, payable, pack(problem), refusal)


def without_tax(market: Market, ask: Ask) -> Ask:
    """The same order with a ceiling for prices without PPN, where a brand that may make it adds PPN on top."""
    brands = [row for row in market.brands.rows if ask.brand in (None, row.id) and ask.pin_brand in (None, row.id)]
    if ask.ceiling_idr is None or not any(row.adds_ppn(market.today) for row in brands):
        return ask
    options = ask.extras_idr * ask.pieces
    most = most_with_tax(ask.ceiling_idr + options, rate_of("ppn", market.today))
    return replace(ask, ceiling_idr=most - options)


def bearable(ask: Ask, plan: Plan) -> bool:
    """Whether the agreed price pays for a plan, with what the brand in it bears: `slack_permille` of the price, at most
    half of what it would have, which is its fee and the options, and not more than has not gone back of that."""
    if ask.ceiling_idr is None:
        return True
    brands = plan.parts.brand_fee + ask.extras_idr * ask.pieces
    slack = share(ask.ceiling_idr, permille=ask.slack_permille)
    return plan.paid - ask.ceiling_idr <= min(slack, brands // 2, brands - ask.returned_idr)


def _why_not(market: Market, ask: Ask, params: Params) -> dict[str, Any]:
    problem = problem_of(market, [ask])
    if ask.slack_permille and matching.best(problem, params, 0) is not None:
        # What there is, its brand cannot bear.
        paid = None if ask.ceiling_idr is None else ask.ceiling_idr - ask.returned_idr
        problem = problem_of(market, [replace(ask, slack_permille=0, ceiling_idr=paid)])
    said = matching.refuse(problem, params, 0)
    fewer = None if ask.pins else _fewer(problem, ask, params)
    return refusal_document(
        said,
        Legend.of(legend_of(market)),
        fewer=fewer,
        pieces=ask.pieces,
        extras_idr=ask.extras_idr,
        late_days=market.late_days(ask.needed_by),
    )


def _fewer(problem: Problem, ask: Ask, params: Params) -> tuple[int, Plan] | None:
    """The most pieces that can be had as asked, found by halving to within a twentieth; None for none at all."""
    least, most, best = 0, ask.pieces, None
    while most - least > max(least // 20, 1):
        middle = (least + most) // 2
        plan = matching.best(with_fewer(problem, ask, middle), params, 0)
        if plan is not None:
            least, best = middle, (middle, plan)
        else:
            most = middle
    return best


def _alone(problem: Problem, params: Params, plan: Plan) -> Matching:
    """The matching that holds one plan, for the one order of a problem; it claims no bound and no prices."""
    return Matching((plan,), plan.cost, 0, "feasible", Prices.zero(problem), params.digest())


def explain_plan(problem: Problem, legend: Legend, number: int, params: Params = PARAMS) -> dict[str, Any]:
    """Why the plan with this number, why not another, what would change it: the same answer for the same question."""
    plans = matching.quote(problem, params, 0, BEST)
    said = matching.explain(problem, params, _alone(problem, params, plans[number]), 0)
    return explanation_document(said, legend, open_now=plans)


def prove(problem: Problem, legend: Legend, numbers: Collection[int], params: Params = PARAMS) -> dict[str, Any]:
    """A certificate for each of these plans: its own cost and gap, and the bound that holds for every plan of the
    question. Each is checked by the verifier before it is given; `verified` says whether all hold."""
    best = matching.route(problem, params, Iterations(ITERATIONS))
    plans = matching.quote(problem, params, 0, BEST)
    proofs = {str(number): _proof(problem, legend, best, plans[number], params) for number in numbers}
    return {"verified": all(proof["verified"] for proof in proofs.values()), "plans": proofs}


def _proof(problem: Problem, legend: Legend, best: Matching, plan: Plan, params: Params) -> dict[str, Any]:
    held = replace(best, plans=(plan,), cost=plan.cost, status="optimal" if plan.cost == best.bound else "feasible")
    proof = matching.certificate(problem, held)
    findings = matching.verify(problem, params, proof)
    return certificate_document(proof, legend, best=best.plans[0], findings=findings)


async def explain_in_thread(problem: Problem, legend: Legend, number: int) -> dict[str, Any]:
    """`explain_plan`, off the event loop."""
    return await asyncio.to_thread(explain_plan, problem, legend, number)


async def prove_in_thread(problem: Problem, legend: Legend, numbers: Collection[int]) -> dict[str, Any]:
    """`prove`, off the event loop."""
    return await asyncio.to_thread(prove, problem, legend, numbers)


def offered(answer: Answer) -> list[tuple[str, int]]:
    """Up to three plans that differ, by label and number: the balanced one, then the cheapest, then the soonest."""
    plans = answer.plans
    chosen: list[tuple[str, int]] = [("balanced", answer.payable[0])]
    orders: tuple[tuple[str, Callable[[Plan], Any]], ...] = (
        ("cheapest", lambda plan: (plan.paid, plan.delivery_day)),
        ("soonest", lambda plan: (plan.delivery_day, plan.paid)),
    )
    for label, order in orders:
        best = min(answer.payable, key=lambda number: order(plans[number]))
        if all(order(plans[best]) < order(plans[other]) for _, other in chosen):
            chosen.append((label, best))
    return chosen
