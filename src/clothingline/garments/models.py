"""Designs with priced and validated options, and the size charts of brands."""

from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from clothingline.garments.options import Option, read
from clothingline.kit.db import Base, Identified, Stamped
from clothingline.kit.states import Machine, Stateful, Transition

DESIGN = Machine(
    "design",
    ("draft",),
    (
        Transition("publish", ("draft", "withdrawn"), "published", "brand", "priced, timed, with a size chart"),
        Transition("withdraw", ("published",), "withdrawn", "brand"),
    ),
)


class SizeChart(Base, Identified, Stamped):
    """A brand's own sizes. `rows`: [{size, measurement, min_mm, max_mm}]; body and garment measures are never mixed."""

    __tablename__ = "size_chart"
    brand_id: Mapped[UUID | None] = mapped_column(ForeignKey("brand.id"), index=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    sex: Mapped[str]
    basis: Mapped[str]
    sizes: Mapped[list[str]]
    rows: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    source: Mapped[str]

    __table_args__ = (CheckConstraint("basis IN ('body', 'garment')", name="basis"),)


class Design(Base, Identified, Stateful, Stamped):
    """What a brand sells.

    `options`: typed, priced choices (see `garments.options`); `standard_seconds` per piece in series; `cloth_cm` per
    piece at `cloth_width_cm`, without waste; `colours` the cloth colours it is offered in (empty = any);
    `open_to_brands` lets every brand of the family make it.
    """

    __tablename__ = "design"
    brand_id: Mapped[UUID] = mapped_column(ForeignKey("brand.id"), index=True)
    slug: Mapped[str] = mapped_column(unique=True)
    version: Mapped[int] = mapped_column(server_default="1")
    name: Mapped[str]
    description: Mapped[str]
    garment_type: Mapped[str]
    cloth_class: Mapped[str]
    cloth_width_cm: Mapped[int]
    cloth_cm: Mapped[int]
    standard_seconds: Mapped[int]
    colours: Mapped[list[str]]
    options: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    size_chart_id: Mapped[UUID | None] = mapped_column(ForeignKey("size_chart.id"))
    made_to_measure: Mapped[bool]
    open_to_brands: Mapped[bool] = mapped_column(server_default="false")

    __table_args__ = (
        UniqueConstraint("id", "version"),
        CheckConstraint("cloth_width_cm > 0 AND cloth_cm > 0 AND standard_seconds > 0", name="amounts"),
        CheckConstraint(f"state IN {DESIGN.states}", name="state"),
    )

    @cached_property
    def schema(self) -> list[Option]:
        """The options, read once for as long as the row is remembered."""
        return read(self.options)
