"""What an order costs at a brand at least, from tables over all makers and all lots; for problems too large to reckon
every order with every maker at every brand.

Each table stands for one combination of brand and need (skills, machines, rush), or of brand and cloth (class,
colour), and leaves days, windows and certificates' ends aside, which only makes it lower. All makers in reach and all
lots are in it.

**One maker.** w standard seconds are worth at least f + ρ · w to a maker: f for set-up and legs; ρ for pay less
credit, for defects, and for his own seconds in his cheapest week. Pay is rounded up and the credit down, so that
unrounded rates are below both. The least h(w) of these lines over all makers is concave, so between two amounts that
are known the chord is below it. Spreads are not below h either: a share of k of P pieces pays f in full, at least k/P
of it.

**Many makers.** Nobody has more than c standard seconds, so in a spread each of his costs at least ρ + f / c. Filling
the cheapest first, everybody up to c, gives a convex Φ(w) that no spread is below; the tangent at an amount that is
known is below Φ everywhere.

**Cloth.** The same lines and chords with centimetres. For more than a known amount only those lots count that hold it.
"""

from __future__ import annotations

import numpy as np

from clothingline.matching.params import Params
from clothingline.matching.problem import Problem
from clothingline.matching.result import Prices

from .able import Able, Having
from .places import MILLI, Real, Whole, leg
from .sewing import NEVER

CM = np.array([0.0, 100, 200, 400, 1_600, 6_400, 25_600, 102_400, 409_600, 1_638_400, 20_000_000_000])
WORK = np.array([0.0, 900, 1_800, 3_600, 7_200, 14_400, 43_200, 172_800, 691_200, 2_764_800, 200_000_000_000])
"""Amounts that are known; no order of any problem needs more than the last."""
ROUNDING = 1.0
"""Taken off: sums of this size in double precision are wrong by less."""
CHUNK = 1 << 18


