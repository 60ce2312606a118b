"""Runs over the provider's movements, the movements themselves, and what differs from our rows."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from clothingline.kit.db import Base, Identified, Rupiah, Stamped
from clothingline.kit.states import Machine, Stateful, Transition

RECONCILIATION = Machine(
    "reconciliation",
    ("running",),
    (
        Transition("finish", ("running",), "done", "system", "every page is read and every code is compared"),
        Transition("abandon", ("running",), "failed", "system", "the provider did not answer", "6 h"),
    ),
)
DIFFERENCE = Machine(
    "difference",
    ("open",),
    (
        Transition("resolve", ("open",), "resolved", "two officers", "a new transaction, or an explanation"),
        Transition("vanish", ("open",), "gone", "system", "the next run no longer finds it"),
    ),
)
CODES = (
    "unknown_object",
    "missing_object",
    "amount",
    "currency",
    "account",
    "livemode",
    "state",
    "twice",
    "fee",
    "balance",
    "connected_balance",
    "clearing_old",
)
RESOLUTIONS = ("suspend", "explained")


class Reconciliation(Base, Identified, Stateful, Stamped):
    """One run: every movement in [since, until) of real time is read, then everything is compared.

    `account` and `cursor` say where the next page begins: None for our own account, then the payees' one by one.
    `seen` movements were new; `found` differences are open at its end.
    """

    __tablename__ = "reconciliation"
    since: Mapped[datetime]
    until: Mapped[datetime]
    account: Mapped[str | None]
    cursor: Mapped[str | None]
    page: Mapped[int] = mapped_column(server_default=text("0"))
    seen: Mapped[int] = mapped_column(server_default=text("0"))
    found: Mapped[int] = mapped_column(server_default=text("0"))
    balance_idr: Mapped[Rupiah | None]

    __table_args__ = (
        CheckConstraint("since < until", name="window"),
        CheckConstraint(f"state IN {RECONCILIATION.states}", name="state"),
        Index("uq_reconciliation_running", text("(true)"), unique=True, postgresql_where=text("state = 'running'")),
    )


class Movement(Base, Identified):
    """One line of the provider's: by how much an account changed, and the object that changed it. Append-only.

    `subject_type` and `subject_id`: the prefix and the id of the row of ours that `reference` names.
    """

    __tablename__ = "movement"
    provider_id: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    object: Mapped[str] = mapped_column(index=True)
    reference: Mapped[str | None]
    subject_type: Mapped[str | None]
    subject_id: Mapped[UUID | None]
    amount_idr: Mapped[Rupiah]
    fee_idr: Mapped[Rupiah]
    currency: Mapped[str]
    account: Mapped[str]
    livemode: Mapped[bool]
    at: Mapped[datetime]
    run_id: Mapped[UUID] = mapped_column(ForeignKey("reconciliation.id"), index=True)


class Difference(Base, Identified, Stateful, Stamped):
    """Something that the provider and we do not say alike. `object` is the provider's id, or ours where it has none.

    `subject_id`: the row of ours, where there is one. `resolution` and `reason` are the wish of `resolved_by`; it is
    done when `second_by` agrees.
    """

    __tablename__ = "difference"
    code: Mapped[str]
    object_type: Mapped[str]
    object: Mapped[str]
    subject_id: Mapped[UUID | None]
    ours_idr: Mapped[Rupiah | None]
    theirs_idr: Mapped[Rupiah | None]
    first_run: Mapped[UUID] = mapped_column(ForeignKey("reconciliation.id"))
    last_run: Mapped[UUID] = mapped_column(ForeignKey("reconciliation.id"))
    resolution: Mapped[str | None]
    reason: Mapped[str | None]
    resolved_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    second_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))

    __table_args__ = (
        CheckConstraint(f"code IN {CODES}", name="code"),
        CheckConstraint(f"resolution IN {RESOLUTIONS}", name="resolution"),
        CheckConstraint("second_by <> resolved_by", name="two_people"),
        CheckConstraint("state <> 'resolved' OR second_by IS NOT NULL", name="resolved"),
        CheckConstraint(f"state IN {DIFFERENCE.states}", name="state"),
        Index(
            "uq_difference_code_object_open",
            "code",
            "object_type",
            "object",
            unique=True,
            postgresql_where=text("state = 'open'"),
        ),
    )
