"""All waiting orders at once: prices coordinate, repair makes it hold, the bound says how far from the best it is."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from .params import Params
from .plans import plan_of
from .problem import Problem
from .result import Matching, Plan, Prices
from .search.asking import Asker
from .search.mending import mend
from .search.plans import Plans
from .search.prices import Pricing
from .search.promised import Promised
from .search.seating import Seating
from .search.shards import Shared, Team
from .stop import Stop
from .world import Laid, Whole, lay

ROUNDS = 12
"""Exact passes at most."""
CLOSE_PPM = 500
"""The pool's prices are good enough when the pool promises no more than this above the proved bound."""
PATIENCE = 20
"""Iterations of the local search without a better answer after which it ends by itself."""
EXACT_UP_TO = 200
"""Up to so many orders the spreads over several makers are the best of all; of more, they are good."""
CALM, MENDING = 6, 4
"""Turns of the local search in which moves lose nothing, and of the others every so many is mended."""
SLACK_PERMILLE = 800
"""What a move may lose at first, of the cost of an order."""


@dataclass(eq=False)
class Search:
    """The state of one run: the best matching so far, and the prices with the bound that they prove."""

    problem: Problem
    params: Params
    laid: Laid
    asker: Asker
    plans: Plans
    pricing: Pricing
    best: Seating
    iterations: int = field(default=0)

    @property
    def proved(self) -> bool:
        """Whether the gap is zero."""
        return self.best.cost == self.pricing.bound


def route(problem: Problem, params: Params, stop: Stop, team: Team | None = None) -> Matching:
    """Plans for all orders together, with a true lower bound on the cost of any matching.

    An order of which something is pinned is seated before all others, and makes room for none of them. An iteration is
    one round of prices (a dual ascent on known plans and an exact pass over all orders) or one turn of the local
    search (twenty moves for each order); the stop is asked before each of them, and what has begun is ended. The same
    problem, params and `Iterations` give the same answer; the status is `optimal` when the gap is zero. A `team`
    shares in the work; the answer is the same.
    """
    return matching_of(_run(begin(problem, params, team), stop))


def searched(problem: Problem, params: Params, stop: Stop) -> Search:
    """The same with all that was found on the way: for those who go on from there."""
    return _run(begin(problem, params), stop)


def begin(problem: Problem, params: Params, team: Team | None = None) -> Search:
    """Every order asked at zero prices, and seated by what is lost without it."""
    laid = lay(problem, params)
    promised = Promised(problem, params, laid) if len(problem.orders.pins) else None
    exact = len(problem.orders) <= EXACT_UP_TO
    asker = Asker(laid, exact, promised) if team is None else Shared(laid, exact, promised, team=team)
    plans = Plans(asker)
    pricing, best = Pricing(asker, plans), Seating(asker, plans, _pinned(problem, laid))
    best.fill(pricing.best, pricing.best)
    return Search(problem, params, laid, asker, plans, pricing, best)


def _run(search: Search, stop: Stop) -> Search:
    _price(search, stop)
    _improve(search, stop)
    return search


def _pinned(problem: Problem, laid: Laid) -> Whole:
    """The orders of which a part stands already: their makers, brand or cloth have been promised."""
    orders = problem.orders
    stands = (orders.pin_brand >= 0) | (orders.pin_lot >= 0)
    stands[orders.pins[:, 0]] = True
    return np.flatnonzero(stands[laid.numbers.order])


def _price(search: Search, stop: Stop) -> None:
    """Alternate prices from the pool with exact passes until both agree; then seat everybody anew at the best prices,
    and mend where that is farthest from them."""
    pricing, rounds = search.pricing, 0
    while rounds < ROUNDS and not search.proved and not stop(search.best.cost):
        rounds += 1
        promised = pricing.round(search.best.cost)
        if (promised - pricing.bound) * 1_000_000 <= CLOSE_PPM * pricing.bound:
            break
    search.iterations += rounds
    if rounds and not search.proved:
        for guide in (pricing.best, search.asker.zero):
            other = Seating(search.asker, search.plans, search.best.promised)
            other.fill(pricing.best, guide)
            search.best = min(search.best, other, key=lambda seating: seating.rank)
        mend(search.best, pricing.best)


def _improve(search: Search, stop: Stop) -> None:
    """Moves that lose nothing in the first turns, each with mending; then moves that may lose, much at first and less
    and less so, mended now and then; until it is proved, stopped, or nothing better is in sight."""
    state = np.array([search.params.seed * 2 + 1], dtype=np.uint64)
    slack = search.best.cost // max(len(search.best.seats.plan), 1) * SLACK_PERMILLE // 1_000
    now, since, turn = search.best.copy(), 0, 0
    while since < PATIENCE and not search.proved and not stop(search.best.cost):
        calm = turn < CALM
        now.improve(search.pricing.best, state, 0 if calm else slack)
        if calm or turn % MENDING == 0:
            mend(now, search.pricing.best)
        search.iterations, since, turn = search.iterations + 1, since + 1, turn + 1
        slack = slack if calm else slack * 3 // 4
        if now.rank < search.best.rank:
            search.best, since = now.copy(), 0


def matching_of(search: Search) -> Matching:
    """The answer in the numbers of the problem. A plan may be delivered before the day that was searched for, which
    makes it cheaper."""
    plans: list[Plan | None] = [None] * len(search.problem.orders)
    for column in search.best.seats.plan[search.best.seats.plan >= 0]:
        plan = plan_from(search, int(column))
        plans[plan.order] = plan
    reserve = search.problem.orders.reserve_idr
    cost = sum(int(reserve[order]) if plan is None else plan.cost for order, plan in enumerate(plans))
    bound, prices = search.pricing.bound, _outside(search, search.pricing.best)
    status = "optimal" if cost == bound else "feasible"
    return Matching(tuple(plans), cost, bound, status, prices, search.params.digest(), search.iterations)


def plan_from(search: Search, column: int) -> Plan:
    """A column of the pool as a plan of the problem."""
    return plan_of(search.problem, search.params, search.plans.choice(column))


def _outside(search: Search, row: Whole) -> Prices:
    """A row of prices in the order of the problem."""
    inside, numbers = search.asker.split(row), search.laid.numbers
    prices = Prices.zero(search.problem)
    prices.second[numbers.maker], prices.piece[numbers.brand] = inside.second, inside.piece
    prices.cm[numbers.lot], prices.large_cm[numbers.lot] = inside.cm, inside.large_cm
    prices.large_piece[numbers.brand] = inside.large_piece
    return prices
