"""Files that no row names: stored for an act that was then refused, or whose process died before it was done.

A file is there before its row, because nothing slow may happen inside a transaction; so a young one is left alone.
"""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from clothingline.kit import db, heartbeats, storage

BEAT = "files.strays"
KEPT = timedelta(hours=12)
EVERY = timedelta(hours=6)
"""Both together are well within the 24 hours after which no stray file may be left."""


async def sweep(named: Mapping[str, InstrumentedAttribute[str]]) -> int:
    """Delete, when it is time, the strays of folders by the columns that name their files; returns how many."""
    async with db.transaction() as session:
        if not await heartbeats.due(session, BEAT, every=EVERY):
            return 0
    return sum([await delete(folder, column) for folder, column in named.items()])


async def delete(folder: str, named_in: InstrumentedAttribute[str]) -> int:
    """Delete the strays of a folder whose files a column names; returns how many."""
    async with db.transaction() as session:
        before = (await session.execute(select(func.now()))).scalar_one() - KEPT
    gone = 0
    async for paths in storage.current().older(folder, before=before):
        async with db.transaction() as session:
            named = set(await session.scalars(select(named_in).where(named_in.in_(paths))))
        gone += await storage.current().delete([path for path in paths if path not in named])
    return gone
