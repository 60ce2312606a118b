"""What taxes do by the clock."""

from datetime import date, timedelta
from functools import partial
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit import db, heartbeats, sweeping
from clothingline.kit.clock import business_now, local_date
from clothingline.taxes import queries, service

COUNTING, COUNT_EVERY = "taxes.count_turnover", timedelta(days=1)


async def count_turnover() -> int:
    """Once a day: who has passed what is free in a year is exempt to the end of this month; returns how many."""
    async with db.transaction() as session:
        if not await heartbeats.due(session, COUNTING, every=COUNT_EVERY):
            return 0
        today = local_date(await business_now(session))
    past = partial(queries.list_past_limit, today=today, limit_idr=service.FREE_A_YEAR_IDR)
    return await sweeping.page_by_page(past, partial(_cut, today=today))


async def _cut(session: AsyncSession, past: tuple[UUID, int], *, today: date) -> bool:
    seller, year_idr = past
    return await service.note_turnover(session, organisation_id=seller, year_idr=year_idr, on=today)


async def end_declarations() -> int:
    """End the declarations whose last day is over; returns how many."""
    async with db.transaction() as session:
        today = local_date(await business_now(session))
        over = await queries.list_over(session, today=today)
    return await sweeping.each(over, partial(_end, today=today))


async def _end(session: AsyncSession, declaration_id: UUID, *, today: date) -> bool:
    return await service.end_declaration(session, declaration_id=declaration_id, today=today)
