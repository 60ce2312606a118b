"""Rows of brands, and what their weeks have free."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.brands.errors import BrandNotFound
from clothingline.brands.models import Brand
from clothingline.kit.access import Reach
from clothingline.kit.db import Listing
from clothingline.kit.ids import read
from clothingline.kit.page import Page, Window, take


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


async def list_all_brands(session: AsyncSession) -> Sequence[Brand]:
    """Every brand, in order of its id."""
    return (await session.scalars(select(Brand).order_by(Brand.id))).all()


async def list_brands_of(session: AsyncSession, brand_ids: Collection[UUID]) -> Sequence[Brand]:
    """These brands, in order of the id."""
    return (await session.scalars(select(Brand).where(Brand.id.in_(brand_ids)).order_by(Brand.id))).all()


class House(NamedTuple):
    """What the engine weighs of a brand."""

    id: UUID
    lat_micro: int
    lon_micro: int
    families: list[str]
    fee_idr: int
    cut_days: int
    finish_days: int
    pkp_since: date | None

    def adds_ppn(self, on: date) -> bool:
        """Whether the brand is a taxable firm on a day, so that PPN comes on top of its price."""
        return self.pkp_since is not None and self.pkp_since <= on


async def list_taxed(session: AsyncSession, brand_ids: Collection[UUID], *, on: date) -> set[UUID]:
    """Those of these brands that add PPN to their price on a day. One statement."""
    query = select(Brand.id).where(Brand.id.in_(brand_ids), Brand.pkp_since <= on)
    return set(await session.scalars(query))


HOUSES = Listing(select(*(getattr(Brand, name) for name in House._fields)).order_by(Brand.id), Brand.id, House)


async def list_brands_shared(session: AsyncSession, brand_ids: Collection[UUID]) -> Sequence[Brand]:
    """Brands whose capacity stays as it is until the transaction ends, in order of the id."""
    query = select(Brand).where(Brand.id.in_(brand_ids)).order_by(Brand.id).with_for_update(read=True)
    return (await session.scalars(query.execution_options(populate_existing=True))).all()
