"""What buyers say of a design or a brand, as its page shows it."""

from typing import Any, Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.aftersales import queries, scores, wording
from clothingline.kit.page import Window

NEWEST: Final = Window(limit=3)


async def of_design(session: AsyncSession, design_id: UUID) -> dict[str, Any]:
    """How it fits by zone, and the newest reviews. One statement before the first review, three from then on."""
    reviews = (await queries.list_open(session, asked=NEWEST, design_id=design_id)).rows
    fit = await scores.fit_of_design(session, design_id) if reviews else []
    return {"reviews": reviews, "fit_scores": fit, "standing": None, "review_words": wording.KNOWN}


async def of_brand(session: AsyncSession, brand_id: UUID, name: str) -> dict[str, Any]:
    """How neatly and punctually it works, and the newest reviews. One statement, or three."""
    reviews = (await queries.list_open(session, asked=NEWEST, brand_id=brand_id)).rows
    standing = await scores.standing_of_brands(session, [brand_id]) if reviews else None
    values = {"reviews": reviews, "fit_scores": [], "standing": standing}
    return {**values, "brand_name": name, "review_words": wording.KNOWN}
