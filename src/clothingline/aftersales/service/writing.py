"""A consumer reviews an order that has come, and may put it right until somebody can have read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.aftersales import queries
from clothingline.aftersales.errors import AlreadyReviewed, NotArrived, ReviewSettled
from clothingline.aftersales.events import ReviewChanged, ReviewWritten
from clothingline.aftersales.models import Review, ReviewFit, ReviewPhoto
from clothingline.aftersales.zones import NAMES, zones_of
from clothingline.garments.models import Design
from clothingline.kit.access import Reach
from clothingline.kit.errors import Invalid
from clothingline.kit.events import emit
from clothingline.orders import queries as orders
from clothingline.orders.models import Order
from clothingline.production.storing import Stored

ARRIVED = ("delivered", "accepted")


@dataclass(frozen=True)
class Said:
    """What a consumer says: how it fits by zone, how neat it is (1–5), whether it came in time, and in own words."""

    fit: Mapping[str, str]
    neatness: int
    on_time: bool
    words: str | None = None


async def write_review(
    session: AsyncSession, *, ref: str, said: Said, photo: Stored | None, reach: Reach, by: UUID, now: datetime
) -> Review:
    """The one review of an order. It opens after seven days, or at once when every maker has spoken already.

    Raises `OrderNotFound`, `NotArrived`, `AlreadyReviewed`, or `Invalid` for a zone.
    """
    order = await orders.get_order(session, ref, reach, lock=True)
    await _check(session, order, said)
    if await queries.find_bare(session, order.id) is not None:
        raise AlreadyReviewed
    silent = await queries.silent_makers(session, order)
    review = Review(order_id=order.id, brand_id=order.brand_id, design_id=order.line.design_id, state="standing")
    review.neatness, review.on_time, review.words = said.neatness, said.on_time, said.words
    review.state_by, review.opens_at = by, now + queries.BLIND if silent else now
    session.add(review)
    await session.flush()
    await _add_beside(session, review, said, photo)
    await emit(session, ReviewWritten(order.id, review.id), by=by, audience=_parties(order))
    return review


async def _check(session: AsyncSession, order: Order, said: Said) -> None:
    if order.state not in ARRIVED:
        raise NotArrived
    zones = zones_of((await session.get_one(Design, order.line.design_id)).garment_type)
    for zone in (one for one in said.fit if one not in zones):
        raise _zone(zone, "tidak ada pada baju ini", "is no part of this garment")
    for zone in (one for one in zones if one not in said.fit and order.line.measurement_set_id is not None):
        raise _zone(zone, "belum dijawab. Pilih satu", "has no answer yet. Choose one")


def _zone(zone: str, why_id: str, why_en: str) -> Invalid:
    return Invalid(f"/fit/{zone}", f"{NAMES[zone]} {why_id}.", f"{zone.capitalize()} {why_en}.", code="zone")


async def _add_beside(session: AsyncSession, review: Review, said: Said, photo: Stored | None) -> None:
    session.add_all(ReviewFit(review_id=review.id, zone=zone, said=fit) for zone, fit in said.fit.items())
    if photo is not None:
        picture = photo.picture
        row = ReviewPhoto(review_id=review.id, path=photo.path, sha256=picture.sha256, size=len(picture.content))
        row.width, row.height = picture.width, picture.height
        session.add(row)
    await session.flush()


def _parties(order: Order) -> list[UUID]:
    return [one for one in (order.consumer_id, order.brand_id) if one is not None]


async def change_review(
    session: AsyncSession, *, review_id: UUID, said: Said, photo: Stored | None, reach: Reach, by: UUID
) -> Review:
    """Say it otherwise, until it is open or a maker has spoken; a picture stays unless there is a new one.

    Raises `ReviewUnknown`, `ReviewSettled`, or `Invalid` for a zone.
    """
    seen = await queries.get_review(session, review_id, reach)
    order = await orders.get_order_by_id(session, seen.review.order_id, lock=True)
    await _check(session, order, said)
    changed = (
        update(Review)
        .where(Review.id == review_id, queries.unread())
        .values(neatness=said.neatness, on_time=said.on_time, words=said.words)
        .returning(Review.id)
        .execution_options(synchronize_session=False)
    )
    if await session.scalar(changed) is None:
        raise ReviewSettled
    await session.execute(delete(ReviewFit).where(ReviewFit.review_id == review_id))
    await _add_beside(session, seen.review, said, photo)
    await emit(session, ReviewChanged(order.id, review_id), by=by, audience=_parties(order))
    return seen.review
