"""Each order one unit of one maker: the relaxation of the matching in which orders are single and cloth is free.

An auction at falling epsilon. Each phase begins at the prices of the one before, lowered by a few epsilons so that
nearly all of them have to rise again; what is wrong with the prices of makers that have units left over shows in the
gap, which is measured after each phase and never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clothingline.matching.kernels.auction import Book, Graph, auction, dual_value
from clothingline.matching.kernels.neighbours import Arcs, breadth_first, renumbered, seen_by
from clothingline.matching.result import PRICE_UNIT

MOST_IDR = 10**12
"""The most that an arc or a reserve may cost: in thousandths, and with a price on top, it fits int64."""


@dataclass(frozen=True, eq=False)
class Candidates:
    """Orders, makers and the arcs between them; ValueError when an array does not hold what it may.

    `first` (orders + 1,): where the arcs of each order begin, and the end · `maker` (arcs,) · `cost` (arcs,): whole
    rupiah · `reserve` (orders,): whole rupiah of staying unmatched · `capacity` (makers,): orders that a maker takes.
    """

    first: NDArray[Any]
    maker: NDArray[Any]
    cost: NDArray[Any]
    reserve: NDArray[Any]
    capacity: NDArray[Any]

    def __post_init__(self) -> None:
        """Convert without loss and check."""
        orders, arcs, makers = len(self.reserve), len(self.maker), len(self.capacity)
        bounds = {"first": (orders + 1, arcs), "maker": (arcs, makers - 1), "cost": (arcs, MOST_IDR)}
        bounds |= {"reserve": (orders, MOST_IDR), "capacity": (makers, max(orders, 2**31 - 1))}
        for name, (length, high) in bounds.items():
            array = np.asarray(getattr(self, name))
            _check(name, array, length, high)
            object.__setattr__(self, name, array.astype(np.int32 if name == "maker" else np.int64, copy=False))
        if self.first[0] != 0 or self.first[-1] != arcs or (np.diff(self.first) < 0).any():
            raise ValueError("first: must rise from 0 to the number of arcs")


@dataclass(frozen=True)
class Schedule:
    """How long the auction goes on."""

    gap_ppm: int = 5_000
    """The gap at which it ends, in millionths of the cost."""
    shrink: int = 6
    """From one phase to the next, epsilon is divided by this."""
    lower: int = 4
    """Epsilons by which the prices of a phase are lowered before the next one."""
    bids_per_order: int = 1_000
    """The budget; when it is used up, the gap is what it is."""

    def __post_init__(self) -> None:
        """Raise ValueError when a phase could not be finer, or begin lower, than the one before it."""
        if self.gap_ppm < 0 or self.shrink < 2 or not 1 <= self.lower <= 1_000 or self.bids_per_order < 0:
            raise ValueError(f"schedule: gap_ppm ≥ 0, shrink ≥ 2, lower in 1..1,000 and bids_per_order ≥ 0, is {self}")


@dataclass(frozen=True, eq=False)
class Assignment:
    """A maker for each order (orders,), −1 for unmatched; prices (makers,) in thousandths of a rupiah; whole rupiah."""

    maker: NDArray[np.int32]
    prices: NDArray[np.int64]
    cost: int
    bound: int
    """No assignment costs less: the dual value at the prices, rounded up, for every cost is whole."""
    phases: int
    bids: int

    @property
    def gap(self) -> int:
        """Rupiah by which the cost may at most be above the best possible."""
        return self.cost - self.bound

    @property
    def gap_ppm(self) -> int:
        """The gap as millionths of the cost, rounded up."""
        return -(-self.gap * 1_000_000 // max(1, self.cost))


def assign(candidates: Candidates, schedule: Schedule | None = None) -> Assignment:
    """The cheapest maker for each order, within the gap of the schedule, with the prices that prove it.

    A gap below n / 1,000 rupiah for n orders is finer than prices can say: it may be missed, and never is for n < 1,000
    unless the budget of bids ends. The same candidates and schedule give the same answer.
    """
    plan = schedule or Schedule()
    near = _Neighbourhood.of(candidates)
    market = _Market(near.graph, plan)
    market.run()
    arcs, prices = near.arcs(market.arc), near.prices(market.price)
    maker = np.where(arcs >= 0, candidates.maker[arcs], -1) if len(candidates.maker) else arcs
    return Assignment(maker.astype(np.int32), prices, market.cost, market.bound, market.phases, market.bids)


def dual_bound(candidates: Candidates, prices: NDArray[np.int64]) -> int:
    """The lower bound in whole rupiah that any prices (makers,) ≥ 0 in thousandths prove; ValueError below zero."""
    _check("prices", prices, len(candidates.capacity), MOST_IDR * PRICE_UNIT)
    arcs = Arcs(candidates.first, candidates.maker, candidates.cost * PRICE_UNIT)
    return _rounded_up(dual_value(_graph(arcs, candidates.reserve, candidates.capacity), prices))


def _check(name: str, array: NDArray[Any], length: int, high: int) -> None:
    if array.shape != (length,) or (length and array.dtype.kind not in "iu"):
        raise ValueError(f"{name}: must be {length} whole numbers, is {array.dtype} {array.shape}")
    if length and not 0 <= array.min() <= array.max() <= high:
        raise ValueError(f"{name}: must lie in 0..{high}, holds {array.min()}..{array.max()}")


def _graph(arcs: Arcs, reserve: NDArray[np.int64], capacity: NDArray[np.int64]) -> Graph:
    """Of a maker with more units than orders that see it, all those and one more: it has one left over in any case."""
    seen = np.bincount(arcs.maker, minlength=len(capacity))
    unit = np.concatenate((np.zeros(1, np.int64), np.cumsum(np.minimum(capacity, seen + 1))))
    return Graph(*arcs, reserve * PRICE_UNIT, unit)


def _rounded_up(value: tuple[int, int]) -> int:
    return int(value[0]) - -int(value[1]) // PRICE_UNIT


@dataclass(frozen=True, eq=False)
class _Neighbourhood:
    """The graph with orders and makers that see each other numbered together. The auction then finds in the cache what
    it reads, which makes a bid three to ten times faster; the numbering costs less than that."""

    candidates: Candidates
    graph: Graph
    orders: NDArray[np.int32]
    makers: NDArray[np.int32]
    origin: NDArray[np.int64]

    @classmethod
    def of(cls, candidates: Candidates) -> _Neighbourhood:
        """Makers without capacity and arcs that are no better than staying unmatched are left out."""
        arcs, capacity = Arcs(candidates.first, candidates.maker, candidates.cost), candidates.capacity
        orders, makers = breadth_first(arcs.first, arcs.maker, *seen_by(arcs.first, arcs.maker, len(capacity)))
        makers = makers[capacity[makers] > 0]
        number = np.full(len(capacity), -1, dtype=np.int32)
        number[makers] = np.arange(len(makers), dtype=np.int32)
        kept, origin = renumbered(arcs, orders, number, candidates.reserve)
        exact = kept._replace(cost=kept.cost * PRICE_UNIT)
        graph = _graph(exact, candidates.reserve[orders], capacity[makers])
        return cls(candidates, graph, orders, makers, origin)

    def arcs(self, arc: NDArray[np.int64]) -> NDArray[np.int64]:
        """The candidates' own arcs, by their own orders, −1 for unmatched."""
        chosen = np.full(len(arc), -1, dtype=np.int64)
        served = arc >= 0
        chosen[self.orders[served]] = self.origin[arc[served]]
        return chosen

    def prices(self, price: NDArray[np.int64]) -> NDArray[np.int64]:
        """By the candidates' own makers. One without capacity is too dear for every order, which costs nothing."""
        dearest = PRICE_UNIT * int(self.candidates.reserve.max(initial=0))
        prices = np.where(self.candidates.capacity > 0, 0, dearest)
        prices[self.makers] = np.minimum(price, dearest)
        return prices


