"""The makers of a laid problem as they change: time, terms and certificates, who joins and who leaves."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import InitVar, dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from .areas import lift_all
from .columns import ProblemError, within
from .curve import square_of
from .groves import Grove, grove, void_rows
from .kernels.tables import M_CREDIT, M_EFFICIENCY, M_PPM, M_RATE, M_REACH
from .kernels.wear import renew, set_edges, wear
from .params import Params
from .problem import Makers, Problem
from .rows import Bounds, highest_rate, maker_bounds, maker_rows
from .world import THREADS, Laid, Whole, codes_of, longest, needs_of

TERMS = {
    "rate_idr": M_RATE,
    "efficiency_permille": M_EFFICIENCY,
    "defect_ppm": M_PPM,
    "reach_m": M_REACH,
    "fair_credit": M_CREDIT,
}
LAST = int(np.iinfo(np.int32).max)
"""The last day of a maker of whom no certificate is asked."""


@dataclass(frozen=True)
class Papers:
    """What a maker may do: bits of skills and machines, whether it takes rush orders, and the last days (skills,) on
    which its certificates hold."""

    skills: int
    machines: int
    rush: int
    until: Whole


@dataclass(eq=False)
class Crew:
    """The makers; rows as in the world, one void row behind those that were laid, then those who joined."""

    problem: Problem
    params: Params
    spare: int
    laid: InitVar[Laid]
    grove: Grove = field(init=False)
    row: Whole = field(init=False)
    second: Whole = field(init=False)
    day: Whole = field(init=False)
    number: Whole = field(init=False)
    edge: Bounds = field(init=False)
    worn: NDArray[np.bool_] = field(init=False)
    """Cells and kinds whose bounds could be higher."""
    count: int = field(init=False)
    known: dict[int, Papers | None] = field(default_factory=dict)
    """Papers of those whose papers are not those of the problem; None of those who retired."""

    def __post_init__(self, laid: Laid) -> None:
        """Lay the makers with room for more."""
        m, world, number = self.problem.makers, laid.world, laid.numbers.maker
        self.count, self.square = len(m), square_of(m.x, m.y)
        self.grove = grove(world.kinds, codes_of(m, self.square)[number], world.rules, 0)
        self.row, self.second, self.day, self.number = (
            np.concatenate([column, np.zeros((1, *column.shape[1:]), dtype=np.int64)])
            for column in (world.maker, laid.free.second, world.day_seconds, number)
        )
        self.number[-1], self.cells = -1, world.cells
        self._rows = np.argsort(number)
        self._add_rows()
        self.longest = longest(world)
        self._read_needs()
        self._bound()

    def _read_needs(self) -> None:
        self.needs, _ = needs_of(self.problem.orders)
        skills = np.arange(64, dtype=np.uint64)
        self.needed = (self.needs[:, :1].view(np.uint64) >> skills) & np.uint64(1) == 1
        self.highest = highest_rate(self.problem.orders)

    def _bound(self) -> None:
        """Bound all spreads with their edges, half of the cells in each thread."""
        kinds, count = len(self.needs), int(self.cells.level[1])
        self.edge, self.worn = np.zeros((count, kinds)), np.zeros((count, kinds), dtype=bool)
        ends = [count * part // THREADS for part in range(THREADS + 1)]

        def part(number: int) -> None:
            span, room = (ends[number], ends[number + 1]), self.grove.heap()
            set_edges(self.cells, self.grove.forest, self.grove.rules, span, self.longest, self.edge, room)

        with ThreadPoolExecutor(THREADS) as threads:
            list(threads.map(part, range(THREADS)))
        lift_all(self.cells)

    def free(self, maker: int, week: int, seconds: int) -> None:
        """A maker's free seconds of a week are others."""
        row = self._row(maker)
        if not 0 <= week < self.second.shape[1]:
            raise LookupError(f"there is no week {week}")
        self.second[row, week] = within(Makers, "free_seconds", seconds)
        self.day[row, week] = seconds // 7
        self._remake(maker, row)

    def agree(self, maker: int, terms: dict[str, int]) -> None:
        """A maker's terms are others, by the names of the problem's columns (`TERMS`)."""
        row = self._row(maker)
        if unknown := set(terms) - set(TERMS):
            raise ProblemError(f"makers: no terms are called {', '.join(sorted(unknown))}")
        for name, value in terms.items():
            self.row[row, TERMS[name]] = within(Makers, name, value)
        self._remake(maker, row)

    def certify(self, maker: int, skill: int, until: int) -> None:
        """A maker's certificate of a skill holds up to a day; −1 when it holds no more."""
        row, papers = self._row(maker), self._papers(maker)
        if not 0 <= skill < len(papers.until):
            raise LookupError(f"there is no skill {skill}")
        days = papers.until.copy()
        days[skill] = within(Makers, "skill_until", until)
        skills = papers.skills | (int(until >= 0) << skill)
        self.known[maker] = papers = replace(papers, skills=skills, until=days)
        kinds = self._able(papers)
        self._admit(row, papers, kinds[self.needed[kinds, skill]])

    def join(self, makers: Makers) -> list[int]:
        """New makers; their numbers, which follow those of the problem."""
        rows = maker_rows(makers)
        codes = codes_of(makers, self.square)
        return [self._join(makers, at, rows[at], int(codes[at])) for at in range(len(makers))]

    def retire(self, maker: int) -> None:
        """A maker leaves for good."""
        row, kinds = self._row(maker), self._able(self._papers(maker))
        places = self.grove.places(row, kinds)
        kinds, places = kinds[places >= 0], places[places >= 0]
        self.grove.forest.until[places] = -1
        self.second[row], self.day[row], self.row[row, M_REACH] = 0, 0, -1
        self._wear(kinds, self.grove.change(row, self._void(), kinds, places))
        self.known[maker] = None

    def renew(self, at_most: int) -> int:
        """Set worn bounds anew, as high as they can be; how many are left."""
        places = np.argwhere(self.worn)
        now, room = places[:at_most], self.grove.heap()
        renew(self.cells, self.grove.forest, self.grove.rules, now, self.longest, self.edge, room)
        self.worn[now[:, 0], now[:, 1]] = False
        return len(places) - len(now)

    def _row(self, maker: int) -> int:
        if not 0 <= maker < self.count or (maker in self.known and self.known[maker] is None):
            raise LookupError(f"there is no maker {maker}, or not any more")
        return int(self._rows[maker]) if maker < len(self._rows) else maker + 1

    def _papers(self, maker: int) -> Papers:
        known = self.known.get(maker)
        return known if known is not None else papers_of(self.problem.makers, maker)

    def _able(self, papers: Papers) -> Whole:
        """The kinds of work for which a maker has the skills, the machines and the will; certificates aside."""
        bits = np.array([papers.skills, papers.machines], dtype=np.uint64).view(np.int64)
        fits = ((self.needs[:, :2] & bits) == self.needs[:, :2]).all(axis=1)
        return np.flatnonzero(fits & (self.needs[:, 2] <= papers.rush))

    def _until(self, papers: Papers, kinds: Whole) -> Whole:
        """The last day on which all certificates for kinds (n,) hold; −1 where one is missing."""
        days = np.full(self.needed.shape[1], -1)
        days[: len(papers.until)] = papers.until
        return np.asarray(np.where(self.needed[kinds], days, LAST).min(axis=1, initial=LAST))

    def _remake(self, maker: int, row: int) -> None:
        """Bound a maker anew from its row and its time."""
        kinds = self._able(self._papers(maker))
        places = self.grove.places(row, kinds)
        kinds, places = kinds[places >= 0], places[places >= 0]
        self._wear(kinds, self.grove.change(row, self._bounds(row), kinds, places))

    def _void(self) -> Bounds:
        return np.asarray(void_rows(1, self.grove.forest.row.shape[1])[0])

    def _bounds(self, row: int) -> Bounds:
        span = slice(row, row + 1)
        return np.asarray(maker_bounds(self.row[span], self.second[span], self.params, self.highest)[0])

    def _admit(self, row: int, papers: Papers, kinds: Whole) -> None:
        """Write certificates into the lists of kinds; who was not in a list, or did not count there, comes in."""
        places, until = self.grove.places(row, kinds), self._until(papers, kinds)
        before = np.where(places >= 0, self.grove.forest.until[places], -1)
        self.grove.forest.until[places[places >= 0]] = until[places >= 0]
        for at in np.flatnonzero((places < 0) & (until >= 0)):
            self.grove.enter(row, int(kinds[at]), int(until[at]))
        coming = kinds[(before < 0) & (until >= 0)]
        now = self.grove.forest.row[row]
        self.grove.change(row, now, coming, self.grove.places(row, coming))
        self._wear(coming, np.stack([self._void(), now]))

    def _join(self, makers: Makers, at: int, row: Whole, code: int) -> int:
        maker, place = self.count, self.count + 1
        if place == len(self.row):
            self._add_rows()
        self.count += 1
        self.row[place], self.grove.code[place] = row, code
        self.second[place], self.day[place] = makers.free_seconds[at], makers.free_seconds[at] // 7
        self.grove.forest.row[place] = self._bounds(place)
        self.known[maker] = papers = papers_of(makers, at)
        self._admit(place, papers, self._able(papers))
        return maker

    def _add_rows(self) -> None:
        self.row, self.second, self.day, self.number = (
            np.concatenate([column, np.zeros((self.spare, *column.shape[1:]), dtype=np.int64)])
            for column in (self.row, self.second, self.day, self.number)
        )
        self.number[-self.spare :] = np.arange(len(self.number) - self.spare, len(self.number)) - 1
        self.grove.add_rows(self.spare)

    def _wear(self, kinds: Whole, rows: Bounds) -> None:
        shortest, rules, units = self.grove.forest.shortest, self.grove.rules, np.empty((len(kinds), 4))
        wear(self.cells, kinds, rows, shortest, rules, self.edge, self.worn, units)


def papers_of(makers: Makers, at: int) -> Papers:
    """The papers of one of some makers."""
    return Papers(
        int(makers.skills[at]), int(makers.machines[at]), int(makers.rush[at]), makers.skill_until[at].astype(np.int64)
    )
