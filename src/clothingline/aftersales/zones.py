"""Where a garment may be tight or loose, by the measures that it knows, and what a saved measure may become. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from clothingline.reference import facts
from clothingline.web.words import later

FITS: Final = ("tight", "right", "loose")
ZONES: Final = ("chest", "waist", "shoulder", "sleeve", "length")
NAMES: Final[Mapping[str, str]] = {
    "chest": later("Dada"),
    "waist": later("Pinggang"),
    "shoulder": later("Bahu"),
    "sleeve": later("Lengan"),
    "length": later("Panjang"),
}
# Which measure of a garment a zone speaks of, the first that it has; and the millimetres by which it is put right.
# The steps are assumed: half a size, as a size chart goes up by 4 cm round the body and by 2 cm across the shoulders.
_MEASURES: Final[Mapping[str, tuple[tuple[str, ...], int]]] = {
    "chest": (("chest",), 20),
    "waist": (("waist",), 20),
    "shoulder": (("shoulder_to_shoulder",), 10),
    "sleeve": (("shoulder_to_wrist",), 20),
    "length": (("garment_length", "trouser_length", "skirt_length"), 20),
}


@dataclass(frozen=True)
class Step:
    """A saved measure that did not fit: its code, what it is now and what it may become, in millimetres."""

    zone: str
    code: str
    now_mm: int
    then_mm: int


def zones_of(garment_type: str) -> tuple[str, ...]:
    """The zones of a garment, from the chest down; none of one that only covers a head or a foot."""
    return tuple(zone for zone in ZONES if _measure(zone, facts.garment_types()[garment_type].measurements))


def _measure(zone: str, known: tuple[str, ...]) -> str | None:
    return next((code for code in _MEASURES[zone][0] if code in known), None)


def steps(fit: Mapping[str, str], values: Mapping[str, int], garment_type: str) -> list[Step]:
    """What the measures by which a garment was sewn may become, by how it fitted; nothing for what fitted."""
    found = []
    for zone in zones_of(garment_type):
        code = _measure(zone, tuple(values))
        sign = {"tight": 1, "loose": -1}.get(fit.get(zone, ""), 0)
        if code and sign:
            found.append(Step(zone, code, values[code], values[code] + sign * _MEASURES[zone][1]))
    return found


def percent(some: int, of: int) -> int:
    """Whole percents, rounded to the nearest."""
    return (200 * some + of) // (2 * of)
