"""What is done at intervals says when it was last done, so that whatever stops is missed by somebody else.

The houses' heartbeats and their intervals stand in `reactions.HEARTBEATS`. A migration that takes one out of use
deletes its row.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from clothingline.kit import alarms
from clothingline.kit.clock import business_time
from clothingline.kit.db import Base

MISSED = "heartbeat_missed"
"""Name of the alarm; its subject is the heartbeat."""
ROUNDS = 2


class Heartbeat(Base):
    """When something was last done, in business time, and when it last showed life (or was first expected) really."""

    __tablename__ = "heartbeat"
    name: Mapped[str] = mapped_column(primary_key=True)
    every: Mapped[timedelta]
    beat_at: Mapped[datetime | None]
    real_at: Mapped[datetime] = mapped_column(server_default=func.now())


async def due(session: AsyncSession, name: str, *, every: timedelta) -> bool:
    """Whether it is time, and this transaction is the one whose turn it is.

    The beat stands or falls with the transaction: whoever acts in the same one tries again soon after a failure, and is
    missed if it goes on failing. Others do not wait meanwhile; to them it is not due.
    """
    ready = or_(Heartbeat.beat_at.is_(None), Heartbeat.beat_at <= business_time() - every)
    free = select(Heartbeat.name).where(Heartbeat.name == name, ready).with_for_update(skip_locked=True)
    beat = {"every": every, "beat_at": business_time(), "real_at": func.now()}
    taken = update(Heartbeat).where(Heartbeat.name.in_(free)).values(beat).returning(Heartbeat.name)
    if (await session.execute(taken)).first():
        return True
    return name not in await _known(session) and await _open(session, [{"name": name, **beat}]) > 0


async def _known(session: AsyncSession) -> set[str]:
    """Looked at before a row is put in, for that waits for whoever changes the row that is there."""
    return set(await session.scalars(select(Heartbeat.name)))


async def _open(session: AsyncSession, rows: Sequence[Mapping[str, Any]]) -> int:
    opened = insert(Heartbeat).values(rows).on_conflict_do_nothing().returning(Heartbeat.name)
    return len((await session.execute(opened)).all())


async def watch(session: AsyncSession, expected: Mapping[str, timedelta]) -> int:
    """Sound the alarm for every heartbeat that has missed two rounds by the real clock, and end it for one that beats.

    What is `expected` is missed even if it never beat. Returns how many alarms came or went.
    """
    if new := expected.keys() - await _known(session):
        await _open(session, [{"name": name, "every": expected[name]} for name in sorted(new)])
    is_missed = func.now() - Heartbeat.real_at > ROUNDS * Heartbeat.every
    missed = await session.execute(select(Heartbeat.name, Heartbeat.real_at).where(is_missed).order_by(Heartbeat.name))
    subjects, changed = set[str](), 0
    for name, real_at in missed.all():
        subjects.add(name)
        changed += await alarms.sound(session, name=MISSED, subject=name, detail={"last": real_at.isoformat()})
    return changed + await alarms.clear_others(session, name=MISSED, subjects=subjects)


async def ages(session: AsyncSession) -> dict[str, int]:
    """Seconds since each heartbeat, by the real clock."""
    age = func.extract("epoch", func.now() - Heartbeat.real_at)
    return {name: int(seconds) for name, seconds in await session.execute(select(Heartbeat.name, age))}
