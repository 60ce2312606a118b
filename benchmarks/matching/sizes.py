"""How large an instance is, and the few knobs that make it scarce."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Size:
    """Counts of the four tables, and what presses. The ratios are of supply to demand over the whole horizon."""

    name: str
    orders: int
    brands: int
    makers: int
    lots: int
    colours: int
    """Colours of cloth; fewer where there are few lots."""
    longest: int
    """Pieces of the longest run."""
    tail: float
    """Exponent of the lengths of runs (Pareto); smaller is heavier."""
    shortest: int
    """Pieces of the shortest run."""
    offering: float
    """The share of maker-weeks in which any time is offered."""
    hours: float
    """Hours offered in such a week, on average; at most 40."""
    cutting: float
    """Pieces that the brands can cut for each piece that is wanted."""
    cloth: float
    """Cloth in all lots for each centimetre that is wanted."""
    repertoire: int
    """Kinds of garments that a maker has learnt, at most."""
    margin: float
    """The least that an order may cost, in plausible prices; the most is 0.8 more."""
    weeks: int = 8

    def part(self, part: float) -> "Size":
        """The same pressure on fewer of everything."""
        counts = {name: round(getattr(self, name) * part) for name in ("orders", "brands", "makers", "lots")}
        return replace(self, name=self.name if part == 1 else f"{self.name} × {part:g}", **counts)


PILOT = Size("pilot", 60, 20, 30, 40, 1, 50, 1.3, 6, 0.8, 10, 9, 2.5, 9, 1.3)
PROVINCE = Size("province", 1_000, 50, 500, 200, 3, 200, 1.3, 6, 0.8, 16, 5, 2.0, 6, 1.2)
NATION = Size("nation", 100_000, 20_000, 1_200_000, 50_000, 12, 4_000, 1.12, 8, 0.2, 5, 2.5, 2.0, 2, 0.85)
