"""The desk of a supplier: what waits for an answer, and its stock, received and counted in the row itself."""

from typing import Annotated

from fastapi import Form, Response
from pydantic import Field

from clothingline.desk.lots import Metres, NewLot, as_metres
from clothingline.earnings import queries as earnings
from clothingline.kit.access import Role
from clothingline.kit.clock import business_now
from clothingline.kit.http.listing import Asked
from clothingline.kit.http.plain import Line
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session
from clothingline.materials import queries, service
from clothingline.materials.schemas import LotId
from clothingline.reference import facts
from clothingline.routing import requests
from clothingline.web.forms import PageForm
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import Show, see
from clothingline.web.words import later

SUPPLIER = Role.SUPPLIER
STOCK = "/pemasok/stok"

pages = page_router()


class Received(PageForm):
    """Metres that came in."""

    metres: Annotated[Metres, Field(ge=1)]
    note: Line | None = None


class Counted(PageForm):
    """Metres that lie on the shelf."""

    metres: Metres


@pages.get("/pemasok")
@stands_for("reservations_list", SUPPLIER)
async def show_overview(session: Session, reach: CurrentReach, show: Show) -> Response:
    """What waits today."""
    waiting = await requests.count_waiting(session, reach, kind="supplier")
    lots = await queries.sum_stock(session, reach)
    sums = await earnings.sums_by_state(session, reach.suppliers)
    return show("suppliers/overview.html", stock=lots, sums=sums, waiting={"/pemasok/permintaan": waiting})


@pages.get(STOCK)
@stands_for("reservations_list", SUPPLIER)
async def list_stock(session: Session, reach: CurrentReach, asked: Asked, show: Show) -> Response:
    """Every lot: what there is, what is set aside, what is free, and when it was last touched by hand."""
    page = await queries.list_stock(session, reach, asked=asked)
    noted = await queries.last_noted(session, [lot.id for lot in page.rows])
    return show("suppliers/stock.html", page=page, noted=noted, now=await business_now(session))


@pages.post(STOCK + "/{lot_id}/terima")
@stands_for("lots_receive", SUPPLIER)
async def receive(
    lot_id: LotId, form: Annotated[Received, Form()], session: Session, caller: CurrentCaller, reach: CurrentReach
) -> Response:
    """Bring stock into a lot."""
    lot = await service.receive_stock(
        session, lot_id=lot_id, cm=form.metres, note=form.note, reach=reach, by=caller.account
    )
    return see(STOCK, later("%(n)s m masuk ke %(what)s."), n=as_metres(form.metres), what=lot.name)


@pages.post(STOCK + "/{lot_id}/hitung")
@stands_for("lots_receive", SUPPLIER)
async def count(
    lot_id: LotId, form: Annotated[Counted, Form()], session: Session, caller: CurrentCaller, reach: CurrentReach
) -> Response:
    """Note what was counted; the books follow the shelf."""
    difference = await service.count_stock(session, lot_id=lot_id, cm=form.metres, reach=reach, by=caller.account)
    if not difference:
        return see(STOCK, later("Hitungan cocok dengan catatan."))
    return see(STOCK, later("Catatan dibetulkan %(n)s m."), n=as_metres(difference))


@pages.get(STOCK + "/baru")
@stands_for("lots_create", SUPPLIER)
async def ask_for_lot(show: Show) -> Response:
    """What a new lot needs."""
    return show("suppliers/lot_new.html", kinds=facts.FABRIC_CLASS_WORDS)


@pages.post(STOCK + "/baru")
@stands_for("lots_create", SUPPLIER)
async def offer(
    form: Annotated[NewLot, Form()], session: Session, caller: CurrentCaller, reach: CurrentReach
) -> Response:
    """Offer a new lot; it is empty until stock is received."""
    given = form.model_dump()
    await service.add_lot(session, supplier_id=service.acting_supplier(None, reach), by=caller.account, **given)
    return see(STOCK, later("Lot tersimpan. Catat kain yang masuk agar bisa dipesan."))
