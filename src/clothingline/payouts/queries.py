"""Rows of payees and payouts. Whose they are stands in every query that a caller's reach goes through."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.models import Organisation
from clothingline.earnings.models import Earning
from clothingline.kit.access import Reach, Role
from clothingline.kit.clock import WIB, business_time
from clothingline.kit.db import locked
from clothingline.kit.ids import read
from clothingline.kit.page import Page, Window, take
from clothingline.payouts.errors import PayeeUnknown, PayoutUnknown
from clothingline.payouts.models import Payee, Payout, PayoutItem

PAID_ROLES = (Role.TAILOR, Role.BRAND_OWNER, Role.SUPPLIER, Role.SENTRA_MANAGER)
WAITING = ("draft", "approved")
TAKEN_BACK = ("failed", "returned")
"""States of a payout whose money, once transferred, comes back to us."""
TO_TAKE_BACK = and_(Payout.state.in_(TAKEN_BACK), Payout.transfer.is_not(None), Payout.reversal.is_(None))
"""Of a payout whose money lies in the payee's account at the provider and is to be ours again."""
AT_ONCE = 500


def _of_payee(column: ColumnElement[UUID], reach: Reach) -> ColumnElement[bool]:
    return true() if reach.everything else column.in_(reach.of(*PAID_ROLES))


async def list_payees(session: AsyncSession, reach: Reach, *, state: str | None, asked: Window) -> Page[Payee]:
    """Payees of the caller's organisations, newest first."""
    query = select(Payee).where(_of_payee(Payee.id.expression, reach))
    if state is not None:
        query = query.where(Payee.state == state)
    return await take(session, query, key=Payee.id, asked=asked)


async def get_payee(session: AsyncSession, payee_id: UUID, reach: Reach, *, lock: bool = False) -> Payee:
    """A payee of the caller's. Raises `PayeeUnknown`."""
    query = select(Payee).where(Payee.id == payee_id, _of_payee(Payee.id.expression, reach))
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = await session.scalar(query)
    if found is None:
        raise PayeeUnknown
    if lock:
        locked(session, "payee", [found.id])
    return found


async def get_payee_for_update(session: AsyncSession, payee_id: UUID) -> Payee:
    """A payee, locked and read anew. Raises `PayeeUnknown`."""
    return await get_payee(session, payee_id, Reach(everything=True), lock=True)


async def name_of_payee(session: AsyncSession, payee_id: UUID) -> str:
    """What the organisation is called."""
    return (await session.scalars(select(Organisation.name).where(Organisation.id == payee_id))).one()


async def list_due_payees(
    session: AsyncSession, *, today: date, after: UUID | None = None, limit: int = AT_ONCE
) -> list[UUID]:
    """Active payees to whom something is available and whose day it is, by their cadence, without a payout since.

    In the order of their ids, those that come `after` one.
    """
    daily = and_(Payee.cadence == "daily", _not_since(today))
    weekly = [
        and_(Payee.cadence == "weekly", Payee.weekday == weekday, _not_since(last_weekday(weekday, today)))
        for weekday in range(1, 8)
    ]
    query = select(Payee.id).where(Payee.state == "active", or_(daily, *weekly), _is_owed())
    if after is not None:
        query = query.where(Payee.id > after)
    return list(await session.scalars(query.order_by(Payee.id).limit(limit)))


def _is_owed() -> ColumnElement[bool]:
    return exists().where(Earning.organisation_id == Payee.id, Earning.state == "available")


def _not_since(day: date) -> ColumnElement[bool]:
    return or_(Payee.collected_on.is_(None), Payee.collected_on < day)


def last_weekday(weekday: int, today: date) -> date:
    """The newest day, up to today, that was this day of the week (1 is Monday)."""
    return today - timedelta(days=(today.isoweekday() - weekday) % 7)


