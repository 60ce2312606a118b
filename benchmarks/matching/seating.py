"""Kernels of the greedy peer: the cheapest maker, or makers, near a brand in what is left.

A site is (x, y of the brand, first day on which kits leave it, last day on which pieces may be back). Values in rupiah.
"""

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from benchmarks.matching.ground import SIDE, Left, Rules, Sewers
from clothingline.matching import Problem

NEVER = 1 << 60
RATE_UNIT = 60
ENOUGH = 3
"""A run looks at makers who could sew this many times its pieces."""


class Ask(NamedTuple):
    """One order, as scalars; see `Orders`."""

    skills: Any
    machines: Any
    family: Any
    seconds: int
    pieces: int
    cloth_class: int
    colour: int
    cloth_cm: int
    x: int
    y: int
    ready: int
    due: int
    reserve: int
    fixed: int
    most: int
    least: int
    rush: int


def asks(problem: Problem) -> list[Ask]:
    """The orders of a problem, by number."""
    o = problem.orders
    columns = (
        o.need_skills, o.need_machines, o.family.astype(np.uint64), o.standard_seconds, o.pieces, o.cloth_class,
        o.colour, o.cloth_cm, o.x, o.y, o.ready_day, o.due_day, o.reserve_idr, o.fixed_brand, o.max_makers, o.min_lot,
        o.rush,
    )  # fmt: skip
    bits, rest = columns[:3], [column.tolist() for column in columns[3:]]
    return [Ask(*row) for row in zip(*bits, *rest, strict=True)]


@njit(cache=True)
def leg(rules: Rules, ax: int, ay: int, bx: int, by: int) -> tuple[int, int, int]:
    """Metres, days and rupiah of a leg."""
    metres = int(np.sqrt(float((ax - bx) ** 2 + (ay - by) ** 2)))
    road = metres * rules.detour // 1_000
    return metres, 1 + road // rules.a_day, rules.base + (road * rules.per_km + 999) // 1_000


@njit(cache=True)
def able(ask: Ask, sewing: Sewers, m: int) -> bool:
    """Whether a maker holds the skills on the due day, the machines, and takes rush orders where asked."""
    if sewing.skills[m] & ask.skills != ask.skills or sewing.machines[m] & ask.machines != ask.machines:
        return False
    if ask.rush > sewing.rush[m]:
        return False
    for skill in range(sewing.until.shape[1]):
        if (ask.skills >> np.uint64(skill)) & np.uint64(1) and sewing.until[m, skill] < ask.due:
            return False
    return True


