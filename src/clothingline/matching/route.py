"""All waiting orders at once: prices coordinate, repair makes it hold, the bound says how far from the best it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .index import index_of
from .params import Params
from .problem import Problem
from .result import Matching, Prices
from .search.bound import Pricer
from .search.pool import Pool, better_prices
from .search.repair import Solution, retry, starts
from .stop import Stop

ROUNDS = 10
"""Exact passes at most."""
CLOSE_PPM = 300
"""The pool's prices are good enough when the pool promises no more than this above the proved bound."""
PATIENCE = 80
"""Retries of the local search without a better answer after which the search ends by itself."""


@dataclass(eq=False)
class Search:
    """The state of one run: the best matching so far, the best bound, and the prices that prove it."""

    pricer: Pricer
    pool: Pool
    best: Solution
    bound: int
    prices: Prices
    iterations: int = 0

    @property
    def proved(self) -> bool:
        """Whether the gap is zero."""
        return self.best.cost == self.bound


def route(problem: Problem, params: Params, stop: Stop) -> Matching:
    """Plans for all orders together, with a true lower bound on the cost of any matching.

    An order of which something is pinned is seated before all others, and makes room for none of them.
    An iteration is one round of prices (a dual ascent on known plans and an exact pass over all orders) or one retry of
    the local search. The same problem, params and `Iterations` give the same answer; the status is `optimal` when the
    gap is zero.
    """
    search = _begin(problem, params)
    _price(search, stop)
    _improve(search, stop, np.random.default_rng(params.seed))
    best, status = search.best, "optimal" if search.proved else "feasible"
    return Matching(
        tuple(best.plans), best.cost, search.bound, status, search.prices, params.digest(), search.iterations
    )


def _begin(problem: Problem, params: Params) -> Search:
    """Zero prices, and every order its best plan in what the orders before it have left."""
    index, pool = index_of(problem, params), Pool(problem)
    pricer = Pricer(index, pool)
    bound = pricer.bound(None)
    return Search(pricer, pool, min(starts(index, pool, None), key=lambda s: s.rank), bound, Prices.zero(problem))


def _price(search: Search, stop: Stop) -> None:
    """Alternate prices from the pool with exact passes until both agree; then fill a matching at the best prices."""
    prices, rounds = search.prices, 0
    while rounds < ROUNDS and not search.proved and not stop(search.best.cost):
        rounds += 1
        prices, promised = better_prices(search.pool, prices, search.best.cost)
        bound = search.pricer.bound(prices)
        if bound > search.bound:
            search.bound, search.prices = bound, prices
        if (promised - search.bound) * 1_000_000 <= CLOSE_PPM * search.bound:
            break
    search.iterations += rounds
    if rounds and not search.proved:
        others = starts(search.pricer.index, search.pool, search.prices)
        search.best = min([search.best, *others], key=lambda solution: solution.rank)


def _improve(search: Search, stop: Stop, draw: np.random.Generator) -> None:
    """Retry around what collides until it is proved, stopped, or nothing better is in sight."""
    since = 0
    while since < PATIENCE and not search.proved and not stop(search.best.cost):
        search.iterations += 1
        since = 0 if retry(search.best, draw, search.prices) else since + 1