class Outlook:
    """The tables of a problem at its prices, each made when it is first asked for."""

    def __init__(self, problem: Problem, params: Params, prices: Prices, able: Able) -> None:
        self.problem, self.params, self.prices, self.able = problem, params, prices, able
        self.known: dict[tuple[int, ...], tuple[Real, ...]] = {}
        self.longest = int(problem.orders.standard_seconds.max(initial=1))
        self.cheapest_second = prices.second.min(axis=1)

    def floors(self, order: int, brands: Whole) -> Real:
        """What no plan of an order at each of some brands (B,), which make its family, is below."""
        o, b = self.problem.orders, self.problem.brands
        pieces = int(o.pieces[order])
        week = np.where(b.free_pieces[brands] >= pieces, self.prices.piece[brands].astype(np.float64), NEVER)
        value = pieces * (MILLI * b.fee_idr[brands] + week.min(axis=1, initial=NEVER))
        value += MILLI * leg(self.params, b, brands, o, order)[2]
        value += self._cloth(order, pieces * int(o.cloth_cm[order]))[brands]
        value += self._sewing(order, pieces * int(o.standard_seconds[order]))[brands]
        return np.asarray(value - ROUNDING)

    def _cloth(self, order: int, cm: int) -> Real:
        o = self.problem.orders
        key = int(o.cloth_class[order]), int(o.colour[order])
        if key not in self.known:
            self.known[key] = self._lots(*key)
        start, end = self.known[key]
        at = int(np.searchsorted(CM, cm, side="right")) - 1
        return _chord(start[at], end[at], (cm - CM[at]) / (CM[at + 1] - CM[at]))

    def _lots(self, cloth_class: int, colour: int) -> tuple[Real, Real]:
        """The least value (amounts, brands) of cloth at an amount and at the next, of lots that hold the amount."""
        x, brands = self.problem.lots, np.arange(len(self.problem.brands))
        lots = np.flatnonzero((x.cloth_class == cloth_class) & ((x.colour == colour) | (colour == -1)))
        lots = lots[np.argsort(-x.available_cm[lots], kind="stable")]
        cm = 10.0 * x.price_idr[lots] + self.prices.cm[lots]
        start, end = (np.full((len(CM) - 1, len(brands)), NEVER) for _ in range(2))
        step = max(CHUNK // max(len(lots), 1), 1)
        for some in (brands[at : at + step] for at in range(0, len(brands), step)):
            fixed = MILLI * leg(self.params, x, lots, self.problem.brands, some[:, None])[2].astype(np.float64)
            for at in range(len(CM) - 1):
                n = int((x.available_cm[lots] >= CM[at]).sum())
                for table, amount in ((start, CM[at]), (end, CM[at + 1])):
                    table[at, some] = (fixed[:, :n] + amount * cm[:n]).min(axis=1, initial=NEVER)
        return start, end

    def _sewing(self, order: int, work: int) -> Real:
        need = self.able.need(order)
        if need not in self.known:
            self.known[need] = self._makers(self.able.having(need))
        one, many, slope = self.known[need]
        at = int(np.searchsorted(WORK, work, side="right")) - 1
        single = _chord(one[at], one[at + 1], (work - WORK[at]) / (WORK[at + 1] - WORK[at]))
        return np.asarray(np.maximum(single, many[at] + slope[at] * (work - WORK[at])))

    def _makers(self, having: Having) -> tuple[Real, Real, Real]:
        """By amount and brand: the least value of one maker; of many, and that of a further second."""
        one, many = (np.full((len(WORK), len(self.problem.brands)), NEVER) for _ in range(2))
        slope = np.zeros_like(many)
        rate, most = self._rates(having.maker), self._most(having.maker)
        for brand in range(len(self.problem.brands)):
            near = having.around(int(self.problem.brands.x[brand]))
            mine = self.able.reaches(having.maker[near], brand)
            makers, rho, room = having.maker[near][mine], rate[near][mine], most[near][mine]
            if len(makers):
                idr = leg(self.params, self.problem.brands, brand, self.problem.makers, makers)[2]
                fixed = MILLI * (self.params.set_up_idr + 2.0 * idr)
                one[:, brand] = [(fixed + amount * rho).min() for amount in WORK]
                many[:, brand], slope[:, brand] = _filled(rho + fixed / room, room)
        return one, many, slope

    def _rates(self, makers: Whole) -> Real:
        """The least value (n,) of a standard second."""
        m, p = self.problem.makers, self.params
        kept = 1 - m.fair_credit[makers] * p.fairness_permille / 10**6
        defects = m.defect_ppm[makers] * p.defect_cost_idr / 10**6
        own = self.cheapest_second[makers] * 1_000 / m.efficiency_permille[makers]
        return np.asarray(MILLI * (m.rate_idr[makers] / 60 * kept + defects / self.longest) + own)

    def _most(self, makers: Whole) -> Real:
        """The most standard seconds (n,) that each can sew in all weeks; everybody here has some time."""
        m = self.problem.makers
        return np.asarray(m.free_seconds[makers].sum(axis=1) * m.efficiency_permille[makers] / 1_000)


def _chord(start: Real, end: Real, part: float) -> Real:
    """Between two values; NEVER where both are."""
    return np.asarray(start * (1.0 - part) + end * part)


def _filled(rate: Real, room: Real) -> tuple[Real, Real]:
    """The value of the amounts of `WORK` when the cheapest are filled first, NEVER beyond all room, and the rate of a
    further second."""
    by = np.argsort(rate)
    rate, room = rate[by], room[by]
    reached, value = (np.concatenate([[0.0], np.cumsum(a)]) for a in (room, rate * room))
    at = np.searchsorted(reached, WORK, side="right") - 1
    last = np.minimum(at, len(rate) - 1)
    return np.where(at < len(rate), value[last] + rate[last] * (WORK - reached[last]), NEVER), rate[last]
