"""Tables of facts that other rows point to, or that an administrator must be able to add to."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clothingline.kit.db import Base, Rupiah


class Regency(Base):
    """A kabupaten or kota. The code `PP.KK` is text; the centroid stands in micro-degrees."""

    __tablename__ = "regency"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str]
    province_code: Mapped[str] = mapped_column(index=True)
    province: Mapped[str]
    lat_micro: Mapped[int]
    lon_micro: Mapped[int]
    timezone: Mapped[str]

    __table_args__ = (CheckConstraint("kind IN ('kabupaten', 'kota')", name="kind"),)


class DayOff(Base):
    """A day that the state calls off. `national` and `cuti_bersama` come from the package, `decree` is entered."""

    __tablename__ = "day_off"

    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    source: Mapped[str]
    estimated: Mapped[bool]

    __table_args__ = (CheckConstraint("kind IN ('national', 'cuti_bersama', 'decree')", name="kind"),)


class Wage(Base):
    """A minimum wage: UMK of a regency (`place_code` PP.KK) or UMP of a province (`place_code` PP)."""

    __tablename__ = "wage"

    place_code: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    month_idr: Mapped[Rupiah]
    source: Mapped[str]
    status: Mapped[str]
    note: Mapped[str | None]

    __table_args__ = (
        # ELSE '': a check that comes to NULL would let any other code pass.
        CheckConstraint("kind = CASE length(place_code) WHEN 5 THEN 'umk' WHEN 2 THEN 'ump' ELSE '' END", name="kind"),
        CheckConstraint("status IN ('verified', 'partial', 'assumed')", name="status"),
        CheckConstraint("month_idr > 0", name="month_idr"),
    )
