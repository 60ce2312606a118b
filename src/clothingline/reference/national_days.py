"""National holidays and cuti bersama of Indonesia, from the package `holidays`, and the days of Ramadan."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final, Literal

from holidays import country_holidays

Kind = Literal["national", "cuti_bersama", "decree"]

SOURCE: Final = "package holidays, country ID"
RAMADAN_DAYS: Final = 30
_CATEGORIES: Final[dict[str, Kind]] = {"public": "national", "government": "cuti_bersama"}
_ESTIMATE_MARK: Final = " (perkiraan)"
_ESTIMATE_MARK_EN: Final = " (estimated)"


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day that the state calls off. `estimated` as long as no joint decree has fixed the year."""

    day: date
    kind: Kind
    name: str
    name_en: str
    source: str
    estimated: bool


@cache
def holidays_of(year: int) -> tuple[Holiday, ...]:
    """National holidays and cuti bersama of a year, in order of the day."""
    found = (one for category, kind in _CATEGORIES.items() for one in _of_category(year, category, kind))
    return tuple(sorted(found, key=lambda one: (one.day, one.kind)))


@cache
def holidays_by_day(year: int) -> Mapping[date, Holiday]:
    """The same by day; where a national holiday and cuti bersama meet, the holiday counts."""
    # "national" sorts last and so stays.
    return {one.day: one for one in sorted(holidays_of(year), key=lambda one: one.kind)}


@cache
def is_decreed(year: int) -> bool:
    """Whether the joint decree of the year is held: it is the only source of cuti bersama."""
    return bool(_names(year, "government", "id"))


def is_ramadan(day: date) -> bool:
    """Whether a day lies in the 30 days before Idul Fitri.

    Counted back from Idul Fitri, which the decree fixes. A Ramadan of 29 days thus begins one day early here: plans
    count one short day too many, never one too few.
    """
    return any(0 < (fitri - day).days <= RAMADAN_DAYS for fitri in (*idul_fitri(day.year), *idul_fitri(day.year + 1)))


@cache
def idul_fitri(year: int) -> tuple[date, ...]:
    """First days of Idul Fitri in a Gregorian year: one, rarely two (2033)."""
    return tuple(one.day for one in holidays_of(year) if "Eid al-Fitr" in one.name_en.split("; "))


def _of_category(year: int, category: str, kind: Kind) -> Iterator[Holiday]:
    english = _names(year, category, "en_US")
    for day, name in _names(year, category, "id").items():
        yield Holiday(
            day=day,
            kind=kind,
            name=name.replace(_ESTIMATE_MARK, ""),
            name_en=english[day].replace(_ESTIMATE_MARK_EN, ""),
            source=SOURCE,
            # The package marks by the moon alone; a decree settles what it marked (Idul Fitri and Idul Adha 2027).
            estimated=_ESTIMATE_MARK in name and not is_decreed(year),
        )


def _names(year: int, category: str, language: str) -> dict[date, str]:
    return dict(country_holidays("ID", years=year, categories=(category,), language=language).items())
