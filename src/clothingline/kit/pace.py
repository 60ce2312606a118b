"""How often one subject may do a thing: some at once, and from then on one whenever its share of an hour is over.

The generic cell rate algorithm: a row keeps when nothing of its subject will count any more. A refused try does not
count, for it goes back with its transaction.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from clothingline.kit import db, heartbeats
from clothingline.kit.clock import business_time
from clothingline.kit.db import Base
from clothingline.kit.errors import Refusal

HOUR = timedelta(hours=1)
BEAT, EVERY = "pace.forget", timedelta(minutes=15)
EVERYBODY = "*"
"""Subject of what all do together."""


class TooOften(Refusal):
    """Permintaan ini sudah terlalu sering. Coba lagi {wait} lagi.

    en: This was asked for too often. Try again in {wait}.
    """

    status = 429
    retryable = True


@dataclass(frozen=True)
class Pace:
    """A thing by its name, and how many an hour one subject may do."""

    thing: str
    an_hour: int


class Paced(Base):
    """When what a subject (a number, an address) has done of a thing will not count any more, in business time."""

    __tablename__ = "paced"
    thing: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    over_at: Mapped[datetime] = mapped_column(index=True)


async def keep(session: AsyncSession, pace: Pace, subject: str | None) -> None:
    """Count one more, in one statement. Nobody is counted for None. Raises `TooOften`."""
    if subject is None:
        return
    step, now = HOUR / pace.an_hour, business_time()
    then = func.greatest(Paced.over_at, now) + step
    first = insert(Paced).values(thing=pace.thing, subject=subject, over_at=now + step)
    one_more = first.on_conflict_do_update(
        index_elements=[Paced.thing, Paced.subject], set_={"over_at": then}, where=then <= now + HOUR
    )
    if (await session.execute(one_more.returning(Paced.thing))).first() is None:
        raise _too_often(await _wait(session, pace, subject))


async def _wait(session: AsyncSession, pace: Pace, subject: str) -> timedelta:
    mine = (Paced.thing == pace.thing, Paced.subject == subject)
    left: timedelta | None = await session.scalar(select(Paced.over_at - business_time()).where(*mine))
    return (left or timedelta(0)) + HOUR / pace.an_hour - HOUR


def _too_often(wait: timedelta) -> TooOften:
    return TooOften(wait=_said(ceil(wait / timedelta(minutes=1))), retry_after=max(ceil(wait.total_seconds()), 1))


def _said(minutes: int) -> Mapping[str, str]:
    whole = max(minutes, 1)
    return {"id": f"{whole} menit", "en": f"{whole} minute{'s' if whole > 1 else ''}"}


async def forget_past() -> int:
    """Forget, when it is time, whom nothing counts for any more; returns how many rows that were."""
    async with db.transaction() as session:
        if not await heartbeats.due(session, BEAT, every=EVERY):
            return 0
        gone = delete(Paced).where(Paced.over_at <= business_time()).returning(Paced.thing)
        return len((await session.execute(gone)).all())
