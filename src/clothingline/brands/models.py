"""Brands and their weekly capacity."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from clothingline.kit.db import Base, Followed, Identified, Rupiah, Stamped
from clothingline.kit.states import Machine, Stateful, Transition
from clothingline.kit.weeks import Capacity

BRAND_BOOKING = Machine(
    "brand_booking",
    ("held", "booked"),
    (
        Transition("book", ("held",), "booked", "system", "the order is paid"),
        Transition("release", ("held", "booked"), "released", "system", "expired, cancelled or re-planned"),
    ),
)


class Brand(Base, Stamped, Followed):
    """An IKM that owns designs, makes the promise and answers for quality.

    `fee_idr` per piece; `cut_days` before and `finish_days` after sewing; `weekly_pieces` it can cut and finish.
    `pkp_since`: from this day on it is a taxable firm and adds PPN to its price; None: it is none.
    """

    __tablename__ = "brand"
    id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    regency_code: Mapped[str] = mapped_column(ForeignKey("regency.code"))
    lat_micro: Mapped[int]
    lon_micro: Mapped[int]
    families: Mapped[list[str]]
    fee_idr: Mapped[Rupiah]
    cut_days: Mapped[int]
    finish_days: Mapped[int]
    weekly_pieces: Mapped[int]
    standing_acceptance: Mapped[bool] = mapped_column(server_default="false")
    nib: Mapped[str | None]
    kbli_code: Mapped[str | None]
    kbli_edition: Mapped[str | None]
    pkp_since: Mapped[date | None]

    __table_args__ = (
        CheckConstraint(r"nib ~ '^\d{13}$'", name="nib"),
        CheckConstraint("fee_idr >= 0 AND cut_days >= 0 AND finish_days >= 0 AND weekly_pieces >= 0", name="amounts"),
    )


class BrandWeek(Base, Followed):
    """Pieces of one brand in the week that begins on a Monday: declared, held behind quotes, booked by paid orders."""

    __tablename__ = "brand_week"
    brand_id: Mapped[UUID] = mapped_column(ForeignKey("brand.id"), primary_key=True)
    monday: Mapped[date] = mapped_column(primary_key=True)
    declared: Mapped[int]
    held: Mapped[int] = mapped_column(server_default="0")
    booked: Mapped[int] = mapped_column(server_default="0")

    __table_args__ = (
        CheckConstraint("extract(isodow FROM monday) = 1", name="monday"),
        CheckConstraint("held >= 0 AND booked >= 0 AND held + booked <= declared", name="load"),
    )


class BrandBooking(Base, Identified, Stateful, Stamped):
    """Pieces of a brand's week set aside for one plan (`claim`)."""

    __tablename__ = "brand_booking"
    claim: Mapped[UUID] = mapped_column(index=True)
    brand_id: Mapped[UUID] = mapped_column(ForeignKey("brand.id"))
    monday: Mapped[date]
    pieces: Mapped[int]

    __table_args__ = (
        CheckConstraint("pieces > 0", name="pieces"),
        CheckConstraint(f"state IN {BRAND_BOOKING.states}", name="state"),
        Index(
            "uq_brand_booking_claim_brand_id_monday_live",
            "claim",
            "brand_id",
            "monday",
            unique=True,
            postgresql_where=text("state IN ('held', 'booked')"),
        ),
    )


PIECES = Capacity(BrandWeek, BrandBooking, BRAND_BOOKING, party="brand_id", amount="pieces")
