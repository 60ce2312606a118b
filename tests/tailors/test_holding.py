"""Setting a workshop's time aside: never more than it declared, and bookings and counters always agree."""

import asyncio
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit import db
from clothingline.kit.weeks import Load
from clothingline.tailors import queries, service
from clothingline.tailors.errors import CapacityTaken
from clothingline.tailors.models import TIME, Tailor, TailorBooking, TailorWeek
from tests.looking import rows
from tests.parties import make_tailor

WEEK = date(2027, 8, 2)  # no holiday in it
NEXT = WEEK + timedelta(weeks=1)
DECLARED = 6 * 25_200 - 1_800


async def load(session: AsyncSession, tailor_id: UUID, monday: date = WEEK) -> Load:
    found = await TIME.loads(session, parties=[tailor_id], mondays=[monday])
    return found[tailor_id, monday]


async def booked_by_state(session: AsyncSession, tailor_id: UUID) -> dict[str, int]:
    query = (
        select(TailorBooking.state, func.sum(TailorBooking.seconds))
        .where(TailorBooking.tailor_id == tailor_id)
        .group_by(TailorBooking.state)
    )
    return {state: int(seconds) for state, seconds in await session.execute(query)}


async def committed_tailor() -> Tailor:
    async with db.transaction() as session:
        return await make_tailor(session)


async def try_to_hold(tailor_id: UUID, seconds: int, claim: UUID | None = None) -> bool:
    try:
        async with db.transaction() as session:
            await service.hold_time(session, claim=claim or uuid4(), tailor_id=tailor_id, weeks={WEEK: seconds})
    except CapacityTaken:
        return False
    return True


async def test_many_holds_at_once_never_exceed_what_the_week_declares(database: db.Database) -> None:
    tailor = await committed_tailor()
    held = await asyncio.gather(*(try_to_hold(tailor.id, 10_000) for _ in range(30)))
    async with db.transaction() as session:
        assert await load(session, tailor.id) == Load(DECLARED, 140_000, 0)
        assert await booked_by_state(session, tailor.id) == {"held": 140_000}
    assert held.count(True) == DECLARED // 10_000


async def test_the_database_refuses_a_load_above_the_declared_seconds_even_without_the_guard(
    session: AsyncSession,
) -> None:
    tailor = await make_tailor(session)
    await service.ensure_weeks(session, tailors=[tailor], mondays=[WEEK])
    unguarded = update(TailorWeek).where(TailorWeek.tailor_id == tailor.id).values(held=DECLARED + 1)
    with pytest.raises(IntegrityError, match="ck_tailor_week_load"):
        async with session.begin_nested():
            await session.execute(unguarded)


async def test_one_claim_that_is_held_many_times_at_once_is_counted_once(database: db.Database) -> None:
    tailor, claim = await committed_tailor(), uuid4()
    assert all(await asyncio.gather(*(try_to_hold(tailor.id, 10_000, claim) for _ in range(12))))
    async with db.transaction() as session:
        assert (await load(session, tailor.id)).held == 10_000


async def test_a_hold_that_fits_one_week_but_not_the_next_leaves_nothing_behind(session: AsyncSession) -> None:
    tailor = await make_tailor(session)
    with pytest.raises(CapacityTaken) as refused:
        await service.hold_time(session, claim=uuid4(), tailor_id=tailor.id, weeks={WEEK: 10_000, NEXT: DECLARED + 1})
    assert refused.value.facts["free_seconds"] == DECLARED
    assert await load(session, tailor.id) == Load(DECLARED, 0, 0)
    assert await booked_by_state(session, tailor.id) == {}


async def test_the_whole_of_a_week_can_be_held_and_not_a_second_more(session: AsyncSession) -> None:
    tailor = await make_tailor(session)
    await service.hold_time(session, claim=uuid4(), tailor_id=tailor.id, weeks={WEEK: DECLARED})
    with pytest.raises(CapacityTaken):
        async with session.begin_nested():
            await service.hold_time(session, claim=uuid4(), tailor_id=tailor.id, weeks={WEEK: 1})


async def test_time_moves_from_held_to_booked_and_back_with_its_counters(session: AsyncSession) -> None:
    tailor, claim = await make_tailor(session), uuid4()
    await service.hold_time(session, claim=claim, tailor_id=tailor.id, weeks={WEEK: 7_200, NEXT: 3_600})
    for _ in range(2):
        await service.book_time(session, claim=claim)
        assert await load(session, tailor.id) == Load(DECLARED, 0, 7_200)
    for _ in range(2):
        await service.unbook_time(session, claim=claim)
        assert await load(session, tailor.id) == Load(DECLARED, 7_200, 0)
        assert await load(session, tailor.id, NEXT) == Load(DECLARED, 3_600, 0)


@pytest.mark.parametrize("booked", [False, True])
async def test_released_time_is_free_again_once_and_for_all(session: AsyncSession, booked: bool) -> None:
    tailor, claim, other = await make_tailor(session), uuid4(), uuid4()
    for one in (claim, other):
        await service.hold_time(session, claim=one, tailor_id=tailor.id, weeks={WEEK: 7_200})
    if booked:
        await service.book_time(session, claim=claim)
    for _ in range(2):
        await service.release_time(session, claim=claim)
        assert await load(session, tailor.id) == Load(DECLARED, 7_200, 0)
    await service.book_time(session, claim=claim)
    assert await booked_by_state(session, tailor.id) == {"held": 7_200, "released": 7_200}


async def test_a_claim_that_was_released_may_hold_again(session: AsyncSession) -> None:
    tailor, claim = await make_tailor(session), uuid4()
    await service.hold_time(session, claim=claim, tailor_id=tailor.id, weeks={WEEK: 7_200})
    await service.release_time(session, claim=claim)
    await service.hold_time(session, claim=claim, tailor_id=tailor.id, weeks={WEEK: 3_600})
    assert (await load(session, tailor.id)).held == 3_600


async def test_releases_and_bookings_of_one_claim_at_once_leave_counters_that_agree(database: db.Database) -> None:
    tailor, claims = await committed_tailor(), [uuid4() for _ in range(6)]
    for claim in claims:
        assert await try_to_hold(tailor.id, 5_000, claim)

    async def act(kind: str, claim: UUID) -> None:
        async with db.transaction() as session:
            await {"book": service.book_time, "release": service.release_time}[kind](session, claim=claim)

    await asyncio.gather(*(act(kind, claim) for claim in claims for kind in ("book", "release", "book", "release")))
    async with db.transaction() as session:
        assert await load(session, tailor.id) == Load(DECLARED, 0, 0)
        assert await booked_by_state(session, tailor.id) == {"released": 30_000}


async def test_the_engine_reads_the_free_seconds_of_every_opened_week(session: AsyncSession) -> None:
    one, other = await make_tailor(session), await make_tailor(session)
    await service.ensure_weeks(session, tailors=[one, other], mondays=[WEEK])
    await service.hold_time(session, claim=uuid4(), tailor_id=other.id, weeks={WEEK: 400})
    free = {one.party: one for one in await rows(session, TIME.free.whole, first=WEEK - timedelta(weeks=2), last=NEXT)}
    assert free == {one.id: (one.id, [2], [DECLARED]), other.id: (other.id, [2], [DECLARED - 400])}
    assert [maker.id for maker in await rows(session, queries.MAKERS.whole)] == [one.id, other.id]
    assert await rows(session, TIME.free.some, among=[one.id], first=WEEK, last=NEXT) == [(one.id, [0], [DECLARED])]
    assert [maker.id for maker in await rows(session, queries.MAKERS.some, among=[other.id])] == [other.id]
