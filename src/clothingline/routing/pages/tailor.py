"""An offer on a tailor's phone: look, say yes and take it back, say no, ask for time."""

from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import Form, Header, Query, Response
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit import captured
from clothingline.kit.access import Role
from clothingline.kit.clock import business_now, local_date
from clothingline.kit.http.plain import Line
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session
from clothingline.kit.ids import show as id_of
from clothingline.routing import queries, service
from clothingline.routing.cards import cards_of, undo_until
from clothingline.routing.models import OPEN, Offer
from clothingline.routing.room import room_for
from clothingline.routing.schemas import OfferId
from clothingline.settings import settings
from clothingline.web.forms import PageForm
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import Show, see
from clothingline.web.words import later

Sure = Annotated[bool, Query(alias="yakin")]
Kept = Annotated[bool, Header(alias="X-Kept", description="The phone keeps a copy; nobody has looked yet.")]

pages = page_router()


class Refusing(PageForm):
    """Why not, if the tailor wants to say it."""

    reason: Line | None = None


@pages.get("/t/tawaran/{offer_id}")
@stands_for("offers_show", Role.TAILOR)
async def show_offer(
    *,
    offer_id: OfferId,
    session: Session,
    caller: CurrentCaller,
    reach: CurrentReach,
    show: Show,
    sure: Sure = False,
    kept: Kept = False,
) -> Response:
    """What is asked, what it pays, until when. The first look is noted, but not a copy for later."""
    offer = await queries.get_offer(session, offer_id, reach)
    if offer.state == "sent" and not kept:
        offer = await service.open_offer(session, offer=offer, by=caller.account)
    return show("routing/offer.html", sure=sure, **await told(session, offer))


async def told(session: AsyncSession, offer: Offer) -> dict[str, Any]:
    """What the pages of an offer say of it."""
    now = await business_now(session)
    card = (await cards_of(session, [offer]))[offer.id]
    return {
        "offer": offer,
        "card": card,
        "path_of": f"/t/tawaran/{id_of('off', offer.id)}",
        "open": offer.state in OPEN and offer.expires_at > now,
        "minutes": minutes_between(now, offer.expires_at),
        "window": minutes_between(offer.created_at, offer.expires_at),
        "undo": undo_minutes(offer, now),
        "room": await room_for(session, offer, today=local_date(now)),
        "hourly": card.hourly_idr(offer),
        "more_time": offer.extensions < settings().offers.extensions,
    }


def minutes_between(now: datetime, then: datetime) -> int:
    """Whole minutes, rounded up, at least none."""
    return max(-((now - then) // timedelta(minutes=1)), 0)


def undo_minutes(offer: Offer, now: datetime) -> int:
    """For how long an acceptance can still be taken back."""
    until = undo_until(offer)
    return minutes_between(now, until) if until and offer.state == "accepted" else 0


@pages.post("/t/tawaran/{offer_id}/terima")
@stands_for("offers_accept", Role.TAILOR)
async def accept_offer(offer_id: OfferId, session: Session, caller: CurrentCaller, reach: CurrentReach) -> Response:
    """Say yes; for ten minutes it can be taken back."""
    await service.accept_offer(
        session, offer_id=offer_id, reach=reach, by=caller.account, age=captured.age(), rules=settings().offers
    )
    path = f"/t/tawaran/{id_of('off', offer_id)}"
    return see(path, later("Pekerjaan masuk ke Kalender."), undo=f"{path}/urungkan")


@pages.post("/t/tawaran/{offer_id}/urungkan")
@stands_for("offers_undo", Role.TAILOR)
async def undo_acceptance(offer_id: OfferId, session: Session, caller: CurrentCaller, reach: CurrentReach) -> Response:
    """Take the yes back."""
    await service.undo_acceptance(session, offer_id=offer_id, reach=reach, by=caller.account, rules=settings().offers)
    return see(f"/t/tawaran/{id_of('off', offer_id)}", later("Sudah diurungkan. Tawaran masih bisa dijawab."))


@pages.get("/t/tawaran/{offer_id}/tolak")
@stands_for("offers_show", Role.TAILOR)
async def ask_why_not(offer_id: OfferId, session: Session, reach: CurrentReach, show: Show) -> Response:
    """A no, with a reason if there is one."""
    offer = await queries.get_offer(session, offer_id, reach)
    return show("routing/decline.html", **await told(session, offer))


@pages.post("/t/tawaran/{offer_id}/tolak")
@stands_for("offers_decline", Role.TAILOR)
async def decline_offer(
    offer_id: OfferId,
    form: Annotated[Refusing, Form()],
    session: Session,
    caller: CurrentCaller,
    reach: CurrentReach,
) -> Response:
    """Say no. That never costs."""
    await service.decline_offer(session, offer_id=offer_id, reach=reach, by=caller.account, reason=form.reason)
    return see("/t", later("Tidak apa-apa. Nilai Anda tidak berubah."))


@pages.post("/t/tawaran/{offer_id}/waktu")
@stands_for("offers_extend", Role.TAILOR)
async def ask_for_time(offer_id: OfferId, session: Session, caller: CurrentCaller, reach: CurrentReach) -> Response:
    """Some hours more to think."""
    rules = settings().offers
    await service.extend_offer(session, offer_id=offer_id, reach=reach, by=caller.account, rules=rules)
    return see(
        f"/t/tawaran/{id_of('off', offer_id)}", later("Waktu bertambah %(hours)s jam."), hours=rules.extension_hours
    )
