"""The inbox of a brand: what it is asked, why, and its answer."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Form, Query, Request, Response
from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.queries import names_of
from clothingline.kit.access import Role
from clothingline.kit.clock import business_now
from clothingline.kit.http.listing import Asked
from clothingline.kit.http.plain import Line
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session
from clothingline.kit.ids import show as typed_id
from clothingline.kit.page import Page
from clothingline.routing import requests, service
from clothingline.routing.cards import undo_until
from clothingline.routing.models import PlanShare
from clothingline.routing.schemas import OfferId
from clothingline.routing.why import Why, parts_of, why
from clothingline.settings import settings
from clothingline.web.forms import PageForm
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import Show, language, see
from clothingline.web.words import later

BRAND = (Role.BRAND_OWNER, Role.BRAND_STAFF)
INBOX = "/merek/permintaan"
REASONS = {
    "penuh": later("Kapasitas minggu itu sudah penuh"),
    "tanggal": later("Tanggalnya terlalu dekat"),
    "bahan": later("Bahannya tidak cocok"),
    "harga": later("Bayarannya tidak cukup"),
    "lain": later("Alasan lain"),
}
Shown = Annotated[Literal["perlu", "selesai"], Query(alias="saring")]

pages = page_router()


class Refusing(PageForm):
    """Why the brand will not do it; that never costs."""

    reason: Literal["penuh", "tanggal", "bahan", "harga", "lain"] | None = None
    more: Annotated[Line, Field(max_length=100)] | None = None

    @property
    def words(self) -> str | None:
        """The reason as it is kept."""
        chosen = REASONS[self.reason] if self.reason and self.reason != "lain" else None
        return ": ".join(one for one in (chosen, self.more) if one) or None


@pages.get(INBOX)
@stands_for("offers_list", *BRAND)
async def list_requests(
    session: Session, reach: CurrentReach, asked: Asked, show: Show, shown: Shown = "perlu"
) -> Response:
    """What waits for an answer, the soonest over first; or what is answered, newest first."""
    if shown == "selesai":
        page = await requests.list_answered(session, reach, kind="brand", asked=asked)
        waiting = await requests.count_waiting(session, reach, kind="brand")
    else:
        page = Page(await requests.list_waiting(session, reach, kind="brand"), None)
        waiting = len(page.rows)
    now = await business_now(session)
    return show("brands/requests.html", page=page, shown=shown, now=now, waiting={INBOX: waiting}, ref=_ref)


def _ref(offer_id: UUID) -> str:
    return typed_id("off", offer_id)


@pages.get(INBOX + "/{offer_id}")
@stands_for("offers_show", *BRAND)
async def show_request(
    *,
    offer_id: OfferId,
    request: Request,
    session: Session,
    caller: CurrentCaller,
    reach: CurrentReach,
    show: Show,
) -> Response:
    """One request on a single page: what, by when, with whom and why. The first look is noted."""
    one = await requests.get_asked(session, offer_id, reach, kind="brand")
    if one.offer.state == "sent":
        await service.open_offer(session, offer=one.offer, by=caller.account)
    shares = await requests.list_shares(session, one.plan.id)
    reasons = why(one.plan, language(request))
    names = await _names(session, shares, reasons)
    now = await business_now(session)
    return show(
        "brands/request.html",
        one=one,
        ref=_ref(offer_id),
        timeline={stage: date.fromisoformat(day) for stage, day in one.plan.timeline.items()},
        shares=shares,
        names=names,
        parts=parts_of(one.plan.parts),
        why=reasons,
        now=now,
        undo_until=undo_until(one.offer),
        hours=settings().offers.brand_hours,
        reasons=REASONS,
        waiting={INBOX: await requests.count_waiting(session, reach, kind="brand")},
    )


async def _names(session: AsyncSession, shares: list[PlanShare], reasons: Why | None) -> dict[UUID, str]:
    return await names_of(session, {share.tailor_id for share in shares} | (reasons.named if reasons else set()))


@pages.post(INBOX + "/{offer_id}/terima")
@stands_for("offers_accept", *BRAND)
async def accept(offer_id: OfferId, session: Session, caller: CurrentCaller, reach: CurrentReach) -> Response:
    """Say yes; it may be taken back for some minutes."""
    one = await requests.get_asked(session, offer_id, reach, kind="brand")
    await service.accept_offer(session, offer_id=offer_id, reach=reach, by=caller.account)
    undo = f"{INBOX}/{_ref(offer_id)}/urungkan"
    return see(INBOX, later("Rencana %(code)s diterima."), undo=undo, code=one.order.code)


@pages.post(INBOX + "/{offer_id}/urungkan")
@stands_for("offers_undo", *BRAND)
async def undo(offer_id: OfferId, session: Session, caller: CurrentCaller, reach: CurrentReach) -> Response:
    """Take the yes back in time; the request waits as before."""
    await requests.get_asked(session, offer_id, reach, kind="brand")
    rules = settings().offers
    await service.undo_acceptance(session, offer_id=offer_id, reach=reach, by=caller.account, rules=rules)
    return see(f"{INBOX}/{_ref(offer_id)}", later("Persetujuan diurungkan. Permintaan ini menunggu jawaban lagi."))


@pages.post(INBOX + "/{offer_id}/tolak")
@stands_for("offers_decline", *BRAND)
async def refuse(
    offer_id: OfferId,
    form: Annotated[Refusing, Form()],
    session: Session,
    caller: CurrentCaller,
    reach: CurrentReach,
) -> Response:
    """Say no; the order looks for another brand."""
    one = await requests.get_asked(session, offer_id, reach, kind="brand")
    await service.decline_offer(session, offer_id=offer_id, reach=reach, by=caller.account, reason=form.words)
    return see(INBOX, later("%(code)s ditolak. Kami mencarikan merek lain."), code=one.order.code)
