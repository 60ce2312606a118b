"""What orders tidy by the clock."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit import db, sweeping
from clothingline.orders import queries, service
from clothingline.settings import settings


async def lapse_quotes() -> int:
    """End the quotes whose time is over; returns how many."""
    async with db.transaction() as session:
        lapsed = await queries.list_lapsed_quotes(session)
    return await sweeping.each(lapsed, _lapse)


async def _lapse(session: AsyncSession, order_id: UUID) -> bool:
    return await service.lapse_quote(session, order_id=order_id)


async def cancel_unanswered() -> int:
    """Cancel the orders for which nothing fits and whose consumer has not chosen in time; returns how many."""
    async with db.transaction() as session:
        silent = await queries.list_unanswered_choices(session)
    return await sweeping.each(silent, _cancel)


async def _cancel(session: AsyncSession, order_id: UUID) -> bool:
    order = await queries.find_unanswered_choice_for_update(session, order_id)
    if order is not None:
        await service.cancel_order(session, order=order, by=None)
    return order is not None


async def drop_stale_drafts() -> int:
    """Forget the drafts that nobody has answered for long; returns how many."""
    async with db.transaction() as session:
        stale = await queries.list_stale_drafts(session, days=settings().orders.draft_days)
    return await sweeping.each(stale, _drop)


async def _drop(session: AsyncSession, draft_id: UUID) -> bool:
    return await service.drop_draft(session, draft_id=draft_id)
