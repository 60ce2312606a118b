"""Changing a brand's profile, fee and capacity."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.service import rename_organisation
from clothingline.brands import queries
from clothingline.brands.errors import WeekIsFuller
from clothingline.brands.events import BrandUpdated
from clothingline.brands.models import PIECES, Brand
from clothingline.brands.service.opening import declare_again
from clothingline.kit.access import Reach
from clothingline.kit.events import emit
from clothingline.kit.weeks import monday_of


async def update_brand(
    session: AsyncSession,
    *,
    ref: str | UUID,
    changes: Mapping[str, Any],
    today: date,
    reach: Reach,
    by: UUID | None = None,
) -> Brand:
    """Change columns of the brand, or its `name`; what is not named stays. Raises `WeekIsFuller`."""
    brand = await queries.get_brand_for_update(session, ref, reach)
    columns = dict(changes)
    if name := columns.pop("name", None):
        await rename_organisation(session, organisation_id=brand.id, name=name)
    for column, value in columns.items():
        setattr(brand, column, value)
    await session.flush()
    if "weekly_pieces" in columns:
        await _declare_from_now_on(session, brand, today)
    await emit(session, BrandUpdated(brand.id), by=by, audience=[brand.id])
    return brand


async def _declare_from_now_on(session: AsyncSession, brand: Brand, today: date) -> None:
    opened = await PIECES.mondays_since(session, party=brand.id, since=monday_of(today))
    overfull = await declare_again(session, brand=brand, mondays=opened)
    if overfull is not None:
        raise WeekIsFuller(monday=overfull)
