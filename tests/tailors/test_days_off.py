"""What a week holds: hours, Friday prayer, Ramadan, holidays, decrees and own days off."""

import asyncio
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit import db
from clothingline.kit.access import Reach, Role
from clothingline.kit.errors import Invalid
from clothingline.reference.models import DayOff
from clothingline.tailors import queries, service
from clothingline.tailors.errors import (
    CapacityTaken,
    DayIsBooked,
    DayOffExists,
    DayOffNotFound,
    TailorNotFound,
    WeekIsBooked,
)
from clothingline.tailors.models import TIME, Tailor
from clothingline.tailors.seasons import next_season
from clothingline.tailors.working_time import Away, closed_days, is_estimated, seconds_in_week
from tests.parties import SIX_DAYS, make_tailor

TODAY = date(2027, 7, 1)
WEEK = date(2027, 8, 2)  # no holiday in it
FULL = 6 * 25_200 - 1_800
RAMADAN, LEBARAN, AFTER = date(2027, 3, 1), date(2027, 3, 8), date(2027, 3, 15)


def own(tailor: Tailor) -> Reach:
    return Reach(organisations={Role.TAILOR: frozenset({tailor.id})})


async def declared(session: AsyncSession, tailor: Tailor, monday: date = WEEK) -> int:
    loads = await TIME.loads(session, parties=[tailor.id], mondays=[monday])
    return loads[tailor.id, monday].declared


async def close(session: AsyncSession, tailor: Tailor, day: date) -> None:
    await service.add_day_off(session, tailor_id=tailor.id, day=day, reason="Mudik", today=TODAY, reach=own(tailor))


async def test_around_lebaran_a_week_loses_ramadan_hours_holidays_and_cuti_bersama(session: AsyncSession) -> None:
    tailor = await make_tailor(session)
    await service.ensure_weeks(session, tailors=[tailor], mondays=[RAMADAN, LEBARAN, AFTER, WEEK])
    # Six days of 25,200 × 867 ‰; Nyepi to Friday closed, Saturday open; Monday after is cuti bersama.
    assert await declared(session, tailor, RAMADAN) == 6 * 21_848 - 1_800
    assert await declared(session, tailor, LEBARAN) == 25_200
    assert await declared(session, tailor, AFTER) == 5 * 25_200 - 1_800
    assert await declared(session, tailor, WEEK) == FULL


async def test_closed_days_carry_the_names_of_their_holidays(session: AsyncSession) -> None:
    tailor = await make_tailor(session)
    indonesian = closed_days(tailor, LEBARAN, Away({date(2027, 3, 13): ""}), "id")
    closed = {one.day.day: one.name for one in indonesian}
    assert sorted(closed) == [8, 9, 10, 11, 12, 13, 14]
    assert closed[10] == "Hari Raya Idul Fitri"
    assert (closed[13], closed[14]) == ("libur sendiri", "libur mingguan")
    english = {one.day.day: one.name for one in closed_days(tailor, LEBARAN, Away({date(2027, 3, 13): "Mudik"}), "en")}
    assert english[10] == "Eid al-Fitr"
    assert (english[13], english[14]) == ("Mudik", "weekly rest day")


async def test_an_own_day_off_leaves_the_week_and_comes_back(session: AsyncSession) -> None:
    tailor = await make_tailor(session)
    await service.ensure_weeks(session, tailors=[tailor], mondays=[WEEK])
    await close(session, tailor, WEEK)
    assert await declared(session, tailor) == FULL - 25_200
    await service.remove_day_off(session, tailor_id=tailor.id, day=WEEK, reach=own(tailor))
    assert await declared(session, tailor) == FULL


async def halve(session: AsyncSession, tailor: Tailor, day: date, left: int = 500) -> None:
    reach = own(tailor)
    await service.add_day_off(
        session, tailor_id=tailor.id, day=day, reason=None, left_permille=left, today=TODAY, reach=reach
    )


async def test_half_a_day_leaves_half_of_what_the_day_holds(session: AsyncSession) -> None:
    tailor = await make_tailor(session)
    await service.ensure_weeks(session, tailors=[tailor], mondays=[WEEK])
    await halve(session, tailor, WEEK)
    assert await declared(session, tailor) == FULL - 12_600
    friday = WEEK + timedelta(days=4)
    await halve(session, tailor, friday, left=250)
    # What Friday prayer leaves is what is halved.
    assert await declared(session, tailor) == FULL - 12_600 - 23_400 + 23_400 // 4
    for day in (WEEK, friday):
        await service.remove_day_off(session, tailor_id=tailor.id, day=day, reach=own(tailor))
    assert await declared(session, tailor) == FULL


