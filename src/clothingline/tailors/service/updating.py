"""Changing a workshop's profile, hours and price."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.service import rename_organisation
from clothingline.kit.access import Reach
from clothingline.kit.events import emit
from clothingline.kit.weeks import monday_of
from clothingline.tailors import queries
from clothingline.tailors.errors import WeekIsBooked
from clothingline.tailors.events import TailorUpdated
from clothingline.tailors.models import TIME, Tailor
from clothingline.tailors.service.opening import declare_again


async def update_tailor(
    session: AsyncSession,
    *,
    tailor_id: UUID,
    changes: Mapping[str, Any],
    today: date,
    reach: Reach,
    by: UUID | None = None,
) -> Tailor:
    """Change columns of the workshop, or its `name`; what is not named stays. Raises `WeekIsBooked`."""
    tailor = await queries.get_tailor_for_update(session, tailor_id, reach)
    columns = dict(changes)
    if name := columns.pop("name", None):
        await rename_organisation(session, organisation_id=tailor.id, name=name)
    for column, value in columns.items():
        setattr(tailor, column, value)
    await session.flush()
    if "weekday_seconds" in columns:
        await _declare_from_now_on(session, tailor, today)
    await emit(session, TailorUpdated(tailor.id), by=by, audience=[tailor.id])
    return tailor


async def _declare_from_now_on(session: AsyncSession, tailor: Tailor, today: date) -> None:
    opened = await TIME.mondays_since(session, party=tailor.id, since=monday_of(today))
    overfull = await declare_again(session, tailor=tailor, mondays=opened)
    if overfull is not None:
        raise WeekIsBooked(monday=overfull)
