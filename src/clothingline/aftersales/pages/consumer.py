"""The consumer's review of an order: written once, put right until somebody can read it, taken back at any time."""

from typing import Annotated, Any

from fastapi import Form, Request, Response
from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.datastructures import UploadFile

from clothingline.aftersales import queries, service
from clothingline.aftersales.errors import ReviewUnknown
from clothingline.aftersales.models import FOLDER
from clothingline.aftersales.pages.forms import ReviewForm, by_field
from clothingline.aftersales.queries import Seen
from clothingline.aftersales.schemas import Zone
from clothingline.aftersales.wording import KNOWN
from clothingline.aftersales.zones import zones_of
from clothingline.fulfilment.queries import find_shipment
from clothingline.garments.models import Design
from clothingline.kit.access import Caller, Reach, Role
from clothingline.kit.clock import business_now, local_date
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session, look_think
from clothingline.orders import queries as orders
from clothingline.orders.models import Order
from clothingline.orders.schemas import OrderRef
from clothingline.production.storing import Stored, redraw_and_store
from clothingline.web.forms import PageForm
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import Show, see
from clothingline.web.words import later

PAGE = "/pesanan/{code}/ulasan"
SENT = later("Terima kasih. Pembuatnya membaca setelah mereka juga menilai, paling lambat 7 hari lagi.")

pages = page_router()


class MeasureForm(PageForm):
    """Which zones are saved anew."""

    zone: Annotated[list[Zone], Field(default_factory=list, max_length=5)]


@pages.get(PAGE)
@stands_for("reviews_of_order", Role.CONSUMER)
async def show_review(
    code: OrderRef, session: Session, caller: CurrentCaller, reach: CurrentReach, show: Show
) -> Response:
    """The form once the order has come; afterwards what was said, what it teaches, and what the makers say."""
    order = await orders.get_order(session, code, reach)
    seen = await queries.find_review(session, order.id, reach)
    if seen is None:
        return show("aftersales/write.html", **await _asked(session, order))
    steps = await service.steps_to_learn(session, order, seen, account_id=caller.person)
    remarks = await queries.list_remarks(session, order, reach)
    return show("aftersales/own.html", order=order, seen=seen, steps=steps, remarks=remarks, **KNOWN)


async def _asked(session: AsyncSession, order: Order, seen: Seen | None = None) -> dict[str, Any]:
    """What the form asks, with what is known: what was said before, and whether the parcel came in time."""
    design = await session.get_one(Design, order.line.design_id)
    parcel = await find_shipment(session, order.id)
    arrived = parcel.delivered_at if parcel else None
    in_time = bool(arrived and order.promise_on and local_date(arrived) <= order.promise_on)
    return {
        "order": order,
        "arrived": order.state in service.ARRIVED,
        "arrived_at": arrived,
        "asked": zones_of(design.garment_type),
        "on_time": seen.review.on_time if seen else in_time,
        "seen": seen,
        "what": design.name,
        **KNOWN,
    }


async def _look(session: AsyncSession, request: Request, caller: Caller, reach: Reach) -> bytes | None:
    """The photo, once it is sure that the order is the caller's."""
    await orders.get_order(session, request.path_params["code"], reach)
    file = (await request.form()).get("photo")
    return await file.read() if isinstance(file, UploadFile) and file.size else None


async def _store(content: Any) -> Stored | None:
    return await redraw_and_store(content, folder=FOLDER) if content else None


@pages.post(PAGE)
@stands_for("reviews_write", Role.CONSUMER)
@look_think(_look, _store)
async def write_review(
    code: OrderRef,
    form: Annotated[ReviewForm, Form()],
    request: Request,
    session: Session,
    caller: CurrentCaller,
    reach: CurrentReach,
) -> Response:
    """Say it, once."""
    photo, now = request.state.thought, await business_now(session)
    with by_field():
        await service.write_review(
            session, ref=code, said=form.said, photo=photo, reach=reach, by=caller.person, now=now
        )
    return see(f"/pesanan/{code}/ulasan", SENT)


@pages.get(PAGE + "/ubah")
@stands_for("reviews_of_order", Role.CONSUMER)
async def ask_to_change(code: OrderRef, session: Session, reach: CurrentReach, show: Show) -> Response:
    """The same form with what was said; where it is too late, the review itself says so."""
    order = await orders.get_order(session, code, reach)
    seen = await queries.find_review(session, order.id, reach)
    if seen is None or not seen.changeable:
        return see(f"/pesanan/{code}/ulasan")
    return show("aftersales/write.html", **await _asked(session, order, seen))


@pages.post(PAGE + "/ubah")
@stands_for("reviews_change", Role.CONSUMER)
@look_think(_look, _store)
async def change_review(
    code: OrderRef,
    form: Annotated[ReviewForm, Form()],
    request: Request,
    session: Session,
    caller: CurrentCaller,
    reach: CurrentReach,
) -> Response:
    """Say it otherwise, as long as nobody has read it."""
    review_id = (await _get(session, code, reach))[1].review.id
    with by_field():
        await service.change_review(
            session, review_id=review_id, said=form.said, photo=request.state.thought, reach=reach, by=caller.person
        )
    return see(f"/pesanan/{code}/ulasan", later("Ulasan diubah."))


async def _get(session: AsyncSession, code: str, reach: Reach) -> tuple[Order, Seen]:
    order = await orders.get_order(session, code, reach)
    seen = await queries.find_review(session, order.id, reach)
    if seen is None:
        raise ReviewUnknown
    return order, seen


@pages.post(PAGE + "/hapus")
@stands_for("reviews_forget", Role.CONSUMER)
async def forget_review(code: OrderRef, session: Session, caller: CurrentCaller, reach: CurrentReach) -> Response:
    """Text, picture and name are taken back."""
    _, seen = await _get(session, code, reach)
    await service.forget_review(session, review_id=seen.review.id, reach=reach, by=caller.person)
    return see(f"/pesanan/{code}/ulasan", later("Tulisan, foto, dan nama Anda sudah dihapus dari ulasan ini."))


@pages.post(PAGE + "/ukuran")
@stands_for("measurement_sets_create", Role.CONSUMER)
async def learn(
    code: OrderRef,
    form: Annotated[MeasureForm, Form()],
    session: Session,
    caller: CurrentCaller,
    reach: CurrentReach,
) -> Response:
    """The saved measures become what this order has taught."""
    order, seen = await _get(session, code, reach)
    today = local_date(await business_now(session))
    changed = await service.learn(session, order, seen, zones=form.zone, account_id=caller.person, today=today)
    said = later("%(n)s ukuran tersimpan diperbarui.") if changed else later("Ukuran tersimpan tetap seperti semula.")
    return see(f"/pesanan/{code}/ulasan", said, n=changed)
