"""Asking the parties of a plan: an offer to the brand, to the supplier, and to each maker."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.brands.models import Brand
from clothingline.kit.clock import business_time, local_date
from clothingline.kit.events import emit
from clothingline.kit.states import move
from clothingline.materials import queries as materials
from clothingline.materials import service as cloth
from clothingline.materials.models import Lot
from clothingline.orders.models import Order
from clothingline.reference.calendar import WorkingCalendar
from clothingline.routing.events import OfferAccepted, OfferSent
from clothingline.routing.models import OFFER, Offer, Plan, PlanShare
from clothingline.routing.service.freezing import amount_of
from clothingline.settings import OfferSettings
from clothingline.suppliers.models import Supplier
from clothingline.tailors import queries as tailors


class ClothNotReserved(RuntimeError):
    """A plan was adopted without cloth behind it: a fault of ours, which the queue shows with its cause."""


async def ask_brand(session: AsyncSession, order: Order, plan: Plan, *, now: datetime, rules: OfferSettings) -> Offer:
    """Ask the brand to answer for the order; a standing acceptance answers at once."""
    offer = _offer(order, plan, kind="brand", organisation=plan.brand_id, claim=order.id)
    offer.pay_idr, offer.due_on = fee_of(plan), plan.promise_on
    offer.expires_at = deadline(now, rules.brand_hours)
    brand = await session.get_one(Brand, plan.brand_id)
    return await _send(session, offer, at_once=brand.standing_acceptance)


def fee_of(plan: Plan) -> int:
    """What the plan leaves to the brand: its fee and the options."""
    return amount_of(plan, "brand_fee", "options")


async def ask_supplier(
    session: AsyncSession, order: Order, plan: Plan, *, now: datetime, rules: OfferSettings
) -> Offer:
    """Ask the supplier for the cloth that is reserved; a standing acceptance answers at once."""
    lot = await session.get_one(Lot, plan.lot_id)
    offer = _offer(order, plan, kind="supplier", organisation=lot.supplier_id, claim=order.id)
    offer.reservation_id, offer.due_on = await _reservation(session, order), date.fromisoformat(plan.timeline["cloth"])
    offer.pay_idr = amount_of(plan, "cloth")
    offer.expires_at = deadline(now, rules.supplier_hours)
    supplier = await session.get_one(Supplier, lot.supplier_id)
    sent = await _send(session, offer, at_once=supplier.standing_acceptance)
    if supplier.standing_acceptance:
        await cloth.confirm_cloth(session, claim=order.id, by=None)
    return sent


async def _reservation(session: AsyncSession, order: Order) -> UUID:
    reservation = await materials.find_reservation(session, claim=order.id)
    if reservation is None:
        raise ClothNotReserved(order.id)
    return reservation.id


async def ask_tailor(
    session: AsyncSession, order: Order, plan: Plan, share: PlanShare, *, now: datetime, rules: OfferSettings
) -> Offer:
    """Ask a maker to sew its share."""
    offer = _offer(order, plan, kind="tailor", organisation=share.tailor_id, claim=share.id)
    offer.share_id, offer.pieces, offer.sizes = share.id, share.pieces, share.sizes
    offer.pay_idr, offer.due_on = share.pay_idr, share.due_on
    offer.skills, offer.sewing_seconds = order.line.skills, sum(share.weeks.values())
    offer.expires_at = deadline(
        now, rules.tailor_hours, await tailors.calendar_of(session, share.tailor_id, local_date(now))
    )
    return await _send(session, offer, at_once=False)


def _offer(order: Order, plan: Plan, *, kind: str, organisation: UUID, claim: UUID) -> Offer:
    return Offer(
        order_id=order.id,
        plan_id=plan.id,
        kind=kind,
        organisation_id=organisation,
        claim=claim,
        pieces=order.line.pieces,
        sizes=order.line.sizes,
        state="sent",
    )


def deadline(now: datetime, hours: int, calendar: WorkingCalendar | None = None) -> datetime:
    """So many hours later; Sundays and national days off, or the party's own closed days, do not count."""
    return (calendar or WorkingCalendar()).deadline_after(now, hours=hours)


async def _send(session: AsyncSession, offer: Offer, *, at_once: bool) -> Offer:
    session.add(offer)
    await session.flush()
    await emit(session, OfferSent(offer.order_id, offer.id), audience=[offer.organisation_id])
    if not at_once:
        return offer
    [taken] = await move(session, OFFER, Offer, "accept", Offer.id == offer.id, accepted_at=business_time())
    await emit(session, OfferAccepted(offer.order_id, offer.id), audience=[offer.organisation_id])
    return taken
