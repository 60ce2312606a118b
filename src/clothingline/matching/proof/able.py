"""Who may sew an order: every maker is looked at, once for each combination of skills, machines and rush."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clothingline.matching.problem import Problem

from .places import Whole, others

Need = tuple[int, int, int]
"""Skills, machines and rush."""


@dataclass(frozen=True)
class Having:
    """Makers (n,) who have what is needed, from west to east: `x` (n,), the last day `until` (n,) on which all their
    certificates hold, and the farthest reach of any."""

    maker: Whole
    x: Whole
    until: NDArray[np.int32]
    farthest: int

    def around(self, x: int) -> slice:
        """Those who may reach a spot, by its x alone."""
        first, last = np.searchsorted(self.x, [x - self.farthest - 1, x + self.farthest + 1])
        return slice(int(first), int(last))


class Able:
    """The makers of a problem by what orders need."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.known: dict[Need, Having] = {}

    def need(self, order: int) -> Need:
        """What an order needs."""
        o = self.problem.orders
        return int(o.need_skills[order]), int(o.need_machines[order]), int(o.rush[order])

    def makers(self, order: int, brand: int | None = None) -> Whole:
        """Makers (J,) with all skills certified on the due day, all machines, the will to rush, and no bar; those whose
        reach holds the brand, if one is given."""
        o, having = self.problem.orders, self.having(self.need(order))
        near = slice(None) if brand is None else having.around(int(self.problem.brands.x[brand]))
        makers = having.maker[near][having.until[near] >= o.due_day[order]]
        if brand is not None:
            makers = makers[self.reaches(makers, brand)]
        return np.sort(makers[~np.isin(makers, others(o.forbid_makers, order))])

    def reaches(self, makers: Whole, brand: int) -> NDArray[np.bool_]:
        """Whether the reach of makers (n,) holds a brand, or may: the straight metres are rounded down."""
        m, b = self.problem.makers, self.problem.brands
        square = (m.x[makers] - b.x[brand]) ** 2 + (m.y[makers] - b.y[brand]) ** 2
        return np.asarray(square < (m.reach_m[makers] + 1) ** 2)

    def having(self, need: Need) -> Having:
        """Makers with the skills, machines and will, who have any time at all."""
        if need not in self.known:
            self.known[need] = self._having(*need)
        return self.known[need]

    def _having(self, skills: int, machines: int, rush: int) -> Having:
        m = self.problem.makers
        fits = (m.skills & np.uint64(skills)) == np.uint64(skills)
        fits &= ((m.machines & np.uint64(machines)) == np.uint64(machines)) & (m.rush >= rush)
        makers = np.flatnonzero(fits & m.free_seconds.any(axis=1))
        makers = makers[np.argsort(m.x[makers], kind="stable")]
        until = np.full(len(makers), np.iinfo(np.int32).max, dtype=np.int32)
        for skill in (bit for bit in range(64) if skills >> bit & 1):
            held = m.skill_until[makers, skill] if skill < m.skill_until.shape[1] else np.int32(-1)
            until = np.minimum(until, held)
        return Having(makers, m.x[makers], until, int(m.reach_m[makers].max(initial=0)))
