"""Rows of reviews. Whose they are, and who may read them yet, stands in every query."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select, true
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.models import Account
from clothingline.aftersales.errors import ReviewUnknown
from clothingline.aftersales.models import Remark, Review, ReviewAnswer, ReviewFit, ReviewPhoto
from clothingline.aftersales.zones import ZONES
from clothingline.kit.access import Reach
from clothingline.kit.clock import business_time
from clothingline.kit.page import Page, Window, take
from clothingline.orders.models import Order
from clothingline.production.models import Job

BLIND: Final = timedelta(days=7)
"""So long neither side reads what the other says, unless both have spoken."""


@dataclass(frozen=True)
class Seen:
    """A review with what stands beside it, and whether who asks may read it yet.

    `name`: the first name of the consumer; None once it is taken back. `open`: everybody reads it.
    """

    review: Review
    code: str
    name: str | None
    fit: Mapping[str, str]
    photo_id: UUID | None
    answer: str | None
    answered_at: datetime | None
    open: bool
    readable: bool
    changeable: bool

    @property
    def hidden(self) -> bool:
        """Whether an officer has hidden it."""
        return self.review.state == "hidden"


def is_open() -> ColumnElement[bool]:
    """Reviews that everybody reads: their time has come, and no officer has hidden them."""
    return and_(Review.state == "standing", Review.opens_at <= business_time())


def unread() -> ColumnElement[bool]:
    """Reviews that nobody but their consumer can have read, so that they may still be changed."""
    spoken = exists().where(Remark.order_id == Review.order_id)
    waiting = and_(Review.state == "standing", Review.opens_at > business_time())
    return and_(waiting, Review.forgotten_at.is_(None), ~spoken)


def visible(reach: Reach) -> ColumnElement[bool]:
    """Reviews of which a caller may know: of its own order, of its brand's, of one that it sews for, or all."""
    if reach.everything:
        return true()
    sewn = exists().where(Job.order_id == Review.order_id, Job.tailor_id.in_(reach.tailors), Job.state != "cancelled")
    return or_(_own(reach), Review.brand_id.in_(reach.brands), sewn)


def _own(reach: Reach) -> ColumnElement[bool]:
    return Order.consumer_id == reach.account if reach.account else false()


def readable(reach: Reach) -> ColumnElement[bool]:
    """Reviews whose text a caller may read: its own, an open one, or one to which its organisation has spoken."""
    if reach.everything:
        return true()
    parties = reach.brands | reach.tailors
    spoken = exists().where(Remark.order_id == Review.order_id, Remark.organisation_id.in_(parties))
    return or_(_own(reach), is_open(), and_(Review.state == "standing", spoken))


def _beside(reach: Reach) -> Select[Any]:
    fit = func.jsonb_object_agg(ReviewFit.zone, ReviewFit.said, type_=JSONB)
    photo = select(ReviewPhoto.id).where(ReviewPhoto.review_id == Review.id, Review.forgotten_at.is_(None))
    return (
        select(
            Review,
            Order.code,
            Account.name,
            select(fit).where(ReviewFit.review_id == Review.id).scalar_subquery(),
            photo.order_by(ReviewPhoto.id.desc()).limit(1).scalar_subquery(),
            ReviewAnswer.words,
            ReviewAnswer.created_at,
            is_open(),
            readable(reach),
            unread(),
        )
        .join(Order, Order.id == Review.order_id)
        .join(Account, Account.id == Order.consumer_id)
        .outerjoin(ReviewAnswer, ReviewAnswer.review_id == Review.id)
        .execution_options(populate_existing=True)
    )


async def _seen(session: AsyncSession, query: Select[Any]) -> list[Seen]:
    return [
        Seen(review, code, _first(name, review), _ordered(fit or {}), *rest)
        for review, code, name, fit, *rest in await session.execute(query)
    ]


def _first(name: str, review: Review) -> str | None:
    return name.split(maxsplit=1)[0] if name.strip() and review.forgotten_at is None else None


def _ordered(fit: Mapping[str, str]) -> dict[str, str]:
    return {zone: fit[zone] for zone in ZONES if zone in fit}


async def get_review(session: AsyncSession, review_id: UUID, reach: Reach) -> Seen:
    """A review of which the caller may know. Raises `ReviewUnknown`."""
    found = await _seen(session, _beside(reach).where(Review.id == review_id, visible(reach)))
    if not found:
        raise ReviewUnknown
    return found[0]


