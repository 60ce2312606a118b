"""The exact value of the best spread at one entry: a dynamic programme over makers with the state (makers, pieces).

Whoever cannot be part of a spread below a limit is left out first. Let the fill at a toll t end at a piece of value c,
and let a maker who is not part of it ask c' ≥ c for a piece (set-up, legs and toll spread over the most that he may
take, and his cheapest week). Every spread with him has at least `least` pieces of his, and by the duality of the fill
each of them costs c' − c more than the fill; so it costs at least fill + least · (c' − c). His reduced cost leaves him
out when that reaches the limit.
"""

from __future__ import annotations

import numpy as np

from clothingline.matching.params import Params

from .places import Real, Whole
from .sewing import NEVER, Offers, Size, rates, single, spread_floor

WORK = 200_000_000
"""Sums that one programme may take; beyond that the fill stands."""


def exact(o: Offers, size: Size, params: Params, limit: float) -> float | None:
    """The least value of one maker or of any spread, or the limit when that is less; None when it is too long to find.
    The offers are those at one entry."""
    best = min(limit, float(single(o, size.pieces)[0]))
    pieces, kept = o.pieces(size), np.flatnonzero(least_with(o, size, params) < best)
    if _work(pieces[0, kept], size) > WORK:
        return None
    some = Offers(o.hands.of(kept), o.fixed[:, kept], o.room[:, kept])
    return min(best, best_spread(some, pieces[0, kept].astype(np.int64), size))


def least_with(o: Offers, size: Size, params: Params) -> Real:
    """What no spread with each of the makers (J,) is below; NEVER for those who can take no share."""
    floor, toll, dearest = (float(each[0]) for each in spread_floor(o, size, params))
    pieces = o.pieces(size)
    cheapest = np.where(o.room > 0, o.hands.price, NEVER).min(axis=2, initial=NEVER)
    asked = (rates(o, pieces, toll) + o.hands.seconds * np.where(pieces > 0, cheapest, 0.0))[0]
    return np.where(pieces[0] > 0, floor + size.least * np.maximum(asked - dearest, 0.0), NEVER)


def _work(pieces: Real, size: Size) -> float:
    return float(pieces.sum()) * min(size.most, len(pieces)) * size.pieces


def best_spread(o: Offers, pieces: Whole, size: Size) -> float:
    """The least value of spreads over makers who may take so many pieces (J,) at most."""
    value = np.full((min(size.most, len(pieces)) + 1, size.pieces + 1), NEVER)
    value[0, 0] = 0.0
    for maker, most in enumerate(pieces):
        share, before = shares(o, maker, int(most)), value.copy()
        for count in range(size.least, int(most) + 1):
            np.minimum(value[1:, count:], before[:-1, : size.pieces + 1 - count] + share[count], out=value[1:, count:])
    return float(value[:, size.pieces].min())


def shares(o: Offers, maker: int, most: int) -> Real:
    """The value (most + 1,) of a share of a maker by its pieces, its cheapest weeks first."""
    count = np.arange(most + 1)
    taken = np.clip((count * o.hands.seconds[maker])[:, None] - o.before[0, maker], 0.0, o.room[0, maker])
    return np.asarray(o.fixed[0, maker] + count * o.hands.unit[maker] + taken @ o.hands.price[maker])
