"""Payments of consumers, the double-entry ledger, earnings, refunds (product 3.12, 3.13)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from clothingline.kit.clock import business_time
from clothingline.kit.db import Base, Identified, Rupiah, Stamped
from clothingline.kit.states import Machine, Stateful, Transition

PAYMENT = Machine(
    "payment",
    ("wished",),
    (
        Transition("open", ("wished",), "open", "provider", "the provider knows the charge"),
        Transition("capture", ("open",), "captured", "provider", "amount, currency, reference equal"),
        Transition("expire", ("wished", "open"), "expired", "system", "not paid in time"),
        Transition(
            "capture_late", ("expired",), "captured_late", "provider", "paid after expiry", compensation="refund"
        ),
    ),
)
REFUND = Machine(
    "refund",
    ("approved",),
    (
        Transition("send", ("approved",), "sent", "system", "the provider is asked"),
        Transition("settle", ("approved", "sent"), "settled", "provider", "the provider has paid back"),
    ),
)
INSTALMENTS = ("full", "deposit", "balance")
VERDICTS = ("captured", "captured_late", "repeated", "unpaid", "quarantined")


class Payment(Base, Identified, Stateful, Stamped):
    """One instalment of an order. Its own id is the provider's reference and idempotency key.

    `quote_id`: what was checked out, for a first instalment; `asked_at`: when we last asked the provider by ourselves.
    """

    __tablename__ = "payment"
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), index=True)
    quote_id: Mapped[UUID | None] = mapped_column(ForeignKey("quote.id"))
    instalment: Mapped[str]
    amount_idr: Mapped[Rupiah]
    charge: Mapped[str | None] = mapped_column(unique=True)
    pay_url: Mapped[str | None]
    expires_at: Mapped[datetime | None]
    captured_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("amount_idr > 0", name="amount"),
        CheckConstraint(f"instalment IN {INSTALMENTS}", name="instalment"),
        CheckConstraint(f"state IN {PAYMENT.states}", name="state"),
        Index("ix_payment_state_state_at", "state", "state_at"),
        Index(
            "uq_payment_order_id_instalment_live",
            "order_id",
            "instalment",
            unique=True,
            postgresql_where=text("state IN ('wished', 'open', 'captured')"),
        ),
    )


class ProviderNotice(Base, Identified):
    """A verified message of the provider, stored before it is acknowledged. A hint only: the charge is fetched."""

    __tablename__ = "provider_notice"
    notice: Mapped[str] = mapped_column(unique=True)
    charge: Mapped[str]
    body: Mapped[dict[str, Any]] = mapped_column(JSONB)
    signature: Mapped[bytes] = mapped_column(LargeBinary)
    received_at: Mapped[datetime] = mapped_column(server_default=business_time())


class NoticeVerdict(Base, Identified):
    """What came of a notice after its charge was fetched, once. `quarantined` pays nothing and says why."""

    __tablename__ = "notice_verdict"
    notice_id: Mapped[UUID] = mapped_column(ForeignKey("provider_notice.id"), unique=True)
    payment_id: Mapped[UUID | None] = mapped_column(ForeignKey("payment.id"), index=True)
    verdict: Mapped[str]
    reason: Mapped[str | None]
    at: Mapped[datetime] = mapped_column(server_default=business_time())

    __table_args__ = (
        CheckConstraint(f"verdict IN {VERDICTS}", name="verdict"),
        CheckConstraint("(verdict = 'quarantined') = (reason IS NOT NULL)", name="reason"),
    )


class Refund(Base, Identified, Stateful, Stamped):
    """Money back to the consumer, for one payment and one named reason."""

    __tablename__ = "refund"
    payment_id: Mapped[UUID] = mapped_column(ForeignKey("payment.id"), index=True)
    amount_idr: Mapped[Rupiah]
    reason: Mapped[str]

    __table_args__ = (
        UniqueConstraint("payment_id", "reason"),
        CheckConstraint("amount_idr > 0", name="amount"),
        CheckConstraint(f"state IN {REFUND.states}", name="state"),
    )
