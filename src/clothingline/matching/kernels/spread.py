"""Spreading an order over several makers at one place: by hand for long runs, by a dynamic programme for short ones."""

from __future__ import annotations

from typing import Any

from .compiling import inlined, kernel
from .dealing import share_out
from .gather import gather
from .programme import programme, small
from .refill import refill, remember
from .sewing import risk_at
from .tables import (
    BASE,
    CUSHION,
    DEADLINE,
    DUE,
    EXACT,
    LEAST,
    MILLI,
    MOST,
    NEVER,
    SET_UP,
    Bench,
    Sewers,
)

FEW = 6
"""Makers beyond those who fill an order that are looked at first."""
KNOWN = 16
"""Makers beyond those who fill it at the widest window of a brand that are known from then on."""
HALVES = 5
"""Tolls that are tried between one with too many makers and one with few enough; the bound is concave in the toll, with
the makers that the fill uses beyond those who may share as its slope."""
TOLLS = 5
"""Tolls that are tried at most: (4ⁿ − 1) / 3 times the least set-up of a maker, for n = 0 … 4. Where even those with
the most room are too many, every toll leads on, until the bound reaches the limit."""


@kernel
def widest_spread(sewers: Sewers, ask: Any, place: tuple[int, int, int, int], limit: float, bench: Bench) -> float:
    """A lower bound on all spreads when kits leave no sooner, and on single makers too, for the share of one is among
    those that a fill allows; those who may share are known from then on. Begins with the toll of the brand before, at
    which its makers were too many, and from the lowest when that is too high here."""
    known, low = bench.known, 0.0
    for toll in (known.beyond[6], 0.0):
        low = max(low, _widest_from(sewers, ask, place, (limit, toll), bench))
        if low >= limit or toll == 0.0 or known.beyond[1] > toll:
            break
    known.beyond[6] = known.beyond[1] if low >= limit else (known.beyond[5] if known.beyond[1] > 0.0 else 0.0)
    return low


@kernel
def _widest_from(
    sewers: Sewers, ask: Any, place: tuple[int, int, int, int], start: tuple[float, float], bench: Bench
) -> float:
    """The same from one toll on, up to the first with few enough makers; `start`: the limit and the toll."""
    step, low, (limit, toll) = ask[DUE] - ask[DEADLINE], 0.0, start
    bench.known.size[0] = 0
    for _ in range(TOLLS):
        wanted = (step, KNOWN, toll)
        bound, _, left_out = gather(sewers, ask, place, wanted, limit, bench)
        low = max(low, bound)
        remember(bench, place, wanted, left_out)
        if low >= limit or bench.shares.beyond[0] <= ask[MOST]:
            break
        toll = _raised(ask, toll)
    return low


@inlined
def _raised(ask: Any, toll: float) -> float:
    return 4 * toll + MILLI * (ask[SET_UP] + 2 * ask[BASE])


@kernel
def best_spread(sewers: Sewers, ask: Any, place: tuple[int, int, int, int], limit: int, at: int, bench: Bench) -> None:
    """Write the best spread at a place into the memo, where it is below the limit; else NEVER, with the lower bound."""
    spread, floor = bench.memo.spread[at], float(NEVER)
    spread[0], spread[2] = NEVER, 0
    spare = ask[DUE] - ask[DEADLINE]
    safest, widest = max(ask[CUSHION], spare), 0.0
    for step in range(safest, spare - 1, -1):
        risk = risk_at(ask, step)
        best = float(min(limit, spread[0]) - risk)
        if step == safest - 1:
            widest = refill(sewers, ask, place, (spare, 0, bench.known.beyond[1]), best, bench)[0]
        if widest >= best:
            floor = min(floor, risk + widest)
            break
        floor = min(floor, risk + _spread_by(sewers, ask, place, (step, risk, best), at, bench))
    spread[1] = int(floor)


