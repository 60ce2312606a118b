"""Whether a maker has room for an offer, in days: what the work needs, and what is free until it is due."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.weeks import monday_of
from clothingline.routing.models import Offer
from clothingline.tailors import queries as tailors
from clothingline.tailors.models import TIME, Tailor
from clothingline.tailors.working_time import seconds_on


@dataclass(frozen=True)
class Room:
    """Whole working days: needed by the work, and free until its due day (this work's own place counted as free)."""

    needed: int
    free: int


async def room_for(session: AsyncSession, offer: Offer, *, today: date) -> Room | None:
    """How an offer to a maker fits into its days; None for an offer that says no sewing time."""
    if not offer.sewing_seconds:
        return None
    tailor = await session.get_one(Tailor, offer.organisation_id)
    off = await tailors.days_off_of(session, tailor_ids=[tailor.id], since=today, until=max(offer.due_on, today))
    days = [today + timedelta(days=step) for step in range(1, (offer.due_on - today).days + 1)]
    open_days = [seconds for day in days if (seconds := seconds_on(tailor, day, off[tailor.id]))]
    if not open_days:
        return None
    usual = sum(open_days) // len(open_days)
    mondays = sorted({monday_of(day) for day in days})
    loads = await TIME.loads(session, parties=[tailor.id], mondays=mondays)
    taken = sum(load.held + load.booked for load in loads.values()) - offer.sewing_seconds
    free = max(sum(open_days) - max(taken, 0), 0)
    return Room(needed=-(-offer.sewing_seconds // usual), free=free // usual)