async def test_a_day_goes_from_half_to_whole_and_back_and_not_to_where_it_is(session: AsyncSession) -> None:
    tailor = await make_tailor(session)
    await service.ensure_weeks(session, tailors=[tailor], mondays=[WEEK])
    await halve(session, tailor, WEEK)
    await close(session, tailor, WEEK)
    assert await declared(session, tailor) == FULL - 25_200
    with pytest.raises(DayOffExists):
        await close(session, tailor, WEEK)
    await halve(session, tailor, WEEK)
    assert await declared(session, tailor) == FULL - 12_600
    with pytest.raises(DayOffExists):
        await halve(session, tailor, WEEK)


async def test_half_a_day_is_refused_when_booked_work_would_not_fit_any_more(session: AsyncSession) -> None:
    tailor, claim = await make_tailor(session), uuid4()
    await service.ensure_weeks(session, tailors=[tailor], mondays=[WEEK])
    await service.hold_time(session, claim=claim, tailor_id=tailor.id, weeks={WEEK: FULL - 12_000})
    with pytest.raises(DayIsBooked):
        await halve(session, tailor, WEEK)


async def test_half_a_day_that_was_entered_before_the_week_was_opened_counts(session: AsyncSession) -> None:
    tailor = await make_tailor(session)
    await halve(session, tailor, WEEK)
    await service.ensure_weeks(session, tailors=[tailor], mondays=[WEEK])
    assert await declared(session, tailor) == FULL - 12_600


async def test_the_weeks_of_lebaran_are_closed_at_once_and_opened_again(session: AsyncSession) -> None:
    tailor = await make_tailor(session)
    await service.ensure_weeks(session, tailors=[tailor], mondays=[LEBARAN, AFTER])
    season, before = next_season("lebaran", RAMADAN), date(2027, 2, 1)
    await service.add_day_off(
        session, tailor_id=tailor.id, day=date(2027, 3, 17), reason=None, left_permille=500, today=before,
        reach=own(tailor),
    )  # fmt: skip
    given: dict[str, Any] = {"tailor_id": tailor.id, "season": season, "today": before, "reach": own(tailor)}
    closed = await service.close_season(session, **given)
    assert [day.day for day in closed] == [13, 16, 18, 19, 20]
    assert (await declared(session, tailor, LEBARAN), await declared(session, tailor, AFTER)) == (0, 12_600)
    with pytest.raises(DayOffExists):
        await service.close_season(session, **given)
    assert await service.open_season(session, **given) == closed
    assert (await declared(session, tailor, LEBARAN), await declared(session, tailor, AFTER)) == (
        25_200,
        4 * 25_200 - 1_800 + 12_600,
    )
    with pytest.raises(DayOffNotFound):
        await service.open_season(session, **given)


async def test_weeks_whose_work_would_not_fit_are_not_closed_at_all(session: AsyncSession) -> None:
    tailor, claim = await make_tailor(session), uuid4()
    await service.ensure_weeks(session, tailors=[tailor], mondays=[LEBARAN, AFTER])
    await service.hold_time(session, claim=claim, tailor_id=tailor.id, weeks={AFTER: 100})
    season = next_season("lebaran", RAMADAN)
    with pytest.raises(DayIsBooked):
        async with session.begin_nested():
            await service.close_season(
                session, tailor_id=tailor.id, season=season, today=RAMADAN, reach=own(tailor), by=None
            )
    assert await declared(session, tailor, LEBARAN) == 25_200


async def test_a_day_off_that_was_entered_before_the_week_was_opened_counts(session: AsyncSession) -> None:
    tailor = await make_tailor(session)
    await close(session, tailor, WEEK)
    await service.ensure_weeks(session, tailors=[tailor], mondays=[WEEK])
    assert await declared(session, tailor) == FULL - 25_200


async def test_a_decree_closes_the_day_for_everybody(session: AsyncSession) -> None:
    tailor = await make_tailor(session)
    session.add(DayOff(day=WEEK, kind="decree", name="Pemilu", source="Keppres", estimated=False))
    await session.flush()
    await service.ensure_weeks(session, tailors=[tailor], mondays=[WEEK])
    assert await declared(session, tailor) == FULL - 25_200


