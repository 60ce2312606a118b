"""The geometry of charts: numbers to marks, in percent of the drawing. `components/chart_svg.html` draws them.

Percent, because then the text of a chart keeps its size on every screen: only the marks are stretched. A map keeps
its proportions instead, so its units are those of its own `viewBox`.
"""

import itertools
import math
from collections.abc import Sequence

from clothingline.web.marks import About, Box, Chart, Dot, Place, Rule, Thread, Word
from clothingline.web.scales import LABELS, OnPlane, apart, folded, gini, path, plane, shade, shares, spread, steps

Seat = tuple[Place, float, float, float]  # where a place lies in a map, and how large
LETTER, LINE = 8.0, 18.0  # width of a letter and height of a line of a map, in its units
TOP, FOOT = 8.0, 86.0  # the plot, in percent of the height; below it stand the labels


def line(about: About, labels: Sequence[str], series: dict[str, Sequence[float]], aim: float | None = None) -> Chart:
    """One thread for each series over the same labels, from zero. `aim` is a target to compare with."""
    kept = folded(series, about.rest)
    ticks = steps(max([aim or 0, *(value for values in kept.values() for value in values)]))
    said = [f"{name} {about.shown(values[-1])}" for name, values in kept.items()]
    levels = apart([_level(values[-1], ticks) + 2 for values in kept.values()], least=8)
    return Chart(
        about,
        head=(about.first, *kept),
        rows=_transposed(labels, list(kept.values()), about),
        rules=(*_grid(ticks, ticks), *_aim(aim, ticks)),
        threads=tuple(_thread(values, ticks, f"s{at}") for at, values in enumerate(kept.values(), 1)),
        words=(
            *_ticks(ticks, about),
            *_target(aim, ticks, about),
            *_below(labels, [_across(at, len(labels)) for at in range(len(labels))]),
        ),
        dots=tuple(Dot(100, _level(values[-1], ticks), 4, f"s{at}") for at, values in enumerate(kept.values(), 1)),
        ends=tuple(Word(0, y, words, kind="strong") for words, y in zip(said, levels, strict=True)),
        legend=tuple((f"s{at}", words) for at, words in enumerate(said, 1)),
    )


def bar(about: About, labels: Sequence[str], values: Sequence[float], aim: float | None = None) -> Chart:
    """A bar for each label, from zero, its number on top where there is room."""
    ticks = steps(max([aim or 0, *values]))
    wide, crowded = 100 / len(values), len(values) > 8
    middles = [wide * (at + 0.5) for at in range(len(values))]
    tops = [_level(value, ticks) for value in values]
    numbers = [
        Word(x, y - 2, about.shown(value), "middle", "strong")
        for x, y, value in zip(middles, tops, values, strict=True)
    ]
    return Chart(
        about,
        head=(about.first, about.title),
        rows=_transposed(labels, [values], about),
        rules=(*_grid(ticks if crowded else ticks[:1], ticks), *_aim(aim, ticks)),
        boxes=tuple(_bar(x, y, wide) for x, y in zip(middles, tops, strict=True)),
        words=(*(_ticks(ticks, about) if crowded else numbers), *_target(aim, ticks, about), *_below(labels, middles)),
    )


def heat(about: About, columns: Sequence[str], rows: dict[str, Sequence[float]], full: float) -> Chart:
    """A strip of cells for each row, five shades from nothing to `full`; the number stands in the cell."""
    tall, wide = 100 / (len(rows) * 2 + 1), 100 / len(columns)
    cells = [
        (wide * across, tall * (2 * down + 2), value)
        for down, values in enumerate(rows.values())
        for across, value in enumerate(values)
    ]
    return Chart(
        about,
        head=(about.first, *columns),
        rows=tuple((name, *map(about.shown, values)) for name, values in rows.items()),
        height=(len(rows) * 2 + 1) * 1.5,
        boxes=tuple(Box(x + 0.25, y, wide - 0.5, tall, f"h{shade(value, full)}") for x, y, value in cells),
        words=(
            *(Word(wide * (at + 0.5), tall * 0.7, columns[at], "middle") for at in spread(columns)),
            *(Word(0, tall * (2 * down + 1.75), name, kind="strong") for down, name in enumerate(rows)),
            *(_in_cell(x + wide / 2, y + tall * 0.7, value, full, about) for x, y, value in cells if wide > 9),
        ),
    )


def lorenz(about: About, values: Sequence[float]) -> Chart:
    """How a sum is shared: the part that the poorest x percent hold, against the line of equal parts."""
    curve = shares(values)
    points = [(100 * x, FOOT - (FOOT - TOP) * y) for x, y in curve]
    return Chart(
        about,
        head=(about.first, about.title),
        rows=tuple((f"{tenth * 10} %", f"{100 * _share_of(curve, tenth / 10):.0f} %") for tenth in range(2, 11, 2)),
        rules=(Rule(0, FOOT, 100, FOOT, "axis"), Rule(0, FOOT, 100, TOP, "aim")),
        threads=(Thread(path(points), "thread s1"),),
        words=(
            *_below(["0 %", "50 %", "100 %"], [0, 50, 100]),
            Word(0, TOP + 4, f"Gini {_comma(gini(values))}", kind="strong"),
        ),
    )


