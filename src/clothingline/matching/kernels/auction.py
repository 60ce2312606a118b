"""The auction for the transportation problem: orders bid for the units of makers.

D. P. Bertsekas and D. A. Castañón, "The auction algorithm for the transportation problem", Annals of Operations
Research 20 (1989): the units of one maker are similar objects, so the second best that a bid is measured by is another
maker (or staying unmatched), never another unit of the same one. Money is in thousandths of a rupiah.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit

MILLI = 1_000
"""Thousandths of a rupiah in a rupiah."""


class Graph(NamedTuple):
    """Who may serve whom. The arcs of order i are `first[i]` to `first[i + 1]`, its units of maker j stand in the book
    from `unit[j]` to `unit[j + 1]`.

    `first` (n + 1,) int64 · `maker` (a,) int32 · `cost` (a,) int64, thousandths · `reserve` (n,) int64, thousandths: of
    staying unmatched · `unit` (m + 1,) int64.
    """

    first: Any
    maker: Any
    cost: Any
    reserve: Any
    unit: Any


class Book(NamedTuple):
    """The state of the auction.

    `level` (u,) int64: the bid on each unit, for each maker a heap with the lowest bid first · `owner` (u,) int32: the
    order that made it, −1 for none · `price` (m,) int64: of each maker, its lowest bid · `arc` (n,) int64: by which
    each order is served, −1 for unmatched.
    """

    level: Any
    owner: Any
    price: Any
    arc: Any


@njit(cache=True, nogil=True)
def auction(graph: Graph, book: Book, epsilon: int, most: int) -> int:
    """Let all orders bid, the one that was outbid last before the others, until none wants to or `most` bids are made.

    Returns the number of bids. Prices only rise. When it ends by itself, each order is served at no more than `epsilon`
    above the cheapest that the prices offer it, so cost and dual value are at most n · epsilon apart, plus the prices
    of units that nobody took; those are zero for a maker whose price began at zero. Orders that may not bid any
    more are unmatched, which is feasible as well.
    """
    waiting = np.arange(len(graph.reserve) - 1, -1, -1).astype(np.int32)
    top, bids = len(waiting), 0
    while top > 0 and bids < most:
        bids += 1
        top -= 1
        order = waiting[top]
        arc, best, second = two_cheapest(graph, book.price, order)
        book.arc[order] = arc
        if arc < 0:
            continue
        maker = graph.maker[arc]
        out = outbid(book, graph.unit[maker], graph.unit[maker + 1], book.price[maker] + second - best + epsilon, order)
        book.price[maker] = book.level[graph.unit[maker]]
        if out >= 0:
            book.arc[out] = -1
            waiting[top] = out
            top += 1
    return bids


@njit(cache=True, nogil=True)
def two_cheapest(graph: Graph, price: Any, order: int) -> tuple[int, int, int]:
    """The arc of an order that is cheapest with its price, −1 when staying unmatched is no dearer; its value; and
    the value of the second best, which is never above the reserve."""
    best = second = graph.reserve[order]
    cheapest = -1
    # No branch depends on a value: which arc is the least cannot be foretold, and a wrong guess costs more.
    for arc in range(graph.first[order], graph.first[order + 1]):
        value = graph.cost[arc] + price[graph.maker[arc]]
        cheapest = arc if value < best else cheapest
        second = min(second, max(best, value))
        best = min(best, value)
    return cheapest, best, second


@njit(cache=True, nogil=True)
def outbid(book: Book, begin: int, end: int, level: int, order: int) -> int:
    """Put a bid in the place of the lowest on the units `begin` to `end`; returns whose that was, −1 for nobody's."""
    out: int = book.owner[begin]
    units, at = end - begin, 0
    while 2 * at + 1 < units:
        below = 2 * at + 1
        if below + 1 < units and book.level[begin + below + 1] < book.level[begin + below]:
            below += 1
        if book.level[begin + below] >= level:
            break
        book.level[begin + at], book.owner[begin + at] = book.level[begin + below], book.owner[begin + below]
        at = below
    book.level[begin + at], book.owner[begin + at] = level, order
    return out


@njit(cache=True, nogil=True)
def dual_value(graph: Graph, price: Any) -> tuple[int, int]:
    """What all orders pay at least at prices (m,), less the prices of all units: a lower bound for any price ≥ 0.

    Each order can do no better than the cheapest that the prices offer it, and each unit is used once at most
    (Lagrangian relaxation of the capacities). In two words, whole rupiah and thousandths (not carried), for one word
    could overflow.
    """
    whole = rest = 0
    for order in range(len(graph.reserve)):
        _, value, _ = two_cheapest(graph, price, order)
        whole += value // MILLI
        rest += value % MILLI
    for maker in range(len(price)):
        units = graph.unit[maker + 1] - graph.unit[maker]
        whole -= units * (price[maker] // MILLI)
        rest -= units * (price[maker] % MILLI)
    return whole, rest
