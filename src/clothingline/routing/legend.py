"""The ids behind the row numbers and the dates behind the day numbers of a question to the engine."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from clothingline.brands.queries import House
from clothingline.materials.queries import Cloth
from clothingline.routing.market import Market
from clothingline.routing.standing import Kept
from clothingline.tailors.queries import Maker


def legend_of(market: Market) -> dict[str, Any]:
    """The first Monday, and the ids of makers, brands and lots in the order of their rows."""
    return _told(market.mondays[0], market.makers.rows, market.brands.rows, market.lots.rows)


@Kept
def _told(monday: date, makers: Sequence[Maker], brands: Sequence[House], lots: Sequence[Cloth]) -> dict[str, Any]:
    return {
        "monday": monday.isoformat(),
        "makers": [str(row.id) for row in makers],
        "brands": [str(row.id) for row in brands],
        "lots": [str(row.id) for row in lots],
        "colours": sorted({row.colour for row in lots}),
    }


@dataclass(frozen=True)
class Legend:
    """Reads row numbers and day numbers of a kept question."""

    monday: date
    makers: list[str]
    brands: list[str]
    lots: list[str]
    colours: list[str]

    @classmethod
    def of(cls, stored: dict[str, Any]) -> "Legend":
        """From the stored form."""
        words = {name: stored[name] for name in ("makers", "brands", "lots", "colours")}
        return cls(date.fromisoformat(stored["monday"]), **words)

    def date(self, day: int) -> date:
        """Date of a day number."""
        return self.monday + timedelta(days=day)
