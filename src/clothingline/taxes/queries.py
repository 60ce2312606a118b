"""Rows of taxes. Whose they are stands in every query that a caller's reach goes through."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, true, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from clothingline.kit.access import Reach, Role
from clothingline.kit.clock import WIB
from clothingline.kit.page import Page, Window, take
from clothingline.ledger.models import LedgerAccount, LedgerEntry, LedgerTransaction
from clothingline.orders.models import Order
from clothingline.taxes.errors import TaxDeclarationNotFound, TaxProfileNotFound
from clothingline.taxes.models import TaxDeclaration, TaxProfile

SELLERS = (Role.TAILOR, Role.BRAND_OWNER, Role.SUPPLIER)


async def get_profile(session: AsyncSession, profile_id: UUID, reach: Reach) -> TaxProfile:
    """The tax profile of a seller within reach. Raises `TaxProfileNotFound`."""
    query = select(TaxProfile).where(TaxProfile.id == profile_id, _of_seller(reach, TaxProfile.id))
    return await _one_profile(session, query)


async def get_profile_for_update(session: AsyncSession, organisation_id: UUID) -> TaxProfile:
    """A tax profile, locked and read anew. Raises `TaxProfileNotFound`."""
    return await _one_profile(session, select(TaxProfile).where(TaxProfile.id == organisation_id).with_for_update())


async def find_profile(session: AsyncSession, organisation_id: UUID) -> TaxProfile | None:
    """The tax profile of a seller, for a house above whose right to it is settled."""
    return await session.get(TaxProfile, organisation_id)


async def list_profiles(session: AsyncSession, organisation_ids: Collection[UUID]) -> list[TaxProfile]:
    """The tax profiles of these sellers, as far as they have any. One statement."""
    query = select(TaxProfile).where(TaxProfile.id.in_(organisation_ids)).order_by(TaxProfile.id)
    return list(await session.scalars(query))


async def _one_profile(session: AsyncSession, query: Select[TaxProfile]) -> TaxProfile:
    found = await session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise TaxProfileNotFound
    return found


def _of_seller(reach: Reach, column: InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
    return true() if reach.everything else column.in_(reach.of(*SELLERS))


async def list_declarations(
    session: AsyncSession, *, reach: Reach, state: str | None, asked: Window
) -> Page[TaxDeclaration]:
    """Declarations within reach, newest first."""
    query = select(TaxDeclaration).where(_of_seller(reach, TaxDeclaration.organisation_id))
    if state is not None:
        query = query.where(TaxDeclaration.state == state)
    return await take(session, query, key=TaxDeclaration.id, asked=asked)


async def get_declaration(session: AsyncSession, declaration_id: UUID, reach: Reach) -> TaxDeclaration:
    """One declaration within reach, read afresh. Raises `TaxDeclarationNotFound`."""
    query = select(TaxDeclaration).where(
        TaxDeclaration.id == declaration_id, _of_seller(reach, TaxDeclaration.organisation_id)
    )
    found = await session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise TaxDeclarationNotFound
    return found


async def find_overlapping(session: AsyncSession, declaration: TaxDeclaration) -> TaxDeclaration | None:
    """A confirmed declaration of the same seller that shares a day with this one."""
    query = select(TaxDeclaration).where(
        TaxDeclaration.organisation_id == declaration.organisation_id,
        TaxDeclaration.state == "confirmed",
        TaxDeclaration.valid_from <= declaration.valid_until,
        TaxDeclaration.valid_until >= declaration.valid_from,
    )
    return await session.scalar(query.order_by(TaxDeclaration.valid_until.desc()).limit(1))


async def is_exempt(session: AsyncSession, *, organisation_id: UUID, on: date) -> bool:
    """Whether a confirmed declaration of the seller is in force on the day; `under_500m` counts only for a person."""
    query = exists().where(
        TaxDeclaration.organisation_id == organisation_id,
        TaxDeclaration.state.in_(("confirmed", "ended")),
        TaxDeclaration.valid_from <= on,
        TaxDeclaration.valid_until >= on,
        TaxProfile.id == TaxDeclaration.organisation_id,
        or_(TaxDeclaration.kind != "under_500m", TaxProfile.kind == "person"),
    )
    return bool(await session.scalar(select(query)))


async def list_over(session: AsyncSession, *, today: date, limit: int = 200) -> list[UUID]:
    """Confirmed declarations whose last day is over."""
    query = select(TaxDeclaration.id).where(TaxDeclaration.state == "confirmed", TaxDeclaration.valid_until < today)
    return list(await session.scalars(query.order_by(TaxDeclaration.id).limit(limit)))


async def list_past_limit(
    session: AsyncSession,
    *,
    today: date,
    limit_idr: int,
    after: tuple[UUID, int] | None = None,
    limit: int = 200,
) -> list[tuple[UUID, int]]:
    """Sellers whose exemption as persons is in force today and who have turned over more than that this year.

    In the order of their ids, those that come `after` one of them.

    With the turnover as the ledger says it: of a maker or supplier what was released, of a brand the price of its
    accepted orders.
    """
    exempt = select(TaxDeclaration.organisation_id).where(
        TaxDeclaration.kind == "under_500m",
        TaxDeclaration.state == "confirmed",
        TaxDeclaration.valid_from <= today,
        TaxDeclaration.valid_until >= today,
    )
    if after is not None:
        exempt = exempt.where(TaxDeclaration.organisation_id > after[0])
    turned = union_all(_released(today, exempt), _accepted(today, exempt)).subquery()
    most = func.max(turned.c.idr)
    query = select(turned.c.seller, most).group_by(turned.c.seller).having(most > limit_idr).order_by(turned.c.seller)
    return [(seller, int(idr)) for seller, idr in await session.execute(query.limit(limit))]


def _released(today: date, exempt: Select[UUID]) -> Select[UUID | None, int | None]:
    seller, idr = LedgerAccount.organisation_id, func.sum(LedgerEntry.amount)
    return (
        select(seller.label("seller"), idr.label("idr"))
        .join(LedgerEntry, LedgerEntry.account_id == LedgerAccount.id)
        .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
        .where(LedgerAccount.kind == "earned", seller.in_(exempt), LedgerEntry.amount > 0)
        .where(LedgerTransaction.source_type == "earning", LedgerTransaction.kind == "release", _this_year(today))
        .group_by(seller)
    )


def _accepted(today: date, exempt: Select[UUID]) -> Select[UUID | None, int | None]:
    return (
        select(Order.brand_id.label("seller"), func.sum(Order.price_idr).label("idr"))
        .join(LedgerTransaction, LedgerTransaction.source_id == Order.id)
        .where(LedgerTransaction.source_type == "order", LedgerTransaction.kind == "close", _this_year(today))
        .where(Order.brand_id.in_(exempt))
        .group_by(Order.brand_id)
    )


def _this_year(today: date) -> ColumnElement[bool]:
    return LedgerTransaction.at >= datetime(today.year, 1, 1, tzinfo=WIB)
