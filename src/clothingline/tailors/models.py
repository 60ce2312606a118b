"""Tailors and workshops: capability, weekly calendar, capacity."""

from datetime import date
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from clothingline.kit.db import Base, Followed, Identified, Rupiah, Stamped
from clothingline.kit.states import Machine, Stateful, Transition
from clothingline.kit.weeks import Capacity

BOOKING = Machine(
    "tailor_booking",
    ("held", "booked"),
    (
        Transition("book", ("held",), "booked", "system", "the offer is accepted"),
        Transition("unbook", ("booked",), "held", "system", "the acceptance is undone"),
        Transition("release", ("held", "booked"), "released", "system", "declined, expired, cancelled or re-planned"),
    ),
)


class Tailor(Base, Stamped, Followed):
    """A penjahit at home or a workshop.

    `rate_idr` per standard minute, `efficiency_permille` of standard time, `weekday_seconds` seven values from Monday,
    `reach_m` the farthest brand it works for, `defect_ppm` defects per million pieces.
    """

    __tablename__ = "tailor"
    id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    kind: Mapped[str]
    regency_code: Mapped[str] = mapped_column(ForeignKey("regency.code"))
    lat_micro: Mapped[int]
    lon_micro: Mapped[int]
    families: Mapped[list[str]]
    machines: Mapped[list[str]]
    rate_idr: Mapped[Rupiah]
    efficiency_permille: Mapped[int]
    weekday_seconds: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    reach_m: Mapped[int]
    defect_ppm: Mapped[int]
    rush: Mapped[bool] = mapped_column(server_default="false")

    __table_args__ = (
        CheckConstraint("kind IN ('home', 'workshop')", name="kind"),
        CheckConstraint("cardinality(weekday_seconds) = 7", name="weekdays"),
        CheckConstraint("rate_idr > 0 AND efficiency_permille BETWEEN 1 AND 2000 AND reach_m > 0", name="amounts"),
        CheckConstraint("defect_ppm BETWEEN 0 AND 1000000", name="defects"),
    )


class TailorDayOff(Base):
    """A day on which the workshop is closed, or sews only `left_permille` of what it usually does."""

    __tablename__ = "tailor_day_off"
    tailor_id: Mapped[UUID] = mapped_column(ForeignKey("tailor.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    reason: Mapped[str | None]
    left_permille: Mapped[int] = mapped_column(server_default="0")

    __table_args__ = (CheckConstraint("left_permille BETWEEN 0 AND 900", name="left"),)


class TailorWeek(Base, Followed):
    """Working seconds of a workshop in the week from a Monday: declared, held behind quotes and offers, booked."""

    __tablename__ = "tailor_week"
    tailor_id: Mapped[UUID] = mapped_column(ForeignKey("tailor.id"), primary_key=True)
    monday: Mapped[date] = mapped_column(primary_key=True)
    declared: Mapped[int]
    held: Mapped[int] = mapped_column(server_default="0")
    booked: Mapped[int] = mapped_column(server_default="0")

    __table_args__ = (
        CheckConstraint("extract(isodow FROM monday) = 1", name="monday"),
        CheckConstraint("held >= 0 AND booked >= 0 AND held + booked <= declared", name="load"),
    )


class TailorBooking(Base, Identified, Stateful, Stamped):
    """Seconds of a workshop's week set aside for one share of a plan (`claim`)."""

    __tablename__ = "tailor_booking"
    claim: Mapped[UUID] = mapped_column(index=True)
    tailor_id: Mapped[UUID] = mapped_column(ForeignKey("tailor.id"))
    monday: Mapped[date]
    seconds: Mapped[int]

    __table_args__ = (
        CheckConstraint("seconds > 0", name="seconds"),
        CheckConstraint(f"state IN {BOOKING.states}", name="state"),
        Index(
            "uq_tailor_booking_claim_tailor_id_monday_live",
            "claim",
            "tailor_id",
            "monday",
            unique=True,
            postgresql_where=text("state IN ('held', 'booked')"),
        ),
    )


TIME = Capacity(TailorWeek, TailorBooking, BOOKING, party="tailor_id", amount="seconds")
