"""The parcel of a packed run: handed to a courier, and noted when it has arrived."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Form, Response
from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.queries import get_account
from clothingline.fulfilment import queries, service
from clothingline.fulfilment.models import Shipment
from clothingline.fulfilment.schemas import ShipmentId
from clothingline.kit.access import Reach, Role
from clothingline.kit.clock import business_now
from clothingline.kit.http.plain import Line
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session
from clothingline.kit.ids import show as typed_id
from clothingline.orders import queries as orders
from clothingline.orders.models import Order
from clothingline.production.queries import get_run
from clothingline.production.schemas import RunId
from clothingline.reference.queries import get_regency
from clothingline.settings import settings
from clothingline.web.forms import PageForm
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import Show, see
from clothingline.web.words import later

BRAND = (Role.BRAND_OWNER, Role.BRAND_STAFF)
PARCEL = "/merek/produksi/{run_id}/kirim"

pages = page_router()


class Sending(PageForm):
    """Who carries it, under which number, and how heavy it is."""

    carrier: Annotated[Line, Field(max_length=60)]
    tracking: Annotated[Line, Field(max_length=60)]
    weight_g: Annotated[int, Field(ge=1, le=30_000_000)]


class Arriving(PageForm):
    """Who took it in."""

    received_by: Line


async def _order_of(session: AsyncSession, run_id: UUID, reach: Reach) -> Order:
    run = await get_run(session, run_id, reach)
    return await orders.get_order(session, typed_id("ord", run.order_id), reach)


@pages.get(PARCEL)
@stands_for("shipments_show", *BRAND)
async def show_parcel(run_id: RunId, session: Session, reach: CurrentReach, show: Show) -> Response:
    """Send it, or see where it is."""
    order = await _order_of(session, run_id, reach)
    parcel = await queries.find_shipment(session, order.id)
    return show(
        "brands/parcel.html",
        ref=typed_id("run", run_id),
        order=order,
        **_shown(order, parcel),
        **await _whereto(session, order),
    )


async def _whereto(session: AsyncSession, order: Order) -> dict[str, Any]:
    """What the courier asks for besides name and street, while the parcel waits to be sent."""
    if order.state != "ready":
        return {}
    buyer = await get_account(session, order.consumer_id)
    return {"town": await get_regency(session, code=order.regency_code), "phone": buyer.phone}


def _shown(order: Order, parcel: Shipment | None) -> dict[str, Any]:
    owed = max((order.price_idr or 0) - order.paid_idr, 0)
    return {"parcel": parcel, "parcel_ref": typed_id("shp", parcel.id) if parcel else None, "owed_idr": owed}


@pages.post(PARCEL)
@stands_for("shipments_create", *BRAND)
async def send(
    run_id: RunId,
    form: Annotated[Sending, Form()],
    *,
    session: Session,
    caller: CurrentCaller,
    reach: CurrentReach,
) -> Response:
    """Hand the parcel to a courier."""
    order = await _order_of(session, run_id, reach)
    given = form.model_dump()
    await service.ship_order(session, ref=order.code, reach=reach, by=caller.person, **given)
    return see("/merek/produksi", later("%(code)s ditandai dikirim."), code=order.code)


@pages.post(PARCEL + "/{shipment_id}/tiba")
@stands_for("shipments_deliver", *BRAND)
async def arrive(
    run_id: RunId,
    shipment_id: ShipmentId,
    form: Annotated[Arriving, Form()],
    *,
    session: Session,
    caller: CurrentCaller,
    reach: CurrentReach,
) -> Response:
    """Note that it has arrived; the buyer may object for some days."""
    order = await _order_of(session, run_id, reach)
    days = settings().orders.acceptance_days
    await service.deliver_shipment(
        session,
        shipment_id=shipment_id,
        received_by=form.received_by,
        reach=reach,
        by=caller.person,
        now=await business_now(session),
        days=days,
    )
    said = later("%(code)s tiba. Pembeli punya %(days)s hari untuk menerima atau mengajukan komplain.")
    return see("/merek/produksi", said, code=order.code, days=days)
