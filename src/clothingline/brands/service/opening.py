"""Opening weeks: what a brand declares for each, from its weekly pieces and the calendar."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.brands import queries
from clothingline.brands.models import Brand, BrandWeek
from clothingline.brands.queries import WeekKey
from clothingline.brands.working_time import pieces_in_week
from clothingline.reference.queries import days_off_by_decree

SUNDAY = timedelta(days=6)


async def ensure_weeks(session: AsyncSession, *, brands: Sequence[Brand], mondays: Sequence[date]) -> None:
    """Open the weeks that are not open yet; an open week stays as it is."""
    wanted = {(brand.id, monday) for brand in brands for monday in mondays}
    known = await queries.list_loads(session, brand_ids=[one.id for one in brands], mondays=mondays)
    if missing := wanted - known.keys():
        rows = await _declarations(session, missing)
        await session.execute(insert(BrandWeek).on_conflict_do_nothing(), rows)


async def _declarations(session: AsyncSession, missing: Collection[WeekKey]) -> list[dict[str, Any]]:
    # Capacity is read under a shared lock: a change of it waits, and then sees these weeks.
    brands = {one.id: one for one in await queries.list_brands_shared(session, {key[0] for key in missing})}
    mondays = [key[1] for key in missing]
    decrees = await days_off_by_decree(session, since=min(mondays), until=max(mondays) + SUNDAY)
    return [
        {"brand_id": one, "monday": monday, "declared": pieces_in_week(brands[one], monday, decrees)}
        for one, monday in sorted(missing)
    ]


async def declare_again(session: AsyncSession, *, brand: Brand, mondays: Collection[date]) -> date | None:
    """Recompute open weeks of a brand that the caller has locked.

    Answers the first Monday whose load would not fit any more (the caller then refuses), None when all fit.
    """
    if not mondays:
        return None
    decrees = await days_off_by_decree(session, since=min(mondays), until=max(mondays) + SUNDAY)
    for monday in sorted(mondays):
        if not await _declare(session, brand, monday, pieces_in_week(brand, monday, decrees)):
            return monday
    return None


async def _declare(session: AsyncSession, brand: Brand, monday: date, declared: int) -> bool:
    statement = (
        update(BrandWeek)
        .where(BrandWeek.brand_id == brand.id, BrandWeek.monday == monday)
        .where(BrandWeek.held + BrandWeek.booked <= declared)
        .values(declared=declared)
        .returning(BrandWeek.monday)
        .execution_options(synchronize_session=False)
    )
    return (await session.execute(statement)).first() is not None
