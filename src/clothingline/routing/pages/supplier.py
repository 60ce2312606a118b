"""What a supplier is asked to deliver, and its answer: all of it, only a part, or not."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Form, Response
from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Reach, Role
from clothingline.kit.clock import business_now
from clothingline.kit.errors import Invalid
from clothingline.kit.http.listing import Asked
from clothingline.kit.http.plain import Line
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session
from clothingline.kit.ids import show as typed_id
from clothingline.routing import requests, service
from clothingline.routing.cards import undo_until
from clothingline.routing.schemas import OfferId
from clothingline.settings import settings
from clothingline.web.forms import PageForm
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import Show, see
from clothingline.web.words import later

INBOX = "/pemasok/permintaan"
METRE_CM = 100

pages = page_router()


class Refusing(PageForm):
    """Why not; that never costs."""

    reason: Annotated[Line, Field(max_length=100)] | None = None


class Partly(PageForm):
    """How many whole metres there are."""

    metres: Annotated[int, Field(ge=1, le=100_000)]


@pages.get(INBOX)
@stands_for("offers_list", Role.SUPPLIER)
async def list_requests(session: Session, reach: CurrentReach, asked: Asked, show: Show) -> Response:
    """What waits for an answer, the soonest over first, and what was answered lately."""
    waiting = await requests.list_waiting(session, reach, kind="supplier")
    answered = await requests.list_answered(session, reach, kind="supplier", asked=asked)
    now = await business_now(session)
    return show("suppliers/requests.html", requests=waiting, answered=answered, now=now, waiting={INBOX: len(waiting)})


@pages.get(INBOX + "/{offer_id}")
@stands_for("offers_show", Role.SUPPLIER)
async def show_request(
    offer_id: OfferId, session: Session, caller: CurrentCaller, reach: CurrentReach, show: Show
) -> Response:
    """One request. The first look is noted."""
    one = await requests.get_asked(session, offer_id, reach, kind="supplier")
    if one.offer.state == "sent":
        await service.open_offer(session, offer=one.offer, by=caller.account)
    return show("suppliers/request.html", one=one, **await _around(session, reach, one))


async def _around(session: AsyncSession, reach: Reach, one: requests.Asked) -> dict[str, Any]:
    waiting = await requests.count_waiting(session, reach, kind="supplier")
    return {
        "now": await business_now(session),
        "undo_until": undo_until(one.offer),
        "hours": settings().offers.supplier_hours,
        "waiting": {INBOX: waiting},
    }


def _path(offer_id: UUID, act: str = "") -> str:
    return f"{INBOX}/{typed_id('off', offer_id)}{act}"


@pages.post(INBOX + "/{offer_id}/bisa")
@stands_for("offers_accept", Role.SUPPLIER)
async def accept(offer_id: OfferId, session: Session, caller: CurrentCaller, reach: CurrentReach) -> Response:
    """All of it; it may be taken back for some minutes."""
    one = await requests.get_asked(session, offer_id, reach, kind="supplier")
    await service.accept_offer(session, offer_id=offer_id, reach=reach, by=caller.account)
    return see(INBOX, later("Bisa semua: %(what)s."), undo=_path(offer_id, "/urungkan"), what=one.lot.name)


@pages.post(INBOX + "/{offer_id}/urungkan")
@stands_for("offers_undo", Role.SUPPLIER)
async def undo(offer_id: OfferId, session: Session, caller: CurrentCaller, reach: CurrentReach) -> Response:
    """Take the yes back in time; the request waits as before."""
    await requests.get_asked(session, offer_id, reach, kind="supplier")
    rules = settings().offers
    await service.undo_acceptance(session, offer_id=offer_id, reach=reach, by=caller.account, rules=rules)
    return see(_path(offer_id), later("Diurungkan. Permintaan ini menunggu jawaban lagi."))


@pages.post(INBOX + "/{offer_id}/sebagian")
@stands_for("offers_decline", Role.SUPPLIER)
async def offer_part(
    offer_id: OfferId, form: Annotated[Partly, Form()], session: Session, caller: CurrentCaller, reach: CurrentReach
) -> Response:
    """Only so many metres: an order takes one dye lot, so that it goes elsewhere, and what there is stands noted."""
    one = await requests.get_asked(session, offer_id, reach, kind="supplier")
    if form.metres * METRE_CM >= (one.cm or 0):
        raise Invalid("/metres", "Jumlah itu cukup. Pilih Bisa semua.", "That is enough. Choose Yes, all of it.")
    reason = f"Hanya ada {form.metres} m"
    await service.decline_offer(session, offer_id=offer_id, reach=reach, by=caller.account, reason=reason)
    return see(INBOX, later("Dicatat: hanya ada %(n)s m. Kami mencari celupan lain."), n=form.metres)


@pages.post(INBOX + "/{offer_id}/tidak")
@stands_for("offers_decline", Role.SUPPLIER)
async def refuse(
    offer_id: OfferId, form: Annotated[Refusing, Form()], session: Session, caller: CurrentCaller, reach: CurrentReach
) -> Response:
    """Not at all; that never costs."""
    await requests.get_asked(session, offer_id, reach, kind="supplier")
    await service.decline_offer(session, offer_id=offer_id, reach=reach, by=caller.account, reason=form.reason)
    return see(INBOX, later("Dicatat: tidak bisa. Kami mencari kain lain."))
