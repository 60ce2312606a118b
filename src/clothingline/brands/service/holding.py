"""Setting pieces of a brand's week aside: held behind a quote, booked by a paid order, released when it falls through.

Bookings and the counters of their weeks move together. Locks: bookings first, then weeks by brand and Monday.
"""

from datetime import date
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.brands import queries
from clothingline.brands.errors import BrandFull
from clothingline.brands.models import BRAND_BOOKING, BrandBooking, BrandWeek
from clothingline.brands.service.opening import ensure_weeks
from clothingline.kit.errors import Conflict
from clothingline.kit.ids import show
from clothingline.kit.states import move


async def hold_pieces(session: AsyncSession, *, claim: UUID, brand_id: UUID, monday: date, pieces: int) -> None:
    """Hold pieces of a week for a claim; what the claim already holds in the week stays as it is.

    Raises `BrandFull` when the week has fewer free pieces; then nothing of this call remains.
    """
    brand = await queries.get_brand(session, brand_id)
    await ensure_weeks(session, brands=[brand], mondays=[monday])
    async with session.begin_nested():
        if await _note(session, claim, brand_id, monday, pieces):
            await _take(session, brand_id, monday, pieces)


async def _note(session: AsyncSession, claim: UUID, brand_id: UUID, monday: date, pieces: int) -> bool:
    """Whether the booking is new; a repeat finds the one that stands."""
    values = {"claim": claim, "brand_id": brand_id, "monday": monday, "pieces": pieces, "state": "held"}
    statement = insert(BrandBooking).values(values).on_conflict_do_nothing().returning(BrandBooking.id)
    return (await session.execute(statement)).first() is not None


async def _take(session: AsyncSession, brand_id: UUID, monday: date, pieces: int) -> None:
    statement = (
        update(BrandWeek)
        .where(BrandWeek.brand_id == brand_id, BrandWeek.monday == monday)
        .where(BrandWeek.held + BrandWeek.booked + pieces <= BrandWeek.declared)
        .values(held=BrandWeek.held + pieces)
        .returning(BrandWeek.monday)
        .execution_options(synchronize_session=False)
    )
    if (await session.execute(statement)).first() is None:
        raise await _full(session, brand_id, monday)


async def _full(session: AsyncSession, brand_id: UUID, monday: date) -> Conflict:
    load = (await queries.list_loads(session, brand_ids=[brand_id], mondays=[monday]))[brand_id, monday]
    free = load.declared - load.held - load.booked
    return BrandFull(brand=show("brd", brand_id), monday=monday, free_pieces=free)


async def book_pieces(session: AsyncSession, *, claim: UUID) -> None:
    """What is held for the claim becomes booked."""
    for row in await _moved(session, "book", claim):
        await _shift(session, row, held=-row.pieces, booked=row.pieces)


async def _moved(session: AsyncSession, event: str, claim: UUID) -> list[BrandBooking]:
    rows = await move(session, BRAND_BOOKING, BrandBooking, event, BrandBooking.claim == claim)
    return sorted(rows, key=lambda row: (row.brand_id, row.monday))


async def release_pieces(session: AsyncSession, *, claim: UUID) -> None:
    """What is held or booked for the claim becomes free."""
    rows = await queries.list_bookings_for_update(session, claim=claim)
    held = {row.id for row in rows if row.state == "held"}
    for row in await _moved(session, "release", claim):
        was_held = row.id in held
        await _shift(session, row, held=-row.pieces * was_held, booked=-row.pieces * (not was_held))


async def _shift(session: AsyncSession, row: BrandBooking, *, held: int, booked: int) -> None:
    statement = (
        update(BrandWeek)
        .where(BrandWeek.brand_id == row.brand_id, BrandWeek.monday == row.monday)
        .values(held=BrandWeek.held + held, booked=BrandWeek.booked + booked)
        .execution_options(synchronize_session=False)
    )
    await session.execute(statement)
