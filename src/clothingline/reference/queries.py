"""Reads of the reference tables."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.reference.errors import RegencyNotFound
from clothingline.reference.models import DayOff, Regency


async def list_regencies(session: AsyncSession, *, search: str = "", limit: int = 20) -> Sequence[Regency]:
    """Regencies whose name or province holds `search`, letter case aside, by name; all of them for an empty search."""
    wanted = or_(Regency.name.icontains(search, autoescape=True), Regency.province.icontains(search, autoescape=True))
    return (
        await session.scalars(select(Regency).where(wanted).order_by(Regency.name, Regency.code).limit(limit))
    ).all()


async def get_regency(session: AsyncSession, *, code: str) -> Regency:
    """One regency. Raises `RegencyNotFound`."""
    found = await session.get(Regency, code)
    if found is None:
        raise RegencyNotFound(code=code)
    return found


async def list_days_off(session: AsyncSession, *, since: date, until: date) -> Sequence[DayOff]:
    """Days off from `since` to `until`, both included, in order."""
    span = select(DayOff).where(DayOff.day.between(since, until))
    return (await session.scalars(span.order_by(DayOff.day, DayOff.kind))).all()


async def days_off_by_decree(session: AsyncSession, *, since: date, until: date) -> Mapping[date, str]:
    """Day to name of the decree rows alone, as `WorkingCalendar.days_off` takes them."""
    days = await list_days_off(session, since=since, until=until)
    return {one.day: one.name for one in days if one.kind == "decree"}
