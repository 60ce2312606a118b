"""A person has seen to what an alarm calls for."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.alarm_queries import get_alarm
from clothingline.accounts.errors import AlarmOver
from clothingline.accounts.events import AlarmEnded
from clothingline.kit import alarms
from clothingline.kit.alarms import Alarm
from clothingline.kit.events import emit


async def end_alarm(session: AsyncSession, *, alarm_id: UUID, reason: str, by: UUID) -> Alarm:
    """End an alarm for a reason that is kept. Raises `AlarmUnknown`, or `AlarmOver` for one that stands no more."""
    await get_alarm(session, alarm_id)
    if not await alarms.end(session, alarm_id=alarm_id, by=by, reason=reason):
        raise AlarmOver
    await emit(session, AlarmEnded(alarm_id), by=by)
    return await get_alarm(session, alarm_id)
