"""Numbering that keeps what belongs together in the same cache lines."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit


class Arcs(NamedTuple):
    """Who may serve whom, by order: `first` (n + 1,) int64 · `maker` (a,) int32 · `cost` (a,) int64, any unit."""

    first: Any
    maker: Any
    cost: Any


@njit(cache=True, nogil=True)
def seen_by(first: Any, maker: Any, makers: int) -> tuple[Any, Any]:
    """The arcs turned round: where the orders of each maker begin (m + 1,), and the orders (a,) int32, ascending."""
    begin = np.zeros(makers + 1, np.int64)
    for arc in range(len(maker)):
        begin[maker[arc] + 1] += 1
    begin = np.cumsum(begin)
    order_of, free = np.empty(len(maker), np.int32), begin[:-1].copy()
    for order in range(len(first) - 1):
        for arc in range(first[order], first[order + 1]):
            order_of[free[maker[arc]]] = order
            free[maker[arc]] += 1
    return begin, order_of


@njit(cache=True, nogil=True)
def breadth_first(first: Any, maker: Any, begin: Any, order_of: Any) -> tuple[Any, Any]:
    """Orders (n,) and makers (up to m,) in the order in which a walk over the arcs (`seen_by`) meets them, as int32.

    A walk begins at the lowest order that none has met; makers without an order are left out.
    """
    orders, makers = np.empty(len(first) - 1, np.int32), np.empty(len(begin) - 1, np.int32)
    order_met, maker_met = np.zeros(len(first) - 1, np.bool_), np.zeros(len(begin) - 1, np.bool_)
    met, walked, known = 0, 0, 0
    for root in range(len(orders)):
        if not order_met[root]:
            orders[met], order_met[root] = root, True
            met += 1
        while walked < met:
            order = orders[walked]
            walked += 1
            for arc in range(first[order], first[order + 1]):
                near = maker[arc]
                if not maker_met[near]:
                    makers[known], maker_met[near] = near, True
                    known += 1
                    for back in range(begin[near], begin[near + 1]):
                        other = order_of[back]
                        if not order_met[other]:
                            orders[met], order_met[other] = other, True
                            met += 1
    return orders, makers[:known]


@njit(cache=True, nogil=True)
def renumbered(arcs: Arcs, orders: Any, number: Any, reserve: Any) -> tuple[Arcs, Any]:
    """The arcs with the orders in the sequence `orders` (n,) and maker j called `number[j]`, and where each one stood.

    Left out are arcs to makers without a number (−1), and those that cost an order no less than its `reserve` (n,).
    """
    first = np.zeros(len(orders) + 1, np.int64)
    maker, cost = np.empty(len(arcs.maker), np.int32), np.empty(len(arcs.maker), np.int64)
    origin, kept = np.empty(len(arcs.maker), np.int64), 0
    for row in range(len(orders)):
        order = orders[row]
        for arc in range(arcs.first[order], arcs.first[order + 1]):
            if arcs.cost[arc] < reserve[order] and number[arcs.maker[arc]] >= 0:
                maker[kept], cost[kept], origin[kept] = number[arcs.maker[arc]], arcs.cost[arc], arc
                kept += 1
        first[row + 1] = kept
    return Arcs(first, maker[:kept], cost[:kept]), origin[:kept]
