"""Who a seller is to the tax office, what exempts it, and the last number of each series of papers."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from clothingline.kit.clock import business_time
from clothingline.kit.db import Base, Identified, Stamped
from clothingline.kit.states import Machine, Stateful, Transition

KINDS: Final = ("person", "firm")
GROUNDS: Final = ("under_500m", "skb", "courier")
TAX_DECLARATION = Machine(
    "tax_declaration",
    ("given",),
    (
        Transition("confirm", ("given",), "confirmed", "officer", "another person than the one who gave it"),
        Transition("refuse", ("given",), "refused", "officer", "reason"),
        Transition("end", ("confirmed",), "ended", "system", "its last day is over"),
    ),
)


class TaxProfile(Base):
    """A seller's tax number and address, sealed; `taxpayer_last4` is what people see of the number."""

    __tablename__ = "tax_profile"
    id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    kind: Mapped[str]
    taxpayer: Mapped[bytes] = mapped_column(LargeBinary)
    taxpayer_last4: Mapped[str]
    address: Mapped[bytes] = mapped_column(LargeBinary)
    updated_at: Mapped[datetime] = mapped_column(server_default=business_time())

    __table_args__ = (
        CheckConstraint(f"kind IN {KINDS}", name="kind"),
        CheckConstraint(r"taxpayer_last4 ~ '^\d{4}$'", name="taxpayer_last4"),
    )


class TaxDeclaration(Base, Identified, Stateful, Stamped):
    """Why nothing is withheld from a seller, from the first to the last day; it counts once another has confirmed it.

    Two that are confirmed never share a day: an exclusion constraint of the migration, which models cannot say.
    """

    __tablename__ = "tax_declaration"
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("tax_profile.id"))
    kind: Mapped[str]
    valid_from: Mapped[date]
    valid_until: Mapped[date]
    evidence: Mapped[str]
    given_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    confirmed_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str | None]

    __table_args__ = (
        CheckConstraint(f"kind IN {GROUNDS}", name="kind"),
        CheckConstraint("valid_until >= valid_from", name="days"),
        CheckConstraint("confirmed_by <> given_by", name="two_people"),
        CheckConstraint("(state IN ('confirmed', 'ended')) = (confirmed_by IS NOT NULL)", name="confirmed"),
        CheckConstraint("(state = 'refused') = (reason IS NOT NULL)", name="refused"),
        CheckConstraint(f"state IN {TAX_DECLARATION.states}", name="state"),
        Index("ix_tax_declaration_organisation_id_id", "organisation_id", "id"),
    )


class PaperNumber(Base):
    """The last number given in a series in a year; no number is left out, for it is given by whoever commits."""

    __tablename__ = "paper_number"
    series: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]

    __table_args__ = (CheckConstraint("last > 0", name="last"),)
