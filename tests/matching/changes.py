"""A problem in columns that can be changed row by row, and random changes for it and for what was laid of it."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np

from clothingline.matching import Brands, Lots, Makers, Orders, Problem
from clothingline.matching.updates import Changing
from tests.matching.instances import pilot

TABLES = {"brands": Brands, "lots": Lots, "makers": Makers}
LOWERING = ("free", "terms", "join", "cloth", "arrive")
"""Changes after which something may be cheaper, or be more."""
ENDING = ("certificate", "retire", "gone", "brand")


@dataclass
class Mirror:
    """The columns of a problem, writable; orders stay."""

    orders: Orders
    tables: dict[str, dict[str, Any]]
    gone: dict[str, set[int]] = field(default_factory=lambda: {"makers": set(), "lots": set()})

    @classmethod
    def of(cls, problem: Problem) -> Mirror:
        tables = {
            name: {f.name: np.array(getattr(getattr(problem, name), f.name)) for f in fields(kind)}
            for name, kind in TABLES.items()
        }
        return cls(problem.orders, tables)

    def problem(self) -> Problem:
        """The problem as it is now."""
        made = {name: kind(**self.tables[name]) for name, kind in TABLES.items()}
        return Problem(orders=self.orders, **made)

    def here(self, name: str, draw: np.random.Generator) -> int:
        """Somebody who has not left."""
        count = len(self.tables[name]["x"])
        return int(draw.choice([n for n in range(count) if n not in self.gone[name]]))

    def add(self, name: str, rows: Any) -> None:
        for column, values in self.tables[name].items():
            self.tables[name][column] = np.concatenate([values, getattr(rows, column)])


def change(what: str, seed: int, mirror: Mirror, changing: Changing) -> None:
    """Make the same random change in both."""
    draw = np.random.default_rng([seed, 3])
    globals()[f"_{what}"](draw, mirror, changing)


def _free(draw: np.random.Generator, mirror: Mirror, changing: Changing) -> None:
    maker, free = mirror.here("makers", draw), mirror.tables["makers"]["free_seconds"]
    week, seconds = int(draw.integers(free.shape[1])), int(draw.choice([0, 9_000, 60_000, 140_000]))
    free[maker, week] = seconds
    changing.free_time(maker, week, seconds)


def _terms(draw: np.random.Generator, mirror: Mirror, changing: Changing) -> None:
    maker = mirror.here("makers", draw)
    terms = {
        "rate_idr": int(draw.integers(200, 900)),
        "efficiency_permille": int(draw.integers(300, 1_400)),
        "defect_ppm": int(draw.integers(0, 60_000)),
        "reach_m": int(draw.integers(20_000, 200_000)),
        "fair_credit": int(draw.integers(0, 1_000)),
    }
    some = {name: terms[name] for name in draw.choice(list(terms), 2, replace=False)}
    for name, value in some.items():
        mirror.tables["makers"][name][maker] = value
    changing.terms(maker, **some)


def _certificate(draw: np.random.Generator, mirror: Mirror, changing: Changing) -> None:
    maker, makers = mirror.here("makers", draw), mirror.tables["makers"]
    skill, until = int(draw.integers(makers["skill_until"].shape[1])), int(draw.choice([-1, 20, 35, 800]))
    makers["skill_until"][maker, skill] = until
    if until >= 0:
        makers["skills"][maker] |= np.uint64(1) << np.uint64(skill)
    changing.certificate(maker, skill, until)


def _join(draw: np.random.Generator, mirror: Mirror, changing: Changing) -> None:
    before, count = len(mirror.tables["makers"]["x"]), int(draw.integers(1, 4))
    makers = pilot(int(draw.integers(10**6)), orders=1, makers=count).makers
    mirror.add("makers", makers)
    assert changing.join(makers) == list(range(before, before + count))


def _retire(draw: np.random.Generator, mirror: Mirror, changing: Changing) -> None:
    maker, makers = mirror.here("makers", draw), mirror.tables["makers"]
    mirror.gone["makers"].add(maker)
    makers["skills"][maker], makers["skill_until"][maker], makers["free_seconds"][maker] = 0, -1, 0
    changing.retire(maker)


def _cloth(draw: np.random.Generator, mirror: Mirror, changing: Changing) -> None:
    lot, cm = mirror.here("lots", draw), int(draw.choice([0, 150, 4_000, 60_000]))
    mirror.tables["lots"]["available_cm"][lot] = cm
    changing.cloth(lot, cm)


def _arrive(draw: np.random.Generator, mirror: Mirror, changing: Changing) -> None:
    before = len(mirror.tables["lots"]["x"])
    lots = pilot(int(draw.integers(10**6)), orders=1, lots=2).lots
    mirror.add("lots", lots)
    assert changing.arrive(lots) == [before, before + 1]


def _gone(draw: np.random.Generator, mirror: Mirror, changing: Changing) -> None:
    lot = mirror.here("lots", draw)
    mirror.gone["lots"].add(lot)
    mirror.tables["lots"]["available_cm"][lot], mirror.tables["lots"]["cloth_class"][lot] = 0, 999
    changing.gone(lot)


def _brand(draw: np.random.Generator, mirror: Mirror, changing: Changing) -> None:
    free = mirror.tables["brands"]["free_pieces"]
    brand, week, pieces = int(draw.integers(len(free))), int(draw.integers(free.shape[1])), int(draw.integers(0, 300))
    free[brand, week] = pieces
    changing.brand_week(brand, week, pieces)
