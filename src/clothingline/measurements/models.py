"""People and their measurement sets; values are ciphertext under a key of the person's own."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from clothingline.kit.clock import business_time
from clothingline.kit.db import Base, Identified, Stamped

METHODS = ("self", "tailor", "garment", "size")


class Person(Base, Identified, Stamped):
    """Somebody who is measured: the account's owner or a member of the family. Erasing shreds the key."""

    __tablename__ = "person"
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    label: Mapped[bytes] = mapped_column(LargeBinary)
    sex: Mapped[str]
    key: Mapped[bytes | None] = mapped_column(LargeBinary)
    erased_at: Mapped[datetime | None]

    __table_args__ = (CheckConstraint("sex IN ('female', 'male')", name="sex"),)


class MeasurementSet(Base, Identified, Stamped):
    """One version of a person's measures: ciphertext of {measurement: mm}, how and by whom they were taken, doubts.

    `unsure`: measures, with or without a value, of which nobody was sure; each waits for a `Confirmation`.
    """

    __tablename__ = "measurement_set"
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int]
    method: Mapped[str]
    measurer: Mapped[str]
    measured_on: Mapped[date]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    doubts: Mapped[list[dict[str, Any]]]
    unsure: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))

    __table_args__ = (
        UniqueConstraint("person_id", "version"),
        CheckConstraint(f"method IN {METHODS}", name="method"),
        CheckConstraint("version > 0", name="version"),
    )

    @property
    def has_open_doubts(self) -> bool:
        """Whether something odd has not been confirmed; nothing is cut by such a set."""
        return are_open(self.doubts)


class Confirmation(Base, Identified):
    """Somebody who sews has asked about a measure that was not sure, and knows it now. Append-only."""

    __tablename__ = "measure_confirmation"
    set_id: Mapped[UUID] = mapped_column(ForeignKey("measurement_set.id"))
    measurement: Mapped[str]
    by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(server_default=business_time())

    __table_args__ = (UniqueConstraint("set_id", "measurement"),)


def are_open(doubts: list[dict[str, Any]]) -> bool:
    """Whether any of the doubts of a set has not been confirmed."""
    return any(not doubt["confirmed"] for doubt in doubts)
