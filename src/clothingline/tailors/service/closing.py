"""Days off: they change what a week holds, and never take work away."""

from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Reach
from clothingline.kit.errors import Invalid
from clothingline.kit.events import emit
from clothingline.kit.weeks import monday_of
from clothingline.tailors import queries
from clothingline.tailors.errors import DayIsBooked, DayOffExists
from clothingline.tailors.events import DayOffAdded, DayOffRemoved
from clothingline.tailors.models import TIME, Tailor, TailorDayOff
from clothingline.tailors.service.opening import declare_again

FARTHEST_DAYS = 730


async def add_day_off(
    session: AsyncSession,
    *,
    tailor_id: UUID,
    day: date,
    reason: str | None,
    today: date,
    reach: Reach,
    by: UUID | None = None,
) -> TailorDayOff:
    """Close on a day. Raises `DayIsBooked` when the week's work would not fit any more, `DayOffExists`, `Invalid`."""
    _check_day(day, today)
    tailor = await queries.get_tailor_for_update(session, tailor_id, reach)
    if await session.get(TailorDayOff, (tailor.id, day)) is not None:
        raise DayOffExists(day=day)
    row = TailorDayOff(tailor_id=tailor.id, day=day, reason=reason)
    session.add(row)
    await session.flush()
    await _declare_week_again(session, tailor, day)
    await emit(session, DayOffAdded(tailor.id, day.isoformat()), by=by, audience=[tailor.id])
    return row


def _check_day(day: date, today: date) -> None:
    if not 0 <= (day - today).days <= FARTHEST_DAYS:
        raise Invalid(
            "/day", "Pilih hari dari hari ini sampai dua tahun lagi", "Choose a day within two years from today"
        )


async def _declare_week_again(session: AsyncSession, tailor: Tailor, day: date) -> None:
    opened = await TIME.loads(session, parties=[tailor.id], mondays=[monday_of(day)])
    if await declare_again(session, tailor=tailor, mondays=[key[1] for key in opened]) is not None:
        raise DayIsBooked(day=day)


async def remove_day_off(
    session: AsyncSession, *, tailor_id: UUID, day: date, reach: Reach, by: UUID | None = None
) -> None:
    """Open on a day after all. Raises `DayOffNotFound`."""
    tailor = await queries.get_tailor_for_update(session, tailor_id, reach)
    await session.delete(await queries.get_day_off(session, tailor_id=tailor.id, day=day))
    await session.flush()
    await _declare_week_again(session, tailor, day)
    await emit(session, DayOffRemoved(tailor.id, day.isoformat()), by=by, audience=[tailor.id])
