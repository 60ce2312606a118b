"""What charts are made of: marks with their places, and the words around them. No markup."""

from dataclasses import dataclass

POINTS = str.maketrans(",.", ".,")  # 1,234.5 is written 1.234,5


@dataclass(frozen=True)
class Rule:
    """A straight line from one point to another."""

    x1: float
    y1: float
    x2: float
    y2: float
    kind: str = "rule"


@dataclass(frozen=True)
class Box:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    kind: str


@dataclass(frozen=True)
class Dot:
    """A filled circle; `radius` in pixels, in a map in its own units."""

    x: float
    y: float
    radius: float
    kind: str
    words: str = ""


@dataclass(frozen=True)
class Word:
    """A few words; `anchor` says which end of them stands at `x`."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    kind: str = ""


@dataclass(frozen=True)
class Thread:
    """A path in a square of 100 × 100."""

    d: str
    kind: str


@dataclass(frozen=True)
class About:
    """What stands above and around a chart: its name in the page, its question, its answer in a sentence.

    `first` heads the labels in the table, `unit` follows every number, `rest` names the sum of what did not fit,
    `target` what to compare with.
    """

    id: str
    title: str
    desc: str
    first: str = ""
    unit: str = ""
    rest: str = "Lainnya"
    target: str = "Sasaran"

    def shown(self, value: float) -> str:
        """A number with its unit: whole, or with one digit after the comma."""
        whole = f"{value:,.0f}" if round(value, 1) == round(value) else f"{value:,.1f}"
        return whole.translate(POINTS) + self.unit


@dataclass(frozen=True)
class Chart:
    """Marks, the words for those who do not see them, and the same numbers as a table. Height in rem."""

    about: About
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    height: float = 15
    rules: tuple[Rule, ...] = ()
    boxes: tuple[Box, ...] = ()
    threads: tuple[Thread, ...] = ()
    dots: tuple[Dot, ...] = ()
    words: tuple[Word, ...] = ()
    legend: tuple[tuple[str, str], ...] = ()
    ends: tuple[Word, ...] = ()
    view: tuple[float, float] | None = None

    @property
    def margin(self) -> float:
        """Room for the names at the ends of the lines, in rem."""
        return round(0.55 * max((len(word.text) for word in self.ends), default=0), 1)


@dataclass(frozen=True)
class Place:
    """A point of a map, in degrees; `size` decides its area, `level` (0 to 1) its shade."""

    name: str
    lon: float
    lat: float
    size: float
    level: float
