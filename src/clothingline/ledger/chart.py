"""The chart of accounts: what an account is called, whose it is, and which sign its balance may have.

A code is `<kind>:<subject>`. Positive entries are debits, negative ones credits: what is held or owed is a negative
balance. Accounts of kinds with a side of their own are guarded by the database, which keeps their balance and refuses
the entry that would overdraw it. Those of side `any` are written by everybody at once, so nobody waits there.
"""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from clothingline.kit.ids import show
from clothingline.orders.models import Order

Side = Literal["debit", "credit", "any"]
Thing = Literal["charge", "refund", "transfer", "payout", "dispute"]

SIDES: dict[str, Side] = {
    "provider": "any",  # ours: the balance at the provider
    "connected": "any",  # ours: with a payee at the provider, not confirmed by the bank
    "clearing": "any",  # one for each thing in flight
    "escrow": "credit",  # the consumer's money, not yet anybody's
    "committed": "debit",  # memo: what an order will owe, against `expected`
    "expected": "credit",  # memo: frozen shares of what is not done
    "earned": "credit",  # memo: shares of what is done
    "available": "credit",  # owed now
    "in_batch": "credit",  # in a payout
    "transport": "credit",  # owed to couriers
    "disputed": "credit",  # escrow set aside while a chargeback is open
    "guarantee": "credit",  # the guarantee fund
    "debt": "debit",  # memo: what a party owes the fund
    "recourse": "any",  # memo: the other side of all debts
    "ppn": "any",  # tax collected, payable to the state
    "pph22": "any",  # tax withheld, payable to the state
    "income": "any",
    "cost": "any",
    "capital": "any",
    "bank": "any",
    "suspense": "any",  # provider money that is not explained yet
    "payable": "any",  # before the kinds `available` and `in_batch`; old rows only
    "rounding": "any",
}
"""Kinds of account. The database repeats the list and the sides."""

_PREFIX: dict[Thing, str] = {"charge": "pay", "refund": "rfd", "transfer": "out", "payout": "out", "dispute": "dsp"}


@dataclass(frozen=True)
class Account:
    """The name of a ledger account, and whose it is."""

    code: str
    order_id: UUID | None = None
    organisation_id: UUID | None = None

    @property
    def kind(self) -> str:
        """The first word of the code."""
        return self.code.partition(":")[0]

    @property
    def side(self) -> Side:
        """Where its balance may stand; `KeyError` for a kind that the chart does not know."""
        return SIDES[self.kind]


PROVIDER = Account("provider:idr")
GUARANTEE = Account("guarantee:fund")
RECOURSE = Account("recourse:fund")
PPN = Account("ppn:idr")
PPH22 = Account("pph22:idr")
FEE_INCOME = Account("income:platform_fee")
PROVIDER_COST = Account("cost:provider")
DISPUTE_COST = Account("cost:dispute")
WRITTEN_OFF = Account("cost:written_off")
CAPITAL = Account("capital:programme")
BANK = Account("bank:idr")
SUSPENSE = Account("suspense:idr")
FIXED = {
    one.code: one
    for one in (
        PROVIDER,
        GUARANTEE,
        PPN,
        PPH22,
        FEE_INCOME,
        PROVIDER_COST,
        DISPUTE_COST,
        WRITTEN_OFF,
        CAPITAL,
        BANK,
        SUSPENSE,
    )
}
"""Accounts of nobody, by code; they stand whether anything was booked there or not."""
CORRECTED_BY_HAND = frozenset(
    {
        "provider",
        "connected",
        "clearing",
        "transport",
        "guarantee",
        "ppn",
        "pph22",
        "income",
        "cost",
        "capital",
        "bank",
        "suspense",
        "rounding",
    }
)
"""Kinds that people may correct. The balances of all others are stated by rows: a correction would part the two, and
could take away what a party may be paid."""


def clearing(thing: Thing, thing_id: UUID) -> Account:
    """Money of one thing in flight; zero when it has arrived."""
    return Account(f"clearing:{thing}:{show(_PREFIX[thing], thing_id)}")


def escrow(order: Order) -> Account:
    """What is held for an order."""
    return Account(f"escrow:{order.code}", order_id=order.id)


def committed(order: Order) -> Account:
    """What an order will owe those who have a share in it."""
    return Account(f"committed:{order.code}", order_id=order.id)


def transport(order: Order) -> Account:
    """What the couriers of an order are owed."""
    return Account(f"transport:{order.code}", order_id=order.id)


def disputed(dispute_id: UUID) -> Account:
    """Escrow that waits for the end of a chargeback."""
    return Account(f"disputed:{show('dsp', dispute_id)}")


def expected(organisation_id: UUID) -> Account:
    """Frozen shares of a party in what is not done."""
    return _of_party("expected", organisation_id)


def earned(organisation_id: UUID) -> Account:
    """Shares of a party in what is done."""
    return _of_party("earned", organisation_id)


def available(organisation_id: UUID) -> Account:
    """What a party is owed now."""
    return _of_party("available", organisation_id)


def in_batch(organisation_id: UUID) -> Account:
    """What is in a payout to a party."""
    return _of_party("in_batch", organisation_id)


def connected(organisation_id: UUID) -> Account:
    """What lies in a party's account at the provider."""
    return _of_party("connected", organisation_id)


def debt(organisation_id: UUID) -> Account:
    """What a party owes the guarantee fund."""
    return _of_party("debt", organisation_id)


def _of_party(kind: str, organisation_id: UUID) -> Account:
    return Account(f"{kind}:{show('org', organisation_id)}", organisation_id=organisation_id)
