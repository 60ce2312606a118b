"""Rows of tailors, their days off, and what their weeks have free."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Reach
from clothingline.kit.db import Listing
from clothingline.kit.page import Page, Window, take
from clothingline.reference.calendar import SIX_DAY_WEEK, WorkingCalendar
from clothingline.reference.queries import days_off_by_decree
from clothingline.tailors.errors import DayOffNotFound, TailorNotFound
from clothingline.tailors.models import Tailor, TailorDayOff
from clothingline.tailors.working_time import Away

FARTHEST_DAY_OFF = timedelta(days=60)


async def get_tailor(session: AsyncSession, tailor_id: UUID, reach: Reach) -> Tailor:
    """One workshop within reach. Raises `TailorNotFound`."""
    return _found(await session.scalar(select(Tailor).where(Tailor.id == tailor_id, _within(reach))))


async def get_tailor_for_update(session: AsyncSession, tailor_id: UUID, reach: Reach) -> Tailor:
    """The same, locked against changes of hours and days off. Raises `TailorNotFound`."""
    query = select(Tailor).where(Tailor.id == tailor_id, _within(reach)).with_for_update(key_share=True)
    return _found(await session.scalar(query.execution_options(populate_existing=True)))


def _within(reach: Reach) -> ColumnElement[bool]:
    return true() if reach.everything else Tailor.id.in_(reach.tailors)


def _found(tailor: Tailor | None) -> Tailor:
    if tailor is None:
        raise TailorNotFound
    return tailor


async def list_tailors(
    session: AsyncSession, *, family: str | None = None, regency_code: str | None = None, asked: Window
) -> Page[Tailor]:
    """Workshops that sew a family in a regency, newest first."""
    query = select(Tailor)
    if family is not None:
        query = query.where(Tailor.families.any_() == family)
    if regency_code is not None:
        query = query.where(Tailor.regency_code == regency_code)
    return await take(session, query, key=Tailor.id, asked=asked)


async def list_makers(session: AsyncSession) -> Sequence[Tailor]:
    """Every workshop, in order of its id."""
    return (await session.scalars(select(Tailor).order_by(Tailor.id))).all()


class Maker(NamedTuple):
    """What the engine weighs of a workshop."""

    id: UUID
    lat_micro: int
    lon_micro: int
    machines: list[str]
    rate_idr: int
    efficiency_permille: int
    reach_m: int
    defect_ppm: int


MAKERS = Listing(select(*(getattr(Tailor, name) for name in Maker._fields)).order_by(Tailor.id), Tailor.id, Maker)


async def list_tailors_shared(session: AsyncSession, tailor_ids: Collection[UUID]) -> Sequence[Tailor]:
    """Workshops whose hours and days off stay as they are until the transaction ends, in order of the id."""
    query = select(Tailor).where(Tailor.id.in_(tailor_ids)).order_by(Tailor.id).with_for_update(read=True)
    return (await session.scalars(query.execution_options(populate_existing=True))).all()


async def days_off_of(
    session: AsyncSession, *, tailor_ids: Collection[UUID], since: date, until: date
) -> dict[UUID, Away]:
    """Decrees and own days off of each workshop, both ends included; an own day without a reason has no name."""
    decrees = dict(await days_off_by_decree(session, since=since, until=until))
    closed: defaultdict[UUID, dict[date, str]] = defaultdict(dict)
    parts: defaultdict[UUID, dict[date, int]] = defaultdict(dict)
    own = select(TailorDayOff).where(TailorDayOff.tailor_id.in_(tailor_ids), TailorDayOff.day.between(since, until))
    for row in await session.scalars(own):
        if row.left_permille:
            parts[row.tailor_id][row.day] = row.left_permille
        else:
            closed[row.tailor_id][row.day] = row.reason or ""
    return {tailor_id: Away(closed[tailor_id] | decrees, parts[tailor_id]) for tailor_id in tailor_ids}


async def calendar_of(session: AsyncSession, tailor_id: UUID, today: date) -> WorkingCalendar:
    """The days on which a workshop works, decrees and own days off left out; one who never works has the usual week."""
    tailor = await session.get_one(Tailor, tailor_id)
    off = await days_off_of(session, tailor_ids=[tailor_id], since=today, until=today + FARTHEST_DAY_OFF)
    week = tuple(seconds > 0 for seconds in tailor.weekday_seconds)
    return WorkingCalendar(weekdays=week if any(week) else SIX_DAY_WEEK, days_off=off[tailor_id].closed)


async def list_days_off(session: AsyncSession, *, tailor_id: UUID, since: date) -> Sequence[TailorDayOff]:
    """The next own days off of a workshop, at most 100."""
    query = select(TailorDayOff).where(TailorDayOff.tailor_id == tailor_id, TailorDayOff.day >= since)
    return (await session.scalars(query.order_by(TailorDayOff.day).limit(100))).all()


async def get_day_off(session: AsyncSession, *, tailor_id: UUID, day: date) -> TailorDayOff:
    """One own day off. Raises `DayOffNotFound`."""
    found = await session.get(TailorDayOff, (tailor_id, day))
    if found is None:
        raise DayOffNotFound
    return found
