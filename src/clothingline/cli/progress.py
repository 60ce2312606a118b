"""Progress of a long search on stderr: one line that changes on a terminal, else a line for each tenth."""

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clothingline.matching.stop import Stop


class Watched:
    """A stop criterion that tells how far the search is. `whole`: its steps at most, None where nobody knows."""

    def __init__(self, stop: "Stop", whole: int | None) -> None:
        self._stop, self._whole = stop, whole
        self._calls, self._said = 0, -1

    def __call__(self, best_cost: int) -> bool:
        """What the criterion says."""
        ends = self._stop(best_cost)
        if not ends:
            self._calls += 1
            self._tell(best_cost)
        return ends

    def close(self) -> None:
        """Leave the line that changes."""
        if self._calls and sys.stderr.isatty():
            print(file=sys.stderr)

    def _tell(self, best_cost: int) -> None:
        line = f"langkah / step {self._calls}{f' / {self._whole}' if self._whole else ''} · biaya / cost {best_cost}"
        if sys.stderr.isatty():
            print(f"\r{line}", end="", file=sys.stderr, flush=True)
        elif self._tenth() > self._said:
            self._said = self._tenth()
            print(line, file=sys.stderr, flush=True)

    def _tenth(self) -> int:
        """Of the work; where its end is not known, a line for the steps 1, 2, 4, 8 …"""
        return 10 * self._calls // self._whole if self._whole else self._calls.bit_length()
