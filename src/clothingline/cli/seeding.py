"""The pilot and the facts, written on the way of a command."""

from datetime import timedelta
from typing import TYPE_CHECKING

from clothingline.cli.output import say

if TYPE_CHECKING:
    from clothingline.cli.installation import Installation


def seed_pilot(opened: "Installation") -> dict[str, int]:
    """Write what is missing of the pilot and say how much it was; answers the rows by table."""
    import asyncio

    written = asyncio.run(_seed(opened))
    found = ", ".join(f"{table} {count}" for table, count in written.items() if count)
    say(f"Data pilot: {found or 'sudah lengkap / complete already'}.")
    return written


async def _seed(opened: "Installation") -> dict[str, int]:
    from clothingline import pilot

    used = opened.use()
    async with used.transaction() as session:
        written = await pilot.seed(session)
    await used.close()
    return written


def business_lead(url: str) -> timedelta | None:
    """How far business time is ahead of the clock; None when it is not."""
    import psycopg

    from clothingline.kit.db import libpq

    with psycopg.connect(libpq(url)) as connection:
        row = connection.execute("SELECT ahead FROM clock_offset").fetchone()
    return row[0] if row and row[0] else None
