"""Money: whole minor units with a currency. Rupiah are whole rupiah. No fraction of a unit exists here."""

from collections.abc import Sequence
from dataclasses import dataclass

RUPIAH = "IDR"


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


def split(amount: int, weights: Sequence[int]) -> list[int]:
    """Parts of `amount` in proportion to `weights`, by the largest remainder; they add up exactly.

    Hamilton's method; equal remainders go to the earlier part. Raises `ValueError` without a positive weight.
    """
    total = sum(weights)
    if total <= 0 or min(weights) < 0 or amount < 0:
        raise ValueError("split needs an amount >= 0 and weights >= 0 with a positive sum")
    floors = [amount * weight // total for weight in weights]
    remainders = [amount * weight % total for weight in weights]
    order = sorted(range(len(weights)), key=lambda index: (-remainders[index], index))
    for index in order[: amount - sum(floors)]:
        floors[index] += 1
    return floors


def share(amount: int, *, permille: int) -> int:
    """`permille` thousandths of `amount`, rounded half up."""
    return (amount * permille + 500) // 1000
