"""Setting pieces of a week aside: held behind a quote, booked by a paid order, released when it falls through."""

from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.brands import queries
from clothingline.brands.errors import BrandFull
from clothingline.brands.models import PIECES
from clothingline.brands.service.opening import ensure_weeks
from clothingline.kit.ids import show
from clothingline.kit.weeks import WeekFull


async def hold_pieces(session: AsyncSession, *, claim: UUID, brand_id: UUID, monday: date, pieces: int) -> None:
    """Hold pieces of a week for a claim; what the claim already holds in the week stays as it is.

    Raises `BrandFull` when the week has fewer free pieces; then nothing of this call remains.
    """
    brand = await queries.get_brand(session, brand_id)
    await ensure_weeks(session, brands=[brand], mondays=[monday])
    try:
        await PIECES.hold(session, claim=claim, party=brand_id, weeks={monday: pieces})
    except WeekFull as full:
        raise BrandFull(brand=show("brd", brand_id), monday=monday, free_pieces=full.free) from full


async def book_pieces(session: AsyncSession, *, claim: UUID) -> None:
    """What is held for the claim becomes booked."""
    await PIECES.book(session, claim=claim)


async def release_pieces(session: AsyncSession, *, claim: UUID) -> None:
    """What is held or booked for the claim becomes free."""
    await PIECES.release(session, claim=claim)
