"""The port of payment providers: money in, money back, money to those who did the work, and what moved.

Amounts are whole rupiah. Our reference makes an act one act: a provider that is asked twice with the same reference and
the same words does it once, for a day at least; after that only asking (`find_…`) tells what was done.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

ChargeStatus = Literal["open", "acting", "processing", "authorised", "paid", "expired"]
MoneyBackStatus = Literal["pending", "settled", "failed"]
DisputeStatus = Literal["open", "won", "lost"]
PayoutStatus = Literal["pending", "paid", "failed", "returned"]
ObjectKind = Literal["charge", "refund", "dispute", "transfer", "payout", "payee"]
MovementKind = Literal[
    "charge",
    "refund",
    "refund_failed",
    "dispute",
    "dispute_won",
    "transfer",
    "take_back",
    "payout",
    "payout_failed",
    "top_up",
    "other",
]


@dataclass(frozen=True)
class Wish:
    """A charge that is to be opened.

    `methods` are those that the payer may choose from, the usual one first; empty = all that the provider has.
    With `capture` manual the money is only held until `capture` is called, where the method can do that.
    """

    reference: str
    amount_idr: int
    description: str
    order_code: str = ""
    methods: tuple[str, ...] = ()
    capture: Literal["automatic", "manual"] = "automatic"
    back_url: str = ""


@dataclass(frozen=True)
class Charge:
    """What the provider knows of one payment; `reference` is ours.

    acting: the payer is at the bank (3-D Secure, at `redirect_url`). processing: money is under way and may still fail.
    authorised: held, not taken. paid: `captured_idr` are ours. `fee_idr` is None until the provider has counted it.
    """

    id: str
    reference: str
    amount_idr: int
    captured_idr: int
    refunded_idr: int
    currency: str
    status: ChargeStatus
    pay_url: str
    redirect_url: str | None
    method: str | None
    account: str
    livemode: bool
    fee_idr: int | None


@dataclass(frozen=True)
class MoneyBack:
    """A refund of a charge, all or a part."""

    id: str
    reference: str
    charge: str
    amount_idr: int
    currency: str
    status: MoneyBackStatus


@dataclass(frozen=True)
class Dispute:
    """A chargeback. `fee_idr` is what it costs us as things stand: a fee that came back is no longer in it."""

    id: str
    charge: str
    amount_idr: int
    fee_idr: int
    currency: str
    status: DisputeStatus
    respond_by: datetime | None


@dataclass(frozen=True)
class Payee:
    """An account at the provider of somebody who is paid. `requirements` are in the provider's words."""

    id: str
    reference: str
    country: str
    can_receive: bool
    can_pay_out: bool
    requirements: tuple[str, ...]
    bank_last4: str | None


@dataclass(frozen=True)
class Transfer:
    """Money from our account to a payee's at the provider. `reversals` are the ids of what was taken back."""

    id: str
    reference: str
    destination: str
    amount_idr: int
    reversed_idr: int
    currency: str
    reversals: tuple[str, ...] = ()


@dataclass(frozen=True)
class BankPayout:
    """Money from a payee's account at the provider to the bank.

    returned: it was paid and came back. A provider that does not tell this apart says failed, also after paid.
    """

    id: str
    reference: str
    destination: str
    amount_idr: int
    currency: str
    status: PayoutStatus
    failure: str | None


@dataclass(frozen=True)
class Movement:
    """One change of the balance of `account`: by `amount_idr`, less `fee_idr`. `object` is the thing that moved it."""

    id: str
    kind: MovementKind
    object: str
    reference: str | None
    amount_idr: int
    fee_idr: int
    currency: str
    account: str
    livemode: bool
    at: datetime


@dataclass(frozen=True)
class Told:
    """A verified notice. It is a hint: `object` is the id of what is to be fetched by the `fetch_…` of its kind.

    `account` is the account in which it happened: ours, or that of a payee. Kinds that no house looks at are None.
    """

    notice: str
    object_kind: ObjectKind | None
    object: str
    account: str
    livemode: bool
    body: dict[str, Any] = field(hash=False)


class PaymentProvider(Protocol):
    """A payment provider.

    Every call may raise `Busy` or `OutcomeUnknown`; every call that does something `Refused` and `ReferenceReused`;
    every call that names an object of the provider's `ObjectUnknown`. Names of references are ours.
    """

    name: str
    account: str
    livemode: bool
    methods: tuple[str, ...]

    async def open_charge(self, wish: Wish) -> Charge:
        """A page to pay on. A repeat answers what the first request was answered, however the charge stands now."""

    async def fetch_charge(self, charge_id: str) -> Charge:
        """How a charge stands."""

    async def find_charge(self, reference: str) -> Charge | None:
        """The charge of a reference: a paid one before one that may be paid, and this before one that has ended."""

    async def capture(self, charge_id: str, reference: str, amount_idr: int) -> Charge:
        """Take what is held, all or a part; the rest goes back to the payer."""

    async def close_charge(self, charge_id: str) -> Charge:
        """End a charge that is open, acting or authorised. Others stay as they are: look at the status."""

    async def refund(self, charge_id: str, reference: str, amount_idr: int) -> MoneyBack:
        """Pay back a part or all of what was captured."""

    async def find_refund(self, charge_id: str, reference: str) -> MoneyBack | None:
        """The refund of a reference."""

    async def fetch_refund(self, refund_id: str) -> MoneyBack:
        """How a refund stands."""

    async def fetch_dispute(self, dispute_id: str) -> Dispute:
        """How a chargeback stands."""

    async def open_payee(self, reference: str, name: str) -> Payee:
        """An account for somebody who is to be paid."""

    async def fetch_payee(self, payee_id: str) -> Payee:
        """How an account stands."""

    async def onboarding_link(self, payee_id: str, back_url: str) -> str:
        """A page of the provider's on which the payee says who he is and where his bank account is."""

    async def transfer(self, reference: str, destination: str, amount_idr: int) -> Transfer:
        """Move money from our account to a payee's."""

    async def find_transfer(self, reference: str) -> Transfer | None:
        """The transfer of a reference; the oldest, should there be several."""

    async def fetch_transfer(self, transfer_id: str) -> Transfer:
        """How a transfer stands."""

    async def take_back(self, transfer_id: str, reference: str, amount_idr: int) -> Transfer:
        """Move money of a transfer back to our account."""

    async def pay_out(self, reference: str, destination: str, amount_idr: int) -> BankPayout:
        """Move money from a payee's account to the bank."""

    async def find_payout(self, destination: str, reference: str, since: datetime) -> BankPayout | None:
        """The payout of a reference among those since an instant of the real (not of business) time."""

    async def fetch_payout(self, destination: str, payout_id: str) -> BankPayout:
        """How a payout stands."""

    async def balance(self) -> int:
        """What is ours at the provider, in rupiah, also what may not be moved yet."""

    async def connected_balance(self, destination: str) -> int:
        """What is a payee's at the provider."""

    async def movements(
        self, since: datetime, until: datetime, after: str | None, destination: str | None = None
    ) -> tuple[list[Movement], str | None]:
        """A page of what moved our balance, or a payee's, in [since, until) of real time, and where the next begins.

        `after` is the second part of the answer before; None in the answer when nothing is left.
        """

    def read_notice(self, headers: Mapping[str, str], body: bytes, now: int) -> Told:
        """Verify the raw bytes, `now` in seconds of the real clock, and say what it is about. Raises `NotSigned`."""


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