async def find_review(session: AsyncSession, order_id: UUID, reach: Reach) -> Seen | None:
    """The review of an order whose right to it is settled."""
    found = await _seen(session, _beside(reach).where(Review.order_id == order_id))
    return found[0] if found else None


async def list_open(
    session: AsyncSession, *, asked: Window, design_id: UUID | None = None, brand_id: UUID | None = None
) -> Page[Seen]:
    """What everybody reads, newest first; of one design or brand if it is named. Two statements."""
    query = select(Review).where(is_open())
    if design_id is not None:
        query = query.where(Review.design_id == design_id)
    if brand_id is not None:
        query = query.where(Review.brand_id == brand_id)
    return await _page(session, query, Reach(everything=True), asked)


async def list_reviews(session: AsyncSession, reach: Reach, *, asked: Window) -> Page[Seen]:
    """The reviews of which a caller may know, newest first, readable or not yet. Two statements."""
    query = select(Review).join(Order, Order.id == Review.order_id).where(visible(reach))
    return await _page(session, query, reach, asked)


async def _page(session: AsyncSession, query: Select[Review], reach: Reach, asked: Window) -> Page[Seen]:
    page = await take(session, query, key=Review.id, asked=asked)
    if not page.rows:
        return Page([], None)
    named = _beside(reach).where(Review.id.in_([row.id for row in page.rows]))
    return Page(await _seen(session, named.order_by(Review.id.desc())), page.next_cursor)


async def find_bare(session: AsyncSession, order_id: UUID) -> Review | None:
    """The row of an order that is locked."""
    query = select(Review).where(Review.order_id == order_id).execution_options(populate_existing=True)
    return await session.scalar(query)


async def silent_makers(session: AsyncSession, order: Order) -> set[UUID | None]:
    """The brand and the tailors of an order who have not yet spoken of its consumer."""
    sewing = select(Job.tailor_id).where(Job.order_id == order.id, Job.state != "cancelled")
    return {order.brand_id, *await session.scalars(sewing)} - await spoken_for(session, order.id)


async def spoken_for(session: AsyncSession, order_id: UUID) -> set[UUID | None]:
    """Organisations that have spoken of the consumer of an order."""
    return set(await session.scalars(select(Remark.organisation_id).where(Remark.order_id == order_id)))


async def find_remark(session: AsyncSession, order_id: UUID, organisation_ids: Collection[UUID]) -> Remark | None:
    """What one of these has said of the consumer of an order."""
    query = select(Remark).where(Remark.order_id == order_id, Remark.organisation_id.in_(organisation_ids))
    return await session.scalar(query.order_by(Remark.id).limit(1))


async def list_remarks(session: AsyncSession, order: Order, reach: Reach) -> Sequence[Remark]:
    """What the makers of an order say of its consumer, as far as the caller may read it, oldest first; a few rows."""
    query = select(Remark).where(Remark.order_id == order.id, remark_readable(reach)).order_by(Remark.id)
    return (await session.scalars(query.limit(50))).all()


def remark_readable(reach: Reach) -> ColumnElement[bool]:
    """Remarks that a caller may read: those of its organisations, and what is said about itself.

    The latter after having spoken as well, or when it is seven days old.
    """
    if reach.everything:
        return true()
    both = exists().where(Review.order_id == Remark.order_id)
    consumer = exists().where(Order.id == Remark.order_id, _own(reach))
    opened = or_(both, Remark.created_at <= business_time() - BLIND)
    return or_(Remark.organisation_id.in_(reach.brands | reach.tailors), and_(consumer, opened))


async def find_photo(session: AsyncSession, review_id: UUID, reach: Reach) -> ReviewPhoto | None:
    """The newest picture of a review that the caller may read; everybody reads an open one."""
    query = (
        select(ReviewPhoto)
        .join(Review, Review.id == ReviewPhoto.review_id)
        .join(Order, Order.id == Review.order_id)
        .where(Review.id == review_id, Review.forgotten_at.is_(None), readable(reach))
    )
    return await session.scalar(query.order_by(ReviewPhoto.id.desc()).limit(1))


async def photos_of(session: AsyncSession, review_id: UUID) -> Sequence[ReviewPhoto]:
    """Every picture that was ever given with a review, a few rows."""
    return (await session.scalars(select(ReviewPhoto).where(ReviewPhoto.review_id == review_id))).all()
