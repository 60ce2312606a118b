"""Pages on a slow phone in a village: prints each figure beside its gate, and keeps them as JSON.

The pages are those of the tests' story, behind the tests' own server; `tests/browser/timing.py` goes there.
"""

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from os import getloadavg
from pathlib import Path

from benchmarks.first_looks import Look
from benchmarks.ground import ROOT
from benchmarks.machine import machine

FILE = ROOT / "docs" / "benchmarks" / "pages.json"
TRIES = 4
LINE = "400 ms, 400 kbit/s, processor at a quarter; no TLS; cold cache"


@dataclass(frozen=True)
class Gate:
    """The most that a page of a class may take: milliseconds, and the share of the view that may move; None: open."""

    fcp: float | None
    lcp: float | None
    ready: float | None
    tbt: float
    cls: float


GATES = {
    "tailor": Gate(3000, 4000, 4500, 100, 0.02),
    "wizard": Gate(3000, 3500, 4000, 100, 0.02),
    "public": Gate(3500, 6000, 6000, 150, 0.05),
    "staff": Gate(None, None, None, 200, 0.05),
    "repeat": Gate(1000, None, None, 100, 0.02),
}
COLUMNS = ("fcp", "lcp", "ready", "tbt", "cls")


@dataclass(frozen=True)
class Line:
    """One page: its class, how it was reached, and the medians."""

    page: str
    kind: str
    look: Look

    @property
    def missed(self) -> list[str]:
        """Figures over their gate, and those that a gate asks for and the page does not tell."""
        gate = GATES[self.kind]
        return [name for name in COLUMNS if _is_over(getattr(self.look, name), getattr(gate, name))]


def _is_over(found: float | None, most: float | None) -> bool:
    return most is not None and (found is None or found > most)


def main() -> None:
    """Go everywhere, print and keep."""
    subprocess.run(  # noqa: S603  # the tests of this repository
        [sys.executable, "-m", "pytest", "-q", "-s", "-n", "0", str(ROOT / "tests" / "browser" / "timing.py")],
        check=True,
        cwd=ROOT,
    )


def tell(lines: list[Line]) -> None:
    """The table."""
    print(f"\n{machine()}; load {getloadavg()[0]:.1f}\n{LINE}; median of {TRIES}, of tbt the least\n")
    print(f"{'page':<38}{'class':<8}" + "".join(f"{name:>14}" for name in COLUMNS))
    for line in lines:
        print(f"{line.page:<38}{line.kind:<8}" + "".join(f"{_beside(line, name):>14}" for name in COLUMNS))
    missed = [f"{line.page}: {', '.join(line.missed)}" for line in lines if line.missed]
    print("\nall reached" if not missed else "\nMISSED " + "; ".join(missed))


def _beside(line: Line, name: str) -> str:
    found, most = getattr(line.look, name), getattr(GATES[line.kind], name)
    shown = "–" if found is None else f"{found:.3f}" if name == "cls" else f"{found:.0f}"
    return f"{shown}/{'–' if most is None else f'{most:g}'}{'!' if name in line.missed else ''}"


def keep(lines: list[Line], busy: float, file: Path = FILE) -> None:
    """Write them down, with what they ran on and how busy that was before."""
    setting = {"machine": machine(), "load_before": round(busy, 1), "line": LINE, "tries": TRIES}
    told = {"setting": setting, "gates": {name: asdict(one) for name, one in GATES.items()}}
    told["pages"] = [{**asdict(line), "missed": line.missed} for line in lines]
    file.write_text(json.dumps(told, indent=2) + "\n")
    print(f"→ {file.relative_to(ROOT)}")
