"""Words of papers: amounts in figures and in words, days and months, as they are written in Indonesia."""

from datetime import date
from typing import Final

from clothingline.kit.money import rupiah

UNITS: Final = (
    *("nol", "satu", "dua", "tiga", "empat", "lima"),
    *("enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"),
)
STEPS: Final = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (1000, "ribu"), (100, "ratus"), (10, "puluh"))
DAYS: Final = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS: Final = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)


def amount(idr: int) -> str:
    """`Rp 1.131.400`, which no line break divides."""
    return rupiah(idr).replace(" ", "\u00a0")


def in_words(idr: int) -> str:
    """`satu juta seratus tiga puluh satu ribu empat ratus rupiah`. Raises `ValueError` below zero."""
    if idr < 0:
        raise ValueError("an amount in words is at least 0")
    return f"{_spelt(idr)} rupiah"


def _spelt(number: int) -> str:
    if number < len(UNITS):
        return UNITS[number]
    if number < 20:
        return f"{UNITS[number - 10]} belas"
    value, name = next((value, name) for value, name in STEPS if number >= value)
    head, rest = divmod(number, value)
    begun = f"se{name}" if head == 1 and name in ("ratus", "ribu") else f"{_spelt(head)} {name}"
    return f"{begun} {_spelt(rest)}" if rest else begun


def day(on: date) -> str:
    """`Senin, 30 November 2026`."""
    return f"{DAYS[on.weekday()]}, {on.day} {month(on)}"


def month(on: date) -> str:
    """`November 2026`."""
    return f"{MONTHS[on.month - 1]} {on.year}"
