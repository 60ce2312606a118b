"""What taxes do by the clock."""

from datetime import date
from functools import partial
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit import db, sweeping
from clothingline.kit.clock import business_now, local_date
from clothingline.taxes import queries, service


async def end_declarations() -> int:
    """End the declarations whose last day is over; returns how many."""
    async with db.transaction() as session:
        today = local_date(await business_now(session))
        over = await queries.list_over(session, today=today)
    return await sweeping.each(over, partial(_end, today=today))


async def _end(session: AsyncSession, declaration_id: UUID, *, today: date) -> bool:
    return await service.end_declaration(session, declaration_id=declaration_id, today=today)
