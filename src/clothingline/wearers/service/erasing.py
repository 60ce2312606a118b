"""Forgetting the wearers of an order that is over."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.events import emit
from clothingline.kit.states import move
from clothingline.wearers import queries, sealing
from clothingline.wearers.events import RosterErased
from clothingline.wearers.models import ROSTER, Roster


async def erase_over(session: AsyncSession, *, roster_id: UUID) -> bool:
    """Shred the keys of everybody on a roster that nobody needs any more. False when it was erased before."""
    if not await move(session, ROSTER, Roster, "erase", Roster.id == roster_id, title=None):
        return False
    for one in await queries.list_wearers(session, roster_id):
        sealing.shred(one)
    await session.flush()
    await emit(session, RosterErased(roster_id))
    return True
