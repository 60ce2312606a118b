"""What has gone wrong and wants a person: it stands, once for each subject, until it is over.

An alarm is about real time; when it was sounded and cleared is not moved with business time.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import CheckConstraint, Index, func, literal_column, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from clothingline.kit.db import Base, Identified
from clothingline.kit.ids import new_id

log = structlog.get_logger("alarm")


class Alarm(Base, Identified):
    """One thing that is wrong, about one subject.

    `cleared_by` and `reason`: the account that has ended it and why, or neither when it was over by itself.
    """

    __tablename__ = "alarm"
    name: Mapped[str]
    subject: Mapped[str]
    detail: Mapped[dict[str, Any]]
    since: Mapped[datetime] = mapped_column(server_default=func.now())
    last_seen: Mapped[datetime] = mapped_column(server_default=func.now())
    cleared_at: Mapped[datetime | None]
    cleared_by: Mapped[UUID | None]
    reason: Mapped[str | None]

    __table_args__ = (
        CheckConstraint("cleared_by IS NULL OR cleared_at IS NOT NULL AND reason IS NOT NULL", name="cleared"),
        Index(
            "uq_alarm_name_subject_open", "name", "subject", unique=True, postgresql_where=text("cleared_at IS NULL")
        ),
    )


async def sound(session: AsyncSession, *, name: str, subject: str, detail: dict[str, Any] | None = None) -> bool:
    """Sound an alarm, or say that it is still so, with its newest `detail`; whether it is new.

    `name` is a word of ours, as in `notice_quarantined`; `subject` says which (an id as it is written on the wire).
    """
    said = detail or {}
    told = insert(Alarm).values(id=new_id(), name=name, subject=subject, detail=said)
    again = told.on_conflict_do_update(
        index_elements=[Alarm.name, Alarm.subject],
        index_where=Alarm.cleared_at.is_(None),
        set_={"detail": said, "last_seen": func.now()},
    )
    # A row that stood before has been locked or written by a transaction: it bears its number.
    is_new = bool(await session.scalar(again.returning(literal_column("xmax = 0"))))
    if is_new:
        log.error("alarm", name=name, subject=subject)
    return is_new


async def clear(session: AsyncSession, *, name: str, subject: str) -> bool:
    """End an alarm that is over by itself; whether there was one."""
    return await clear_all(session, names=[name], subject=subject) > 0


async def clear_all(session: AsyncSession, *, names: Collection[str], subject: str) -> int:
    """The same for several alarms of one subject; how many there were."""
    found = update(Alarm).where(Alarm.name.in_(names), Alarm.subject == subject, Alarm.cleared_at.is_(None))
    return len((await session.execute(found.values(cleared_at=func.now()).returning(Alarm.id))).all())


async def end(session: AsyncSession, *, alarm_id: UUID, by: UUID, reason: str) -> bool:
    """A person has seen to it; False for one that is over. What is still so is sounded again by whoever looks next."""
    found = update(Alarm).where(Alarm.id == alarm_id, Alarm.cleared_at.is_(None))
    ended = await session.execute(found.values(cleared_at=func.now(), cleared_by=by, reason=reason).returning(Alarm.id))
    return ended.first() is not None


async def clear_others(session: AsyncSession, *, name: str, subjects: set[str]) -> int:
    """End the alarms of a name whose subject is none of these, and which are over by that; how many."""
    found = update(Alarm).where(Alarm.name == name, Alarm.subject.not_in(subjects), Alarm.cleared_at.is_(None))
    return len((await session.execute(found.values(cleared_at=func.now()).returning(Alarm.id))).all())


async def count_open(session: AsyncSession) -> dict[str, int]:
    """How many stand, by name."""
    counted = select(Alarm.name, func.count()).where(Alarm.cleared_at.is_(None)).group_by(Alarm.name)
    return {name: int(number) for name, number in await session.execute(counted)}
