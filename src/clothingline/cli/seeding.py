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


def lead_in_words(lead: timedelta) -> tuple[str, str]:
    """How far ahead, in its two largest units, in Indonesian and in English."""
    hours, minutes = divmod(lead.seconds // 60, 60)
    units = ((lead.days, "hari", "day"), (hours, "jam", "hour"), (minutes, "menit", "minute"))
    said = [one for one in units if one[0]][:2]
    if not said:
        return "kurang dari satu menit", "less than a minute"
    english = " and ".join(f"{count} {unit}{'s' if count > 1 else ''}" for count, _, unit in said)
    return " ".join(f"{count} {unit}" for count, unit, _ in said), english


def business_lead(url: str) -> timedelta | None:
    """How far business time is ahead of the clock; None when it is not."""
    import psycopg

    from clothingline.kit.db import libpq

    with psycopg.connect(libpq(url)) as connection:
        row = connection.execute("SELECT ahead FROM clock_offset").fetchone()
    return row[0] if row and row[0] else None
