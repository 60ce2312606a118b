"""What rosters tidy by the clock."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit import db, sweeping
from clothingline.wearers import queries, service


async def erase_rosters() -> int:
    """Forget the wearers of orders that are over, and of drafts that are gone; returns how many rosters."""
    async with db.transaction() as session:
        over = await queries.list_over(session)
    return await sweeping.each(over, _erase)


async def _erase(session: AsyncSession, roster_id: UUID) -> bool:
    return await service.erase_over(session, roster_id=roster_id)
