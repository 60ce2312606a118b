"""A hundred differences are found among ten thousand rows, and ten thousand clean rows raise none."""

import re
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit import db
from clothingline.kit.db.embedded import Server
from clothingline.reconciliation import service
from tests.payments.stage import checked_out

OWN = "acct_own"
HERE = Path(__file__).parent
CLEAN = [one for one in (HERE / "ten_thousand.sql").read_text().split(";\n") if one.strip()]
PLANTED = re.findall(r"^-- (\w+) (\w+)\n(.+?);$", (HERE / "planted.sql").read_text(), re.MULTILINE | re.DOTALL)
COUNT = """
    SELECT (SELECT count(*) FROM payment) + (SELECT count(*) FROM refund) + (SELECT count(*) FROM dispute)
         + (SELECT count(*) FROM payout)
"""


class Undone(Exception):
    """Nothing of it stays."""


@asynccontextmanager
async def undone(used: db.Database) -> AsyncIterator[AsyncSession]:
    """A session for which no trigger looks, and of which nothing stays."""
    try:
        async with used.transaction() as session:
            await session.execute(text("SET LOCAL session_replication_role = replica"))
            yield session
            raise Undone
    except Undone:
        pass


@pytest.fixture
async def owned(server: Server, database_name: str, database: db.Database) -> AsyncIterator[AsyncSession]:
    """A session of the schema's owner in which ten thousand rows stand."""
    await checked_out(pays=(100_000,))
    used = db.Database(server.url(database_name), db.Limits(statement="60s"))
    async with undone(used) as session:
        for statement in CLEAN:
            await session.execute(text(statement))
        yield session
    await used.close()


async def test_ten_thousand_clean_rows_raise_no_difference(owned: AsyncSession) -> None:
    assert await owned.scalar(text(COUNT)) == 10_000
    assert await service.compare(owned, own=OWN, livemode=False) == []


async def test_a_hundred_planted_differences_are_found_and_no_other(owned: AsyncSession) -> None:
    for _, _, statement in PLANTED:
        await owned.execute(text(statement))
    found = await service.compare(owned, own=OWN, livemode=False)
    counted = Counter((one.code, one.object.rstrip("0123456789")) for one in found)
    assert (len(found), counted) == (100, {(code, name): 10 for code, name, _ in PLANTED})
