"""Rows of suppliers."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Reach
from clothingline.kit.db import Listing
from clothingline.kit.ids import read
from clothingline.kit.page import Page, Window, take
from clothingline.suppliers.errors import SupplierNotFound
from clothingline.suppliers.models import Supplier


async def get_supplier(session: AsyncSession, ref: str | UUID) -> Supplier:
    """One supplier by id, TypeID or slug; suppliers are public. Raises `SupplierNotFound`."""
    return _found(await session.scalar(select(Supplier).where(_called(ref))))


async def get_supplier_for_update(session: AsyncSession, ref: str | UUID, reach: Reach) -> Supplier:
    """A supplier for which the caller may act, locked. Raises `SupplierNotFound`."""
    mine = true() if reach.everything else Supplier.id.in_(reach.suppliers)
    query = select(Supplier).where(_called(ref), mine).with_for_update(key_share=True)
    return _found(await session.scalar(query.execution_options(populate_existing=True)))


def _called(ref: str | UUID) -> ColumnElement[bool]:
    if isinstance(ref, UUID):
        return Supplier.id == ref
    try:
        return Supplier.id == read("sup", ref)
    except ValueError:
        return Supplier.slug == ref


def _found(supplier: Supplier | None) -> Supplier:
    if supplier is None:
        raise SupplierNotFound
    return supplier


async def list_suppliers(session: AsyncSession, *, asked: Window) -> Page[Supplier]:
    """All suppliers, newest first."""
    return await take(session, select(Supplier), key=Supplier.id, asked=asked)


class Store(NamedTuple):
    """Where a supplier is, in millionths of a degree."""

    id: UUID
    lat_micro: int
    lon_micro: int


STORES = Listing(select(*(getattr(Supplier, name) for name in Store._fields)).order_by(Supplier.id), Supplier.id, Store)
