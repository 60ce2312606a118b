"""Drawings of a body with the tape on it: the tape solid where it lies in front, dashed where it runs behind.

All coordinates are those of an adult in a field of 200 × 400; x is the distance from the middle line.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from markupsafe import Markup

from clothingline.shop.measures import CHILDREN, FEMALE, Figure

KINDS: Final[Sequence[Figure]] = ("woman", "man", "girl", "boy")
MIDDLE: Final = 100
CHIN, SHOULDER, ARMPIT, BUST, WAIST, SEAT, CROTCH = 62, 90, 124, 136, 182, 228, 240
KNEE, ANKLE, FLOOR = 308, 374, 388
Point = tuple[float, float]
Step = tuple[str, Sequence[Point]]


@dataclass(frozen=True)
class Build:
    """Half widths of a body."""

    neck: int
    shoulder: int
    chest: int
    waist: int
    seat: int


WOMAN, MAN = Build(9, 39, 32, 24, 38), Build(12, 48, 39, 33, 36)
CHILD_LENGTH, CHILD_WIDTH = 0.78, 0.8
UPPER_END, LOWER_BEGIN = 246, 150


@dataclass(frozen=True)
class Girth:
    """The tape around something: its middle, half width, height of the loop, and turn in degrees."""

    x: float
    y: float
    half: float
    depth: float = 5
    turn: int = 0


@dataclass(frozen=True)
class Tape:
    """Where a tape lies, on which side, and which part of a line runs out of sight."""

    lies: Girth | Sequence[Point]
    view: Literal["front", "back"] = "front"
    hidden: Sequence[Point] = ()


def tape_of(code: str, build: Build) -> Tape:
    """Where the tape lies for a measure."""
    return {**_girths(build), **_lengths(build)}[code]


def _girths(b: Build) -> Mapping[str, Tape]:
    return {
        "neck": Tape(Girth(0, 72, b.neck + 3, 4)),
        "chest": Tape(Girth(0, BUST, b.chest + 2, 6)),
        "underbust": Tape(Girth(0, BUST + 16, b.chest - 1)),
        "waist": Tape(Girth(0, WAIST, b.waist + 2)),
        "seat": Tape(Girth(0, SEAT, b.seat + 2, 6)),
        "head": Tape(Girth(0, 26, 22)),
        "biceps": Tape(Girth(b.shoulder + 3, 134, 10, 3, -12)),
        "wrist": Tape(Girth(b.shoulder + 20, 226, 8, 3, -8)),
        "armscye": Tape(Girth(b.shoulder - 6, 108, 8, 19, 12)),
        "upper_leg": Tape(Girth(18, 258, 19, 4)),
        "knee": Tape(Girth(15, KNEE, 12, 3)),
    }


def _lengths(b: Build) -> Mapping[str, Tape]:
    neck, hand = (b.neck + 3, 76), (b.shoulder + 20, 226)
    return {
        "shoulder_to_shoulder": Tape([(-b.shoulder, SHOULDER), (0, 86), (b.shoulder, SHOULDER)], "back"),
        "back_width": Tape([(-b.chest, ARMPIT), (b.chest, ARMPIT)], "back"),
        "hps_to_waist_back": Tape([neck, (11, 130), (10, WAIST)], "back"),
        "shoulder_to_wrist": Tape([(b.shoulder, SHOULDER), (b.shoulder + 12, 162), hand]),
        "hps_to_bust": Tape([neck, (15, BUST)]),
        "bust_span": Tape([(-15, BUST), (15, BUST)]),
        "hps_to_waist_front": Tape([neck, (16, BUST), (12, WAIST)]),
        "garment_length": Tape([neck, (15, 130), (15, SEAT + 6)]),
        "cross_seam": Tape([(-3, WAIST), (-2, CROTCH)], "front", [(-2, CROTCH), (4, SEAT), (4, WAIST)]),
        "crotch_depth": Tape([(b.waist, WAIST), (b.seat - 1, CROTCH)]),
        "inseam": Tape([(3, CROTCH + 2), (5, FLOOR)]),
        "trouser_length": Tape([(b.waist, WAIST), (b.seat, SEAT), (25, KNEE), (18, ANKLE)]),
        "skirt_length": Tape([(b.waist, WAIST), (b.seat, SEAT), (32, KNEE)]),
        "waist_to_seat": Tape([(b.waist, WAIST), (b.seat, SEAT)]),
        "height": Tape([(-86, FLOOR), (-86, 9)]),
    }


class Drawing:
    """Writes one figure."""

    def __init__(self, figure: Figure) -> None:
        self.build, self.child = WOMAN if figure in FEMALE else MAN, figure in CHILDREN
        self.female = figure in FEMALE

    def place(self, point: Point) -> tuple[float, float]:
        """Where a point of the adult's field lies."""
        x, y = point
        if self.child:
            x, y = x * CHILD_WIDTH, y if y <= CHIN else CHIN + (y - CHIN) * CHILD_LENGTH
        return round(MIDDLE + x, 1), round(y, 1)

    def at(self, point: Point) -> str:
        """The same, as a path has it."""
        x, y = self.place(point)
        return f"{x:g} {y:g}"

    def body(self, view: str) -> str:
        """Arms, trunk and head; from the front with a face."""
        arms = "".join(f'<path class="skin" d="{self._arm(side)}"/>' for side in (1, -1))
        behind = self._hair(_LONG) if self.female and view == "front" else ""
        head = '<ellipse class="skin" cx="100" cy="36" rx="19" ry="26"/>'
        return f'{arms}{behind}<path class="skin" d="{self._trunk()}"/>{head}{self._features(view)}'

    def _features(self, view: str) -> str:
        if view == "back":
            return self._hair(_NAPE_LONG if self.female else _NAPE)
        return '<path class="trait" d="M92 37h.1M108 37h.1M95 48q5 3 10 0"/>' + self._hair(_FRINGE)

    def _hair(self, drawn: str) -> str:
        return f'<path class="hair" d="{drawn}"/>'

    def _trunk(self) -> str:
        right = self._right()
        steps = [*((1, step) for step in right), *((-1, step) for step in _backwards(right, (0, CHIN)))]
        return f"M{self.at((0, CHIN))}{''.join(self._step(side, step) for side, step in steps)}Z"

    def _right(self) -> list[Step]:
        b = self.build
        return [
            ("L", [(b.neck, CHIN - 6)]),
            ("C", [(b.neck, 82), (b.shoulder - 8, 78), (b.shoulder, SHOULDER)]),
            ("Q", [(b.chest + 3, 108), (b.chest, ARMPIT)]),
            ("C", [(b.chest + 3, 148), (b.waist, 160), (b.waist, WAIST)]),
            ("C", [(b.waist + 2, 204), (b.seat, 212), (b.seat, SEAT)]),
            ("C", [(b.seat, 262), (27, 284), (25, KNEE)]),
            ("C", [(26, 336), (18, 352), (17, ANKLE)]),
            ("L", [(24, FLOOR)]),
            ("L", [(6, FLOOR)]),
            ("L", [(7, ANKLE)]),
            ("C", [(6, 344), (6, 330), (5, KNEE)]),
            ("L", [(1, CROTCH)]),
        ]

    def _arm(self, side: int) -> str:
        b = self.build
        steps: list[Step] = [
            ("C", [(b.shoulder + 14, 112), (b.shoulder + 19, 160), (b.shoulder + 26, 226)]),
            ("C", [(b.shoulder + 31, 248), (b.shoulder + 21, 256), (b.shoulder + 15, 229)]),
            ("C", [(b.shoulder + 5, 170), (b.chest + 4, 142), (b.chest - 2, ARMPIT)]),
        ]
        return f"M{self.at((side * (b.shoulder - 3), SHOULDER - 2))}{''.join(self._step(side, one) for one in steps)}Z"

    def _step(self, side: int, step: Step) -> str:
        kind, points = step
        return kind + ",".join(self.at((side * x, y)) for x, y in points)

    def tape(self, tape: Tape) -> str:
        """The tape, and the number of the first step beside it."""
        if isinstance(tape.lies, Girth):
            return self._loop(tape.lies)
        shown, last = tape.lies, (tape.hidden or tape.lies)[-1]
        behind = self._run(tape.hidden, " behind") if tape.hidden else ""
        ends = "".join(self._end(point) for point in (shown[0], last))
        return f"{behind}{self._run(shown)}{ends}{self._number(max(shown, key=_rightmost))}"

    def window(self, tape: Tape) -> tuple[int, int]:
        """Top and height of the part of the field that is shown: half a body where that is enough."""
        points = [(tape.lies.x, tape.lies.y)] if isinstance(tape.lies, Girth) else tape.lies
        ends = [self.place(point)[1] for point in points]
        if max(ends) <= UPPER_END:
            return 0, UPPER_END + 14
        return (LOWER_BEGIN, FLOOR + 8 - LOWER_BEGIN) if min(ends) >= LOWER_BEGIN + 10 else (0, FLOOR + 8)

    def _run(self, points: Sequence[Point], kind: str = "") -> str:
        return f'<path class="tape{kind}" d="M{"L".join(self.at(point) for point in points)}"/>'

    def _loop(self, loop: Girth) -> str:
        wide, deep = (loop.half * CHILD_WIDTH if self.child else loop.half), loop.depth
        x, y = self.place((loop.x, loop.y))
        ends = f"M{x - wide:g} {y:g}A{wide:g} {deep:g} 0 0 {{}} {x + wide:g} {y:g}"
        back, front = (
            f'<path class="tape{kind}" d="{ends.format(turn)}"/>' for kind, turn in ((" behind", 1), ("", 0))
        )
        number = self._number((loop.x + loop.half, loop.y))
        return f'<g transform="rotate({loop.turn} {x:g} {y:g})">{back}{front}</g>{number}'

    def _end(self, point: Point) -> str:
        x, y = self.place(point)
        return f'<circle class="tape-end" cx="{x:g}" cy="{y:g}" r="3.5"/>'

    def _number(self, point: Point) -> str:
        x, y = self.place(point)
        return (
            f'<path class="leader" d="M{x:g} {y:g}H182"/><circle class="leader-dot" cx="188" cy="{y:g}" r="10"/>'
            f'<text class="leader-number" x="188" y="{y + 4.5:g}">1</text>'
        )


