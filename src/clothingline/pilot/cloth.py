"""Cloth of the pilot's suppliers."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.materials.models import Lot, StockEntry
from clothingline.pilot import rows
from clothingline.pilot.people import ids_by_slug
from clothingline.suppliers.models import Supplier


async def add_lots(session: AsyncSession) -> int:
    """Lots with the entry that says how much was received."""
    suppliers = await ids_by_slug(session, Supplier)
    held = {tuple(row) for row in await session.execute(select(Lot.supplier_id, Lot.code))}
    missing = [one for one in rows.lots().values() if (suppliers[one.supplier], one.code) not in held]
    lots = [_lot(one, suppliers[one.supplier]) for one in missing]
    session.add_all(lots)
    await session.flush()
    session.add_all(StockEntry(lot_id=lot.id, kind="received", cm=lot.received_cm) for lot in lots)
    await session.flush()
    return len(missing)


def _lot(one: rows.LotRow, supplier_id: UUID) -> Lot:
    return Lot(
        supplier_id=supplier_id,
        code=one.code,
        name=one.name,
        cloth_class=one.cloth_class,
        colour=one.colour,
        shade=one.shade,
        fibre=one.fibre,
        width_cm=one.width_cm,
        price_idr=one.price_idr,
        min_cut_cm=one.min_cut_cm,
        lead_days=one.lead_days,
        received_cm=one.received_cm,
    )
