"""Rates of taxes by the day from which they hold, as fractions: no rate is stored rounded."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from clothingline.reference.facts.rows import Facts, Status, read


@dataclass(frozen=True, slots=True)
class TaxRate:
    """`num`/`den` of a base that is `base_num`/`base_den` of the amount; `valid_until` None: still in force."""

    code: str
    valid_from: date
    valid_until: date | None
    num: int
    den: int
    base_num: int
    base_den: int
    source: str
    status: Status


@cache
def tax_rates() -> Facts[tuple[str, date], TaxRate]:
    """By (code, first day). Codes: ppn, pph22."""
    return read("tax_rates.csv", TaxRate, subject="tax rate", key=lambda one: (one.code, one.valid_from))
