"""Plans, the shares of makers in them, and offers to brand, supplier and makers (product 3.3)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, LargeBinary, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clothingline.kit.db import Base, Followed, Identified, Rupiah, Stamped
from clothingline.kit.states import Machine, Stateful, Transition

PLAN = Machine(
    "plan",
    ("proposed", "held", "adopted"),
    (
        Transition("hold", ("proposed",), "held", "consumer", "cloth and capacity are free"),
        Transition("adopt", ("proposed", "held"), "adopted", "system", "the order is paid, or re-routed"),
        Transition("replace", ("adopted",), "replaced", "engine", "a new round"),
        Transition("release", ("proposed", "held", "adopted"), "released", "system", "expired, cancelled or not taken"),
    ),
)
OFFER = Machine(
    "offer",
    ("sent",),
    (
        Transition("open", ("sent",), "seen", "maker"),
        Transition("accept", ("sent", "seen"), "accepted", "maker", "deadline by database clock; load ≤ capacity"),
        Transition("undo", ("accepted",), "seen", "maker", "≤ 10 min; the order is not confirmed yet"),
        Transition("decline", ("sent", "seen"), "declined", "maker", "reason optional; never costs"),
        Transition("withdraw", ("sent", "seen", "accepted"), "withdrawn", "engine", "order changed or cancelled"),
        Transition("expire", ("sent", "seen"), "expired", "system", "its deadline is over"),
    ),
)
OPEN = ("sent", "seen")
"""States in which an offer waits for its answer."""
OFFER_KINDS = ("brand", "supplier", "tailor")


class Solution(Base, Identified, Stamped):
    """One question to the engine, kept so that every answer can be explained, checked and replayed.

    `problem`: the packed arrays (`routing.files`); `legend`: the first Monday and the ids behind the row numbers;
    `certificate`, with a proof for each plan that was kept (`plans`, by number), is filled by the job that proves them.
    """

    __tablename__ = "solution"
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), index=True)
    params_version: Mapped[str]
    problem: Mapped[bytes] = mapped_column(LargeBinary)
    legend: Mapped[dict[str, Any]] = mapped_column(JSONB)
    certificate: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))


class Plan(Base, Identified, Stateful, Stamped):
    """Brand, lot and makers for an order: an answer of the engine with its cost parts, reasons and certificate.

    `parts`: [{code, amount, paid}] that add up to `cost_idr`, the paid ones to `price_idr`; `timeline`: dates by stage;
    `number` its place among the engine's answers to the question `solution_id`; `explanation` is filled by the job that
    explains; `round` counts re-routings.
    """

    __tablename__ = "plan"
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), index=True)
    quote_id: Mapped[UUID | None] = mapped_column(ForeignKey("quote.id"), index=True)
    round: Mapped[int] = mapped_column(server_default="0")
    label: Mapped[str]
    brand_id: Mapped[UUID] = mapped_column(ForeignKey("brand.id"))
    lot_id: Mapped[UUID] = mapped_column(ForeignKey("lot.id"))
    cloth_cm: Mapped[int]
    price_idr: Mapped[Rupiah]
    cost_idr: Mapped[Rupiah]
    bound_idr: Mapped[Rupiah]
    parts: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    usual_on: Mapped[date]
    promise_on: Mapped[date]
    timeline: Mapped[dict[str, Any]] = mapped_column(JSONB)
    cut_week: Mapped[date]
    solution_id: Mapped[UUID] = mapped_column(ForeignKey("solution.id"))
    number: Mapped[int]
    explanation: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))

    shares: Mapped[list["PlanShare"]] = relationship(back_populates="plan", lazy="raise", order_by="PlanShare.id")

    __table_args__ = (
        CheckConstraint("price_idr > 0 AND cloth_cm > 0 AND promise_on >= usual_on", name="amounts"),
        CheckConstraint(f"state IN {PLAN.states}", name="state"),
        Index("uq_plan_order_id_adopted", "order_id", unique=True, postgresql_where=text("state = 'adopted'")),
    )


class PlanShare(Base, Identified):
    """The pieces of a plan that one maker sews: by size, with the seconds in each week and the pay."""

    __tablename__ = "plan_share"
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"))
    tailor_id: Mapped[UUID] = mapped_column(ForeignKey("tailor.id"))
    pieces: Mapped[int]
    sizes: Mapped[dict[str, Any]] = mapped_column(JSONB)
    pay_idr: Mapped[Rupiah]
    weeks: Mapped[dict[str, Any]] = mapped_column(JSONB)
    due_on: Mapped[date]

    plan: Mapped[Plan] = relationship(back_populates="shares", lazy="raise")

    __table_args__ = (
        UniqueConstraint("plan_id", "tailor_id"),
        CheckConstraint("pieces > 0 AND pay_idr > 0", name="amounts"),
    )


class Offer(Base, Identified, Stateful, Stamped, Followed):
    """What one party is asked: the brand to make, the supplier to deliver, a tailor to sew.

    `claim` names what is set aside for it (the share of a tailor, the order of brand and supplier). `skills` that the
    work needs and `sewing_seconds` of the maker's own time are kept with the offer to a tailor, for the fair share.
    `instead_id`: whom an officer named in the place of a tailor who was passed over.
    """

    __tablename__ = "offer"
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), index=True)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"), index=True)
    kind: Mapped[str]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    share_id: Mapped[UUID | None] = mapped_column(ForeignKey("plan_share.id"))
    reservation_id: Mapped[UUID | None] = mapped_column(ForeignKey("reservation.id"))
    claim: Mapped[UUID]
    pieces: Mapped[int]
    sizes: Mapped[dict[str, Any]] = mapped_column(JSONB)
    pay_idr: Mapped[Rupiah]
    due_on: Mapped[date]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    extensions: Mapped[int] = mapped_column(server_default="0")
    reason: Mapped[str | None]
    captured_at: Mapped[datetime | None]
    skills: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    sewing_seconds: Mapped[int | None]
    instead_id: Mapped[UUID | None] = mapped_column(ForeignKey("tailor.id"))

    __table_args__ = (
        CheckConstraint(f"kind IN {OFFER_KINDS}", name="kind"),
        CheckConstraint("instead_id IS NULL OR kind = 'tailor'", name="instead"),
        CheckConstraint("(kind = 'tailor') = (share_id IS NOT NULL)", name="share"),
        CheckConstraint("(kind = 'supplier') = (reservation_id IS NOT NULL)", name="reservation"),
        CheckConstraint("accepted_at <= expires_at + interval '2 hours'", name="in_time"),
        CheckConstraint("captured_at BETWEEN created_at AND accepted_at + interval '1 minute'", name="captured"),
        CheckConstraint("pieces > 0 AND pay_idr >= 0 AND extensions >= 0", name="amounts"),
        CheckConstraint(f"state IN {OFFER.states}", name="state"),
        Index(
            "uq_offer_claim_kind_live",
            "claim",
            "kind",
            unique=True,
            postgresql_where=text("state IN ('sent', 'seen', 'accepted')"),
        ),
        Index("ix_offer_organisation_id_id", "organisation_id", "id"),
        Index("ix_offer_created_at_tailor", "created_at", postgresql_where=text("kind = 'tailor'")),
        Index("ix_offer_expires_at_live", "expires_at", postgresql_where=text("state IN ('sent', 'seen')")),
    )


class Forbidden(Base, Identified, Stamped):
    """A party that this order will not be offered to again: it declined, or let the offer lapse."""

    __tablename__ = "forbidden"
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"))
    kind: Mapped[str]
    subject_id: Mapped[UUID]
    reason: Mapped[str]

    __table_args__ = (UniqueConstraint("order_id", "kind", "subject_id"),)
