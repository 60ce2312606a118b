"""What is ordered: the mix of the engine's instances, 60 % single pieces to measure, the rest runs by sizes."""

import json
import random
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from typing import Any

import psycopg

SEED = 20_260_602
RUNS = (12, 24, 36, 60)
SINGLES_IN_TEN = 6
TOWNS = ("32.73", "32.77", "32.04", "32.17")
DESIGNS = """
    SELECT design.slug, design.made_to_measure, size_chart.sizes
      FROM design LEFT JOIN size_chart ON size_chart.id = design.size_chart_id
     WHERE design.state = 'published' ORDER BY design.slug
"""


@dataclass(frozen=True)
class Wardrobe:
    """Slugs of the designs that are made to measure, and the sizes of those that are sold by size."""

    singles: tuple[str, ...]
    sizes: dict[str, list[str]]

    @classmethod
    def of(cls, connection: psycopg.Connection) -> "Wardrobe":
        """What the pilot sells."""
        rows = connection.execute(DESIGNS).fetchall()
        return cls(
            tuple(slug for slug, to_measure, _ in rows if to_measure), {slug: sizes for slug, _, sizes in rows if sizes}
        )


def wishes(wardrobe: Wardrobe, today: date, *, count: int, nearest: int, farthest: int) -> list[dict[str, Any]]:
    """Payloads of `POST /v1/orders` without the measured body (`"measurement_set": ""` where one belongs), from `SEED`.

    Days from `nearest` to `farthest` ahead, both included.
    """
    draw = random.Random(SEED)
    kinds = cycle([True] * SINGLES_IN_TEN + [False] * (10 - SINGLES_IN_TEN))
    return [
        {
            **(_single(draw, wardrobe) if next(kinds) else _run(draw, wardrobe)),
            "needed_by": str(today + timedelta(days=draw.randint(nearest, farthest))),
            "ship_to": {"recipient": "Rina Kartika", "street": "Jl. Cihampelas 12", "regency": draw.choice(TOWNS)},
        }
        for _ in range(count)
    ]


def _single(draw: random.Random, wardrobe: Wardrobe) -> dict[str, Any]:
    return {"design": draw.choice(wardrobe.singles), "measurement_set": ""}


def _run(draw: random.Random, wardrobe: Wardrobe) -> dict[str, Any]:
    slug = draw.choice(sorted(wardrobe.sizes))
    sizes = wardrobe.sizes[slug]
    pieces = draw.choice(RUNS)
    counts = dict.fromkeys(sizes, 0)
    for _ in range(pieces):
        counts[draw.choice(sizes)] += 1
    return {"design": slug, "sizes": {size: count for size, count in counts.items() if count}}


def written_by(consumer_body: str, wish: dict[str, Any]) -> bytes:
    """The payload of one consumer."""
    worn = {"measurement_set": consumer_body} if "measurement_set" in wish else {}
    return json.dumps({**wish, **worn}).encode()


def kind_of(wish: dict[str, Any]) -> str:
    """What a line depends on: the design, and whether it is measured."""
    return f"{wish['design']} {'single' if wish.get('measurement_set') is not None else 'run'}"
