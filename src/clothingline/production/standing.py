"""A check while it is counted: its frozen numbers, what was found so far, and which pieces to take. Pure."""

import random
from collections import Counter
from dataclasses import dataclass
from typing import Any

from clothingline.production import defects
from clothingline.production.models import Inspection
from clothingline.reference.aql import code_letter


@dataclass(frozen=True)
class Standing:
    """A check with its tally so far."""

    check: Inspection
    counts: Counter[str]

    @property
    def limits(self) -> dict[str, dict[str, Any]]:
        """The frozen numbers by class."""
        return {one["defect"]: one for one in self.check.classes}

    @property
    def found(self) -> dict[str, int]:
        """Defects by class."""
        return defects.by_class(self.counts)

    @property
    def passes(self) -> bool:
        """Whether the numbers of the tables still let it pass."""
        return self.check.passes(self.found)

    @property
    def letter(self) -> str:
        """Code letter of the lot in table I."""
        return code_letter(self.check.lot_size, self.check.level)

    @property
    def drawn(self) -> list[int]:
        """Which pieces to take, drawn once for this check, from 1 to the size of the lot."""
        lot = range(1, self.check.lot_size + 1)
        draw = random.Random(self.check.id.int)  # noqa: S311  # a fair draw that anybody can repeat, no secret
        return sorted(draw.sample(lot, min(self.check.sample_size, self.check.lot_size)))
