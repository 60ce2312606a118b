"""The desk of a supplier: what waits for an answer, and its stock, received and counted in the row itself."""

import re
from decimal import Decimal
from typing import Annotated, Any

from fastapi import Form, Response
from pydantic import BeforeValidator, Field

from clothingline.earnings import queries as earnings
from clothingline.kit.access import Role
from clothingline.kit.clock import business_now
from clothingline.kit.http.listing import Asked
from clothingline.kit.http.plain import Line
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session
from clothingline.materials import queries, service
from clothingline.materials.schemas import ClothClass, LotId
from clothingline.reference import facts
from clothingline.routing import requests
from clothingline.web.forms import PageForm, WholeRupiah
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import Show, see
from clothingline.web.words import later

SUPPLIER = Role.SUPPLIER
STOCK = "/pemasok/stok"
METRE_CM = 100

pages = page_router()


def read_cm(given: Any) -> int:
    """`12`, `12,5`, `12.5 m` are metres; the answer is centimetres. Raises `ValueError`."""
    text = str(given).casefold().removesuffix("m").strip().replace(",", ".")
    if not re.fullmatch(r"\d{1,6}(\.\d{1,2})?", text):
        raise ValueError("Tulis meter sebagai angka, misalnya 12,5. (Write metres as a number, such as 12.5.)")
    return int(Decimal(text) * METRE_CM)


Metres = Annotated[int, BeforeValidator(read_cm)]


class Received(PageForm):
    """Metres that came in."""

    metres: Annotated[Metres, Field(ge=1)]
    note: Line | None = None


class Counted(PageForm):
    """Metres that lie on the shelf."""

    metres: Metres


class Offered(PageForm):
    """A new lot: one class, colour and dye lot of cloth."""

    code: Line
    name: Line
    cloth_class: ClothClass
    colour: Line
    shade: Line
    fibre: Line
    width_cm: Annotated[int, Field(ge=30, le=400)]
    price_idr: Annotated[WholeRupiah, Field(ge=1, le=100_000_000)]
    min_cut_cm: Annotated[int, Field(ge=0, le=10_000)] = 50
    lead_days: Annotated[int, Field(ge=0, le=180)] = 1


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
    return see(STOCK, later("%(n)s m masuk ke %(what)s."), n=_metres(form.metres), what=lot.name)


@pages.post(STOCK + "/{lot_id}/hitung")
@stands_for("lots_receive", SUPPLIER)
async def count(
    lot_id: LotId, form: Annotated[Counted, Form()], session: Session, caller: CurrentCaller, reach: CurrentReach
) -> Response:
    """Note what was counted; the books follow the shelf."""
    difference = await service.count_stock(session, lot_id=lot_id, cm=form.metres, reach=reach, by=caller.account)
    if not difference:
        return see(STOCK, later("Hitungan cocok dengan catatan."))
    return see(STOCK, later("Catatan dibetulkan %(n)s m."), n=_metres(difference))


def _metres(cm: int) -> str:
    return f"{Decimal(cm) / METRE_CM:f}".replace(".", ",")


@pages.get(STOCK + "/baru")
@stands_for("lots_create", SUPPLIER)
async def ask_for_lot(show: Show) -> Response:
    """What a new lot needs."""
    return show("suppliers/lot_new.html", kinds=facts.FABRIC_CLASS_WORDS)


@pages.post(STOCK + "/baru")
@stands_for("lots_create", SUPPLIER)
async def offer(
    form: Annotated[Offered, Form()], session: Session, caller: CurrentCaller, reach: CurrentReach
) -> Response:
    """Offer a new lot; it is empty until stock is received."""
    given = form.model_dump()
    await service.add_lot(session, supplier_id=service.acting_supplier(None, reach), by=caller.account, **given)
    return see(STOCK, later("Lot tersimpan. Catat kain yang masuk agar bisa dipesan."))
