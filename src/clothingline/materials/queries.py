"""Rows of lots, stock movements and reservations."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Reach
from clothingline.kit.db import Listing
from clothingline.kit.page import Page, Window, take
from clothingline.materials.errors import LotUnknown
from clothingline.materials.models import Lot, Reservation, StockEntry
from clothingline.suppliers.models import Supplier

OVER = ("released", "refused")


def has_free(cm: ColumnElement[int] | int) -> ColumnElement[bool]:
    """Whether so much of a lot is free; the guarded writes of the service repeat it in their WHERE."""
    return Lot.free_cm >= cm


async def list_lots(
    session: AsyncSession,
    *,
    cloth_class: str | None,
    colour: str | None,
    min_free_cm: int,
    supplier_id: UUID | None,
    asked: Window,
) -> Page[Lot]:
    """Lots on sale, newest first, with at least `min_free_cm` free; colours are compared without letter case."""
    query = _on_sale().where(has_free(min_free_cm))
    if cloth_class is not None:
        query = query.where(Lot.cloth_class == cloth_class)
    if colour is not None:
        query = query.where(func.lower(Lot.colour) == colour.lower())
    if supplier_id is not None:
        query = query.where(Lot.supplier_id == supplier_id)
    return await take(session, query, key=Lot.id, asked=asked)


def _on_sale() -> Select[Lot]:
    return select(Lot).where(Lot.withdrawn_at.is_(None))


class Cloth(NamedTuple):
    """What the engine weighs of a lot on sale, besides how much of it is free."""

    id: UUID
    supplier_id: UUID
    cloth_class: str
    colour: str
    shade: str
    width_cm: int
    price_idr: int
    min_cut_cm: int
    lead_days: int


def _cloth() -> Select[Any]:
    columns = [getattr(Lot, name) for name in Cloth._fields]
    return _on_sale().with_only_columns(Lot.free_cm, *columns).order_by(Lot.id)


# With the centimetres that nobody has set aside; also lots without any, for they may be set aside for the very order
# that is planned.
CLOTH = Listing(_cloth(), Lot.id, lambda free_cm, *terms: (Cloth(*terms), int(free_cm)))


class OnSale(NamedTuple):
    """A colour of a kind of cloth: the lowest price a metre, and the most that one lot has free, in centimetres."""

    price_idr: int
    free_cm: int


async def cloth_by_colour(session: AsyncSession, cloth_class: str) -> dict[str, OnSale]:
    """What is on sale of a kind of cloth, by colour in small letters."""
    colour = func.lower(Lot.colour)
    query = _on_sale().with_only_columns(colour, func.min(Lot.price_idr), func.max(Lot.free_cm)).group_by(colour)
    rows = (await session.execute(query.where(Lot.cloth_class == cloth_class))).all()
    return {name: OnSale(int(price), int(most)) for name, price, most in rows}


async def get_lot(session: AsyncSession, lot_id: UUID, reach: Reach) -> Lot:
    """A lot on sale, or a withdrawn one of the caller's own. Raises `LotUnknown`."""
    seen = or_(Lot.withdrawn_at.is_(None), Lot.supplier_id.in_(list(reach.suppliers)))
    return await _get(session, select(Lot).where(Lot.id == lot_id, seen))


async def get_stocked_lot(session: AsyncSession, lot_id: UUID, reach: Reach, *, lock: bool = False) -> Lot:
    """A lot whose stock the caller may see. Raises `LotUnknown`."""
    query = select(Lot).where(Lot.id == lot_id, of_suppliers(reach))
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return await _get(session, query)


async def list_stock(session: AsyncSession, reach: Reach, *, asked: Window) -> Page[Lot]:
    """The caller's own lots on sale, newest first, also those without anything free."""
    return await take(session, _on_sale().where(of_suppliers(reach)), key=Lot.id, asked=asked)


async def codes_of(session: AsyncSession, supplier_id: UUID, *, lock: bool = False) -> frozenset[str]:
    """The supplier's own marks of its lots on sale, in small letters; with `lock` one asks after the other."""
    if lock:
        await session.execute(select(Supplier.id).where(Supplier.id == supplier_id).with_for_update(key_share=True))
    codes = await session.scalars(_on_sale().with_only_columns(Lot.code).where(Lot.supplier_id == supplier_id))
    return frozenset(code.casefold() for code in codes)


class Sum(NamedTuple):
    """The lots of a supplier together, in centimetres."""

    lots: int
    free_cm: int
    set_aside_cm: int


async def sum_stock(session: AsyncSession, reach: Reach) -> Sum:
    """The caller's lots on sale together. One statement."""
    sums = [func.coalesce(func.sum(one), 0) for one in (Lot.free_cm, Lot.held_cm + Lot.reserved_cm)]
    query = _on_sale().with_only_columns(func.count(), *sums).where(of_suppliers(reach))
    return Sum(*(int(one) for one in (await session.execute(query)).one()))


async def last_noted(session: AsyncSession, lot_ids: Collection[UUID]) -> dict[UUID, datetime]:
    """When stock was last received into lots or corrected. One statement."""
    by_hand = (StockEntry.lot_id.in_(lot_ids), StockEntry.kind.in_(("received", "corrected")))
    query = select(StockEntry.lot_id, func.max(StockEntry.at)).where(*by_hand).group_by(StockEntry.lot_id)
    return {row[0]: row[1] for row in await session.execute(query)}


async def _get(session: AsyncSession, query: Select[Lot]) -> Lot:
    found = await session.scalar(query)
    if found is None:
        raise LotUnknown
    return found


def of_suppliers(reach: Reach) -> ColumnElement[bool]:
    """Lots whose stock is within reach: all, or those of the caller's suppliers."""
    return true() if reach.everything else Lot.supplier_id.in_(list(reach.suppliers))


async def list_entries(session: AsyncSession, *, lot_id: UUID, asked: Window) -> Page[StockEntry]:
    """Movements of a lot, newest first."""
    return await take(session, select(StockEntry).where(StockEntry.lot_id == lot_id), key=StockEntry.id, asked=asked)


async def list_reservations(
    session: AsyncSession, reach: Reach, *, state: str | None, lot_id: UUID | None, asked: Window
) -> Page[Reservation]:
    """What is set aside in the lots within reach, newest first."""
    query = select(Reservation).join(Lot, Lot.id == Reservation.lot_id).where(of_suppliers(reach))
    if state is not None:
        query = query.where(Reservation.state == state)
    if lot_id is not None:
        query = query.where(Reservation.lot_id == lot_id)
    return await take(session, query, key=Reservation.id, asked=asked)


async def find_reservation(session: AsyncSession, *, claim: UUID) -> Reservation | None:
    """The newest reservation of a claim, a live one before one that is over."""
    over: Any = Reservation.state.in_(OVER)
    query = select(Reservation).where(Reservation.claim == claim).order_by(over, Reservation.id.desc()).limit(1)
    return await session.scalar(query)


async def find_live_reservation(session: AsyncSession, *, claim: UUID, lot_id: UUID) -> Reservation | None:
    """What a claim has set aside in one lot."""
    query = select(Reservation).where(
        Reservation.claim == claim, Reservation.lot_id == lot_id, Reservation.state.not_in(OVER)
    )
    return await session.scalar(query)


async def states_of_claim(session: AsyncSession, claim: UUID) -> set[str]:
    """The states in which the reservations of a claim stand."""
    return set(await session.scalars(select(Reservation.state).where(Reservation.claim == claim)))
