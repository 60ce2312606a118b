"""What parties are owed, what is held back, what the guarantee fund lent, and what a party owes (product 3.12)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from clothingline.kit.db import Base, Identified, Rupiah, Stamped
from clothingline.kit.states import Machine, Stateful, Transition

# Nothing leaves `available` but into a payout: no event of any machine can take back or hold what may be paid.
EARNING = Machine(
    "earning",
    ("expected", "earned"),
    (
        Transition("earn", ("expected",), "earned", "system", "job passed · cloth cut · order accepted"),
        Transition(
            "release",
            ("earned",),
            "available",
            "system",
            "a maker two working days after passing; cloth when labour is covered; the brand at acceptance",
            "2 working days",
        ),
        Transition("batch", ("available",), "in_batch", "system", "collected into a payout"),
        Transition("pay", ("in_batch",), "paid", "provider", "the bank has confirmed the payout"),
        Transition("unbatch", ("in_batch",), "available", "system", "the payout was withdrawn or has failed"),
        Transition("come_back", ("paid",), "available", "provider", "the bank returned the payout"),
        Transition("void", ("expected",), "voided", "system", "nothing was done"),
        Transition("lose", ("earned",), "voided", "system", "a lost chargeback has taken it; never a maker's pay"),
        Transition("revive", ("voided",), "expected", "system", "it is owed again"),
    ),
)
SOURCES = ("job", "reservation", "order", "machine", "held")


class Earning(Base, Identified, Stateful, Stamped):
    """What a party is owed for one thing done, as the price lines of its order say.

    `source_type` held: a piece that a chargeback is about, its own id as source, carved out of `origin_id`.
    `withheld_idr` tax (of `turnover_idr`) and `recovered_idr` debt are taken when it becomes available (`released_at`),
    which for a maker is not before `available_at`. `step` grows with every change that is booked, `batch` whenever it
    comes back from a payout.
    """

    __tablename__ = "earning"
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), index=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    source_type: Mapped[str]
    source_id: Mapped[UUID]
    origin_id: Mapped[UUID | None] = mapped_column(ForeignKey("earning.id"))
    amount_idr: Mapped[Rupiah]
    withheld_idr: Mapped[Rupiah] = mapped_column(server_default="0")
    recovered_idr: Mapped[Rupiah] = mapped_column(server_default="0")
    turnover_idr: Mapped[Rupiah] = mapped_column(server_default="0")
    step: Mapped[int] = mapped_column(server_default="0")
    batch: Mapped[int] = mapped_column(server_default="0")
    available_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("source_type", "source_id"),
        CheckConstraint(f"source_type IN {SOURCES}", name="source"),
        CheckConstraint("(source_type = 'held') = (origin_id IS NOT NULL)", name="origin"),
        CheckConstraint("amount_idr > 0", name="amount"),
        CheckConstraint(
            "withheld_idr >= 0 AND recovered_idr >= 0 AND withheld_idr + recovered_idr <= amount_idr", name="net"
        ),
        CheckConstraint(f"state IN {EARNING.states}", name="state"),
        Index("ix_earning_organisation_id_id", "organisation_id", "id"),
        Index("ix_earning_state_available_at", "state", "available_at", postgresql_where=text("state = 'earned'")),
        Index("ix_earning_organisation_id_available", "organisation_id", postgresql_where=text("state = 'available'")),
    )

    @hybrid_property
    def net_idr(self) -> int:
        """What is paid out of it."""
        return self.amount_idr - self.withheld_idr - self.recovered_idr

    @property
    def is_out(self) -> bool:
        """Whether it has left escrow."""
        return self.state in ("available", "in_batch", "paid")


class EarningHold(Base, Identified, Stamped):
    """An earning that waits for a chargeback, for at most sixty days; only while `earned`, and never a maker's pay."""

    __tablename__ = "earning_hold"
    earning_id: Mapped[UUID] = mapped_column(ForeignKey("earning.id"))
    amount_idr: Mapped[Rupiah]
    dispute_id: Mapped[UUID | None] = mapped_column(index=True)
    reason: Mapped[str]
    until: Mapped[datetime]
    released_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("amount_idr > 0", name="amount"),
        CheckConstraint("until <= created_at + interval '60 days'", name="sixty_days"),
        Index(
            "uq_earning_hold_earning_id_live", "earning_id", unique=True, postgresql_where=text("released_at IS NULL")
        ),
        Index("ix_earning_hold_until_live", "until", postgresql_where=text("released_at IS NULL")),
    )


class Advance(Base, Identified, Stamped):
    """What the guarantee fund put into an escrow so that a share was paid in time; repaid by the order's next money.

    `step` counts the repayments.
    """

    __tablename__ = "advance"
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), index=True)
    earning_id: Mapped[UUID] = mapped_column(ForeignKey("earning.id"), unique=True)
    amount_idr: Mapped[Rupiah]
    repaid_idr: Mapped[Rupiah] = mapped_column(server_default="0")
    step: Mapped[int] = mapped_column(server_default="0")

    __table_args__ = (CheckConstraint("amount_idr > 0 AND repaid_idr BETWEEN 0 AND amount_idr", name="amounts"),)


class Debt(Base, Identified, Stamped):
    """What a party owes the guarantee fund for one cause, how much later earnings have paid, and what was forgiven.

    A maker's debt is recovered only by a verdict (`verdict_by`), and slowly. `step` counts what was booked for it.
    """

    __tablename__ = "debt"
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"))
    cause_type: Mapped[str]
    cause_id: Mapped[UUID]
    amount_idr: Mapped[Rupiah]
    recovered_idr: Mapped[Rupiah] = mapped_column(server_default="0")
    forgiven_idr: Mapped[Rupiah] = mapped_column(server_default="0")
    step: Mapped[int] = mapped_column(server_default="0")
    verdict_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))

    __table_args__ = (
        UniqueConstraint("cause_type", "cause_id", "organisation_id"),
        CheckConstraint(
            "amount_idr > 0 AND recovered_idr >= 0 AND forgiven_idr >= 0 "
            "AND recovered_idr + forgiven_idr <= amount_idr",
            name="amounts",
        ),
    )

    @property
    def open_idr(self) -> int:
        """What is still owed."""
        return self.amount_idr - self.recovered_idr - self.forgiven_idr
