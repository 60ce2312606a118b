"""What must be reached, and whether it was."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.matching.growing import EXPONENT, exponent
from benchmarks.matching.rows import Row, clock

Rows = Sequence[Row]
PARTS = ("pilot", "province", "nation", "quote", "nearest", "assignment", "event", "growth")
"""In the order in which they are printed. Of those without rows it is said that they were not measured."""


@dataclass(frozen=True)
class Bar:
    """`reached`: None when nothing was measured."""

    part: str
    wanted: str
    seen: str
    reached: bool | None

    @property
    def word(self) -> str:
        """For the table."""
        return {None: "not measured", True: "reached", False: "MISSED"}[self.reached]


def bars(rows: Rows) -> list[Bar]:
    """One for each part that sets one, and a line for each part that was not measured."""
    found: list[Bar] = []
    for part in PARTS:
        own = [row for row in rows if row.part == part]
        found += JUDGES[part](own) if own else [Bar(part, "", "", None)]
    return found


def _by_rows(rows: Rows) -> list[Bar]:
    """A bar is reached when every row that sets it has reached it."""
    found = []
    for peer, wanted in dict.fromkeys((row.peer, row.bar) for row in rows if row.bar):
        own = [row for row in rows if (row.peer, row.bar) == (peer, wanted)]
        held = sum(bool(row.reached) for row in own)
        found.append(Bar(rows[0].part, f"{peer}: {wanted}", f"{held} of {len(own)}; {_worst(own)}", held == len(own)))
    return found


def _worst(own: Rows) -> str:
    """The figures that are farthest from a bar: of the engine gap and time, of a peer how much longer it takes."""
    if not own[0].peer.startswith("engine"):
        return f"at least × {min(row.ratio or 0 for row in own):,.3g} the engine's time"
    gaps = [row.gap for row in own if row.gap is not None]
    gap = f"gap at most {max(gaps):.2%}, " if gaps else ""
    return f"{gap}time at most {clock(max(row.seconds for row in own))}"


def _growth(rows: Rows) -> list[Bar]:
    if len(rows) < 2:  # a slope needs two
        return [Bar("growth", f"k ≤ {EXPONENT}", "one size alone", None)]
    k = exponent(rows)
    return [Bar("growth", f"time ~ n^k with k ≤ {EXPONENT}", f"k = {k:.2f}", k <= EXPONENT)]


JUDGES: dict[str, Callable[[Rows], list[Bar]]] = {**dict.fromkeys(PARTS, _by_rows), "growth": _growth}
