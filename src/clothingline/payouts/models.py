"""Payees, and payouts of what is available to them (product 3.12)."""

from datetime import date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from clothingline.kit.clock import business_time
from clothingline.kit.db import Base, Identified, Rupiah, Stamped
from clothingline.kit.ids import show
from clothingline.kit.money import RUPIAH
from clothingline.kit.states import Machine, Stateful, Transition

if TYPE_CHECKING:
    from collections.abc import Iterable

PAYEE = Machine(
    "payee",
    ("invited",),
    (
        Transition("submit", ("invited",), "pending", "provider", "everything is handed in, the provider looks"),
        Transition("activate", ("invited", "pending", "restricted"), "active", "provider", "may receive and pay out"),
        Transition("restrict", ("active", "pending"), "restricted", "provider", "something must be put right"),
    ),
)
PAYOUT = Machine(
    "payout",
    ("draft",),
    (
        Transition("approve", ("draft",), "approved", "system · officer", "two people above the limit", "1 wd"),
        Transition(
            "withdraw",
            ("draft", "approved"),
            "withdrawn",
            "system",
            "not approved in time · the payee may not be paid",
            compensation="earnings available",
        ),
        Transition("send", ("approved",), "sent", "system", "the payee is active", "15 min"),
        Transition("doubt", ("sent",), "needs_reconciliation", "system", "no clear answer", "24 h → officer"),
        Transition(
            "settle", ("sent", "needs_reconciliation"), "settled", "provider", "amount, account, reference equal"
        ),
        Transition(
            "fail",
            ("sent", "needs_reconciliation"),
            "failed",
            "provider",
            "definitely not paid",
            compensation="earnings available, money taken back",
        ),
        Transition(
            "come_back",
            ("settled",),
            "returned",
            "provider",
            "the bank sent it back",
            compensation="earnings available, money taken back",
        ),
    ),
)
CADENCES = ("daily", "weekly", "on_demand")
FRIDAY = 5


class Payee(Base, Stateful, Stamped):
    """A party that is paid; `id` is its organisation's.

    `provider_account`: its account at the provider, None until the provider has opened one. `weekday`: 1 is Monday.
    `changed_at`: since when the provider knows the present bank account. `collected_on`: the last day on which a payout
    was made without being asked for. `requirements`: what the provider still wants, in its own words. `asked_at`: when
    the provider was last asked about the account although it had told us nothing.
    """

    __tablename__ = "payee"
    id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), primary_key=True, sort_order=-10)
    provider_account: Mapped[str | None] = mapped_column(unique=True)
    country: Mapped[str | None]
    cadence: Mapped[str] = mapped_column(server_default="weekly")
    weekday: Mapped[int] = mapped_column(server_default=text(str(FRIDAY)))
    bank_last4: Mapped[str | None]
    changed_at: Mapped[datetime] = mapped_column(server_default=business_time())
    collected_on: Mapped[date | None]
    requirements: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    asked_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint(f"cadence IN {CADENCES}", name="cadence"),
        CheckConstraint("weekday BETWEEN 1 AND 7", name="weekday"),
        CheckConstraint("state = 'invited' OR provider_account IS NOT NULL", name="account"),
        CheckConstraint(f"state IN {PAYEE.states}", name="state"),
    )


class Payout(Base, Identified, Stateful, Stamped):
    """Money for one payee. Its own id is the reference of everything that the provider is asked to do for it.

    `transfer`, `bank` and `reversal` are the provider's ids of the way to the payee's account, from there to the bank,
    and back to us. `asked_at`: when the provider was last asked. `failure`: why it failed or came back.
    """

    __tablename__ = "payout"
    payee_id: Mapped[UUID] = mapped_column(ForeignKey("payee.id"), index=True)
    currency: Mapped[str] = mapped_column(server_default=RUPIAH)
    amount_idr: Mapped[Rupiah]
    key: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    second_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    sent_at: Mapped[datetime | None]
    transfer: Mapped[str | None] = mapped_column(unique=True)
    bank: Mapped[str | None] = mapped_column(unique=True)
    reversal: Mapped[str | None] = mapped_column(unique=True)
    failure: Mapped[str | None]
    asked_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("amount_idr > 0", name="amount"),
        CheckConstraint("octet_length(key) = 32", name="key"),
        CheckConstraint("second_by <> approved_by", name="two_people"),
        CheckConstraint("second_by IS NULL OR approved_by IS NOT NULL", name="second_person"),
        CheckConstraint("sent_at IS NOT NULL OR state IN ('draft', 'approved', 'withdrawn')", name="sent"),
        CheckConstraint(
            "state NOT IN ('settled', 'returned') OR transfer IS NOT NULL AND bank IS NOT NULL", name="settled"
        ),
        CheckConstraint(f"state IN {PAYOUT.states}", name="state"),
        Index("ix_payout_state_state_at", "state", "state_at"),
        Index(
            "uq_payout_payee_id_waiting",
            "payee_id",
            unique=True,
            postgresql_where=text("state IN ('draft', 'approved')"),
        ),
    )

    def reference(self, act: str) -> str:
        """What the provider is told: `out_…:transfer`, `out_…:bank` or `out_…:back`, the same for ever."""
        return f"{show('out', self.id)}:{act}"


class PayoutItem(Base, Identified):
    """An earning in a payout, with what is paid of it. `batch` counts its payouts, so each time has one."""

    __tablename__ = "payout_item"
    payout_id: Mapped[UUID] = mapped_column(ForeignKey("payout.id"), index=True)
    earning_id: Mapped[UUID] = mapped_column(ForeignKey("earning.id"))
    batch: Mapped[int]
    amount_idr: Mapped[Rupiah]

    __table_args__ = (
        UniqueConstraint("earning_id", "batch"),
        CheckConstraint("amount_idr >= 0", name="amount"),
    )


def key_of(payee_id: UUID, currency: str, earnings: "Iterable[tuple[UUID, int]]") -> bytes:
    """Which money a payout is, in 32 bytes: the payee, the currency, and each (earning, batch) in any order."""
    items = ",".join(f"{earning}:{batch}" for earning, batch in sorted(earnings))
    return sha256(f"out|{payee_id}|{currency}|{items}".encode()).digest()
