"""The cheapest way to spread the pieces of one order over makers, and lower bounds that tell where to look for it.

A share of k pieces costs `fixed + k·unit` and the price of its weeks, the cheapest week first, so that this price is
convex in k. Values are thousandths of a rupiah; `NEVER` marks what cannot be.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from .choices import Choices
from .index import Whole
from .wish import NEVER


def whole_orders(c: Choices) -> Whole:
    """The value (S, V, J) of giving all pieces to one maker, with the risk of the deadline."""
    need = c.pieces * c.sewing.seconds
    value = c.sewing.fixed[:, None, :] + c.pieces * c.sewing.unit + c.risk[None, :, None]
    value = value + _week_value(c, need, c.sewing.caps)
    others = int(c.sewing.required.sum()) - c.sewing.required
    allowed = (others == 0) & ((c.sewing.exact == -1) | (c.sewing.exact == c.pieces))
    return np.where((c.sewing.window >= need) & allowed, value, NEVER)


def may_split(c: Choices) -> bool:
    """Whether two makers may share the order."""
    return c.most > 1 and c.pieces > 1 and c.sewing.makers.size > 1


def split_bounds(c: Choices) -> Whole:
    """A lower bound (S, V) on the value of any split over two or more makers, with the risk of the deadline.

    The largest of three relaxations. Two drop the pins and fill makers without regard to the least share. The first
    spreads each set-up over all the pieces that the maker could take: u = unit + fixed/K ≤ share(k)/k for 1 ≤ k ≤ K, so
    filling the cheapest u first is never above the true value. The second fills by the plain unit and adds the n
    smallest set-ups, where n is at least two and at least the number of makers without whom the capacity is too small.
    The third is `_with_required`.
    """
    pieces = np.minimum(c.sewing.window // c.sewing.seconds, c.pieces)
    pieces = np.where(pieces >= (1 if (c.sewing.exact > 0).any() else c.least), pieces, 0)
    unit = np.broadcast_to(c.sewing.unit + c.sewing.seconds * _cheapest_second(c), pieces.shape)
    fixed = np.broadcast_to(c.sewing.fixed[:, None, :], pieces.shape)
    spread = _filled(unit + fixed // np.maximum(pieces, 1), pieces, c.pieces)
    need = np.maximum(makers_needed(pieces, c.pieces), 2)
    set_ups = _smallest(np.where(pieces > 0, fixed, NEVER >> 8), np.minimum(need, c.sewing.makers.size))
    bound = np.maximum(np.maximum(spread, _filled(unit, pieces, c.pieces) + set_ups), _with_required(c, unit, fixed))
    return np.where(need <= min(c.most, c.sewing.makers.size), np.minimum(bound + c.risk, NEVER), NEVER)


def _with_required(c: Choices, unit: Whole, fixed: Whole) -> Whole:
    """A lower bound (S, V) from those who have to take part: their set-ups and smallest shares, and every other piece
    at the lowest rate of anybody, which holds the set-up of whoever does not have to."""
    needed = np.flatnonzero(c.sewing.required)
    if not needed.size:
        return np.zeros(unit.shape[:2], dtype=np.int64)
    room = np.minimum(c.sewing.window // c.sewing.seconds, c.pieces)
    rate = unit + np.where(c.sewing.required == 1, 0, fixed // np.maximum(room, 1))
    rate = np.where(room > 0, rate, NEVER >> 20).min(axis=-1)
    low = np.where(c.sewing.exact > 0, c.sewing.exact, c.least)[needed]
    bound = (fixed[..., needed] + low * unit[..., needed]).sum(axis=-1) + max(c.pieces - int(low.sum()), 0) * rate
    return np.where((room[..., needed] >= low).all(axis=-1), bound, NEVER)


def _cheapest_second(c: Choices) -> Whole:
    """The lowest price of a second within the window (S, V, J)."""
    if not c.sewing.week_price.any():
        return np.zeros(c.sewing.window.shape, dtype=np.int64)
    dearest = c.sewing.week_price.max()
    return np.asarray(np.where(c.sewing.caps > 0, c.sewing.week_price, dearest).min(axis=-1))


def _filled(unit: Whole, most: Whole, pieces: int) -> Whole:
    """The value of `pieces` pieces when the cheapest units are filled first; arrays (…, J) to (…,)."""
    order = np.argsort(unit, axis=-1, kind="stable")
    unit, most = np.take_along_axis(unit, order, axis=-1), np.take_along_axis(most, order, axis=-1)
    before = np.cumsum(most, axis=-1) - most
    return np.asarray((np.clip(pieces - before, 0, most) * unit).sum(axis=-1))


def makers_needed(most: Whole, pieces: int) -> Whole:
    """The fewest makers whose capacity reaches the pieces; more than there are when it does not."""
    reached = np.cumsum(-np.sort(-most, axis=-1), axis=-1) >= pieces
    return np.asarray(np.where(reached.any(axis=-1), reached.argmax(axis=-1) + 1, most.shape[-1] + 1))


def _smallest(values: Whole, count: Whole) -> Whole:
    """The sum of the `count` smallest values of the last axis."""
    total = np.cumsum(np.sort(values, axis=-1), axis=-1)
    return np.take_along_axis(total, count[..., None] - 1, axis=-1)[..., 0]


def best_split(c: Choices, start: int, deadline: int) -> tuple[int, Whole]:
    """The cheapest split over two or more makers, and its pieces (J,); the value is NEVER when there is none.

    A dynamic programme over makers with the state (makers used, pieces given away).
    """
    table = _share_table(c, start, deadline)
    value = np.full((min(c.most, c.sewing.makers.size) + 1, c.pieces + 1), NEVER, dtype=np.int64)
    value[0, 0] = 0
    taken = np.zeros((c.sewing.makers.size, *value.shape), dtype=np.int32)
    for maker, share in enumerate(table):
        value = _with_maker(value, share, taken[maker])
    used = 2 + int(np.argmin(value[2:, -1]))
    best = int(value[used, -1])
    return (
        (best + int(c.risk[deadline]), _walk_back(taken, used))
        if best < NEVER
        else (NEVER, np.zeros(0, dtype=np.int64))
    )


def _share_table(c: Choices, start: int, deadline: int) -> Whole:
    """The value (J, pieces + 1) of each share; column 0 is NEVER for makers who must take part."""
    pieces = np.arange(c.pieces + 1)
    caps, need = c.sewing.caps[start, deadline], c.sewing.seconds[:, None] * pieces
    value = c.sewing.fixed[start][:, None] + c.sewing.unit[:, None] * pieces
    if c.sewing.week_price.any():
        value = value + _week_value(c, need.T, caps[None]).T
    exact, fits = c.sewing.exact[:, None], c.sewing.window[start, deadline][:, None] >= need
    allowed = fits & np.where(exact >= 0, pieces == exact, pieces >= c.least)
    value = np.where(allowed, value, NEVER)
    value[:, 0] = np.where(c.sewing.required == 1, NEVER, 0)
    return value


def _with_maker(value: Whole, share: Whole, taken: NDArray[np.int32]) -> Whole:
    """One step of the programme: `value` (m + 1, Q + 1) with one more maker, who takes the pieces in `taken`."""
    pieces = value.shape[1] - 1
    most = int(np.flatnonzero(share[1:] < NEVER)[-1]) + 1 if (share[1:] < NEVER).any() else 0
    skipped = value if share[0] == 0 else np.full_like(value, NEVER)
    if most == 0:
        return skipped
    padded = np.concatenate([np.full((value.shape[0] - 1, most), NEVER, dtype=np.int64), value[:-1]], axis=1)
    windows = sliding_window_view(padded, most, axis=1)[:, : pieces + 1]
    sums = windows + share[most:0:-1]
    at = sums.argmin(axis=-1)
    with_share = np.full_like(value, NEVER)
    with_share[1:] = np.minimum(np.take_along_axis(sums, at[..., None], axis=-1)[..., 0], NEVER)
    better = with_share < skipped
    taken[1:] = np.where(better[1:], most - at, 0)
    return np.where(better, with_share, skipped)


def _walk_back(taken: NDArray[np.int32], used: int) -> Whole:
    pieces = np.zeros(len(taken), dtype=np.int64)
    left = taken.shape[2] - 1
    for maker in range(len(taken) - 1, -1, -1):
        pieces[maker] = taken[maker, used, left]
        used -= int(pieces[maker] > 0)
        left -= int(pieces[maker])
    return pieces


def _week_value(c: Choices, need: Whole, caps: Whole) -> Whole:
    """The value of `need` seconds (…, J) in the cheapest weeks of `caps` (…, J, W); wrong where they do not fit."""
    if not c.sewing.week_price.any():
        return np.zeros(np.broadcast_shapes(need.shape, caps.shape[:-1]), dtype=np.int64)
    order = cheapest_weeks(c)
    price = np.take_along_axis(c.sewing.week_price, order, axis=-1)
    caps = np.take_along_axis(caps, np.broadcast_to(order, caps.shape), axis=-1)
    before = np.cumsum(caps, axis=-1) - caps
    return np.asarray((np.clip(need[..., None] - before, 0, caps) * price).sum(axis=-1))


def cheapest_weeks(c: Choices) -> Whole:
    """The weeks (J, W) by price, the earlier first among equals."""
    return np.argsort(c.sewing.week_price, axis=-1, kind="stable")
