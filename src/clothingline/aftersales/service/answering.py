"""The answer of a brand, and what officers do with a review that does not belong in public: never a word of theirs."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.aftersales import queries
from clothingline.aftersales.errors import AlreadyAnswered, AlreadyHidden, NotHidden, ReviewSealed, ReviewTakenBack
from clothingline.aftersales.events import ReviewAnswered, ReviewEvent, ReviewHidden, ReviewRestored
from clothingline.aftersales.models import REVIEW, Review, ReviewAnswer
from clothingline.kit.access import Reach
from clothingline.kit.events import emit
from clothingline.kit.states import move
from clothingline.orders import queries as orders


async def answer_review(session: AsyncSession, *, review_id: UUID, words: str, reach: Reach, by: UUID) -> ReviewAnswer:
    """Answer a review that the brand may read, once.

    Raises `ReviewUnknown`, `ReviewSealed`, `ReviewTakenBack` or `AlreadyAnswered`.
    """
    order_id = (await queries.get_review(session, review_id, reach)).review.order_id
    order = await orders.get_order_by_id(session, order_id, lock=True)
    seen = await queries.get_review(session, review_id, reach)
    if not seen.readable:
        raise ReviewSealed
    if seen.review.forgotten_at is not None:
        raise ReviewTakenBack
    if seen.answer is not None:
        raise AlreadyAnswered
    answer = ReviewAnswer(review_id=review_id, by=by, words=words)
    session.add(answer)
    await session.flush()
    told = [order.consumer_id, seen.review.brand_id]
    await emit(session, ReviewAnswered(order_id, review_id), by=by, audience=told)
    return answer


async def hide_review(session: AsyncSession, *, review_id: UUID, reason: str, reach: Reach, by: UUID) -> None:
    """Nobody but its consumer and officers read it any more. Raises `ReviewUnknown` or `AlreadyHidden`."""
    moved = await move(session, REVIEW, Review, "hide", Review.id == review_id, by=by, reason=reason)
    if not moved:
        await queries.get_review(session, review_id, reach)
        raise AlreadyHidden
    await _tell(session, ReviewHidden(moved[0].order_id, review_id), by)


async def restore_review(session: AsyncSession, *, review_id: UUID, reach: Reach, by: UUID) -> None:
    """Show it again. Raises `ReviewUnknown` or `NotHidden`."""
    moved = await move(session, REVIEW, Review, "restore", Review.id == review_id, by=by, reason=None)
    if not moved:
        await queries.get_review(session, review_id, reach)
        raise NotHidden
    await _tell(session, ReviewRestored(moved[0].order_id, review_id), by)


async def _tell(session: AsyncSession, happening: ReviewEvent, by: UUID) -> None:
    order = await orders.get_order_by_id(session, happening.order_id)
    await emit(session, happening, by=by, audience=[order.consumer_id])
