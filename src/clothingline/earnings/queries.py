"""Rows of earnings and of what they follow from. Whose they are stands in the query."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Row, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.earnings.models import Earning
from clothingline.kit.access import Reach, Role
from clothingline.kit.page import Page, Window, take
from clothingline.materials.models import Reservation
from clothingline.production.models import Job
from clothingline.routing.models import Offer


async def list_sewing(session: AsyncSession, order_id: UUID) -> Sequence[Row[Offer, UUID | None]]:
    """Accepted offers to makers, each with its live job once there is one."""
    live = (Job.offer_id == Offer.id) & (Job.state != "cancelled")
    accepted = (Offer.order_id == order_id, Offer.kind == "tailor", Offer.state == "accepted")
    return (await session.execute(select(Offer, Job.id).outerjoin(Job, live).where(*accepted))).all()


async def list_cloth(session: AsyncSession, order_id: UUID) -> Sequence[Row[Offer, Reservation]]:
    """Accepted offers to suppliers, each with what is reserved."""
    reserved = Reservation.id == Offer.reservation_id
    accepted = (Offer.order_id == order_id, Offer.kind == "supplier", Offer.state == "accepted")
    return (await session.execute(select(Offer, Reservation).join(Reservation, reserved).where(*accepted))).all()


async def list_available_for_update(session: AsyncSession, organisation_id: UUID) -> list[Earning]:
    """What a party may be paid, locked in order of the id."""
    query = select(Earning).where(Earning.organisation_id == organisation_id, Earning.state == "available")
    locked = query.order_by(Earning.id).with_for_update().execution_options(populate_existing=True)
    return list(await session.scalars(locked))


async def list_earnings(session: AsyncSession, reach: Reach, *, state: str | None, asked: Window) -> Page[Earning]:
    """Earnings of the caller's organisations, newest first."""
    payees = reach.of(Role.TAILOR, Role.BRAND_OWNER, Role.SUPPLIER)
    query = select(Earning).where(true() if reach.everything else Earning.organisation_id.in_(payees))
    if state is not None:
        query = query.where(Earning.state == state)
    return await take(session, query, key=Earning.id, asked=asked)
