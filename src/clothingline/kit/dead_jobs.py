"""Jobs that have failed at every try, as a person sees to them: tried once more, or given up, with a reason."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from clothingline.kit.clock import business_time
from clothingline.kit.db import Base, Identified

MONEY = ("earnings", "papers", "payments", "payouts", "reconciliation")
"""Houses whose jobs nobody asks for again: those that have failed at every try are taken up (`worker`)."""
Act = Literal["retry", "drop"]


class JobDecision(Base, Identified):
    """What a person decided about a dead job, and why; never changed."""

    __tablename__ = "job_decision"
    job_id: Mapped[int] = mapped_column(BigInteger)
    task: Mapped[str]
    act: Mapped[str]
    reason: Mapped[str]
    by: Mapped[UUID]
    at: Mapped[datetime] = mapped_column(server_default=business_time())

    __table_args__ = (
        CheckConstraint("act IN ('retry', 'drop')", name="act"),
        Index("ix_job_decision_job_id", "job_id"),
    )


@dataclass(frozen=True)
class QueuedJob:
    """A job as the queue keeps it: its arguments are ids; `cause` is an exception and its place."""

    number: int
    task: str
    arguments: dict[str, Any]
    state: str
    tries: int
    cause: str | None
    failed_at: datetime | None

    @property
    def is_money(self) -> bool:
        """Whether a clock takes it up by itself when it has failed at every try, unless it has killed its worker."""
        return self.task.partition(".")[0] in MONEY

    @property
    def killed_its_worker(self) -> bool:
        """It has taken its worker with it at every try."""
        return self.cause == "WorkerDied"

    @property
    def dead(self) -> bool:
        """It has no try left; a person may give it all of them again, or give it up."""
        return self.state == "failed"


_JOB = text("""
    SELECT job.id, job.task_name, job.args, job.status::text, job.attempts, why.cause, why.at
      FROM jobs.procrastinate_jobs AS job LEFT JOIN job_failure AS why ON why.job_id = job.id
     WHERE job.id = :number
""")
# What has killed its worker at every try is no clock's (`jobs.take_up_failed`), but a person's who knows why.
_RETRY = text("""
    UPDATE jobs.procrastinate_jobs SET status = 'todo', attempts = 0, scheduled_at = now(), worker_id = NULL
     WHERE id = :number AND status = 'failed' RETURNING task_name
""")
_DROP = text("""
    UPDATE jobs.procrastinate_jobs SET status = 'cancelled'
     WHERE id = :number AND status = 'failed' RETURNING task_name
""")


async def find(session: AsyncSession, number: int) -> QueuedJob | None:
    """A job of the queue, however it stands."""
    row = (await session.execute(_JOB, {"number": number})).first()
    return QueuedJob(*row) if row else None


async def decide(session: AsyncSession, *, number: int, act: Act, reason: str, by: UUID) -> bool:
    """Give a dead job all its tries again, or give it up; False when it is not dead.

    The alarm of a job of money that was given up stands until a person ends it.
    """
    done = await session.execute(_RETRY if act == "retry" else _DROP, {"number": number})
    task = done.scalar_one_or_none()
    if task is None:
        return False
    session.add(JobDecision(job_id=number, task=task, act=act, reason=reason, by=by))
    return True


async def list_decisions(session: AsyncSession, number: int) -> list[JobDecision]:
    """What was decided about a job, newest first."""
    query = select(JobDecision).where(JobDecision.job_id == number).order_by(JobDecision.id.desc())
    return list(await session.scalars(query))
