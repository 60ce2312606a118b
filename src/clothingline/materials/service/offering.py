"""Offering a lot and bringing stock into it."""

from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Reach, meant
from clothingline.kit.errors import Invalid
from clothingline.kit.events import emit
from clothingline.materials import queries
from clothingline.materials.errors import CountedTooLittle, LotFull, LotWithdrawn, SupplierUnknown
from clothingline.materials.events import ClothCounted, ClothReceived, LotListed
from clothingline.materials.models import Lot, StockEntry
from clothingline.suppliers.models import Supplier

# 10,000 km: far above any mill, far below the column's range.
MOST_CM = 1_000_000_000


def acting_supplier(named: UUID | None, reach: Reach) -> UUID:
    """The supplier for whom the caller acts; unnamed the only one. Raises `Invalid` or `SupplierUnknown`."""
    supplier = meant(named, reach.suppliers)
    if supplier is not None:
        return supplier
    if named is not None:
        raise SupplierUnknown
    raise Invalid(
        "/supplier", "Sebutkan pemasoknya; Anda mewakili beberapa.", "Name the supplier; you act for several."
    )


async def add_lot(
    session: AsyncSession,
    *,
    supplier_id: UUID,
    code: str,
    name: str,
    cloth_class: str,
    colour: str,
    shade: str,
    fibre: str,
    width_cm: int,
    price_idr: int,
    min_cut_cm: int,
    lead_days: int,
    by: UUID | None,
) -> Lot:
    """A new, empty lot at `price_idr` per metre; the colour is kept in small letters. Raises `SupplierUnknown`."""
    if await session.get(Supplier, supplier_id) is None:
        raise SupplierUnknown
    lot = Lot(
        supplier_id=supplier_id,
        code=code,
        name=name,
        cloth_class=cloth_class,
        colour=colour.lower(),
        shade=shade,
        fibre=fibre,
        width_cm=width_cm,
        price_idr=price_idr,
        min_cut_cm=min_cut_cm,
        lead_days=lead_days,
        received_cm=0,
        held_cm=0,
        reserved_cm=0,
        used_cm=0,
    )
    session.add(lot)
    await session.flush()
    await emit(session, LotListed(lot.id), by=by, audience=[supplier_id])
    return lot


async def receive_stock(
    session: AsyncSession, *, lot_id: UUID, cm: int, note: str | None, reach: Reach, by: UUID | None
) -> Lot:
    """Bring `cm` into a lot within reach. Raises `LotUnknown`, `LotWithdrawn` or `LotFull`."""
    taken_in = (
        update(Lot)
        .where(
            Lot.id == lot_id,
            queries.of_suppliers(reach),
            Lot.withdrawn_at.is_(None),
            Lot.received_cm + cm <= MOST_CM,
        )
        .values(received_cm=Lot.received_cm + cm)
        .returning(Lot)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    lot = await session.scalar(taken_in)
    if lot is None:
        lot = await queries.get_stocked_lot(session, lot_id, reach)
        raise LotWithdrawn if lot.withdrawn_at else LotFull(most_cm=MOST_CM)
    entry = StockEntry(lot_id=lot.id, kind="received", cm=cm, by=by, note=note)
    session.add(entry)
    await session.flush()
    await emit(session, ClothReceived(lot.id, entry.id), by=by, audience=[lot.supplier_id])
    return lot


async def count_stock(session: AsyncSession, *, lot_id: UUID, cm: int, reach: Reach, by: UUID | None) -> int:
    """The supplier has measured `cm` on the shelf: what is set aside lies there too, what was cut does not.

    Answers the difference to the books, which is entered as a correction. Raises `LotUnknown`, `LotFull`, or
    `CountedTooLittle` where less is there than is set aside.
    """
    lot = await queries.get_stocked_lot(session, lot_id, reach, lock=True)
    difference = cm - (lot.received_cm - lot.used_cm)
    if lot.received_cm + difference > MOST_CM:
        raise LotFull(most_cm=MOST_CM)
    if cm < lot.held_cm + lot.reserved_cm:
        raise CountedTooLittle(set_aside_m=-(-(lot.held_cm + lot.reserved_cm) // 100))
    if difference:
        lot.received_cm += difference
        session.add(StockEntry(lot_id=lot.id, kind="corrected", cm=difference, by=by, note=None))
    await session.flush()
    await emit(session, ClothCounted(lot.id), by=by, audience=[lot.supplier_id])
    return difference
