"""What consumers pay: instalments, their payments, refunds, chargebacks, and the provider's notices (product 3.13)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, column, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from clothingline.kit.clock import business_time
from clothingline.kit.db import Base, Identified, Rupiah, Stamped
from clothingline.kit.states import Stateful
from clothingline.payments.machines import ARRIVED, DISPUTE, INSTALMENT, LIVE, PAYMENT, REFUND

__all__ = ["DISPUTE", "INSTALMENT", "PAYMENT", "REFUND"]

KINDS = ("full", "deposit", "balance", "change")
METHODS = ("card", "qris", "transfer")
# The last five are said of refunds and of what is paid out.
VERDICTS = (
    "captured",
    "captured_late",
    "repeated",
    "unpaid",
    "quarantined",
    "opened",
    "won",
    "lost",
    "settled",
    "failed",
    "returned",
    "noted",
)


class Instalment(Base, Identified, Stateful, Stamped):
    """A sum that an order owes at one time. It is met when its captured payments, the parts, add up to it.

    `quote_id`: whose price it is of; `due_at` None: no deadline. A `change` is the difference of an agreed change.
    """

    __tablename__ = "instalment"
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"))
    quote_id: Mapped[UUID | None] = mapped_column(ForeignKey("quote.id"))
    number: Mapped[int]
    kind: Mapped[str]
    amount_idr: Mapped[Rupiah]
    due_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("order_id", "number"),
        CheckConstraint("amount_idr > 0", name="amount"),
        CheckConstraint(f"kind IN {KINDS}", name="kind"),
        CheckConstraint(f"state IN {INSTALMENT.states}", name="state"),
        Index(
            "uq_instalment_order_id_kind_live",
            "order_id",
            "kind",
            unique=True,
            postgresql_where=text("state IN ('due', 'met') AND kind <> 'change'"),
        ),
    )


class Payment(Base, Identified, Stateful, Stamped):
    """One part of an instalment. Its own id is the provider's reference and idempotency key.

    `instalment`: the kind of its instalment; `quote_id`: what was checked out, for a first one; `asked_at`: when we
    last asked the provider by ourselves; `capture_idr`: what we take of money that is held, None = all; `fee_idr` None:
    the provider has not counted its fee yet. `refunded_idr` and `disputed_idr` never exceed `captured_idr` together.
    """

    __tablename__ = "payment"
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), index=True)
    quote_id: Mapped[UUID | None] = mapped_column(ForeignKey("quote.id"))
    instalment_id: Mapped[UUID] = mapped_column(ForeignKey("instalment.id"))
    instalment: Mapped[str]
    part: Mapped[int] = mapped_column(server_default="1")
    amount_idr: Mapped[Rupiah]
    method: Mapped[str | None]
    charge: Mapped[str | None] = mapped_column(unique=True)
    account: Mapped[str | None]
    livemode: Mapped[bool | None]
    pay_url: Mapped[str | None]
    redirect_url: Mapped[str | None]
    expires_at: Mapped[datetime | None]
    capture_idr: Mapped[Rupiah | None]
    captured_idr: Mapped[Rupiah] = mapped_column(server_default="0")
    refunded_idr: Mapped[Rupiah] = mapped_column(server_default="0")
    disputed_idr: Mapped[Rupiah] = mapped_column(server_default="0")
    fee_idr: Mapped[Rupiah | None]
    captured_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]

    @hybrid_property
    def left_idr(self) -> int:
        """Rupiah that arrived and neither went back nor are disputed."""
        return self.captured_idr - self.refunded_idr - self.disputed_idr

    __table_args__ = (
        CheckConstraint("amount_idr > 0", name="amount"),
        CheckConstraint("part > 0", name="part"),
        CheckConstraint(f"method IN {METHODS}", name="method"),
        CheckConstraint(f"instalment IN {KINDS}", name="instalment"),
        CheckConstraint(f"state IN {PAYMENT.states}", name="state"),
        CheckConstraint("capture_idr BETWEEN 1 AND amount_idr", name="capture"),
        CheckConstraint(
            f"captured_idr <= amount_idr AND (state IN {ARRIVED}) = (captured_idr > 0)",
            name="captured",
        ),
        CheckConstraint(
            "refunded_idr >= 0 AND disputed_idr >= 0 AND refunded_idr + disputed_idr <= captured_idr", name="gone"
        ),
        CheckConstraint("fee_idr >= 0", name="fee"),
        Index("ix_payment_state_state_at", "state", "state_at"),
        Index(
            "uq_payment_instalment_id_part_live",
            "instalment_id",
            "part",
            unique=True,
            postgresql_where=column("state").in_(LIVE),
        ),
    )


class ProviderNotice(Base, Identified):
    """A verified message of the provider, stored before it is acknowledged. A hint only: its object is fetched."""

    __tablename__ = "provider_notice"
    notice: Mapped[str] = mapped_column(unique=True)
    provider: Mapped[str] = mapped_column(server_default="fake")
    object_kind: Mapped[str] = mapped_column(server_default="charge")
    object: Mapped[str] = mapped_column(index=True)
    account: Mapped[str | None]
    livemode: Mapped[bool | None]
    body: Mapped[dict[str, Any]] = mapped_column(JSONB)
    signature: Mapped[bytes] = mapped_column(LargeBinary)
    received_at: Mapped[datetime] = mapped_column(server_default=business_time())


class NoticeVerdict(Base, Identified):
    """What came of a notice after its object was fetched, once. `quarantined` pays nothing and says why.

    `subject_type`, `subject_id`: our row that it was about, where there is one.
    """

    __tablename__ = "notice_verdict"
    notice_id: Mapped[UUID] = mapped_column(ForeignKey("provider_notice.id"), unique=True)
    payment_id: Mapped[UUID | None] = mapped_column(ForeignKey("payment.id"), index=True)
    subject_type: Mapped[str | None]
    subject_id: Mapped[UUID | None]
    verdict: Mapped[str]
    reason: Mapped[str | None]
    at: Mapped[datetime] = mapped_column(server_default=business_time())

    __table_args__ = (
        CheckConstraint(f"verdict IN {VERDICTS}", name="verdict"),
        CheckConstraint("(verdict = 'quarantined') = (reason IS NOT NULL)", name="reason"),
    )


class Refund(Base, Identified, Stateful, Stamped):
    """Money back to the consumer, for one payment and one named reason; its id and `step` are the provider's reference.

    From what escrow held, and from the guarantee fund where the order's money is spent. `case`: what decided it.
    """

    __tablename__ = "refund"
    payment_id: Mapped[UUID] = mapped_column(ForeignKey("payment.id"), index=True)
    amount_idr: Mapped[Rupiah]
    reason: Mapped[str]
    step: Mapped[int] = mapped_column(server_default="0")
    from_escrow_idr: Mapped[Rupiah] = mapped_column(server_default="0")
    from_fund_idr: Mapped[Rupiah] = mapped_column(server_default="0")
    case_type: Mapped[str | None]
    case_id: Mapped[UUID | None]
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    second_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    provider_id: Mapped[str | None] = mapped_column(unique=True)
    sent_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]
    asked: Mapped[int] = mapped_column(server_default="0")
    failure: Mapped[str | None]

    __table_args__ = (
        UniqueConstraint("payment_id", "reason"),
        CheckConstraint("amount_idr > 0", name="amount"),
        CheckConstraint(f"state IN {REFUND.states}", name="state"),
        CheckConstraint("second_by <> approved_by", name="two_people"),
        CheckConstraint("(case_type IS NULL) = (case_id IS NULL)", name="case"),
        CheckConstraint(
            "from_escrow_idr >= 0 AND from_fund_idr >= 0 AND (state IN ('requested', 'rejected') "
            "OR from_escrow_idr + from_fund_idr = amount_idr)",
            name="sources",
        ),
        Index("ix_refund_state_state_at", "state", "state_at"),
    )


class Dispute(Base, Identified, Stateful, Stamped):
    """A chargeback: the bank took `amount_idr` of a payment back and asks `fee_idr` for it.

    `held_idr` of it stand aside from escrow; when it is lost, `from_fund_idr` is what the guarantee fund bears, and the
    rest is written off.
    """

    __tablename__ = "dispute"
    payment_id: Mapped[UUID] = mapped_column(ForeignKey("payment.id"), index=True)
    provider_id: Mapped[str] = mapped_column(unique=True)
    amount_idr: Mapped[Rupiah]
    fee_idr: Mapped[Rupiah]
    held_idr: Mapped[Rupiah]
    from_fund_idr: Mapped[Rupiah] = mapped_column(server_default="0")
    respond_by: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("amount_idr > 0", name="amount"),
        CheckConstraint("fee_idr >= 0", name="fee"),
        CheckConstraint(
            "held_idr >= 0 AND from_fund_idr >= 0 AND held_idr + from_fund_idr <= amount_idr", name="sources"
        ),
        CheckConstraint(f"state IN {DISPUTE.states}", name="state"),
    )
