"""Suppliers of cloth."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from clothingline.kit.db import Base, Followed, Stamped


class Supplier(Base, Stamped, Followed):
    """A seller or maker of cloth. Place in millionths of a degree; days closed are its own days off."""

    __tablename__ = "supplier"
    id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    regency_code: Mapped[str] = mapped_column(ForeignKey("regency.code"))
    lat_micro: Mapped[int]
    lon_micro: Mapped[int]
    nib: Mapped[str | None]
    standing_acceptance: Mapped[bool] = mapped_column(server_default="false")

    __table_args__ = (CheckConstraint(r"nib ~ '^\d{13}$'", name="nib"),)
