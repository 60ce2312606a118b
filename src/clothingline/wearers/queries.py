"""Rows of rosters and wearers. Whoever has the link has the row: there is no other way to either."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.clock import business_time
from clothingline.kit.db import locked
from clothingline.orders.models import Order
from clothingline.wearers.errors import RosterUnknown, WearerUnknown
from clothingline.wearers.models import Roster, Wearer

LIVE = Wearer.removed_at.is_(None)


async def get_roster(session: AsyncSession, token_hash: bytes, *, lock: bool = False) -> Roster:
    """The roster that a link leads to, until it is erased. Raises `RosterUnknown`."""
    return await _roster(session, and_(Roster.token_hash == token_hash, Roster.state != "erased"), lock=lock)


async def get_roster_by_id(session: AsyncSession, roster_id: UUID, *, lock: bool = False) -> Roster:
    """A roster whose reader has a right to it already. Raises `RosterUnknown`."""
    return await _roster(session, Roster.id == roster_id, lock=lock)


async def _roster(session: AsyncSession, which: ColumnElement[bool], *, lock: bool) -> Roster:
    found = await _find(session, which, lock=lock)
    if found is None:
        raise RosterUnknown
    return found


async def _find(session: AsyncSession, which: ColumnElement[bool], *, lock: bool) -> Roster | None:
    query = select(Roster).where(which).execution_options(populate_existing=True)
    found = await session.scalar(query.with_for_update() if lock else query)
    if found is not None and lock:
        locked(session, "roster", [found.id])
    return found


async def find_roster_of_draft(session: AsyncSession, draft_id: UUID, *, lock: bool = False) -> Roster | None:
    """The roster that was opened on the way to an order, until it is erased."""
    return await _find(session, and_(Roster.draft_id == draft_id, Roster.state != "erased"), lock=lock)


async def list_wearers(session: AsyncSession, roster_id: UUID) -> Sequence[Wearer]:
    """Everybody who holds a place, by place."""
    query = select(Wearer).where(Wearer.roster_id == roster_id, LIVE).order_by(Wearer.place)
    return (await session.scalars(query.execution_options(populate_existing=True))).all()


async def get_wearer(session: AsyncSession, token_hash: bytes, *, lock: bool = False) -> tuple[Wearer, Roster]:
    """The wearer whose own link this is, and the roster; `lock` holds both. Raises `WearerUnknown`."""
    found = await _wearer(session, Wearer.token_hash == token_hash)
    roster = await get_roster_by_id(session, found.roster_id, lock=lock)
    if lock:  # it may have been removed before the lock was there
        found = await _wearer(session, Wearer.id == found.id)
    return found, roster


async def get_wearer_at(session: AsyncSession, roster_id: UUID, place: int) -> Wearer:
    """Who holds a place. Raises `WearerUnknown`."""
    return await _wearer(session, and_(Wearer.roster_id == roster_id, Wearer.place == place))


async def _wearer(session: AsyncSession, which: ColumnElement[bool]) -> Wearer:
    query = select(Wearer).where(which, LIVE, Wearer.key.is_not(None))
    found = await session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise WearerUnknown
    return found


async def count_begun(session: AsyncSession, roster_id: UUID, *, within: timedelta) -> int:
    """How many entries were begun lately, removed ones too."""
    lately = (Wearer.roster_id == roster_id, Wearer.created_at > business_time() - within)
    return int((await session.scalars(select(func.count()).where(*lately))).one())


async def find_roster_of_order_for_update(session: AsyncSession, order_id: UUID) -> Roster | None:
    """The roster whose sizes an order has, locked, so that its jobs choose their bodies one after the other."""
    return await _find(session, and_(Roster.order_id == order_id, Roster.state != "erased"), lock=True)


async def list_bodies(session: AsyncSession, claim: UUID) -> Sequence[Wearer]:
    """Wearers whose bodies a job is sewn for, by place."""
    query = select(Wearer).where(Wearer.claim == claim, LIVE).order_by(Wearer.place)
    return (await session.scalars(query.execution_options(populate_existing=True))).all()


async def list_over(session: AsyncSession, *, limit: int = 100) -> Sequence[UUID]:
    """Rosters that nobody needs any more: of an order that is over, or of none and no draft; the oldest first."""
    no_draft = Roster.draft_id.is_(None)
    over = or_(
        and_(no_draft, Roster.order_id.is_(None)),
        Order.state == "accepted",
        and_(no_draft, Order.state == "cancelled"),
    )
    query = select(Roster.id).outerjoin(Order, Order.id == Roster.order_id).where(Roster.state != "erased", over)
    return (await session.scalars(query.order_by(Roster.id).limit(limit))).all()
