"""The port of payment providers: open a charge for one of our payments, ask how it stands, and pay back."""

from dataclasses import dataclass
from typing import Literal, Protocol

Status = Literal["open", "paid", "expired", "refunded"]


class ChargeUnknown(LookupError):
    """The provider knows no such charge."""


class ReferenceReused(ValueError):
    """The reference was used before for something else; a retry must repeat the first request exactly."""


class RefundRefused(ValueError):
    """The charge is not paid, or less is left of it than is asked back."""


@dataclass(frozen=True)
class Charge:
    """What the provider knows of one payment. Amounts in whole rupiah; `reference` is ours."""

    id: str
    reference: str
    amount_idr: int
    currency: str
    status: Status
    refunded_idr: int
    pay_url: str


class PaymentProvider(Protocol):
    """A payment provider. Every call may be repeated: our reference makes it one act."""

    async def open_charge(self, reference: str, amount_idr: int, description: str) -> Charge:
        """The charge of this reference, opened now or before. Raises `ReferenceReused` for another amount."""

    async def fetch_charge(self, charge_id: str) -> Charge:
        """How a charge stands. Raises `ChargeUnknown`."""

    async def find_charge(self, reference: str) -> Charge | None:
        """The charge of a reference of ours."""

    async def refund(self, charge_id: str, reference: str, amount_idr: int) -> Charge:
        """Pay back a part or all of a charge. Raises `ChargeUnknown`, `RefundRefused` or `ReferenceReused`."""


_in_use: list[PaymentProvider] = []


def use(chosen: PaymentProvider) -> PaymentProvider:
    """Make `chosen` the provider of this process; the edge calls it once at start."""
    _in_use[:] = [chosen]
    return chosen


def current() -> PaymentProvider:
    """The provider of this process."""
    if not _in_use:
        raise RuntimeError("no payment provider in use: the edge calls payments.use() at start")
    return _in_use[0]
