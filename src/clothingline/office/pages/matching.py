"""The matching console: what waits for makers, why the engine chose so, and, rarely, another way."""

from typing import Annotated
from uuid import UUID

from fastapi import Form, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Role
from clothingline.kit.clock import business_now
from clothingline.kit.errors import Invalid
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session
from clothingline.office import matchings
from clothingline.office.desk import OFFICERS, OnDesk
from clothingline.orders import queries as orders
from clothingline.orders.models import Order
from clothingline.orders.schemas import OrderRef
from clothingline.routing import queries as routing
from clothingline.routing import service
from clothingline.routing.models import OPEN, Plan
from clothingline.routing.reasons import LIMIT_WORDS
from clothingline.routing.schemas import OfferId, Overruling, TailorId
from clothingline.routing.why import parts_of, why
from clothingline.web.forms import PageForm
from clothingline.web.marks import Place
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import language, see
from clothingline.web.words import ENGLISH, later

HOME = "/admin/cocok"
MICRO = 1_000_000

pages = page_router()


class PassingOver(PageForm):
    """Whose open offer is taken back, why, and who is asked instead; nobody named: whom the engine chooses."""

    offer: OfferId
    reason: Overruling
    instead: TailorId | None = None


@pages.get(HOME)
@stands_for("plans_certificate", *OFFICERS)
async def list_unmatched(session: Session, desk: OnDesk) -> Response:
    """Orders whose parties have not all said yes, those at risk first."""
    return desk("admin/matches.html", rows=await matchings.list_unmatched(session), now=await business_now(session))


@pages.get(HOME + "/{order}")
@stands_for("plans_certificate", *OFFICERS)
async def show_match(
    order: OrderRef, request: Request, session: Session, reach: CurrentReach, desk: OnDesk
) -> Response:
    """Why this plan: its parts beside those of the others, who could and who could not, and the proof."""
    found = await orders.get_order(session, order, reach)
    plans = await matchings.list_plans(session, found.id)
    asked = await matchings.list_asked(session, found.id)
    spoken = language(request)
    plan, kept = plans[0] if plans else (None, None)
    weighed = matchings.candidates(plan) if plan else []
    places = await _places(session, found, [row[0] for row in plans], weighed)
    return desk(
        "admin/match.html",
        order=found,
        plans=[row[0] for row in plans],
        parts_of=parts_of,
        why=why(plan, spoken) if plan else None,
        candidates=weighed,
        parties=places,
        towns=await _map(session, found, plan, weighed, places),
        limits={code: words[1 if spoken == ENGLISH else 0] for code, words in LIMIT_WORDS.items()},
        proof=matchings.proof_of(plan, kept) if plan and kept else None,
        asked=asked,
        open_offers=[one for one in asked if one.offer.state in OPEN],
        spoken=spoken,
    )


async def _places(
    session: AsyncSession, order: Order, plans: list[Plan], weighed: list[matchings.Candidate]
) -> dict[UUID, matchings.Party]:
    named = {share.tailor_id for plan in plans for share in plan.shares} | {one.tailor_id for one in weighed}
    brands = {plan.brand_id for plan in plans} | ({order.brand_id} if order.brand_id else set())
    return await matchings.list_parties(session, [*named, *brands])


async def _map(
    session: AsyncSession,
    order: Order,
    plan: Plan | None,
    weighed: list[matchings.Candidate],
    places: dict[UUID, matchings.Party],
) -> list[Place]:
    """The buyer's town, the brand, and the makers: dark those of the plan, lighter who could, pale who could not."""
    if plan is None:
        return []
    town = await matchings.find_town(session, order.regency_code)
    chosen = {share.tailor_id for share in plan.shares}
    barred = {one.tailor_id for one in weighed if one.limit}
    makers = [one for one in places.values() if one.id in chosen | {each.tailor_id for each in weighed}]
    dots = [_dot(one, 2, 1.0 if one.id in chosen else 0.1 if one.id in barred else 0.5) for one in makers]
    buyer = Place(town.name, town.lon_micro / MICRO, town.lat_micro / MICRO, 4, 0.7)
    return [*dots, _dot(places[plan.brand_id], 4, 1.0), buyer]


def _dot(one: matchings.Party, size: float, level: float) -> Place:
    return Place(one.name, one.lon_micro / MICRO, one.lat_micro / MICRO, size, level)


@pages.post(HOME + "/{order}/alihkan")
@stands_for("offers_pass_over", Role.ADMIN)
async def pass_over(
    order: OrderRef,
    form: Annotated[PassingOver, Form()],
    session: Session,
    caller: CurrentCaller,
    reach: CurrentReach,
) -> Response:
    """Take an open offer back; the engine seeks somebody else at once."""
    found = await orders.get_order(session, order, reach)
    offer = await routing.get_offer(session, form.offer, reach)
    if offer.order_id != found.id:
        raise Invalid("/offer", "Pilih tawaran dari pesanan ini", "Choose an offer of this order")
    await service.pass_over(
        session, offer_id=offer.id, reason=form.reason, instead=form.instead, reach=reach, by=caller.account
    )
    if form.instead is not None:
        named = (await matchings.list_parties(session, [form.instead]))[form.instead].name
        said = later("Tawaran dialihkan ke %(who)s bila masih muat. Bila tidak, mesin mencari pihak lain.")
        return see(f"{HOME}/{found.code}", said, who=named)
    return see(f"{HOME}/{found.code}", later("Tawaran dialihkan. Mesin sedang mencari pihak lain."))
