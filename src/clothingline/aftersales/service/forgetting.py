"""Taking text, pictures and name back. What was ticked stays, as a figure without a person."""

from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.aftersales import queries
from clothingline.aftersales.events import ReviewForgotten
from clothingline.aftersales.models import Remark, Review, ReviewAnswer, ReviewPhoto
from clothingline.kit.access import Reach
from clothingline.kit.clock import business_time
from clothingline.kit.events import emit
from clothingline.orders import queries as orders
from clothingline.orders.models import Order


async def forget_review(session: AsyncSession, *, review_id: UUID, reach: Reach, by: UUID) -> None:
    """The consumer takes it back, at any time; asked twice, it stays so. Raises `ReviewUnknown`."""
    seen = await queries.get_review(session, review_id, reach)
    await _forget(session, seen.review.order_id, review_id, by)


async def forget_consumer(session: AsyncSession, *, account_id: UUID) -> int:
    """All reviews of somebody, and what makers have written of them; returns how many reviews."""
    own = select(Order.id).where(Order.consumer_id == account_id)
    rows = (
        await session.execute(
            select(Review.order_id, Review.id).where(Review.order_id.in_(own)).order_by(Review.order_id)
        )
    ).all()
    for order_id, review_id in rows:
        await _forget(session, order_id, review_id, account_id)
    await session.execute(update(Remark).where(Remark.order_id.in_(own)).values(words=None))
    return len(rows)


async def _forget(session: AsyncSession, order_id: UUID, review_id: UUID, by: UUID) -> None:
    """The answer of the brand goes with it: it speaks to a text that is gone, and may name who wrote it.

    Under the lock of the order, under which answers are written, so that none of them stays behind.
    """
    await orders.get_order_by_id(session, order_id, lock=True)
    gone = update(Review).where(Review.id == review_id, Review.forgotten_at.is_(None))
    found = gone.values(words=None, forgotten_at=business_time()).returning(Review.id)
    if await session.scalar(found.execution_options(synchronize_session=False)) is None:
        return
    await session.execute(delete(ReviewAnswer).where(ReviewAnswer.review_id == review_id))
    await emit(session, ReviewForgotten(order_id, review_id), by=by, audience=[by])


async def drop_pictures(session: AsyncSession, *, review_id: UUID) -> None:
    """Forget the rows of pictures whose files are gone."""
    await session.execute(delete(ReviewPhoto).where(ReviewPhoto.review_id == review_id))