_FRINGE = "M81 35q-3-27 19-27t19 27q-6-14-19-14t-19 14"
_LONG = "M78 62q-4-56 22-56t22 56q-22 8-44 0"
_NAPE = "M81 40q-3-32 19-32t19 32q-3 20-19 20t-19-20"
_NAPE_LONG = "M79 64q-5-58 21-58t21 58q-21 12-42 0"


def _rightmost(point: Point) -> Point:
    """The point nearest to the numbers, the upper one of two."""
    return point[0], -point[1]


def _backwards(steps: Sequence[Step], start: Point) -> list[Step]:
    """The same curve from its end back to where it started."""
    corners = [start, *(points[-1] for _, points in steps)]
    back: list[Step] = [("L", [corners[-1]])]
    for number in range(len(steps) - 1, -1, -1):
        kind, points = steps[number]
        back.append((kind, [*reversed(points[:-1]), corners[number]]))
    return back


def draw(figure: Figure, code: str, *, words: str) -> Markup:
    """The figure with the tape of one measure; `words` say the same to whoever does not see it."""
    drawing = Drawing(figure)
    tape = tape_of(code, drawing.build)
    inner = Markup(drawing.body(tape.view) + drawing.tape(tape))  # noqa: S704  # numbers and our own names only
    top, height = drawing.window(tape)
    shown = Markup('<svg class="figure" viewBox="0 {} 200 {}" role="img"><title>{}</title>{}</svg>')
    return shown.format(top, height, words, inner)


def small(figure: Figure) -> Markup:
    """The figure alone, beside its name."""
    inner = Markup(Drawing(figure).body("front"))  # noqa: S704  # numbers and our own names only
    return Markup('<svg class="figure small" viewBox="20 0 160 400" aria-hidden="true">{}</svg>').format(inner)
