"""Rows of alarms; they are for staff only."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.errors import AlarmUnknown
from clothingline.kit.alarms import Alarm
from clothingline.kit.page import Page, Window, take


async def list_alarms(session: AsyncSession, *, state: str | None, name: str | None, asked: Window) -> Page[Alarm]:
    """Alarms, newest first; `state` is `open` for those that stand, `over` for the others."""
    query = select(Alarm)
    if state is not None:
        query = query.where(Alarm.cleared_at.is_(None) if state == "open" else Alarm.cleared_at.is_not(None))
    if name is not None:
        query = query.where(Alarm.name == name)
    return await take(session, query, key=Alarm.id, asked=asked)


async def get_alarm(session: AsyncSession, alarm_id: UUID) -> Alarm:
    """One alarm, read anew. Raises `AlarmUnknown`."""
    found = await session.get(Alarm, alarm_id, populate_existing=True)
    if found is None:
        raise AlarmUnknown
    return found
