"""Taking text, pictures and name back. What was ticked stays, as a figure without a person."""

from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.aftersales import queries
from clothingline.aftersales.events import ReviewForgotten
from clothingline.aftersales.models import Review, ReviewAnswer, ReviewPhoto
from clothingline.kit.access import Reach
from clothingline.kit.clock import business_time
from clothingline.kit.events import emit
from clothingline.orders import queries as orders


async def forget_review(session: AsyncSession, *, review_id: UUID, reach: Reach, by: UUID) -> None:
    """The consumer takes it back, at any time; asked twice, it stays so. Raises `ReviewUnknown`.

    The answer of the brand goes with it: it speaks to a text that is gone, and may name who wrote it. Under the lock
    of the order, under which answers are written, so that none of them stays behind.
    """
    order_id = (await queries.get_review(session, review_id, reach)).review.order_id
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
