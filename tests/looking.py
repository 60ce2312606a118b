"""Reading what a prebuilt statement answers."""

from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.db import Prebuilt, trip

Row = TypeVar("Row")


async def rows(session: AsyncSession, statement: Prebuilt[Row], **values: object) -> list[Row]:
    """Its rows, by a trip of its own."""
    async with trip(session) as going:
        sent = await going.send(statement, **values)
    return await sent.rows()
