"""How values are written for people: money, days, hours and lengths, in Indonesian and in English."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Any, Protocol

from babel.dates import format_date
from babel.numbers import format_decimal

from clothingline.kit.clock import WIB

NBSP = "\u00a0"
OWN_SIZE = {"badan": {"id": "ukuran badan", "en": "own measures"}}
"""The size of a run that has no letter: pieces for bodies that were measured."""
LETTERS = ("XXS", "XS", "S", "M", "L", "XL", "XXL", "XXXL")
ZONES = {"WIB": WIB, "WITA": timezone(timedelta(hours=8), "WITA"), "WIT": timezone(timedelta(hours=9), "WIT")}


class Chosen(Protocol):
    """An option of a design and what was chosen of it, in both languages."""

    label_id: str
    label_en: str
    choice_id: str
    choice_en: str


def filters(language: str) -> dict[str, Callable[..., Any]]:
    """The filters of the templates in one language."""

    def dated(pattern: str) -> Callable[[date], str]:
        return lambda value: format_date(_local(value), pattern, locale=language)

    short_day = dated("EEE, d MMM")

    def moment(value: datetime, zone: tzinfo = WIB) -> str:
        return f"{short_day(value.astimezone(zone).date())}, {clock(value, zone)}"

    def cm(millimetres: int) -> str:
        return f"{format_decimal(millimetres / 10, format='#,##0.#', locale=language)}{NBSP}cm"

    def metres(centimetres: int) -> str:
        return f"{format_decimal(centimetres / 100, format='#,##0.##', locale=language)}{NBSP}m"

    def decimal(value: float) -> str:
        return format_decimal(value, format="#,##0.#", locale=language)

    return {
        "thousands": thousands,
        "decimal": decimal,
        "rupiah": rupiah,
        "clock": clock,
        "day": dated("EEEE, d MMMM y"),
        "calendar_day": dated("d MMMM y"),
        "short_day": short_day,
        "month": dated("MMMM y"),
        "moment": moment,
        "cm": cm,
        "metres": metres,
        "sizes": lambda pieces: sizes(pieces, language),
        "chosen": lambda options: chosen(options, language),
        "size_name": lambda size: size_name(size, language),
    }


def sizes(pieces: Mapping[str, int], language: str = "id") -> str:
    """`M × 5, L × 7`, from small to large; sizes without a letter by their number or name."""
    ranked = sorted(pieces.items(), key=lambda one: size_rank(one[0]))
    return ", ".join(f"{size_name(size, language)}{NBSP}×{NBSP}{count}" for size, count in ranked)


def chosen(options: Iterable[Chosen], language: str) -> list[tuple[str, str]]:
    """Name of each option with the name of its choice."""
    if language == "en":
        return [(one.label_en, one.choice_en) for one in options]
    return [(one.label_id, one.choice_id) for one in options]


def size_name(size: str, language: str) -> str:
    """What a size of a run is called."""
    return OWN_SIZE[size][language] if size in OWN_SIZE else size


def size_rank(size: str) -> tuple[int, int, str]:
    """What sorts sizes from small to large."""
    name = size.upper()
    rank = LETTERS.index(name) if name in LETTERS else len(LETTERS) + (size in OWN_SIZE)
    return (rank, int(name) if name.isdigit() else 0, name)


def thousands(number: int) -> str:
    """`1.234`, as it is written in Indonesia."""
    return f"{number:,}".replace(",", ".")


def rupiah(amount: int) -> str:
    """`Rp 1.080.000`, which does not break; a negative amount has its sign in front."""
    return f"{'−' if amount < 0 else ''}Rp{NBSP}{thousands(abs(amount))}"


def clock(value: datetime, zone: tzinfo = WIB) -> str:
    """`08.00 WIB`."""
    return f"{value.astimezone(zone):%H.%M}{NBSP}{zone.tzname(value)}"


def _local(value: date) -> date:
    return value.astimezone(WIB).date() if isinstance(value, datetime) else value
