"""Setting pieces of a week aside: held behind a quote, booked by a paid order, released when it falls through."""

from datetime import date
from functools import partial
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.brands import queries
from clothingline.brands.errors import BrandFull
from clothingline.brands.models import PIECES
from clothingline.brands.service.opening import ensure_weeks
from clothingline.kit.db import Trip, trip
from clothingline.kit.ids import show


async def hold_pieces(session: AsyncSession, *, claim: UUID, brand_id: UUID, monday: date, pieces: int) -> None:
    """Hold pieces of a week for a claim; what the claim already holds in the week stays as it is.

    Raises `BrandFull` when the week has fewer free pieces; then nothing of this call remains.
    """
    brand = await queries.get_brand(session, brand_id)
    await ensure_weeks(session, brands=[brand], mondays=[monday])
    async with session.begin_nested(), trip(session) as going:
        await send_pieces(going, claim=claim, brand_id=brand_id, monday=monday, pieces=pieces)


async def send_pieces(going: Trip, *, claim: UUID, brand_id: UUID, monday: date, pieces: int) -> None:
    """The same on a trip, in a week that is open; after `BrandFull` the caller gives up all of the trip."""
    await PIECES.hold(going, claim=claim, party=brand_id, weeks={monday: pieces}, refuse=partial(_full, brand_id))


def _full(brand_id: UUID, monday: date, free: int) -> BrandFull:
    return BrandFull(brand=show("brd", brand_id), monday=monday, free_pieces=free)


async def book_pieces(session: AsyncSession, *, claim: UUID) -> None:
    """What is held for the claim becomes booked."""
    await PIECES.book(session, claim=claim)


async def release_pieces(session: AsyncSession, *, claim: UUID) -> None:
    """What is held or booked for the claim becomes free."""
    await PIECES.release(session, claim=claim)