@kernel
def _spread_by(
    sewers: Sewers,
    ask: Any,
    place: tuple[int, int, int, int],
    by: tuple[int, int, float],
    at: int,
    bench: Bench,
) -> float:
    """Enter a good spread for a delivery so many days before the due day; a lower bound on all of them. `by`: these
    days, their risk, and the limit without it."""
    step, risk, limit = by
    low, toll, fits = 0.0, bench.known.beyond[1], False
    edge = (0.0, 0.0, 0.0)
    for _ in range(TOLLS):
        edge = _at_toll(sewers, ask, place, (step, FEW, toll), limit, bench)
        low = max(low, edge[0])
        if low >= limit:
            return limit
        _share_best(sewers, ask, bench, (step, risk), at)
        fits = bench.shares.beyond[0] <= ask[MOST]
        if fits:
            break
        toll = _raised(ask, toll)
    lower, upper = bench.known.beyond[5], toll
    for _ in range(HALVES if fits else 0):
        if upper - lower < MILLI:
            break
        toll = (lower + upper) / 2
        edge = _at_toll(sewers, ask, place, (step, FEW, toll), limit, bench)
        low = max(low, edge[0])
        if low >= limit:
            return limit
        _share_best(sewers, ask, bench, (step, risk), at)
        lower, upper = (toll, upper) if bench.shares.beyond[0] > ask[MOST] else (lower, toll)
    if ask[EXACT]:
        return _exactly(sewers, ask, place, (step, risk, limit, toll, low), edge, at, bench)
    return low


@kernel
def _at_toll(
    sewers: Sewers,
    ask: Any,
    place: tuple[int, int, int, int],
    wanted: tuple[int, int, float],
    limit: float,
    bench: Bench,
) -> tuple[float, float, float]:
    """The fill at a toll: of those who are known, and of all when they do not fill the order."""
    edge = refill(sewers, ask, place, wanted, limit, bench)
    if bench.shares.size[2] == 0 and edge[0] < limit:
        return gather(sewers, ask, place, wanted, limit, bench)
    return edge


@kernel
def _exactly(
    sewers: Sewers,
    ask: Any,
    place: tuple[int, int, int, int],
    by: tuple[int, int, float, float, float],
    edge: tuple[float, float, float],
    at: int,
    bench: Bench,
) -> float:
    """Enter the best spread of all where the programme is small enough; a lower bound. `by`: days before the due day,
    their risk, the limit without it, the toll, and the bound so far.

    Whoever was left out of the programme costs at least `left_out` a piece where the dearest piece of the fill costs
    `dearest`, so that a spread with him costs the fill and `least` · (`left_out` − `dearest`) or more."""
    step, risk, limit, toll, low = by
    spread, spare, (bound, dearest, left_out) = bench.memo.spread[at], FEW, edge
    while spread[0] - risk > low + 2 and small(ask, bench):
        value = programme(sewers, ask, bench)
        if value + risk < spread[0]:
            _remember(bench, at, value + risk, step)
        if bound + ask[LEAST] * (left_out - dearest) >= min(value, limit):
            return min(float(value), limit)
        if spare >= len(bench.shares.rank):
            break
        spare *= 4
        bound, dearest, left_out = gather(sewers, ask, place, (step, spare, toll), limit, bench)
    return low


@kernel
def _share_best(sewers: Sewers, ask: Any, bench: Bench, by: tuple[int, int], at: int) -> None:
    """Share the order out to those who were gathered, and keep that where it is better."""
    value = share_out(sewers, ask, bench.shares) + by[1]
    if value < bench.memo.spread[at, 0]:
        _remember(bench, at, value, by[0])


@kernel
def _remember(bench: Bench, at: int, value: int, step: int) -> None:
    memo, shares, count = bench.memo, bench.shares, 0
    memo.shares[at, 0, :] = -1
    for place in range(shares.size[1]):
        number = shares.rank[place]
        if shares.pieces[number] > 0:
            memo.shares[at, 0, count], memo.shares[at, 1, count] = shares.term[number, 0], shares.pieces[number]
            count += 1
    memo.spread[at, 0], memo.spread[at, 2] = value, step
