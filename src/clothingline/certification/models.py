"""Certificates of competence and their machine (product 3.9)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from clothingline.certification.photos import SIDES
from clothingline.kit.db import Base, Followed, Identified, Stamped
from clothingline.kit.states import Machine, Stateful, Transition

CERTIFICATE = Machine(
    "certificate",
    ("uploaded",),
    (
        Transition(
            "verify", ("uploaded", "needs_photo"), "active", "officer", "number form, holder, LSP, validity", "2 wd"
        ),
        Transition("ask_again", ("uploaded",), "needs_photo", "officer", "template message"),
        Transition("upload", ("needs_photo",), "uploaded", "tailor"),
        Transition("refuse", ("uploaded", "needs_photo"), "refused", "officer", "reason", "appeal 14 d"),
        Transition("revoke", ("active",), "revoked", "officer", "LSP notice or final sanction"),
        Transition("renew", ("active",), "superseded", "officer", "the new certificate is active"),
    ),
)
SHOWN = Machine(
    "shown_certificate",
    ("waiting",),
    (
        Transition("read", ("waiting",), "read", "officer", "what stands on it is entered as a claim", "2 wd"),
        Transition("ask_again", ("waiting",), "needs_photo", "officer", "what cannot be read"),
        Transition("show_again", ("needs_photo",), "waiting", "tailor"),
        Transition("refuse", ("waiting", "needs_photo"), "refused", "officer", "reason", "appeal 14 d"),
    ),
)
EXPIRING_DAYS = 90


class Certificate(Base, Identified, Stateful, Stamped, Followed):
    """Proof of competence units; it serves a job only when it is in force on the job's due day."""

    __tablename__ = "certificate"
    tailor_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    scheme_id: Mapped[str]
    number: Mapped[str]
    holder: Mapped[str]
    lsp: Mapped[str]
    skills: Mapped[list[str]]
    issued_on: Mapped[date]
    valid_until: Mapped[date]
    verified_at: Mapped[datetime | None]
    evidence: Mapped[str | None]
    reason: Mapped[str | None]

    __table_args__ = (
        CheckConstraint("valid_until > issued_on", name="validity"),
        CheckConstraint(r"number ~ '^\d{5} \d{4}( \d)? \d{7} \d{4}$'", name="number_form"),
        CheckConstraint(f"state IN {CERTIFICATE.states}", name="state"),
        # A number that was refused to one may be claimed by its true holder.
        Index("uq_certificate_number_live", "number", unique=True, postgresql_where=text("state <> 'refused'")),
        Index(
            "uq_certificate_tailor_id_scheme_id_active",
            "tailor_id",
            "scheme_id",
            unique=True,
            postgresql_where=text("state = 'active'"),
        ),
    )

    def standing(self, today: date) -> str:
        """The state as people see it: an active certificate is `expiring` for its last 90 days, then `expired`."""
        if self.state != "active":
            return self.state
        left = (self.valid_until - today).days
        return "expired" if left < 0 else "expiring" if left <= EXPIRING_DAYS else "active"


class ShownCertificate(Base, Identified, Stateful, Stamped):
    """A certificate in photos, until an officer has read what stands on it: from then on it is a `Certificate`.

    `number`: as the tailor typed it, if at all. `reason`: why other photos are needed, or why it does not count.
    """

    __tablename__ = "shown_certificate"
    tailor_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    number: Mapped[str | None]
    reason: Mapped[str | None]
    certificate_id: Mapped[UUID | None] = mapped_column(ForeignKey("certificate.id"), unique=True)

    __table_args__ = (
        CheckConstraint("(state = 'read') = (certificate_id IS NOT NULL)", name="read"),
        CheckConstraint("state NOT IN ('needs_photo', 'refused') OR reason IS NOT NULL", name="reason"),
        CheckConstraint(f"state IN {SHOWN.states}", name="state"),
        Index("ix_shown_certificate_state_state_at", "state", "state_at"),
    )


class CertificatePhoto(Base, Identified, Stamped):
    """A re-encoded photo of one side of a certificate, without metadata; of two of a side the newer one counts."""

    __tablename__ = "certificate_photo"
    shown_id: Mapped[UUID] = mapped_column(ForeignKey("shown_certificate.id"), index=True)
    side: Mapped[str]
    by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    path: Mapped[str] = mapped_column(unique=True)
    sha256: Mapped[bytes] = mapped_column(LargeBinary)
    width: Mapped[int]
    height: Mapped[int]
    size: Mapped[int]

    __table_args__ = (CheckConstraint(f"side IN {SIDES}", name="side"),)
