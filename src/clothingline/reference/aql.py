"""Acceptance sampling by ISO 2859-1 / ANSI Z1.4: single sampling, normal inspection, from the tables only.

Arrows are resolved in the file. Nothing is derived: no level is shifted from another, no number is interpolated.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final

from clothingline.reference.errors import UnknownFact
from clothingline.reference.facts.rows import Facts, Status, read

CLOTHING_MAJOR_AQL: Final = "2.5"
CLOTHING_MINOR_AQL: Final = "4.0"

LETTERS: Final = "ABCDEFGHJKLMNPQR"


@dataclass(frozen=True, slots=True)
class CodeLetterRow:
    """A row of table I; the last one of a level has no upper end."""

    inspection_level: str
    lot_min: int
    lot_max: int | None
    code_letter: str
    source: str
    status: Status

    def holds(self, lot_size: int) -> bool:
        return self.lot_min <= lot_size and (self.lot_max is None or lot_size <= self.lot_max)


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A cell of table II-A; `cell` says direct, down or up, and `plan_*` is the plan where the arrow ends."""

    code_letter: str
    sample_size: int
    aql: str
    cell: str
    plan_letter: str
    plan_sample_size: int
    accept: int
    reject: int
    source: str
    status: Status


@dataclass(frozen=True, slots=True)
class SamplingPlan:
    """Inspect `sample_size` pieces (the whole lot if `inspect_all`); up to `accept` defects pass the lot.

    `code_letter` is the letter of the lot, `letter` that of the plan after its arrow. `sample_size` is the table's,
    even where the lot is smaller; `pieces` is what a person takes in hand.
    """

    lot_size: int
    code_letter: str
    letter: str
    sample_size: int
    accept: int
    reject: int
    inspect_all: bool

    @property
    def pieces(self) -> int:
        return min(self.sample_size, self.lot_size)

    def accepts(self, defects: int) -> bool:
        return defects <= self.accept


@dataclass(frozen=True, slots=True)
class ClothingPlan:
    """One plan for each class of defects; the critical plan looks at every piece that the other two take."""

    critical: SamplingPlan
    major: SamplingPlan
    minor: SamplingPlan

    @property
    def pieces(self) -> int:
        return max(self.critical.pieces, self.major.pieces, self.minor.pieces)

    def accepts(self, *, critical: int, major: int, minor: int) -> bool:
        return self.critical.accepts(critical) and self.major.accepts(major) and self.minor.accepts(minor)


def sampling_plan(lot_size: int, aql: str | float | Decimal, level: str = "II") -> SamplingPlan:
    """The plan of a lot at one of the AQLs held (0.65 to 6.5) and a level (I, II, III, S-1 to S-4).

    A single piece has no row in the table; it takes the first row and is inspected. Raises `UnknownFact` for an AQL
    or level that is not held and `ValueError` for an empty lot.
    """
    return _plan(lot_size, code_letter(lot_size, level), aql)


def clothing_plan(
    lot_size: int,
    *,
    major_aql: str = CLOTHING_MAJOR_AQL,
    minor_aql: str = CLOTHING_MINOR_AQL,
    level: str = "II",
    largest_letter: bool = False,
) -> ClothingPlan:
    """Critical 0 (any one rejects the lot), major 2.5, minor 4.0 unless the buyer asks otherwise.

    With `largest_letter` the largest letter that any class needs serves all classes. An arrow may lead that letter on,
    so the step repeats until the letter stays; an upward arrow may still leave one class a smaller sample, taken from
    the same pieces.
    """
    letter = code_letter(lot_size, level)
    if largest_letter:
        letter = _largest_letter(letter, major_aql, minor_aql)
    major, minor = (_plan(lot_size, letter, aql) for aql in (major_aql, minor_aql))
    return ClothingPlan(_critical(major, minor), major, minor)


def code_letter(lot_size: int, level: str = "II") -> str:
    """Table I. Raises `UnknownFact` for an unknown level and `ValueError` for an empty lot."""
    if lot_size < 1:
        raise ValueError("a lot holds at least one piece")
    return next(row.code_letter for row in _levels()[level] if row.holds(max(lot_size, 2)))


def _plan(lot_size: int, letter: str, aql: str | float | Decimal) -> SamplingPlan:
    row = _cell(letter, aql)
    return SamplingPlan(
        lot_size=lot_size,
        code_letter=letter,
        letter=row.plan_letter,
        sample_size=row.plan_sample_size,
        accept=row.accept,
        reject=row.reject,
        inspect_all=row.plan_sample_size >= lot_size,
    )


def _largest_letter(letter: str, *aqls: str) -> str:
    needed = max((letter, *(_cell(letter, aql).plan_letter for aql in aqls)), key=LETTERS.index)
    return letter if needed == letter else _largest_letter(needed, *aqls)


def _critical(major: SamplingPlan, minor: SamplingPlan) -> SamplingPlan:
    widest = max(major, minor, key=lambda plan: plan.sample_size)
    return SamplingPlan(
        lot_size=widest.lot_size,
        code_letter=widest.code_letter,
        letter=widest.letter,
        sample_size=widest.sample_size,
        accept=0,
        reject=1,
        inspect_all=widest.inspect_all,
    )


def _cell(letter: str, aql: str | float | Decimal) -> PlanRow:
    wanted = Decimal(str(aql))
    if wanted not in _aqls():
        raise UnknownFact("AQL", aql, _aqls().values())
    return _plans()[letter, _aqls()[wanted]]


@cache
def _plans() -> Facts[tuple[str, str], PlanRow]:
    return read("aql_single_normal.csv", PlanRow, subject="AQL cell", key=lambda one: (one.code_letter, one.aql))


@cache
def _aqls() -> Mapping[Decimal, str]:
    return {Decimal(aql): aql for _, aql in _plans()}


@cache
def _levels() -> Facts[str, tuple[CodeLetterRow, ...]]:
    held: dict[str, tuple[CodeLetterRow, ...]] = {}
    for row in read("aql_code_letters.csv", CodeLetterRow, subject="lot size", key=_lot_key).values():
        held[row.inspection_level] = (*held.get(row.inspection_level, ()), row)
    return Facts("inspection level", held)


def _lot_key(row: CodeLetterRow) -> tuple[str, int]:
    return row.inspection_level, row.lot_min
