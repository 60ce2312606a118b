"""Who may sew an order: every maker is looked at, once for each combination of skills, machines and rush."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clothingline.matching.problem import Problem

from .places import Whole, others


class Able:
    """The makers of a problem by what orders need."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.known: dict[tuple[int, int, int], tuple[Whole, NDArray[np.int32]]] = {}

    def makers(self, order: int) -> Whole:
        """Makers (J,) with all skills certified on the due day, all machines, the will to rush, and no bar."""
        o = self.problem.orders
        need = int(o.need_skills[order]), int(o.need_machines[order]), int(o.rush[order])
        if need not in self.known:
            self.known[need] = self._having(*need)
        makers, until = self.known[need]
        makers = makers[until >= o.due_day[order]]
        return np.asarray(makers[~np.isin(makers, others(o.forbid_makers, order))])

    def _having(self, skills: int, machines: int, rush: int) -> tuple[Whole, NDArray[np.int32]]:
        """Makers with the skills, machines and will, and the last day on which all these certificates hold."""
        m = self.problem.makers
        fits = (m.skills & np.uint64(skills)) == np.uint64(skills)
        fits &= ((m.machines & np.uint64(machines)) == np.uint64(machines)) & (m.rush >= rush)
        makers = np.flatnonzero(fits)
        until = np.full(len(makers), np.iinfo(np.int32).max, dtype=np.int32)
        for skill in (bit for bit in range(64) if skills >> bit & 1):
            held = m.skill_until[makers, skill] if skill < m.skill_until.shape[1] else np.int32(-1)
            until = np.minimum(until, held)
        return makers, until
