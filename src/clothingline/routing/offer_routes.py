"""Offers: see, accept, take back, decline, ask for time."""

from typing import Annotated

from fastapi import Query
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit import captured
from clothingline.kit.http.listing import Asked, Listing
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Session, api_router
from clothingline.orders import schemas as order_schemas
from clothingline.routing import queries, schemas, service
from clothingline.routing.cards import cards_of, undo_until
from clothingline.routing.models import OFFER, Offer
from clothingline.settings import settings

router = api_router()
Status = Annotated[str | None, Query(pattern=f"^({'|'.join(OFFER.states)})$", description="Only these.")]
Order = Annotated[order_schemas.OrderId | None, Query(description="Only of this order.")]


@router.get("/offers", tags=["offers"], name="list")
async def list_offers(
    session: Session, reach: CurrentReach, asked: Asked, status: Status = None, order: Order = None
) -> Listing[schemas.OfferOut]:
    """Offers to your organisation, newest first."""
    page = await queries.list_offers(session, reach, state=status, order_id=order, asked=asked)
    cards = await cards_of(session, page.rows)
    return Listing(**page.listing([schemas.offer_out(row, cards[row.id], undo_until(row)) for row in page.rows]))


async def _out(session: AsyncSession, offer: Offer) -> schemas.OfferOut:
    cards = await cards_of(session, [offer])
    return schemas.offer_out(offer, cards[offer.id], undo_until(offer))


@router.get("/offers/{offer_id}", tags=["offers"], name="show")
async def show_offer(
    offer_id: schemas.OfferId, session: Session, caller: CurrentCaller, reach: CurrentReach
) -> schemas.OfferOut:
    """One offer. The party's own first look is noted, so that a silent one can be called."""
    offer = await queries.get_offer(session, offer_id, reach)
    if offer.state == "sent" and not reach.everything:
        offer = await service.open_offer(session, offer=offer, by=caller.account)
    return await _out(session, offer)


@router.post("/offers/{offer_id}/acceptance", status_code=201, tags=["offers"], name="accept")
async def accept_offer(
    offer_id: schemas.OfferId, session: Session, caller: CurrentCaller, reach: CurrentReach
) -> schemas.OfferOut:
    """Say yes. It may be taken back for some minutes; nobody is told before that time is over."""
    taken = await service.accept_offer(
        session, offer_id=offer_id, reach=reach, by=caller.account, age=captured.age(), rules=settings().offers
    )
    return await _out(session, taken)


@router.delete("/offers/{offer_id}/acceptance", tags=["offers"], name="undo")
async def undo_acceptance(
    offer_id: schemas.OfferId, session: Session, caller: CurrentCaller, reach: CurrentReach
) -> schemas.OfferOut:
    """Take an acceptance back in time; the offer stands as before."""
    undone = await service.undo_acceptance(
        session, offer_id=offer_id, reach=reach, by=caller.account, rules=settings().offers
    )
    return await _out(session, undone)


@router.post("/offers/{offer_id}/decline", status_code=201, tags=["offers"], name="decline")
async def decline_offer(
    offer_id: schemas.OfferId, body: schemas.DeclineIn, session: Session, caller: CurrentCaller, reach: CurrentReach
) -> schemas.OfferOut:
    """Say no. That never costs."""
    declined = await service.decline_offer(
        session, offer_id=offer_id, reach=reach, by=caller.account, reason=body.reason
    )
    return await _out(session, declined)


@router.post("/offers/{offer_id}/passing-over", status_code=201, tags=["offers"], name="pass_over")
async def pass_over(
    offer_id: schemas.OfferId, body: schemas.PassingOver, session: Session, caller: CurrentCaller, reach: CurrentReach
) -> schemas.OfferOut:
    """Overrule the engine: take an open offer back, so that somebody else is asked. The reason is kept with it."""
    taken = await service.pass_over(
        session, offer_id=offer_id, reason=body.reason, instead=body.instead, reach=reach, by=caller.account
    )
    return await _out(session, taken)


@router.post("/offers/{offer_id}/extension", status_code=201, tags=["offers"], name="extend")
async def extend_offer(
    offer_id: schemas.OfferId, session: Session, caller: CurrentCaller, reach: CurrentReach
) -> schemas.OfferOut:
    """Ask for some hours more to think."""
    extended = await service.extend_offer(
        session, offer_id=offer_id, reach=reach, by=caller.account, rules=settings().offers
    )
    return await _out(session, extended)