class _Market:
    """The auction in phases, with the best cost and the best bound of any of them."""

    def __init__(self, graph: Graph, schedule: Schedule) -> None:
        self.graph = graph
        self.schedule = schedule
        self.price = np.zeros(len(graph.unit) - 1, dtype=np.int64)
        self.arc = np.full(len(graph.reserve), -1, dtype=np.int64)
        self.cost = int((graph.reserve // PRICE_UNIT).sum())
        self.bound = _rounded_up(dual_value(graph, self.price))
        self.phases = 0
        self.bids = 0

    def run(self) -> None:
        """Phases until the gap is reached, the budget is used up, or the phase that proves the gap has ended: one from
        zero prices at the finest epsilon. On the way to it prices are lowered by ever more."""
        price, epsilon, lower = self.price, self._coarsest(), self.schedule.lower
        while not self._done():
            finest = self._finest()
            epsilon = max(epsilon, finest)
            proves = epsilon == finest and not price.any()
            price = self._phase(price, epsilon)
            if proves:
                break
            if epsilon == finest:
                lower *= 4
            price = np.maximum(price - lower * epsilon, 0)
            epsilon //= self.schedule.shrink

    def _coarsest(self) -> int:
        """A quarter of what an order saves on average when it has its cheapest maker to itself."""
        return PRICE_UNIT * self.gap // (4 * max(1, len(self.graph.reserve)))

    def _finest(self) -> int:
        """With this epsilon no phase from zero prices can miss the gap (`auction`)."""
        slack = PRICE_UNIT * self.bound * self.schedule.gap_ppm // 1_000_000
        return max(1, slack // max(1, len(self.graph.reserve)))

    def _done(self) -> bool:
        reached = 1_000_000 * self.gap <= self.schedule.gap_ppm * self.cost
        return reached or self._bids_left() <= 0

    @property
    def gap(self) -> int:
        """Rupiah between the best cost and the best bound."""
        return self.cost - self.bound

    def _bids_left(self) -> int:
        return self.schedule.bids_per_order * len(self.graph.reserve) - self.bids

    def _phase(self, price: NDArray[np.int64], epsilon: int) -> NDArray[np.int64]:
        """One auction from these prices; returns the prices at its end."""
        units = np.diff(self.graph.unit)
        nobody = np.full(self.graph.unit[-1], -1, dtype=np.int32)
        unserved = np.full(len(self.graph.reserve), -1, dtype=np.int64)
        risen = price.copy()
        book = Book(np.repeat(price, units), nobody, risen, unserved)
        self.bids += auction(self.graph, book, epsilon, self._bids_left())
        self.phases += 1
        self._keep(book)
        return risen

    def _keep(self, book: Book) -> None:
        """Remember the assignment if it is the cheapest so far, and the prices if they prove the most."""
        served = book.arc >= 0
        paid = np.where(served, self.graph.cost[book.arc], self.graph.reserve) if served.any() else self.graph.reserve
        cost, bound = int((paid // PRICE_UNIT).sum()), _rounded_up(dual_value(self.graph, book.price))
        if cost < self.cost:
            self.cost, self.arc = cost, book.arc
        if bound > self.bound:
            self.bound, self.price = bound, book.price
