"""Rows of the audit trail. An event is seen by its audience: accounts, and organisations through their members."""

from collections.abc import AsyncIterator, Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit import db
from clothingline.kit.access import Caller, Reach, Role
from clothingline.kit.events import Event
from clothingline.kit.page import LARGEST, Page, Window, take

# Ids are made before the commit: an event that was slow to commit may have an older id than one that was already sent.
OVERLAP_MILLISECONDS = 30_000


def audience_of(caller: Caller) -> frozenset[UUID]:
    """What a caller hears of: the account and its organisations."""
    organisations = {one.organisation for one in caller.memberships if one.organisation}
    return frozenset(organisations | {caller.account} if caller.account else organisations)


async def list_events(session: AsyncSession, reach: Reach, *, name: str | None, asked: Window) -> Page[Event]:
    """Events within reach, newest first."""
    query: Select[Any] = select(Event)
    if not reach.everything:
        query = _heard_by(query, reach.of(*Role) | ({reach.account} if reach.account else set()))
    if name is not None:
        query = query.where(Event.name == name)
    return await take(session, query, key=Event.id, asked=asked)


async def list_missed(audience: Collection[UUID], *, since: UUID) -> AsyncIterator[Event]:
    """Events of an audience after `since`, oldest first, and those of 30 seconds before it, which may have come late.

    Read page by page, each in a transaction of its own, so that a slow reader holds no connection.
    """
    after = UUID(int=max(0, since.int - (OVERLAP_MILLISECONDS << 80)))
    while rows := await _page_after(audience, after):
        for row in rows:
            if row.id != since:
                yield row
        after = rows[-1].id


async def _page_after(audience: Collection[UUID], after: UUID) -> list[Event]:
    query = _heard_by(select(Event).where(Event.id > after), audience)
    async with db.transaction() as session:
        return list(await session.scalars(query.order_by(Event.id).limit(LARGEST)))


def _heard_by(query: Select[Any], audience: Collection[UUID]) -> Select[Any]:
    return query.where(Event.audience.overlap(list(audience)))
