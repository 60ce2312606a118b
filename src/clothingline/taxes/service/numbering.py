"""Numbers of papers: one after the other, none left out."""

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.taxes.models import PaperNumber


async def next_number(session: AsyncSession, *, series: str, year: int) -> int:
    """The next number of a series in a year, from 1. Whoever asks next waits for this transaction, and follows it."""
    first = insert(PaperNumber).values(series=series, year=year, last=1)
    counted = first.on_conflict_do_update(
        index_elements=[PaperNumber.series, PaperNumber.year], set_={"last": PaperNumber.last + 1}
    )
    return int((await session.scalars(counted.returning(PaperNumber.last))).one())
