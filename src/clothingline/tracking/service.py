"""Sharing an order by a link, ending that, and finding one's own without signing in."""

import secrets
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.models import Account
from clothingline.kit.clock import business_time
from clothingline.orders.models import Order
from clothingline.tracking.errors import TooManyGuesses, no_such_order
from clothingline.tracking.models import OrderGuess, OrderLink

TOKEN_BYTES = 16
GUESSES, GUESSES_WITHIN = 10, timedelta(hours=1)
"""How often one code, or one number, may be tried."""
_IN_TURN = text("SELECT pg_advisory_xact_lock(hashtextextended('order guess', 0))")


async def share_order(session: AsyncSession, *, order_id: UUID) -> str:
    """The word of the link to an order; the one that stands, else a new one."""
    fresh = insert(OrderLink).values(order_id=order_id, token=secrets.token_urlsafe(TOKEN_BYTES))
    kept = func.coalesce(OrderLink.token, fresh.excluded.token)
    upsert = fresh.on_conflict_do_update(index_elements=[OrderLink.order_id], set_={"token": kept})
    return str((await session.execute(upsert.returning(OrderLink.token))).scalar_one())


async def unshare_order(session: AsyncSession, *, order_id: UUID) -> None:
    """Whoever holds the link sees nothing any more."""
    await session.execute(update(OrderLink).where(OrderLink.order_id == order_id).values(token=None))


async def count_guess(session: AsyncSession, *, code: str, phone: str) -> bool:
    """Count one try before it is judged; whether this code and this number may be tried at all. One at a time.

    Codes follow each other and numbers can be known, so neither is a secret without a limit to each.
    """
    await session.execute(_IN_TURN)
    await session.execute(delete(OrderGuess).where(OrderGuess.created_at <= business_time() - GUESSES_WITHIN))
    same = func.count().filter(OrderGuess.code == code), func.count().filter(OrderGuess.phone == phone)
    either = (OrderGuess.code == code) | (OrderGuess.phone == phone)
    tried = (await session.execute(select(*same).where(either))).one()
    if max(tried) >= GUESSES:
        return False
    session.add(OrderGuess(code=code, phone=phone))
    await session.flush()
    return True


async def link_for(session: AsyncSession, *, code: str, phone: str, counted: bool) -> str:
    """The word of the link for whoever knows an order's code and the number that ordered it.

    `counted`: what `count_guess` has answered. Raises `TooManyGuesses` or `Invalid`.
    """
    if not counted:
        raise TooManyGuesses(retry_after=int(GUESSES_WITHIN.total_seconds()))
    query = select(Order.id).join(Account, Account.id == Order.consumer_id)
    found = await session.scalar(query.where(Order.code == code, Account.phone == phone))
    if found is None:
        raise no_such_order()
    return await share_order(session, order_id=found)
