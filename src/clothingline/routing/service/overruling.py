"""An officer overrules the engine: an open offer is taken back, and the order is offered to somebody else."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Reach
from clothingline.kit.events import emit
from clothingline.kit.states import move
from clothingline.routing.events import OfferPassedOver
from clothingline.routing.models import OFFER, OPEN, Offer
from clothingline.routing.service.answering import let_go, refuse_answer, waiting_briefly


async def pass_over(session: AsyncSession, *, offer_id: UUID, reason: str, reach: Reach, by: UUID | None) -> Offer:
    """Take back an offer that nobody has accepted; its party is not asked for this order again, at no cost to it.

    Raises `OfferNotFound`, `OfferAlreadyAccepted`, `OfferExpired`, `OfferClosed` or `OfferMovedMeanwhile`.
    """
    waiting = (Offer.id == offer_id, Offer.state.in_(OPEN))
    with waiting_briefly():
        taken = await move(session, OFFER, Offer, "withdraw", *waiting, by=by, reason=reason)
    if not taken:
        await refuse_answer(session, offer_id, reach)
    [offer] = taken
    await let_go(session, offer, why="passed_over")
    await emit(session, OfferPassedOver(offer.order_id, offer.id), by=by, audience=[offer.organisation_id])
    return offer
