"""What open reviews say together: how a design fits, and how neatly and punctually somebody works."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.aftersales.models import Review, ReviewFit
from clothingline.aftersales.queries import is_open
from clothingline.aftersales.zones import ZONES, percent
from clothingline.production.models import Job

NEWEST: Final = 200
"""So many count, so that a page costs the same however much is said, and what is old fades."""


@dataclass(frozen=True)
class FitScore:
    """In a zone, of so many answers how many percent were "right"."""

    zone: str
    percent: int
    answers: int


@dataclass(frozen=True)
class Standing:
    """What the newest reviews say of somebody's work: their number, neatness in tenths (10–50), percents in time."""

    reviews: int
    neatness_tenths: int
    on_time_percent: int


async def fit_of_design(session: AsyncSession, design_id: UUID) -> list[FitScore]:
    """By zone, from the chest down; a zone of which nobody has spoken is left out. One statement."""
    newest = _newest(Review.design_id == design_id)
    right = func.count().filter(ReviewFit.said == "right")
    query = select(ReviewFit.zone, right, func.count()).where(ReviewFit.review_id.in_(newest)).group_by(ReviewFit.zone)
    found = {zone: FitScore(zone, percent(some, of), of) for zone, some, of in await session.execute(query)}
    return [found[zone] for zone in ZONES if zone in found]


def _newest(*limits: ColumnElement[bool]) -> Select[UUID]:
    return select(Review.id).where(is_open(), *limits).order_by(Review.id.desc()).limit(NEWEST)


async def standing_of_brands(session: AsyncSession, brand_ids: Collection[UUID]) -> Standing | None:
    """How a brand works, or all of somebody's; None before the first open review. One statement."""
    return await _standing(session, Review.brand_id.in_(brand_ids))


async def standing_of_tailors(session: AsyncSession, tailor_ids: Collection[UUID]) -> Standing | None:
    """How a workshop sews; None before the first open review of an order that it sewed for. One statement."""
    sewn = select(Job.order_id).where(Job.tailor_id.in_(tailor_ids), Job.state != "cancelled")
    return await _standing(session, Review.order_id.in_(sewn))


async def _standing(session: AsyncSession, limit: ColumnElement[bool]) -> Standing | None:
    on_time = func.count().filter(Review.on_time)
    asked = select(func.count(), func.sum(Review.neatness), on_time).where(Review.id.in_(_newest(limit)))
    reviews, neatness, kept = (await session.execute(asked)).one()
    return Standing(reviews, (20 * neatness + reviews) // (2 * reviews), percent(kept, reviews)) if reviews else None
