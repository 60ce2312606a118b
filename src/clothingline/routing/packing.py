"""A question to the engine as bytes, and back; and the ids behind its row numbers."""

import io
import zlib
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

import numpy as np

from clothingline.matching import Brands, Lots, Makers, Orders, Problem
from clothingline.routing.market import Market

TABLES = {"orders": Orders, "brands": Brands, "lots": Lots, "makers": Makers}


def pack(problem: Problem) -> bytes:
    """The arrays of a problem, compressed."""
    arrays = {
        f"{name}.{column.name}": getattr(getattr(problem, name), column.name)
        for name, table in TABLES.items()
        for column in fields(table)
    }
    plain = io.BytesIO()
    np.savez(plain, **arrays)
    return zlib.compress(plain.getvalue(), 1)


def unpack(packed: bytes) -> Problem:
    """The problem again; its digest is the same."""
    with np.load(io.BytesIO(zlib.decompress(packed)), allow_pickle=False) as arrays:
        tables = {
            name: table(**{column.name: arrays[f"{name}.{column.name}"] for column in fields(table)})
            for name, table in TABLES.items()
        }
    return Problem(**tables)


def legend_of(market: Market) -> dict[str, Any]:
    """The first Monday, and the ids of makers, brands and lots in the order of their rows."""
    return {
        "monday": market.mondays[0].isoformat(),
        "makers": [str(row.id) for row in market.makers],
        "brands": [str(row.id) for row in market.brands],
        "lots": [str(row.id) for row in market.lots],
        "colours": sorted({row.colour for row in market.lots}),
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
