"""A tailor's application: what was answered so far, and what was decided about it (product 2.5, 3.11)."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from clothingline.kit.db import Base, Stamped
from clothingline.kit.states import Machine, Stateful, Transition

APPLICATION = Machine(
    "tailor_application",
    ("draft",),
    (
        Transition("submit", ("draft", "refused"), "applied", "tailor", "place and skills are known"),
        Transition("admit", ("applied",), "admitted", "officer", "nothing that work needs is missing", "5 wd"),
        Transition("refuse", ("applied",), "refused", "officer", "reason", "appeal 14 d"),
    ),
)
OPEN = ("draft", "applied", "refused")
"""States in which answers may still be given."""


class Step(StrEnum):
    """The questions in their order; the value is the last part of the page's path."""

    NAME = "nama"
    PLACE = "tempat"
    SKILLS = "keahlian"
    MACHINES = "mesin"
    PIECES = "potong"
    DAYS = "hari"
    CERTIFICATE = "sertifikat"
    BANK = "rekening"


MUST = frozenset({Step.NAME, Step.SKILLS})
"""What cannot be passed over."""
FOR_WORK = frozenset({Step.PLACE, Step.SKILLS, Step.MACHINES, Step.PIECES, Step.DAYS})
"""What the programme must know before work can be offered."""


class TailorApplication(Base, Stateful, Stamped):
    """Somebody who wants to sew for the brands; `id` is the organisation's that the workshop will have.

    `garments` are slugs of garment types. `weekly_pieces` are pieces of the first of them. `weekdays`: 1 is Monday.
    `skipped`: steps that were passed over for now.
    """

    __tablename__ = "tailor_application"
    id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), primary_key=True, sort_order=-10)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), unique=True)
    regency_code: Mapped[str | None] = mapped_column(ForeignKey("regency.code"))
    garments: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    machines: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    weekly_pieces: Mapped[int | None] = mapped_column(Integer)
    weekdays: Mapped[list[int]] = mapped_column(server_default=text("'{}'"))
    skipped: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    reason: Mapped[str | None]

    __table_args__ = (
        CheckConstraint("weekly_pieces BETWEEN 1 AND 500", name="weekly_pieces"),
        CheckConstraint("weekdays <@ ARRAY[1,2,3,4,5,6,7]::bigint[]", name="weekdays"),
        CheckConstraint("state <> 'refused' OR reason IS NOT NULL", name="reason"),
        CheckConstraint(f"state IN {APPLICATION.states}", name="state"),
        Index("ix_tailor_application_state_state_at", "state", "state_at"),
    )

    def answered(self) -> set[Step]:
        """Steps whose answer stands in this row; certificate and bank account stand elsewhere."""
        given = {
            Step.PLACE: self.regency_code,
            Step.SKILLS: self.garments,
            Step.MACHINES: self.machines,
            Step.PIECES: self.weekly_pieces,
            Step.DAYS: self.weekdays,
        }
        return {Step.NAME} | {step for step, answer in given.items() if answer}

    def next_step(self, done: set[Step]) -> Step | None:
        """The first question that is neither done nor passed over; None: all were seen."""
        return next((step for step in Step if step not in done and step not in self.skipped), None)

    def missing(self) -> list[Step]:
        """What is still to be known before work can be offered."""
        return [step for step in Step if step in FOR_WORK - self.answered()]
