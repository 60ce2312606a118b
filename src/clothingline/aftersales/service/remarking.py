"""What the makers say of a consumer: the brand once, each tailor once for their part, before reading the review."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.aftersales import queries
from clothingline.aftersales.errors import AlreadyRemarked, NotArrived, ReviewOpened
from clothingline.aftersales.events import RemarkWritten
from clothingline.aftersales.models import Remark, Review
from clothingline.aftersales.service.writing import ARRIVED
from clothingline.kit.access import Reach
from clothingline.kit.events import emit
from clothingline.orders import queries as orders
from clothingline.orders.models import Order
from clothingline.production.queries import get_job


async def remark_for_brand(
    session: AsyncSession, *, ref: str, rating: int, words: str | None, reach: Reach, by: UUID, now: datetime
) -> Remark:
    """How it was to work for this consumer, by the brand. Raises `OrderNotFound`, and what `_remark` raises."""
    order = await orders.get_order(session, ref, reach, lock=True)
    maker = Remark(order_id=order.id, organisation_id=order.brand_id, by=by, rating=rating, words=words)
    return await _remark(session, order, maker, now)


async def remark_for_tailor(
    session: AsyncSession, *, job_id: UUID, rating: int, words: str | None, reach: Reach, by: UUID, now: datetime
) -> Remark:
    """The same by the tailor of a job. Raises `JobUnknown`, and what `_remark` raises."""
    job = await get_job(session, job_id, reach)
    order = await orders.get_order_by_id(session, job.order_id, lock=True)
    maker = Remark(order_id=order.id, organisation_id=job.tailor_id, by=by, rating=rating, words=words)
    return await _remark(session, order, maker, now)


async def _remark(session: AsyncSession, order: Order, remark: Remark, now: datetime) -> Remark:
    """Raises `NotArrived`, `AlreadyRemarked` or `ReviewOpened`."""
    if order.state not in ARRIVED:
        raise NotArrived
    if remark.organisation_id in await queries.spoken_for(session, order.id):
        raise AlreadyRemarked
    review = await queries.find_bare(session, order.id)
    if review is not None and review.opens_at <= now:
        raise ReviewOpened
    session.add(remark)
    await session.flush()
    if not await queries.silent_makers(session, order):
        await session.execute(update(Review).where(Review.order_id == order.id).values(opens_at=now))
    told = [order.consumer_id, remark.organisation_id]
    await emit(session, RemarkWritten(order.id, remark.organisation_id), by=remark.by, audience=told)
    return remark
