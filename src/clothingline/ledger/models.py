"""The double-entry ledger (product 3.13): what is said once stays, and each transaction has its place in a chain."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from clothingline.kit.clock import business_time
from clothingline.kit.db import Base, Identified, Rupiah, Stamped
from clothingline.kit.states import Machine, Stateful, Transition
from clothingline.ledger.chart import SIDES


def _kinds(*sides: str) -> str:
    return ", ".join(f"'{kind}'" for kind, side in SIDES.items() if side in sides)


class LedgerAccount(Base, Identified):
    """An account of the ledger: `code` is its name, such as `escrow:CL-2611-0001` or `available:org_…`."""

    __tablename__ = "ledger_account"
    code: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    side: Mapped[str] = mapped_column(server_default="any")
    currency: Mapped[str] = mapped_column(server_default="IDR")
    order_id: Mapped[UUID | None] = mapped_column(ForeignKey("orders.id"), index=True)
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)

    __table_args__ = (
        UniqueConstraint("id", "currency"),
        CheckConstraint(f"kind IN ({_kinds('credit', 'debit', 'any')})", name="kind"),
        CheckConstraint(
            f"side = CASE WHEN kind IN ({_kinds('credit')}) THEN 'credit' "
            f"WHEN kind IN ({_kinds('debit')}) THEN 'debit' ELSE 'any' END",
            name="side",
        ),
    )


class LedgerTransaction(Base, Identified):
    """One fact in money; a step of its source can be booked once. Its entries sum to zero per currency at commit."""

    __tablename__ = "ledger_transaction"
    source_type: Mapped[str]
    source_id: Mapped[UUID]
    kind: Mapped[str]
    step: Mapped[int] = mapped_column(server_default="0")
    at: Mapped[datetime] = mapped_column(server_default=business_time())
    reverses_id: Mapped[UUID | None] = mapped_column(ForeignKey("ledger_transaction.id"), unique=True)
    by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))

    __table_args__ = (UniqueConstraint("source_type", "source_id", "kind", "step"),)


class LedgerEntry(Base, Identified):
    """Debit (positive) or credit (negative) of an account, in whole minor units. Append-only."""

    __tablename__ = "ledger_entry"
    transaction_id: Mapped[UUID] = mapped_column(ForeignKey("ledger_transaction.id"), index=True)
    account_id: Mapped[UUID] = mapped_column(index=True)
    amount: Mapped[Rupiah]
    currency: Mapped[str]

    __table_args__ = (
        ForeignKeyConstraint(["account_id", "currency"], ["ledger_account.id", "ledger_account.currency"]),
        CheckConstraint("amount <> 0", name="amount"),
    )


class LedgerBalance(Base):
    """The balance of an account with a side; a trigger keeps it, and an entry that overdraws it is refused."""

    __tablename__ = "ledger_balance"
    account_id: Mapped[UUID] = mapped_column(ForeignKey("ledger_account.id"), primary_key=True)
    side: Mapped[str]
    balance: Mapped[Rupiah] = mapped_column(server_default="0")

    __table_args__ = (
        CheckConstraint("side = 'debit' AND balance >= 0 OR side = 'credit' AND balance <= 0", name="side"),
    )


class LedgerLink(Base):
    """A transaction's place in the chain, given at commit: `hash` covers what it says and the hash before it.

    `at` is the business time of the place and never goes back, so the transactions of a day that is over are known.
    """

    __tablename__ = "ledger_link"
    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("gen_random_uuid()"))
    position: Mapped[Rupiah] = mapped_column(unique=True)
    at: Mapped[datetime] = mapped_column(index=True)
    transaction_id: Mapped[UUID] = mapped_column(ForeignKey("ledger_transaction.id"), unique=True)
    hash: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = (CheckConstraint("octet_length(hash) = 32", name="hash"),)


CORRECTION = Machine(
    "correction",
    ("proposed",),
    (
        Transition("approve", ("proposed",), "booked", "admin", "another than who proposed it"),
        Transition("reject", ("proposed",), "rejected", "admin"),
    ),
)


class Correction(Base, Identified, Stateful, Stamped):
    """A transaction that one person proposes and another books; `lines` are `{"account": code, "amount": rupiah}`."""

    __tablename__ = "correction"
    lines: Mapped[list[dict[str, Any]]]
    reason: Mapped[str]
    proposed_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))

    __table_args__ = (
        CheckConstraint(f"state IN {CORRECTION.states!r}", name="state"),
        CheckConstraint("approved_by <> proposed_by", name="two_people"),
        CheckConstraint("(state = 'booked') = (approved_by IS NOT NULL)", name="approved"),
    )