async def test_a_day_off_is_refused_when_booked_work_would_not_fit_any_more(session: AsyncSession) -> None:
    tailor = await make_tailor(session)
    await service.hold_time(session, claim=uuid4(), tailor_id=tailor.id, weeks={WEEK: FULL - 25_200})
    await close(session, tailor, WEEK)  # what is left is exactly enough
    with pytest.raises(DayIsBooked):
        async with session.begin_nested():
            await close(session, tailor, WEEK + timedelta(days=1))
    days = await queries.list_days_off(session, tailor_id=tailor.id, since=WEEK)
    assert [one.day for one in days] == [WEEK]
    assert await declared(session, tailor) == FULL - 25_200


async def test_a_day_off_and_holds_at_once_never_leave_more_load_than_hours(database: db.Database) -> None:
    async with db.transaction() as session:
        tailor = await make_tailor(session)
    refusals: list[type[Exception]] = []

    async def attempt(step: int) -> None:
        try:
            async with db.transaction() as own_session:
                if step % 3:
                    await service.hold_time(own_session, claim=uuid4(), tailor_id=tailor.id, weeks={WEEK: 25_000})
                else:
                    await close(own_session, tailor, WEEK + timedelta(days=step // 3))
        except (CapacityTaken, DayIsBooked) as refused:
            refusals.append(type(refused))

    await asyncio.gather(*(attempt(step) for step in range(12)))
    async with db.transaction() as session:
        loads = await TIME.loads(session, parties=[tailor.id], mondays=[WEEK])
        load = loads[tailor.id, WEEK]
        days_off = await queries.days_off_of(session, tailor_ids=[tailor.id], since=WEEK, until=WEEK + timedelta(6))
    assert load.declared == seconds_in_week(tailor, WEEK, days_off[tailor.id])
    assert load.held <= load.declared
    assert load.held // 25_000 + len(days_off[tailor.id].closed) + len(refusals) == 12


@pytest.mark.parametrize("day", [TODAY - timedelta(days=1), TODAY + timedelta(days=731), date(9999, 12, 31)])
async def test_only_the_next_two_years_can_be_closed(session: AsyncSession, day: date) -> None:
    tailor = await make_tailor(session)
    with pytest.raises(Invalid):
        await close(session, tailor, day)


async def test_a_day_is_closed_once_and_opened_once(session: AsyncSession) -> None:
    tailor = await make_tailor(session)
    await close(session, tailor, TODAY)
    with pytest.raises(DayOffExists):
        await close(session, tailor, TODAY)
    await service.remove_day_off(session, tailor_id=tailor.id, day=TODAY, reach=own(tailor))
    with pytest.raises(DayOffNotFound):
        await service.remove_day_off(session, tailor_id=tailor.id, day=TODAY, reach=own(tailor))


async def test_nobody_closes_the_day_of_another(session: AsyncSession) -> None:
    siti, budi = await make_tailor(session), await make_tailor(session, name="Penjahit Budi")
    with pytest.raises(TailorNotFound):
        await service.add_day_off(session, tailor_id=siti.id, day=TODAY, reason=None, today=TODAY, reach=own(budi))


async def test_new_hours_change_opened_weeks_from_this_week_on(session: AsyncSession) -> None:
    tailor, past = await make_tailor(session), WEEK - timedelta(weeks=1)
    await service.ensure_weeks(session, tailors=[tailor], mondays=[past, WEEK])
    hours = {"weekday_seconds": [3_600, 0, 0, 0, 0, 0, 0]}
    today = WEEK + timedelta(days=3)
    await service.update_tailor(session, tailor_id=tailor.id, changes=hours, today=today, reach=own(tailor))
    assert (await declared(session, tailor, past), await declared(session, tailor)) == (FULL, 3_600)


async def test_shorter_hours_are_refused_where_more_is_booked(session: AsyncSession) -> None:
    tailor = await make_tailor(session)
    await service.hold_time(session, claim=uuid4(), tailor_id=tailor.id, weeks={WEEK: FULL})
    with pytest.raises(WeekIsBooked) as refused:
        await service.update_tailor(
            session,
            tailor_id=tailor.id,
            changes={"weekday_seconds": [25_199, *SIX_DAYS[1:]]},
            today=TODAY,
            reach=own(tailor),
        )
    assert refused.value.facts == {"monday": WEEK}


async def test_a_workshop_that_works_on_no_day_declares_nothing(session: AsyncSession) -> None:
    tailor = await make_tailor(session, weekday_seconds=[0] * 7)
    assert seconds_in_week(tailor, WEEK, Away()) == 0
    assert len(closed_days(tailor, WEEK, Away(), "id")) == 7


def test_weeks_with_holidays_that_no_decree_has_fixed_are_marked_as_estimates() -> None:
    assert not is_estimated(LEBARAN)
    assert is_estimated(date(2028, 2, 21)), "Idul Fitri 2028 is expected on Sunday 27 February"