@njit(cache=True)
def unit_idr(rules: Rules, ask: Ask, sewing: Sewers, m: int) -> int:
    """One piece: pay, defects and credit."""
    pay = (ask.seconds * sewing.rate[m] + RATE_UNIT - 1) // RATE_UNIT
    defects = (sewing.defect_ppm[m] * rules.defect + 999_999) // 1_000_000
    return int(pay + defects - pay * sewing.credit[m] * rules.fairness // 1_000_000)


@njit(cache=True)
def piece_seconds(ask: Ask, sewing: Sewers, m: int) -> int:
    """A maker's own time for a piece."""
    return int((ask.seconds * 1_000 + sewing.efficiency[m] - 1) // sewing.efficiency[m])


@njit(cache=True)
def week_room(sewing: Sewers, left: Left, m: int, week: int, days: tuple[int, int]) -> int:
    """Seconds that a maker may still use in a week between two days."""
    within = min(days[1], 7 * week + 6) - max(days[0], 7 * week) + 1
    return int(min(max(within, 0) * sewing.per_day[m, week], left.seconds[m, week]))


@njit(cache=True)
def room(sewing: Sewers, left: Left, m: int, days: tuple[int, int]) -> int:
    """Seconds that a maker may still use between two days."""
    total = 0
    for week in range(max(0, days[0] // 7), min(days[1] // 7 + 1, left.seconds.shape[1])):
        total += week_room(sewing, left, m, week, days)
    return total


@njit(cache=True)
def offer(
    rules: Rules, ask: Ask, site: tuple[int, int, int, int], sewing: Sewers, left: Left, m: int
) -> tuple[int, int, int]:
    """What a maker asks (set-up and roads, one piece) and how many pieces it can take; 0 when it cannot sew."""
    if not able(ask, sewing, m):
        return 0, 0, 0
    metres, days, idr = leg(rules, site[0], site[1], sewing.x[m], sewing.y[m])
    if metres > sewing.reach[m]:
        return 0, 0, 0
    seconds = room(sewing, left, m, (site[2] + days, site[3] - days))
    pieces = min(ask.pieces, seconds // piece_seconds(ask, sewing, m))
    return rules.set_up + 2 * idr, unit_idr(rules, ask, sewing, m), pieces


@njit(cache=True)
def ring_span(sewing: Sewers, x: int, y: int, ring: int, column: int) -> tuple[int, int, int, int]:
    """Makers of the buckets of one column of a ring around a place: two ranges, the second empty in full columns."""
    x0, y0, columns, rows, _ = sewing.origin
    c, low, high = (x - x0) // SIDE + column, (y - y0) // SIDE - ring, (y - y0) // SIDE + ring
    if c < 0 or c >= columns:
        return 0, 0, 0, 0
    if abs(column) == ring:
        a, b = max(low, 0), min(high, rows - 1)
        return (sewing.first[c * rows + a], sewing.first[c * rows + b + 1], 0, 0) if a <= b else (0, 0, 0, 0)
    spans = (0, 0, 0, 0)
    if 0 <= low < rows:
        spans = (sewing.first[c * rows + low], sewing.first[c * rows + low + 1], 0, 0)
    if 0 <= high < rows:
        spans = (spans[0], spans[1], sewing.first[c * rows + high], sewing.first[c * rows + high + 1])
    return spans


@njit(cache=True)
def farther(rules: Rules, sewing: Sewers, ring: int) -> int:
    """The least that set-up and roads to a maker of a ring cost; NEVER beyond all reach."""
    metres = max(ring - 1, 0) * SIDE
    if metres > sewing.origin[4]:
        return NEVER
    return rules.set_up + 2 * (rules.base + metres * rules.detour // 1_000 * rules.per_km // 1_000)


@njit(cache=True)
def one_maker(
    rules: Rules, ask: Ask, site: tuple[int, int, int, int], sewing: Sewers, left: Left, ceiling: int
) -> tuple[int, int]:
    """The cheapest maker (value, row) who can sew all pieces for less than a ceiling; row −1 when there is none."""
    best, who, ring = ceiling, -1, 0
    while farther(rules, sewing, ring) + ask.seconds * ask.pieces * 300 // RATE_UNIT < best:
        for column in range(-ring, ring + 1):
            span = ring_span(sewing, site[0], site[1], ring, column)
            for part in (0, 2):
                for m in range(span[part], span[part + 1]):
                    fixed, unit, pieces = offer(rules, ask, site, sewing, left, m)
                    if pieces >= ask.pieces and fixed + unit * ask.pieces < best:
                        best, who = fixed + unit * ask.pieces, m
        ring += 1
    return best, who


@njit(cache=True)
def gather(rules: Rules, ask: Ask, site: tuple[int, int, int, int], sewing: Sewers, left: Left, found: Any) -> int:
    """Write makers near a brand into `found` (size, 4) as (row, fixed, unit, pieces); how many. Rings are added until
    all together can sew three times the pieces."""
    count, capacity, ring = 0, 0, 0
    while capacity < ENOUGH * ask.pieces and farther(rules, sewing, ring) < NEVER:
        for column in range(-ring, ring + 1):
            span = ring_span(sewing, site[0], site[1], ring, column)
            for part in (0, 2):
                for m in range(span[part], span[part + 1]):
                    fixed, unit, pieces = offer(rules, ask, site, sewing, left, m)
                    if pieces >= ask.least and count < len(found):
                        found[count] = (m, fixed, unit, pieces)
                        count, capacity = count + 1, capacity + pieces
        ring += 1
    return count


@njit(cache=True)
def fill(ask: Ask, found: Any, order: Any, given: Any) -> tuple[int, int]:
    """Give the pieces away in an order of makers; (value, makers), NEVER when they do not suffice. `given` (makers, 2):
    place in `found`, pieces. What is left for the next is never less than the smallest share."""
    rest, value, count = ask.pieces, 0, 0
    for place in order:
        if rest == 0 or count == ask.most:
            break
        take = min(found[place, 3], rest)
        short = ask.least - (rest - take)
        if take < rest and short > 0:
            take -= short
        if take >= ask.least:
            given[count] = (place, take)
            value += found[place, 1] + take * found[place, 2]
            rest, count = rest - take, count + 1
    return (value if rest == 0 else NEVER), count


@njit(cache=True)
def some_makers(
    rules: Rules, ask: Ask, site: tuple[int, int, int, int], sewing: Sewers, left: Left, given: Any
) -> tuple[int, int]:
    """Spread a run: the cheapest a piece first, and when those are too many, the largest first. (value, makers);
    `given` (makers, 2): row, pieces."""
    found = np.empty((20_000, 4), dtype=np.int64)
    count = gather(rules, ask, site, sewing, left, found)
    found = found[:count]
    value, used = fill(ask, found, np.argsort(found[:, 2] + found[:, 1] / np.maximum(found[:, 3], 1)), given)
    if value == NEVER:
        value, used = fill(ask, found, np.argsort(-found[:, 3]), given)
    for share in range(used):
        given[share, 0] = found[given[share, 0], 0]
    return value, used
