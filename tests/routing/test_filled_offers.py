"""What migration 0013 writes into offers that were sent before it is what such an offer says of itself today."""

import runpy
from collections.abc import Callable
from typing import Any

from sqlalchemy import text

from clothingline.kit import db, migrating
from tests.routing.street import Street

FILL: str = runpy.run_path(str(migrating.folder() / "versions" / "0013_offers_by_age.py"))["FILL"]


async def offers() -> dict[str, Any]:
    """By offer: its kind, its skills and its seconds."""
    async with db.transaction() as session:
        rows = await session.execute(text("SELECT id, kind, skills, sewing_seconds FROM offer ORDER BY id"))
        return {str(row.id): (row.kind, row.skills, row.sewing_seconds) for row in rows}


async def test_old_offers_to_makers_are_filled_and_the_others_left(
    street: Street, owner: Callable[[str], None]
) -> None:
    order = await street.placed(sizes={"M": 30, "L": 30})
    await street.decline((await street.offers(order, kind="tailor"))[0])
    await street.placed()
    sent = await offers()
    assert {kind for kind, skills, seconds in sent.values() if skills and seconds} == {"tailor"}
    owner("UPDATE offer SET skills = NULL, sewing_seconds = NULL")
    owner(FILL)
    assert await offers() == sent


async def test_offers_of_more_than_eight_weeks_ago_stay_empty(street: Street, owner: Callable[[str], None]) -> None:
    await street.placed()
    owner("UPDATE offer SET skills = NULL, sewing_seconds = NULL, created_at = created_at - interval '57 days'")
    empty = await offers()
    owner(FILL)
    assert await offers() == empty
