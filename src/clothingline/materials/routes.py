"""Lots of cloth, their stock, and what is set aside in them."""

from typing import Annotated

from fastapi import Depends, Query

from clothingline.kit.access import Reach
from clothingline.kit.http.listing import Asked, Listing
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session, api_router
from clothingline.materials import queries, schemas, service
from clothingline.materials.models import Lot

router = api_router()


@router.get("/lots", tags=["lots"], name="list")
async def list_lots(
    session: Session, reach: CurrentReach, asked: Asked, wanted: Annotated[schemas.LotFilter, Depends()]
) -> Listing[schemas.LotOut]:
    """Cloth on sale, with free length and price."""
    page = await queries.list_lots(
        session,
        cloth_class=wanted.cloth_class,
        colour=wanted.colour,
        min_free_cm=wanted.min_free_cm,
        supplier_id=wanted.supplier,
        asked=asked,
    )
    return Listing(**page.listing([_lot_out(lot, reach) for lot in page.rows]))


def _lot_out(lot: Lot, reach: Reach) -> schemas.LotOut:
    return schemas.LotOut.of(lot, own=lot.supplier_id in reach.suppliers)


@router.get("/lots/{lot_id}", tags=["lots"], name="show")
async def show_lot(lot_id: schemas.LotId, session: Session, reach: CurrentReach) -> schemas.LotOut:
    """One lot; its supplier also sees where the cloth is."""
    return _lot_out(await queries.get_lot(session, lot_id, reach), reach)


@router.post("/lots", status_code=201, tags=["lots"], name="create")
async def create_lot(
    body: schemas.LotCreate, session: Session, caller: CurrentCaller, reach: CurrentReach
) -> schemas.LotOut:
    """Offer a new lot; bring stock into it by a receipt."""
    lot = await service.add_lot(
        session,
        supplier_id=service.acting_supplier(body.supplier, reach),
        code=body.code,
        name=body.name,
        cloth_class=body.cloth_class,
        colour=body.colour,
        shade=body.shade,
        fibre=body.fibre,
        width_cm=body.width_cm,
        price_idr=body.price.amount,
        min_cut_cm=body.min_cut_cm,
        lead_days=body.lead_days,
        by=caller.account,
    )
    return _lot_out(lot, reach)


@router.post("/lots/{lot_id}/receipts", status_code=201, tags=["lots"], name="receive")
async def receive_stock(
    lot_id: schemas.LotId, body: schemas.Receipt, session: Session, caller: CurrentCaller, reach: CurrentReach
) -> schemas.LotOut:
    """Bring stock into a lot."""
    lot = await service.receive_stock(
        session, lot_id=lot_id, cm=body.cm, note=body.note, reach=reach, by=caller.account
    )
    return _lot_out(lot, reach)


@router.get("/lots/{lot_id}/entries", tags=["lots"], name="entries")
async def list_entries(
    lot_id: schemas.LotId, session: Session, reach: CurrentReach, asked: Asked
) -> Listing[schemas.EntryOut]:
    """The stock ledger of a lot, newest first."""
    lot = await queries.get_stocked_lot(session, lot_id, reach)
    page = await queries.list_entries(session, lot_id=lot.id, asked=asked)
    return Listing(**page.listing([schemas.EntryOut.of(entry) for entry in page.rows]))


@router.get("/reservations", tags=["reservations"], name="list")
async def list_reservations(
    session: Session,
    reach: CurrentReach,
    asked: Asked,
    status: Annotated[schemas.ReservationState | None, Query(description="Only in this state.")] = None,
    lot: Annotated[schemas.LotId | None, Query(description="Only of this lot.")] = None,
) -> Listing[schemas.ReservationOut]:
    """Cloth that is set aside in your lots."""
    page = await queries.list_reservations(session, reach, state=status, lot_id=lot, asked=asked)
    return Listing(**page.listing([schemas.ReservationOut.of(row) for row in page.rows]))
