"""Runs, jobs with their steps, and inspections (product 3.4, 3.6)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from clothingline.kit.clock import business_time
from clothingline.kit.db import Base, Identified, Rupiah, Stamped
from clothingline.kit.states import Machine, Stateful, Transition

RUN = Machine(
    "run",
    ("materials_reserved",),
    (
        Transition("release", ("materials_reserved",), "released", "brand", "its order is confirmed; cloth is cut"),
        Transition("pack", ("released",), "packed", "system", "every job passed and handed over"),
        Transition("close", ("packed",), "closed", "system", "delivered"),
        Transition("cancel", ("materials_reserved",), "cancelled", "system", "the order is cancelled"),
    ),
)
JOB = Machine(
    "job",
    ("accepted",),
    (
        Transition("receive_kit", ("accepted",), "ready", "maker", "the kit has left the brand; counts"),
        Transition("start", ("ready",), "in_progress", "maker"),
        Transition("block", ("ready", "in_progress"), "blocked", "maker", "question, cloth, machine, illness"),
        Transition("answer_ready", ("blocked",), "ready", "brand", "as before the block"),
        Transition("answer_in_progress", ("blocked",), "in_progress", "brand", "as before the block"),
        Transition("submit", ("in_progress", "rework"), "submitted", "maker", "counts and a photo", "QC 2 wd"),
        Transition("pass", ("submitted",), "passed", "inspector", "Ac by the frozen plan"),
        Transition("rework", ("submitted",), "rework", "inspector", "reason", compensation="paid unless liable"),
        Transition("hand_over", ("passed",), "handed_over", "maker", "pieces back at the brand"),
        Transition("cancel", ("accepted",), "cancelled", "system", "cancelled or the acceptance undone"),
    ),
)
INSPECTION = Machine(
    "inspection",
    ("planned",),
    (
        Transition("pass", ("planned",), "passed", "inspector", "defects ≤ Ac in every class"),
        Transition("fail", ("planned",), "failed", "inspector", "defects ≥ Re in a class"),
    ),
)
PROBLEM_KINDS = ("question", "cloth", "machine", "illness")


class Run(Base, Identified, Stateful, Stamped):
    """A brand's production of one order; a single garment to measure is a run of one."""

    __tablename__ = "run"
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"))
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"))
    brand_id: Mapped[UUID] = mapped_column(ForeignKey("brand.id"), index=True)
    pieces: Mapped[int]
    released_at: Mapped[datetime | None]

    __table_args__ = (
        Index("uq_run_order_id_live", "order_id", unique=True, postgresql_where=text("state <> 'cancelled'")),
        CheckConstraint("pieces > 0", name="pieces"),
        CheckConstraint(f"state IN {RUN.states}", name="state"),
    )


class Job(Base, Identified, Stateful, Stamped):
    """An accepted share of work. `good` and `faulty` are the maker's own counts at the last submission."""

    __tablename__ = "job"
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), index=True)
    run_id: Mapped[UUID | None] = mapped_column(ForeignKey("run.id"), index=True)
    offer_id: Mapped[UUID] = mapped_column(ForeignKey("offer.id"))
    tailor_id: Mapped[UUID] = mapped_column(ForeignKey("tailor.id"), index=True)
    pieces: Mapped[int]
    sizes: Mapped[dict[str, Any]] = mapped_column(JSONB)
    pay_idr: Mapped[Rupiah]
    due_on: Mapped[date]
    kit_sent_at: Mapped[datetime | None]
    kit_pieces: Mapped[int | None]
    good: Mapped[int | None]
    faulty: Mapped[int | None]

    __table_args__ = (
        Index("uq_job_offer_id_live", "offer_id", unique=True, postgresql_where=text("state <> 'cancelled'")),
        CheckConstraint("pieces > 0 AND pay_idr > 0", name="amounts"),
        CheckConstraint("good >= 0 AND faulty >= 0 AND good + faulty <= pieces", name="counts"),
        CheckConstraint(f"state IN {JOB.states}", name="state"),
    )


class JobProblem(Base, Identified, Stamped):
    """What stops a maker; the own clock rests until the brand answers."""

    __tablename__ = "job_problem"
    job_id: Mapped[UUID] = mapped_column(ForeignKey("job.id"))
    kind: Mapped[str]
    note: Mapped[str]
    before: Mapped[str]
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))

    __table_args__ = (
        CheckConstraint(f"kind IN {PROBLEM_KINDS}", name="kind"),
        Index("uq_job_problem_job_id_open", "job_id", unique=True, postgresql_where=text("answered_at IS NULL")),
    )


class Photo(Base, Identified, Stamped):
    """A re-encoded picture of work, without metadata; the bytes are in the file store under `path`.

    One that was taken at a check shows a `defect` of it.
    """

    __tablename__ = "photo"
    job_id: Mapped[UUID] = mapped_column(ForeignKey("job.id"), index=True)
    by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    path: Mapped[str] = mapped_column(unique=True)
    sha256: Mapped[bytes] = mapped_column(LargeBinary)
    width: Mapped[int]
    height: Mapped[int]
    size: Mapped[int]
    inspection_id: Mapped[UUID | None] = mapped_column(ForeignKey("inspection.id"), index=True)
    defect: Mapped[str | None]

    __table_args__ = (CheckConstraint("(inspection_id IS NULL) = (defect IS NULL)", name="defect"),)


class Submission(Base, Identified):
    """What a maker said when handing pieces to inspection, with the photos that prove it."""

    __tablename__ = "submission"
    job_id: Mapped[UUID] = mapped_column(ForeignKey("job.id"), index=True)
    good: Mapped[int]
    faulty: Mapped[int]
    photo_ids: Mapped[list[UUID]]
    note: Mapped[str | None]
    at: Mapped[datetime] = mapped_column(server_default=business_time())
    captured_at: Mapped[datetime | None]

    __table_args__ = (CheckConstraint("captured_at BETWEEN at - interval '72 hours' AND at", name="captured"),)


class Inspection(Base, Identified, Stateful, Stamped):
    """A check by ISO 2859-1; the sampling plan is frozen before anybody counts.

    `classes`: [{defect, aql, sample_size, accept, reject}]; `found`: {critical, major, minor}.
    """

    __tablename__ = "inspection"
    job_id: Mapped[UUID] = mapped_column(ForeignKey("job.id"), index=True)
    lot_size: Mapped[int]
    level: Mapped[str]
    sample_size: Mapped[int]
    classes: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    found: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    reason: Mapped[str | None]

    __table_args__ = (
        CheckConstraint(f"state IN {INSPECTION.states}", name="state"),
        Index("uq_inspection_job_id_planned", "job_id", unique=True, postgresql_where=text("state = 'planned'")),
    )

    def passes(self, found: Mapping[str, int]) -> bool:
        """Whether so many defects by class still let the lot pass."""
        return all(found[one["defect"]] <= one["accept"] for one in self.classes)
