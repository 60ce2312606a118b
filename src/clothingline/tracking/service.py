"""Sharing an order by a link, and ending that."""

import secrets
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.models import Account
from clothingline.orders.models import Order
from clothingline.tracking.errors import no_such_order
from clothingline.tracking.models import OrderLink

TOKEN_BYTES = 16


async def share_order(session: AsyncSession, *, order_id: UUID) -> str:
    """The word of the link to an order; the one that stands, else a new one."""
    fresh = insert(OrderLink).values(order_id=order_id, token=secrets.token_urlsafe(TOKEN_BYTES))
    kept = func.coalesce(OrderLink.token, fresh.excluded.token)
    upsert = fresh.on_conflict_do_update(index_elements=[OrderLink.order_id], set_={"token": kept})
    return str((await session.execute(upsert.returning(OrderLink.token))).scalar_one())


async def unshare_order(session: AsyncSession, *, order_id: UUID) -> None:
    """Whoever holds the link sees nothing any more."""
    await session.execute(update(OrderLink).where(OrderLink.order_id == order_id).values(token=None))


async def link_for(session: AsyncSession, *, code: str, phone: str) -> str:
    """The word of the link for whoever knows an order's code and the number that ordered it. Raises `Invalid`."""
    query = select(Order.id).join(Account, Account.id == Order.consumer_id)
    found = await session.scalar(query.where(Order.code == code, Account.phone == phone))
    if found is None:
        raise no_such_order()
    return await share_order(session, order_id=found)
