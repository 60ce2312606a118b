"""Documents: the facts they state, frozen when they were wished for, and the digest of what was printed."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from clothingline.kit.db import Base, Identified, Stamped
from clothingline.kit.states import Machine, Stateful, Transition

SERIES: Final = {
    "invoice": "FK",
    "credit_note": "NK",
    "receipt": "KW",
    "payout_statement": "KU",
    "income_letter": "SP",
}
"""Every kind of paper, and the letters with which its numbers begin."""
DOCUMENT = Machine(
    "document",
    ("wished",),
    (
        Transition("make", ("wished", "failed"), "made", "system", "printed, stored, and its digest noted"),
        Transition("fail", ("wished",), "failed", "system", "the template does not take these facts"),
    ),
)


class Document(Base, Identified, Stateful, Stamped):
    """One paper. `subject` is what it is about, once per kind; `token` opens its public page of verification.

    The bytes follow from kind, number, day, facts and template alone; `sha256` is theirs, `path` where they are.
    """

    __tablename__ = "document"
    kind: Mapped[str]
    subject: Mapped[str]
    number: Mapped[str] = mapped_column(unique=True)
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    order_id: Mapped[UUID | None] = mapped_column(ForeignKey("orders.id"), index=True)
    first_on: Mapped[date | None]
    last_on: Mapped[date | None]
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB)
    token: Mapped[str] = mapped_column(unique=True)
    template_version: Mapped[str | None]
    sha256: Mapped[bytes | None] = mapped_column(LargeBinary)
    size: Mapped[int | None]
    path: Mapped[str | None]

    __table_args__ = (
        UniqueConstraint("kind", "subject"),
        CheckConstraint(f"kind IN {tuple(SERIES)}", name="kind"),
        CheckConstraint("organisation_id IS NOT NULL OR account_id IS NOT NULL", name="whose"),
        CheckConstraint("last_on >= first_on", name="days"),
        CheckConstraint(
            "(state = 'made') = (sha256 IS NOT NULL AND path IS NOT NULL AND size IS NOT NULL"
            " AND template_version IS NOT NULL)",
            name="made",
        ),
        CheckConstraint("octet_length(sha256) = 32", name="sha256"),
        CheckConstraint(f"state IN {DOCUMENT.states}", name="state"),
        Index("ix_document_organisation_id_id", "organisation_id", "id"),
        Index("ix_document_account_id_id", "account_id", "id"),
    )

    @property
    def total_idr(self) -> int:
        """The big number on the paper, whole rupiah."""
        return int(self.facts["total_idr"])
