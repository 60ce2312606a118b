"""The best plans of one order in which a given maker takes part, in a problem of any size.

Brand after brand is looked at with the tables of `choices`, those with the lowest bound first, until no brand can hold
a better plan. Where an order may be spread, at most `PARTNERS` others stand beside the maker at each brand, and long
runs are dealt out in `LUMPS` equal lumps: such plans are good ones. Everything else is exact.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from .choices import Choices, choices
from .cut import Cut, cut
from .index import Mask, Remaining, Whole, bought_cm, brand_limits, legs, lot_limits, maker_limits, passing
from .params import Params
from .plans import Found, build
from .problem import Problem
from .quote import search
from .result import PRICE_UNIT, Plan
from .terms import Terms, cloth_idr, terms
from .wish import Wish

PARTNERS = 16
"""Makers at one brand who may share an order with the one that is asked about."""
ROOMY = 4
"""Of them, how many are there for their room and not for their price."""
LUMPS = 60
"""Lumps that a long run is dealt out in."""
TOGETHER = 64
"""Brands that are looked at together for an order that a single maker sews."""
NOWHERE = 1 << 55
"""Rupiah that no plan costs."""


@dataclass(eq=False)
class Joining:
    """One order in what the others leave, and whoever may take part in it."""

    problem: Problem
    params: Params
    order: int
    left: Remaining
    known: dict[int, Whole] = field(default_factory=dict)
    """The partners at the brands that were looked at."""

    def best(self, maker: int, below: int) -> Plan | None:
        """The cheapest plan with a maker, whatever it is certified for, that costs less than so many rupiah."""
        return next(iter(self.ranked(maker, below, 1)), None)

    def ranked(self, maker: int | None, below: int, k: int) -> list[Plan]:
        """The cheapest `k` plans with a maker (None: with anybody) that cost less than so many rupiah."""
        found = list[Plan]()
        if self.pinned.size and not np.isin(self.pinned, self.makers).all():
            return found
        # A single maker is tried everywhere first: that is quick, and leaves few brands where a spread may be better.
        for spread in (False, True) if self.shared else (False,):
            for brands, bound in self._by_bound(self._required(maker), spread=spread):
                if bound >= below:
                    break
                more = self._at(brands, maker, (below, k), spread=spread)
                # A spread is sought among single makers too, who were found before.
                once = {plan.key: plan for plan in (*found, *more)}
                found = sorted(once.values(), key=lambda plan: plan.cost)[:k]
                below = found[-1].cost if len(found) == k else below
        return found

    @cached_property
    def brands(self) -> Whole:
        """Brands that pass their limits, ascending."""
        return passing(brand_limits(self.problem, self.order))

    @cached_property
    def lots(self) -> Whole:
        """Lots that pass their limits, ascending."""
        return passing(lot_limits(self.problem, self.order, self.left.cm))

    @cached_property
    def makers(self) -> Whole:
        """Makers who pass the limits that concern them alone, ascending."""
        return passing(maker_limits(self.problem, self.order))

    @cached_property
    def pinned(self) -> Whole:
        """Makers who are part of the order already."""
        pins = self.problem.orders.pins
        return np.sort(pins[pins[:, 0] == self.order, 1])

    @cached_property
    def shared(self) -> bool:
        """Whether more than one maker may sew."""
        orders = self.problem.orders
        return bool(orders.max_makers[self.order] > 1 and orders.pieces[self.order] > 1)

    def reach(self, brand: int, makers: Whole) -> Mask:
        """Which of some makers (n,) have a brand within their reach."""
        b, m = self.problem.brands, self.problem.makers
        beyond = m.reach_m[makers] + 1
        return np.asarray((m.x[makers] - b.x[brand]) ** 2 + (m.y[makers] - b.y[brand]) ** 2 < beyond**2)

    def options(self, brands: Whole, makers: Whole, must: int | None = None) -> tuple[Cut, Choices] | None:
        """What the order may choose from at some brands with some makers (both ascending); None for nothing."""
        some = cut(self.problem, self.params, self.left, self.order, (brands, self.lots, makers))
        place = None if must is None else int(np.searchsorted(makers, must))
        found = choices(some.index, some.left, Wish(0, must=place))
        return (some, found) if found else None

    def _required(self, maker: int | None) -> Whole:
        return self.pinned if maker is None else np.union1d(self.pinned, [maker])

    def _by_bound(self, required: Whole, *, spread: bool) -> Iterator[tuple[Whole, int]]:
        """Brands in reach of whoever has to take part, some at a time, and what a plan there costs at least."""
        bound, together = self._bounds(required, spread=spread), 1 if spread else TOGETHER
        rank = np.argsort(bound, kind="stable")
        rank = rank[: np.searchsorted(bound[rank], NOWHERE)]
        for begin in range(0, len(rank), together):
            some = rank[begin : begin + together]
            yield np.sort(self.brands[some]), int(bound[some[0]])

    def _bounds(self, required: Whole, *, spread: bool) -> Whole:
        """Rupiah (brands,) below which no plan with them costs; NOWHERE out of their reach."""
        b, m = self.problem.brands, self.problem.makers
        x, y = b.x[self.brands, None], b.y[self.brands, None]
        kits = legs(self.params, x, y, m.x[required], m.y[required])
        others = max(1 + spread - len(required), 0)
        ways = (2 * kits.idr).sum(axis=1) + others * 2 * self.params.transport_base_idr
        units = np.append(self._units[required], self._least_unit if others else NOWHERE >> 20)
        sewing = int(self.problem.orders.pieces[self.order]) * int(units.min())
        bound = self._before_sewing + (len(required) + others) * self.params.set_up_idr + ways + sewing
        return np.where((kits.metres <= m.reach_m[required]).all(axis=1), bound, NOWHERE)

    @cached_property
    def _before_sewing(self) -> Whole:
        """Rupiah (brands,) of fee, cloth, its way and the delivery, with the cheapest lot."""
        p, o = self.problem, self.order
        if not self.lots.size:
            return np.full(len(self.brands), NOWHERE)
        x, y = p.brands.x[self.brands], p.brands.y[self.brands]
        price = cloth_idr(p.lots.price_idr[self.lots], bought_cm(p, o)[self.lots])
        cloth = price[:, None] + legs(self.params, p.lots.x[self.lots, None], p.lots.y[self.lots, None], x, y).idr
        ship = legs(self.params, x, y, p.orders.x[o], p.orders.y[o]).idr
        return np.asarray(p.orders.pieces[o] * p.brands.fee_idr[self.brands] + cloth.min(axis=0) + ship)

    @cached_property
    def terms(self) -> Terms:
        """What each maker costs for this order."""
        return terms(self.problem, self.params, self.order)

    @cached_property
    def _units(self) -> Whole:
        return np.asarray(self.terms.pay + self.terms.defects - self.terms.credit)

    @cached_property
    def _least_unit(self) -> int:
        return int(self._units[self.makers].min(initial=NOWHERE >> 20))

    def _at(self, brands: Whole, maker: int | None, wanted: tuple[int, int], *, spread: bool) -> list[Plan]:
        """Plans at some brands; `wanted`: below what they cost, and how many of them."""
        below, k = wanted
        found = self.options(brands, self._people(brands, maker, spread=spread), maker)
        if found is None:
            return []
        some, c = found
        below *= PRICE_UNIT
        ones = _spreads(c, k, below) if spread else search(replace(c, most=1), k, below)
        return [some.outside(build(some.index, c, one)) for one in ones]

    def _people(self, brands: Whole, maker: int | None, *, spread: bool) -> Whole:
        """Who is asked at some brands: those who have to take part, and who may share with them."""
        required = self._required(maker)
        if not spread and len(required):
            return required
        beside = [self.partners(int(brand)) for brand in brands]
        return np.unique(np.concatenate([required, *beside]))

    def partners(self, brand: int) -> Whole:
        """Who may share the order at a brand: all in reach, or of many the cheapest and the roomiest."""
        if brand not in self.known:
            near = self.makers[self.reach(brand, self.makers)]
            self.known[brand] = near if len(near) <= PARTNERS else self._chosen(brand, near)
        return self.known[brand]

    def _chosen(self, brand: int, near: Whole) -> Whole:
        near = np.union1d(near, self.pinned)
        found = self.options(np.array([brand]), near)
        if found is None:
            return near[:0]
        c = found[1]
        room = np.minimum(c.sewing.window.max(axis=(0, 1)) // c.sewing.seconds, c.pieces)
        able = np.flatnonzero(room >= c.least)
        rate = c.sewing.unit[able] + c.sewing.fixed.min(axis=0)[able] // np.maximum(room[able], 1)
        cheap = able[np.argsort(rate, kind="stable")[: PARTNERS - ROOMY]]
        roomy = able[np.argsort(-room[able], kind="stable")[:ROOMY]]
        return np.asarray(near[np.union1d(cheap, roomy)])


def _spreads(c: Choices, k: int, ceiling: int) -> list[Found]:
    """The best `k` spreads below a ceiling, of long runs in lumps; with them those with one maker, who are as good."""
    lump = 1 if (c.sewing.exact > 0).any() else -(-c.pieces // LUMPS)
    if lump == 1:
        return search(c, k, ceiling)
    found = search(_in_lumps(c, lump), k, ceiling)
    for one in found:
        one.pieces[:] *= lump
        one.pieces[one.pieces.argmax()] -= int(one.pieces.sum()) - c.pieces
    return found


def _in_lumps(c: Choices, lump: int) -> Choices:
    """The same choices with so many pieces as one; the largest share gives back what the last lump has too much."""
    lumps = -(-c.pieces // lump)
    least = -(-(c.least + lumps * lump - c.pieces) // lump)
    sewing = replace(c.sewing, seconds=c.sewing.seconds * lump, unit=c.sewing.unit * lump)
    return replace(c, pieces=lumps, least=least, sewing=sewing)
