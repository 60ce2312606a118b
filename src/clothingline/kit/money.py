"""Money: whole minor units with a currency. Rupiah are whole rupiah. No fraction of a unit exists here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

RUPIAH = "IDR"


class Ordered(Protocol):
    """What can be put in order."""

    def __lt__(self, other: Any, /) -> bool: ...


K = TypeVar("K", bound=Ordered)


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """`minor` units of `currency` (ISO 4217). Mixing currencies raises `ValueError`."""

    minor: int
    currency: str = RUPIAH

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other).minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other).minor, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def _same(self, other: "Money") -> "Money":
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} cannot be added")
        return other

    def __str__(self) -> str:
        return f"{self.currency} {self.minor}" if self.currency != RUPIAH else rupiah(self.minor)


def rupiah(amount: int) -> str:
    """`Rp 1.131.400`, as it is written in Indonesia."""
    sign = "−" if amount < 0 else ""
    return f"{sign}Rp {abs(amount):,}".replace(",", ".")


def split_among(amount: int, weights: Mapping[K, int]) -> dict[K, int]:
    """Parts of `amount` >= 0 in proportion to `weights`, by the largest remainder; they add up exactly.

    Hamilton's method. Equal remainders go to the lower key, so the order of `weights` decides nothing; the parts come
    in the order of their keys, also those of 0. Raises `ValueError` for an amount or a weight below zero, and without
    a positive weight.
    """
    total = sum(weights.values())
    if amount < 0 or total <= 0 or min(weights.values()) < 0:
        raise ValueError("a split needs an amount >= 0 and weights >= 0, one of them above 0")
    parts, remainders = dict[K, int](), list[tuple[int, K]]()
    for key in sorted(weights):
        parts[key], remainder = divmod(amount * weights[key], total)
        remainders.append((-remainder, key))
    if missing := amount - sum(parts.values()):
        for _, key in sorted(remainders)[:missing]:
            parts[key] += 1
    return parts


def portion(amount: int, num: int, den: int) -> int:
    """`num` parts in `den` of `amount`, rounded half up. Raises `ValueError` for a `den` that is not above zero."""
    if den <= 0:
        raise ValueError(f"a portion in {den} parts")
    return (2 * amount * num + den) // (2 * den)


def share(amount: int, *, permille: int) -> int:
    """`permille` thousandths of `amount`, rounded half up."""
    return portion(amount, permille, 1000)