async def list_payouts(
    session: AsyncSession, reach: Reach, *, payee_id: UUID | None, state: str | None, asked: Window
) -> Page[Payout]:
    """Payouts to the caller's organisations, newest first."""
    query = select(Payout).where(_of_payee(Payout.payee_id.expression, reach))
    if payee_id is not None:
        query = query.where(Payout.payee_id == payee_id)
    if state is not None:
        query = query.where(Payout.state == state)
    return await take(session, query, key=Payout.id, asked=asked)


async def get_payout(session: AsyncSession, payout_id: UUID, reach: Reach) -> Payout:
    """A payout to the caller's. Raises `PayoutUnknown`."""
    query = select(Payout).where(Payout.id == payout_id, _of_payee(Payout.payee_id.expression, reach))
    found = await session.scalar(query)
    if found is None:
        raise PayoutUnknown
    return found


async def get_payout_for_update(session: AsyncSession, payout_id: UUID) -> Payout:
    """A payout, locked and read anew. Raises `PayoutUnknown`."""
    query = select(Payout).where(Payout.id == payout_id).with_for_update()
    found = await session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise PayoutUnknown
    locked(session, "payout", [found.id])
    return found


async def find_waiting_payout(session: AsyncSession, payee_id: UUID) -> Payout | None:
    """The payout of a payee that has not left; under the payee's lock there is one at most."""
    return await session.scalar(select(Payout).where(Payout.payee_id == payee_id, Payout.state.in_(WAITING)))


async def find_payout_by_reference(session: AsyncSession, reference: str) -> Payout | None:
    """The payout for which the provider was asked under this reference."""
    try:
        payout_id = read("out", reference.partition(":")[0])
    except ValueError:
        return None
    return await session.get(Payout, payout_id)


async def list_drafts(session: AsyncSession, *, made_by: date, limit: int = AT_ONCE) -> list[UUID]:
    """Payouts up to this day that nobody, or only one of two people, has approved, oldest first."""
    until = datetime.combine(made_by + timedelta(days=1), time(), WIB)
    query = select(Payout.id).where(Payout.state == "draft", Payout.created_at < until)
    return list(await session.scalars(query.order_by(Payout.id).limit(limit)))


async def list_with_payee(session: AsyncSession, payee_id: UUID, *, days: int) -> set[UUID]:
    """Earnings of payouts that failed or came back within so many days, whose money is not taken back yet."""
    recent = Payout.state_at > business_time() - timedelta(days=days)
    query = select(PayoutItem.earning_id).join(Payout, Payout.id == PayoutItem.payout_id)
    return set(await session.scalars(query.where(Payout.payee_id == payee_id, TO_TAKE_BACK, recent)))


async def list_earning_ids(session: AsyncSession, payout_id: UUID) -> list[UUID]:
    """Earnings of a payout, in the order of their locks."""
    query = select(PayoutItem.earning_id).where(PayoutItem.payout_id == payout_id)
    return list(await session.scalars(query.order_by(PayoutItem.earning_id)))


async def items_of(session: AsyncSession, payout_ids: Sequence[UUID]) -> dict[UUID, list[tuple[PayoutItem, Earning]]]:
    """The items of each payout with their earnings. One statement."""
    query = select(PayoutItem, Earning).join(Earning, Earning.id == PayoutItem.earning_id)
    found: dict[UUID, list[tuple[PayoutItem, Earning]]] = {one: [] for one in payout_ids}
    for item, earning in await session.execute(
        query.where(PayoutItem.payout_id.in_(payout_ids)).order_by(PayoutItem.id)
    ):
        found[item.payout_id].append((item, earning))
    return found


async def available_to(session: AsyncSession, payee_ids: Sequence[UUID]) -> dict[UUID, int]:
    """What each payee could be paid now, in rupiah; one to whom nothing is available is left out. One statement."""
    net = func.sum(Earning.net_idr)
    query = select(Earning.organisation_id, net).where(
        Earning.organisation_id.in_(payee_ids), Earning.state == "available"
    )
    return {payee: int(total) for payee, total in await session.execute(query.group_by(Earning.organisation_id))}
