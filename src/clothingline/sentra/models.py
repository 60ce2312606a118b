"""Clusters of small industry."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from clothingline.kit.clock import business_time
from clothingline.kit.db import Base, Stamped


class Sentra(Base, Stamped):
    """A cluster in one place; facts that are not known stay empty. The free-trade zone is a property of the site."""

    __tablename__ = "sentra"
    id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    regency_code: Mapped[str] = mapped_column(ForeignKey("regency.code"))
    products: Mapped[list[str]]
    facilities: Mapped[list[str]]
    opened_on: Mapped[date | None]
    ikm_count: Mapped[int | None]
    artisan_count: Mapped[int | None]
    machine_count_min: Mapped[int | None]
    in_ftz: Mapped[bool]
    source: Mapped[str]


class SentraMember(Base):
    """A firm that belongs to a sentra."""

    __tablename__ = "sentra_member"
    sentra_id: Mapped[UUID] = mapped_column(ForeignKey("sentra.id"), primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), primary_key=True, index=True)
    since: Mapped[datetime] = mapped_column(server_default=business_time())
