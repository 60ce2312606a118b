"""The assignment relaxation: orders of one piece each, makers of whole pieces in a week, the cheapest as arcs."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from benchmarks.matching.ground import Rules, Sewers, rules, sewers
from benchmarks.matching.seating import NEVER, RATE_UNIT, Ask, able, asks, farther, leg, ring_span, unit_idr
from clothingline.matching import Params, Problem

Whole = NDArray[np.int64]
WEEK, ARCS = 3, 16


@dataclass(frozen=True)
class Relaxation:
    """Give each order to one of its makers or to nobody. `maker`, `idr`: (orders, arcs), the cheapest first, −1 where
    there are fewer · `capacity`: (makers,) orders that each may take · `reserve`: (orders,) rupiah of giving it to
    nobody."""

    maker: Whole
    idr: Whole
    capacity: Whole
    reserve: Whole


def relaxation(problem: Problem, params: Params) -> Relaxation:
    """Each order's cheapest makers as if its brand stood where it is delivered: one piece, set-up and both legs.

    A maker takes as many orders as pieces of average work fit into one of its weeks; the reserve is that of a piece.
    """
    o, m, sewing = problem.orders, problem.makers, sewers(problem)
    usual = max(int(o.standard_seconds.mean()), 1)
    capacity = m.free_seconds[:, min(WEEK, problem.weeks - 1)] * m.efficiency_permille // 1_000 // usual
    maker = np.full((len(o), ARCS), -1, dtype=np.int64)
    idr = np.full((len(o), ARCS), NEVER, dtype=np.int64)
    rule, open_ = rules(problem, params), capacity[sewing.row] > 0
    for order, ask in enumerate(asks(problem)):
        cheapest_makers(rule, ask, sewing, open_, maker[order], idr[order])
    maker = np.where(maker >= 0, sewing.row[maker], -1)
    return Relaxation(maker, idr, capacity, o.reserve_idr // o.pieces)


@njit(cache=True)
def cheapest_makers(rule: Rules, ask: Ask, sewing: Sewers, open_: Any, maker: Any, idr: Any) -> None:
    """Fill `maker` and `idr` (arcs,) with the cheapest makers in reach of an order's place, ascending."""
    ring = 0
    while (
        farther(rule, sewing, ring) < NEVER and farther(rule, sewing, ring) + ask.seconds * 300 // RATE_UNIT < idr[-1]
    ):
        for column in range(-ring, ring + 1):
            span = ring_span(sewing, ask.x, ask.y, ring, column)
            for part in (0, 2):
                for m in range(span[part], span[part + 1]):
                    if open_[m] and able(ask, sewing, m):
                        metres, _, road = leg(rule, ask.x, ask.y, sewing.x[m], sewing.y[m])
                        if metres <= sewing.reach[m]:
                            insert(maker, idr, m, rule.set_up + 2 * road + unit_idr(rule, ask, sewing, m))
        ring += 1


@njit(cache=True)
def insert(maker: Any, idr: Any, m: int, cost: int) -> None:
    """Put a maker in its place among the cheapest, when it is one of them."""
    place = len(idr) - 1
    if cost >= idr[place]:
        return
    while place > 0 and idr[place - 1] > cost:
        idr[place], maker[place] = idr[place - 1], maker[place - 1]
        place -= 1
    idr[place], maker[place] = cost, m