def stacked(about: About, parts: dict[str, float]) -> Chart:
    """One bar of parts, each as wide as its share; a part of nothing is not drawn, yet stands in the legend."""
    kept = {
        name: values[0] for name, values in folded({name: [value] for name, value in parts.items()}, about.rest).items()
    }
    total = sum(kept.values()) or 1
    widths = [100 * value / total for value in kept.values()]
    lefts = [sum(widths[:at]) for at in range(len(widths))]
    return Chart(
        about,
        head=(about.first, about.title),
        rows=tuple((name, about.shown(value)) for name, value in kept.items()),
        height=1.5,
        boxes=tuple(Box(x, 0, w, 100, f"s{at}") for at, (x, w) in enumerate(zip(lefts, widths, strict=True), 1) if w),
        legend=tuple((f"s{at}", f"{name} {about.shown(value)}") for at, (name, value) in enumerate(kept.items(), 1)),
    )


def dots(about: About, places: Sequence[Place]) -> Chart:
    """Dots where places lie, on a plane that keeps distances right at their middle latitude. 360 units wide."""
    at, (wide, tall) = plane(places)
    most = max(place.size for place in places)
    ordered = sorted(places, key=lambda place: -place.size)  # the small ones lie on top
    seats = [(place, *at(place.lon, place.lat), 4 + 12 * math.sqrt(place.size / most)) for place in ordered]
    return Chart(
        about,
        head=(about.first, about.title),
        rows=tuple((place.name, about.shown(place.size)) for place in ordered),
        view=(wide, tall),
        dots=tuple(Dot(x, y, r, f"h{shade(place.level, 1)}", place.name) for place, x, y, r in seats),
        rules=tuple(_degrees(places, at, (wide, tall))),
        words=tuple(_names(seats, wide)),
    )


def _thread(values: Sequence[float], ticks: Sequence[float], kind: str) -> Thread:
    points = [(_across(at, len(values)), _level(value, ticks)) for at, value in enumerate(values)]
    return Thread(path(points), f"thread {kind}")


def _bar(middle: float, top: float, wide: float) -> Box:
    return Box(middle - wide * 0.35, top, wide * 0.7, FOOT - top, "s1")


def _in_cell(x: float, y: float, value: float, full: float, about: About) -> Word:
    return Word(x, y, about.shown(value), "middle", "on-dark" if shade(value, full) > 2 else "on-light")


def _degrees(places: Sequence[Place], at: OnPlane, size: tuple[float, float]) -> list[Rule]:
    """Lines at whole degrees, so that an eye has a measure (111 km from south to north)."""
    lons, lats = [place.lon for place in places], [place.lat for place in places]
    across = [at(lon, lats[0])[0] for lon in range(math.ceil(min(lons)), math.floor(max(lons)) + 1)]
    down = [at(lons[0], lat)[1] for lat in range(math.ceil(min(lats)), math.floor(max(lats)) + 1)]
    return [Rule(x, 0, x, size[1]) for x in across] + [Rule(0, y, size[0], y) for y in down]


def _names(seats: Sequence[Seat], wide: float) -> list[Word]:
    """Names of the largest dots, right or left of them; a name that would lie on another is left to the table."""
    taken, kept = list[tuple[float, float, float]](), list[Word]()
    for place, x, y, radius in seats[:LABELS]:
        long = LETTER * len(place.name)
        for start, anchor, edge in (
            (x + radius + 4, "start", x + radius + 4),
            (x - radius - 4 - long, "end", x - radius - 4),
        ):
            if start >= 0 and start + long <= wide and all(_free(start, long, y, other) for other in taken):
                taken.append((start, long, y))
                kept.append(Word(edge, y + 5, place.name, anchor, "strong"))
                break
    return kept


def _free(start: float, long: float, y: float, other: tuple[float, float, float]) -> bool:
    left, length, level = other
    return abs(y - level) >= LINE or start + long < left or left + length < start


def _across(at: int, count: int) -> float:
    return 100 * at / (count - 1) if count > 1 else 50


def _level(value: float, ticks: Sequence[float]) -> float:
    return FOOT - (FOOT - TOP) * value / ticks[-1]


def _grid(drawn: Sequence[float], ticks: Sequence[float]) -> list[Rule]:
    return [Rule(0, _level(tick, ticks), 100, _level(tick, ticks), "rule" if tick else "axis") for tick in drawn]


def _target(aim: float | None, ticks: Sequence[float], about: About) -> list[Word]:
    return [] if aim is None else [Word(50, _level(aim, ticks) - 1.5, f"{about.target} {about.shown(aim)}", "middle")]


def _aim(aim: float | None, ticks: Sequence[float]) -> list[Rule]:
    return [] if aim is None else [Rule(0, _level(aim, ticks), 100, _level(aim, ticks), "aim")]


def _ticks(ticks: Sequence[float], about: About) -> list[Word]:
    return [Word(0, _level(tick, ticks) - 1.5, about.shown(tick)) for tick in ticks[1:]]


def _below(labels: Sequence[str], places: Sequence[float]) -> list[Word]:
    return [Word(places[at], 97, labels[at], _anchor(places[at])) for at in spread(labels)]


def _anchor(x: float) -> str:
    return "start" if x < 1 else "end" if x > 99 else "middle"


def _transposed(labels: Sequence[str], columns: Sequence[Sequence[float]], about: About) -> tuple[tuple[str, ...], ...]:
    return tuple((label, *map(about.shown, each)) for label, *each in zip(labels, *columns, strict=True))


def _share_of(curve: Sequence[tuple[float, float]], part: float) -> float:
    """The curve at a place between its points."""
    for (x1, y1), (x2, y2) in itertools.pairwise(curve):
        if part <= x2 + 1e-9:
            return y1 + (y2 - y1) * (part - x1) / (x2 - x1)
    return 1.0


def _comma(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")
