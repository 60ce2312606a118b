"""Setting time aside: held behind a quote or an offer, booked when it is accepted, released when it falls through.

Bookings and the counters of their weeks move together. Locks: bookings first, then weeks by workshop and Monday.
"""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.errors import Conflict
from clothingline.kit.ids import show
from clothingline.kit.states import move
from clothingline.tailors import queries
from clothingline.tailors.errors import CapacityTaken, TailorNotFound
from clothingline.tailors.models import BOOKING, Tailor, TailorBooking, TailorWeek
from clothingline.tailors.service.opening import ensure_weeks


async def hold_time(session: AsyncSession, *, claim: UUID, tailor_id: UUID, weeks: Mapping[date, int]) -> None:
    """Hold seconds by Monday for a claim; what the claim already holds in a week stays as it is.

    Raises `CapacityTaken` when a week has fewer free seconds; then nothing of this call remains.
    """
    tailor = await session.get(Tailor, tailor_id)
    if tailor is None:
        raise TailorNotFound
    await ensure_weeks(session, tailors=[tailor], mondays=list(weeks))
    async with session.begin_nested():
        for monday, seconds in sorted(weeks.items()):
            if await _note(session, claim, tailor_id, monday, seconds):
                await _take(session, tailor_id, monday, seconds)


async def _note(session: AsyncSession, claim: UUID, tailor_id: UUID, monday: date, seconds: int) -> bool:
    """Whether the booking is new; a repeat finds the one that stands."""
    values = {"claim": claim, "tailor_id": tailor_id, "monday": monday, "seconds": seconds, "state": "held"}
    statement = insert(TailorBooking).values(values).on_conflict_do_nothing().returning(TailorBooking.id)
    return (await session.execute(statement)).first() is not None


async def _take(session: AsyncSession, tailor_id: UUID, monday: date, seconds: int) -> None:
    statement = (
        update(TailorWeek)
        .where(TailorWeek.tailor_id == tailor_id, TailorWeek.monday == monday)
        .where(TailorWeek.held + TailorWeek.booked + seconds <= TailorWeek.declared)
        .values(held=TailorWeek.held + seconds)
        .returning(TailorWeek.monday)
        .execution_options(synchronize_session=False)
    )
    if (await session.execute(statement)).first() is None:
        raise await _taken(session, tailor_id, monday)


async def _taken(session: AsyncSession, tailor_id: UUID, monday: date) -> Conflict:
    load = (await queries.list_loads(session, tailor_ids=[tailor_id], mondays=[monday]))[tailor_id, monday]
    free = load.declared - load.held - load.booked
    return CapacityTaken(tailor=show("tlr", tailor_id), monday=monday, free_seconds=free)


async def book_time(session: AsyncSession, *, claim: UUID) -> None:
    """What is held for the claim becomes booked."""
    for row in await _moved(session, "book", claim):
        await _shift(session, row, held=-row.seconds, booked=row.seconds)


async def unbook_time(session: AsyncSession, *, claim: UUID) -> None:
    """What is booked for the claim is only held again."""
    for row in await _moved(session, "unbook", claim):
        await _shift(session, row, held=row.seconds, booked=-row.seconds)


async def _moved(session: AsyncSession, event: str, claim: UUID) -> list[TailorBooking]:
    rows = await move(session, BOOKING, TailorBooking, event, TailorBooking.claim == claim)
    return sorted(rows, key=lambda row: (row.tailor_id, row.monday))


async def release_time(session: AsyncSession, *, claim: UUID) -> None:
    """What is held or booked for the claim becomes free."""
    rows = await queries.list_bookings_for_update(session, claim=claim)
    held = {row.id for row in rows if row.state == "held"}
    for row in await _moved(session, "release", claim):
        was_held = row.id in held
        await _shift(session, row, held=-row.seconds * was_held, booked=-row.seconds * (not was_held))


async def _shift(session: AsyncSession, row: TailorBooking, *, held: int, booked: int) -> None:
    statement = (
        update(TailorWeek)
        .where(TailorWeek.tailor_id == row.tailor_id, TailorWeek.monday == row.monday)
        .values(held=TailorWeek.held + held, booked=TailorWeek.booked + booked)
        .execution_options(synchronize_session=False)
    )
    await session.execute(statement)
