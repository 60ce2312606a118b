"""Parcels and their acceptance."""

from clothingline.fulfilment import queries, schemas, service
from clothingline.fulfilment.couriers import chargeable_g, find_rule
from clothingline.fulfilment.models import Shipment
from clothingline.kit.clock import business_now
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session, api_router
from clothingline.orders.schemas import OrderRef
from clothingline.settings import settings

router = api_router()


def _shipment_out(row: Shipment) -> schemas.ShipmentOut:
    rule = find_rule(row.carrier)
    own = ("id", "state", "carrier", "tracking", "pieces", "weight_g", "received_by", "created_at", "delivered_at")
    charged = chargeable_g(rule, weight_g=row.weight_g) if rule else None
    return schemas.ShipmentOut(**{name: getattr(row, name) for name in own}, order=row.order_id, chargeable_g=charged)


@router.post("/orders/{order}/shipments", status_code=201, tags=["shipments"], name="create")
async def ship_order(
    order: OrderRef, body: schemas.ShipmentCreate, session: Session, caller: CurrentCaller, reach: CurrentReach
) -> schemas.ShipmentOut:
    """Hand the parcel of a ready and fully paid order to a courier."""
    row = await service.ship_order(
        session,
        ref=order,
        carrier=body.carrier,
        tracking=body.tracking,
        weight_g=body.weight_g,
        reach=reach,
        by=caller.person,
    )
    return _shipment_out(row)


@router.get("/shipments/{shipment_id}", tags=["shipments"], name="show")
async def show_shipment(shipment_id: schemas.ShipmentId, session: Session, reach: CurrentReach) -> schemas.ShipmentOut:
    """One parcel."""
    return _shipment_out(await queries.get_shipment(session, shipment_id, reach))


@router.post("/shipments/{shipment_id}/delivery", status_code=201, tags=["shipments"], name="deliver")
async def deliver_shipment(
    shipment_id: schemas.ShipmentId,
    body: schemas.DeliveryCreate,
    session: Session,
    caller: CurrentCaller,
    reach: CurrentReach,
) -> schemas.ShipmentOut:
    """The parcel has arrived. The consumer now has 14 days to accept or to object."""
    row = await service.deliver_shipment(
        session,
        shipment_id=shipment_id,
        received_by=body.received_by,
        reach=reach,
        by=caller.person,
        now=await business_now(session),
        days=settings().orders.acceptance_days,
    )
    return _shipment_out(row)


@router.post("/orders/{order}/acceptance", status_code=201, tags=["orders"], name="accept")
async def accept_order(
    order: OrderRef, session: Session, caller: CurrentCaller, reach: CurrentReach
) -> schemas.AcceptanceOut:
    """Accept the goods. This starts the pay clock of everybody who made them."""
    row = await service.accept_order(session, ref=order, reach=reach, by=caller.person)
    return schemas.AcceptanceOut(order=row.order_id, by=row.by, at=row.at)
