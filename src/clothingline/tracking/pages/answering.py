"""What a consumer decides of an order under way: a later day, another address, the end of it, or that it is good."""

from datetime import date
from typing import Annotated

from fastapi import Form, Response

from clothingline.fulfilment import service as fulfilment
from clothingline.kit.access import Role
from clothingline.kit.clock import business_now, local_date
from clothingline.kit.http.plain import Line, Words
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session
from clothingline.orders import queries as orders
from clothingline.orders import service
from clothingline.orders.schemas import OrderRef
from clothingline.tracking import wording
from clothingline.tracking.story import read
from clothingline.web.forms import PageForm
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import Show, see
from clothingline.web.words import later

pages = page_router()


class DayForm(PageForm):
    """A later last day."""

    needed_by: date


class AddressForm(PageForm):
    """Where the parcel goes, in the same town."""

    recipient: Line
    street: Words


@pages.post("/pesanan/{code}/tanggal")
@stands_for("orders_choose", Role.CONSUMER)
async def choose_later(
    code: OrderRef, form: Annotated[DayForm, Form()], session: Session, caller: CurrentCaller, reach: CurrentReach
) -> Response:
    """A later day is fine; makers are sought again at the same price."""
    order = await orders.get_order(session, code, reach, lock=True)
    today = local_date(await business_now(session))
    await service.choose_later(session, order=order, needed_by=form.needed_by, by=caller.person, today=today)
    return see(f"/pesanan/{order.code}", later("Tanggal baru diterima. Kami mencari penjahit lagi."))


@pages.get("/pesanan/{code}/batalkan")
@stands_for("orders_cancel", Role.CONSUMER)
async def ask_to_cancel(code: OrderRef, session: Session, reach: CurrentReach, show: Show) -> Response:
    """What comes back at which stage, before anything is asked."""
    order = await orders.get_order(session, code, reach)
    return show("tracking/cancel.html", order=order, stoppable=order.state in wording.STOPPABLE)


@pages.post("/pesanan/{code}/batalkan")
@stands_for("orders_cancel", Role.CONSUMER)
async def cancel(code: OrderRef, session: Session, caller: CurrentCaller, reach: CurrentReach) -> Response:
    """End it; what was paid comes back by reactions."""
    order = await orders.get_order(session, code, reach, lock=True)
    await service.cancel_order(session, order=order, by=caller.account)
    return see(f"/pesanan/{order.code}", later("Pesanan dibatalkan."))


@pages.get("/pesanan/{code}/terima")
@stands_for("orders_accept", Role.CONSUMER)
async def ask_to_accept(code: OrderRef, session: Session, reach: CurrentReach, show: Show) -> Response:
    """What accepting means; before the parcel is there, and afterwards, why there is nothing to accept."""
    order = await orders.get_order(session, code, reach)
    return show("tracking/accept.html", order=order, story=await read(session, order))


@pages.post("/pesanan/{code}/terima")
@stands_for("orders_accept", Role.CONSUMER)
async def accept(code: OrderRef, session: Session, caller: CurrentCaller, reach: CurrentReach) -> Response:
    """The goods are good; everybody who made them is paid."""
    await fulfilment.accept_order(session, ref=code, reach=reach, by=caller.person)
    return see(f"/pesanan/{code}", later("Terima kasih. Penjahit dan merek sekarang dibayar."))


@pages.get("/pesanan/{code}/alamat")
@stands_for("orders_change", Role.CONSUMER)
async def ask_address(code: OrderRef, session: Session, reach: CurrentReach, show: Show) -> Response:
    """Who receives it, and where, as long as it can be another."""
    order = await orders.get_order(session, code, reach)
    return show("tracking/address.html", order=order, movable=order.state in wording.MOVABLE)


@pages.post("/pesanan/{code}/alamat")
@stands_for("orders_change", Role.CONSUMER)
async def change_address(
    code: OrderRef, form: Annotated[AddressForm, Form()], session: Session, caller: CurrentCaller, reach: CurrentReach
) -> Response:
    """The same order to another door."""
    order = await orders.get_order(session, code, reach, lock=True)
    await service.redirect_order(session, order=order, recipient=form.recipient, street=form.street, by=caller.person)
    return see(f"/pesanan/{order.code}", later("Alamat baru tersimpan."))
