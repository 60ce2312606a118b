"""An officer overrules the engine: an open offer is taken back, and the order is offered to somebody else."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Reach
from clothingline.kit.errors import Invalid
from clothingline.kit.events import emit
from clothingline.kit.ids import read
from clothingline.kit.states import move
from clothingline.routing import queries
from clothingline.routing.events import OfferPassedOver
from clothingline.routing.models import OFFER, OPEN, Offer, Plan
from clothingline.routing.service.answering import let_go, refuse_answer, waiting_briefly


async def pass_over(
    session: AsyncSession, *, offer_id: UUID, reason: str, instead: UUID | None = None, reach: Reach, by: UUID | None
) -> Offer:
    """Take back an offer that nobody has accepted; its party is not asked for this order again, at no cost to it.

    The engine asks the tailor who is named `instead`, as long as this plan can be made so; else whom it chooses.
    Raises `OfferNotFound`, `OfferAlreadyAccepted`, `OfferExpired`, `OfferClosed`, `OfferMovedMeanwhile`, or `Invalid`
    for somebody who was not weighed, or could not.
    """
    if instead is not None:
        await _check_named(session, await queries.get_offer(session, offer_id, reach), instead)
    waiting = (Offer.id == offer_id, Offer.state.in_(OPEN))
    with waiting_briefly():
        taken = await move(session, OFFER, Offer, "withdraw", *waiting, by=by, reason=reason, instead_id=instead)
    if not taken:
        await refuse_answer(session, offer_id, reach)
    [offer] = taken
    await let_go(session, offer, why="passed_over")
    await emit(session, OfferPassedOver(offer.order_id, offer.id), by=by, audience=[offer.organisation_id])
    return offer


async def _check_named(session: AsyncSession, offer: Offer, named: UUID) -> None:
    """Whoever is named was weighed for this plan, could, and has no part in it."""
    plan = await session.get_one(Plan, offer.plan_id)
    weighed = (plan.explanation or {}).get("makers", [])
    able = {read("tlr", one["tailor"]) for one in weighed if one["limit"] is None and not one["chosen"]}
    if offer.kind != "tailor" or named not in able:
        raise Invalid(
            "/instead",
            "Pilih penjahit yang ditimbang dan memenuhi syarat, atau biarkan mesin memilih.",
            "Choose a tailor who was weighed and qualifies, or let the engine choose.",
        )
