"""What fulfilment does when time has spoken."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.fulfilment import queries, service
from clothingline.kit import db, sweeping


async def sweep() -> int:
    """Accept every delivered order whose consumer has been silent for the agreed days; returns how many."""
    async with db.transaction() as session:
        silent = await queries.list_silent(session)
    return await sweeping.each(silent, _accept)


async def _accept(session: AsyncSession, order_id: UUID) -> bool:
    return await service.accept_silently(session, order_id=order_id)
