"""Defects that an inspector counts, by class. Assumed: a lead for the quality of garments has not seen this list yet.

A tally is written as `skipped-2.stain-1`, so that a page can carry it in its address.
"""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final

CLASS_OF: Final = {
    "needle": "critical",
    "skipped": "major",
    "measure": "major",
    "stain": "major",
    "button": "major",
    "hole": "major",
    "thread": "minor",
    "pucker": "minor",
    "label": "minor",
}
CLASSES: Final = ("critical", "major", "minor")
MOST = 10_000
_ONE = re.compile(r"([a-z]+)-(\d{1,5})")


def read_tally(text: str | None) -> Counter[str]:
    """What was counted, by defect; what is not known is left out."""
    pairs = (_ONE.fullmatch(one) for one in (text or "").split("."))
    return Counter({one[1]: min(int(one[2]), MOST) for one in pairs if one and one[1] in CLASS_OF and int(one[2])})


def write_tally(counts: Mapping[str, int]) -> str:
    """The tally as text, in the order of the list."""
    return ".".join(f"{defect}-{counts[defect]}" for defect in CLASS_OF if counts.get(defect, 0) > 0)


def by_class(counts: Mapping[str, int]) -> dict[str, int]:
    """How many of each class."""
    found = dict.fromkeys(CLASSES, 0)
    for defect, count in counts.items():
        found[CLASS_OF[defect]] += count
    return found
