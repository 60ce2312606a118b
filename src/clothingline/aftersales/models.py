"""Reviews of orders by their consumers, what makers say of consumers, and the answers of brands."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from clothingline.aftersales.zones import FITS, ZONES
from clothingline.kit.db import Base, Identified, Stamped
from clothingline.kit.states import Machine, Stateful, Transition

REVIEW = Machine(
    "review",
    ("standing",),
    (
        Transition("hide", ("standing",), "hidden", "officer", "reason"),
        Transition("restore", ("hidden",), "standing", "officer"),
    ),
)
LONGEST_WORDS = 1000
FOLDER = "reviews"
"""Where the files of pictures stand."""


class Review(Base, Identified, Stateful, Stamped):
    """What a consumer says of an order that has come; `brand_id` and `design_id` are those of the order.

    `opens_at`: from then on everybody reads it; the makers' remarks may come to that before (`service.remarking`).
    `reason`: why an officer has hidden it. `forgotten_at`: its text, pictures and name are taken back.
    """

    __tablename__ = "review"
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), unique=True)
    brand_id: Mapped[UUID] = mapped_column(ForeignKey("brand.id"))
    design_id: Mapped[UUID] = mapped_column(ForeignKey("design.id"))
    neatness: Mapped[int]
    on_time: Mapped[bool]
    words: Mapped[str | None]
    opens_at: Mapped[datetime]
    reason: Mapped[str | None]
    forgotten_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("neatness BETWEEN 1 AND 5", name="neatness"),
        CheckConstraint(f"length(words) BETWEEN 1 AND {LONGEST_WORDS}", name="words"),
        CheckConstraint("state <> 'hidden' OR reason IS NOT NULL", name="reason"),
        CheckConstraint("forgotten_at IS NULL OR words IS NULL", name="forgotten"),
        CheckConstraint(f"state IN {REVIEW.states}", name="state"),
        Index("ix_review_design_id_id", "design_id", "id", postgresql_where=text("state = 'standing'")),
        Index("ix_review_brand_id_id", "brand_id", "id"),
    )


class ReviewFit(Base):
    """How an order fitted in one zone."""

    __tablename__ = "review_fit"
    review_id: Mapped[UUID] = mapped_column(ForeignKey("review.id"), primary_key=True)
    zone: Mapped[str] = mapped_column(primary_key=True)
    said: Mapped[str]

    __table_args__ = (
        CheckConstraint(f"zone IN {ZONES}", name="zone"),
        CheckConstraint(f"said IN {FITS}", name="said"),
    )


class ReviewPhoto(Base, Identified, Stamped):
    """A re-encoded picture that goes with a review, without metadata; of several the newest counts."""

    __tablename__ = "review_photo"
    review_id: Mapped[UUID] = mapped_column(ForeignKey("review.id"), index=True)
    path: Mapped[str] = mapped_column(unique=True)
    sha256: Mapped[bytes] = mapped_column(LargeBinary)
    width: Mapped[int]
    height: Mapped[int]
    size: Mapped[int]


class ReviewAnswer(Base, Stamped):
    """The one answer of a brand to a review."""

    __tablename__ = "review_answer"
    review_id: Mapped[UUID] = mapped_column(ForeignKey("review.id"), primary_key=True)
    by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    words: Mapped[str]

    __table_args__ = (CheckConstraint(f"length(words) BETWEEN 1 AND {LONGEST_WORDS}", name="words"),)


class Remark(Base, Identified, Stamped):
    """What a brand, or a tailor for their part, says of working for the consumer of an order; `rating` 1–5."""

    __tablename__ = "remark"
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    rating: Mapped[int]
    words: Mapped[str | None]

    __table_args__ = (
        UniqueConstraint("order_id", "organisation_id"),
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating"),
        CheckConstraint(f"length(words) BETWEEN 1 AND {LONGEST_WORDS}", name="words"),
    )
