"""Rows of brands, their weeks and what is set aside in them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.brands.errors import BrandNotFound
from clothingline.brands.models import BRAND_BOOKING, Brand, BrandBooking, BrandWeek
from clothingline.kit.access import Reach
from clothingline.kit.ids import read
from clothingline.kit.page import Page, Window, take

WeekKey = tuple[UUID, date]


@dataclass(frozen=True)
class Load:
    """Pieces of one week: declared, held behind quotes, booked by paid orders."""

    declared: int
    held: int
    booked: int


async def get_brand(session: AsyncSession, ref: str | UUID) -> Brand:
    """One brand by id, TypeID or slug; brands are public. Raises `BrandNotFound`."""
    return _found(await session.scalar(select(Brand).where(_called(ref))))


async def get_brand_for_update(session: AsyncSession, ref: str | UUID, reach: Reach) -> Brand:
    """A brand for which the caller may act, locked against changes of its capacity. Raises `BrandNotFound`."""
    mine = true() if reach.everything else Brand.id.in_(reach.brands)
    query = select(Brand).where(_called(ref), mine).with_for_update(key_share=True)
    return _found(await session.scalar(query.execution_options(populate_existing=True)))


def _called(ref: str | UUID) -> ColumnElement[bool]:
    if isinstance(ref, UUID):
        return Brand.id == ref
    try:
        return Brand.id == read("brd", ref)
    except ValueError:
        return Brand.slug == ref


def _found(brand: Brand | None) -> Brand:
    if brand is None:
        raise BrandNotFound
    return brand


async def list_brands(session: AsyncSession, *, family: str | None = None, asked: Window) -> Page[Brand]:
    """Brands that make a family, newest first."""
    query = select(Brand)
    if family is not None:
        query = query.where(Brand.families.any_() == family)
    return await take(session, query, key=Brand.id, asked=asked)


async def list_brands_for_matching(session: AsyncSession) -> Sequence[Brand]:
    """Every brand, in order of its id, for the engine."""
    return (await session.scalars(select(Brand).order_by(Brand.id))).all()


async def list_brands_shared(session: AsyncSession, brand_ids: Collection[UUID]) -> Sequence[Brand]:
    """Brands whose capacity stays as it is until the transaction ends, in order of the id."""
    query = select(Brand).where(Brand.id.in_(brand_ids)).order_by(Brand.id).with_for_update(read=True)
    return (await session.scalars(query.execution_options(populate_existing=True))).all()


async def free_pieces(session: AsyncSession, *, mondays: Sequence[date]) -> dict[WeekKey, int]:
    """Pieces that nobody has set aside, by brand and Monday; a week that was never opened is missing."""
    free = BrandWeek.declared - BrandWeek.held - BrandWeek.booked
    query = select(BrandWeek.brand_id, BrandWeek.monday, free).where(BrandWeek.monday.in_(mondays))
    return {(brand_id, monday): pieces for brand_id, monday, pieces in await session.execute(query)}


async def list_loads(
    session: AsyncSession, *, brand_ids: Collection[UUID], mondays: Collection[date]
) -> dict[WeekKey, Load]:
    """The opened weeks among these, read afresh."""
    return await _loads(session, BrandWeek.brand_id.in_(brand_ids), BrandWeek.monday.in_(mondays))


async def list_loads_since(session: AsyncSession, *, brand_id: UUID, since: date) -> dict[WeekKey, Load]:
    """The opened weeks of a brand from a Monday on."""
    return await _loads(session, BrandWeek.brand_id == brand_id, BrandWeek.monday >= since)


async def _loads(session: AsyncSession, *where: ColumnElement[bool]) -> dict[WeekKey, Load]:
    columns = (BrandWeek.brand_id, BrandWeek.monday, BrandWeek.declared, BrandWeek.held, BrandWeek.booked)
    rows = await session.execute(select(*columns).where(*where).order_by(BrandWeek.brand_id, BrandWeek.monday))
    return {(brand_id, monday): Load(*load) for brand_id, monday, *load in rows}


async def list_bookings_for_update(session: AsyncSession, *, claim: UUID) -> Sequence[BrandBooking]:
    """What is held or booked for a claim, locked, in the order in which weeks are locked."""
    query = (
        select(BrandBooking)
        .where(BrandBooking.claim == claim, BrandBooking.state.in_(BRAND_BOOKING.open_states()))
        .order_by(BrandBooking.brand_id, BrandBooking.monday)
        .with_for_update()
    )
    return (await session.scalars(query.execution_options(populate_existing=True))).all()
