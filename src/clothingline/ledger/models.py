"""The double-entry ledger (product 3.13)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clothingline.kit.clock import business_time
from clothingline.kit.db import Base, Identified, Rupiah


class LedgerAccount(Base, Identified):
    """An account of the ledger: `code` is its name, such as `escrow:CL-2611-0001` or `payable:brd_…`."""

    __tablename__ = "ledger_account"
    code: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    currency: Mapped[str] = mapped_column(server_default="IDR")
    order_id: Mapped[UUID | None] = mapped_column(ForeignKey("orders.id"), index=True)
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)

    __table_args__ = (
        CheckConstraint("kind IN ('clearing', 'escrow', 'payable', 'transport', 'rounding')", name="kind"),
    )


class LedgerTransaction(Base, Identified):
    """One fact in money; its source can be booked once. Its entries sum to zero per currency at commit."""

    __tablename__ = "ledger_transaction"
    source_type: Mapped[str]
    source_id: Mapped[UUID]
    kind: Mapped[str]
    at: Mapped[datetime] = mapped_column(server_default=business_time())

    __table_args__ = (UniqueConstraint("source_type", "source_id", "kind"),)


class LedgerEntry(Base, Identified):
    """Debit (positive) or credit (negative) of an account, in whole minor units. Append-only."""

    __tablename__ = "ledger_entry"
    transaction_id: Mapped[UUID] = mapped_column(ForeignKey("ledger_transaction.id"), index=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("ledger_account.id"), index=True)
    amount: Mapped[Rupiah]
    currency: Mapped[str]

    __table_args__ = (CheckConstraint("amount <> 0", name="amount"),)
