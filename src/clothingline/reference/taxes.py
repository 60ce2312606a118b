"""What a tax comes to, in whole rupiah: the exact product of the fractions, rounded down once at the end.

PPN (PMK 131/2024) is 12 % of a base of 11/12; PPh 22 (PMK 37/2025) is 0.5 % of gross without PPN.
"""

from dataclasses import dataclass
from datetime import date

from clothingline.reference.errors import UnknownFact
from clothingline.reference.facts import tax_rates


@dataclass(frozen=True, slots=True)
class Tax:
    """The base that stands on a document, and the tax, both whole rupiah."""

    base_idr: int
    tax_idr: int


@dataclass(frozen=True, slots=True)
class Rate:
    """`num`/`den` of a base of `base_num`/`base_den` of the amount."""

    num: int
    den: int
    base_num: int
    base_den: int

    def of(self, amount_idr: int) -> Tax:
        """Base and tax of an amount, each rounded down from the unrounded product. Raises `ValueError` below zero."""
        if amount_idr < 0:
            raise ValueError("a tax is taken of an amount of at least 0")
        whole = amount_idr * self.base_num
        return Tax(whole // self.base_den, whole * self.num // (self.base_den * self.den))


def rate_of(code: str, on: date) -> Rate:
    """The rate in force on a day; `code` is ppn or pph22. Raises `UnknownFact` for a day without one."""
    for one in tax_rates().values():
        if one.code == code and one.valid_from <= on and (one.valid_until is None or on <= one.valid_until):
            return Rate(one.num, one.den, one.base_num, one.base_den)
    raise UnknownFact("tax rate", (code, on), tax_rates())


def ppn(amount_idr: int, on: date) -> Tax:
    """Base and PPN on top of an amount without it. Rp 50,000,000 → 45,833,333 → 5,500,000."""
    return rate_of("ppn", on).of(amount_idr)


def pph22(gross_idr: int, on: date) -> int:
    """What an appointed marketplace withholds of a gross amount without PPN."""
    return rate_of("pph22", on).of(gross_idr).tax_idr
