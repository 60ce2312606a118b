"""Business time: it goes on, may be moved forward where that is allowed, and never back."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from clothingline.accounts.models import Organisation
from clothingline.kit import clock, db, migrating
from clothingline.kit.clock import advance_business_time, business_now, business_time, local_date
from clothingline.kit.db.embedded import Server

DAY = timedelta(days=1)


async def now(database: db.Database) -> datetime:
    async with database.transaction() as session:
        return await business_now(session)


async def advance(database: db.Database, by: timedelta) -> datetime:
    async with database.transaction() as session:
        return await advance_business_time(session, by=by)


async def test_moving_it_forward_moves_it_for_everybody(database: db.Database) -> None:
    before = await now(database)
    moved = await advance(database, 3 * DAY)
    assert timedelta(0) <= moved - before - 3 * DAY < DAY
    assert moved <= await now(database)


async def test_steps_add_up(database: db.Database) -> None:
    before = await now(database)
    for _ in range(4):
        moved = await advance(database, DAY)
    assert 4 * DAY <= moved - before < 5 * DAY


async def test_a_step_that_is_rolled_back_was_not_made(database: db.Database) -> None:
    before = await now(database)
    with pytest.raises(ZeroDivisionError):
        await _advance_and_fail(database)
    assert await now(database) - before < DAY


async def _advance_and_fail(database: db.Database) -> None:
    async with database.transaction() as session:
        await advance_business_time(session, by=DAY)
        raise ZeroDivisionError


async def test_it_never_goes_back(database: db.Database) -> None:
    before = await now(database)
    with pytest.raises(DBAPIError, match="business time never goes back"):
        await advance(database, timedelta(microseconds=-1))
    assert await now(database) >= before


async def test_it_goes_on_inside_of_a_statement_and_a_transaction(database: db.Database) -> None:
    async with database.transaction() as session:
        first, later = [await business_now(session), await business_now(session)]
        inside = (await session.execute(select(business_time(), text("now()")))).one()
    assert first < later < inside[0]
    assert inside[1] < first


async def test_production_refuses_to_move_it(server: Server, database: db.Database) -> None:
    await migrating.settle(database.url, clock_movable=False)
    before = await now(database)
    with pytest.raises(DBAPIError, match="business time is fixed in production"):
        await advance(database, DAY)
    assert await now(database) - before < DAY


async def test_the_service_reaches_the_offset_through_its_function_only(database: db.Database) -> None:
    for statement in (
        "UPDATE clock_offset SET ahead = '1 day'",
        "UPDATE clock_offset SET movable = true",
        "DELETE FROM clock_offset",
        "INSERT INTO clock_offset DEFAULT VALUES",
    ):
        with pytest.raises(DBAPIError) as refused:
            await _say(database, statement)
        assert isinstance(refused.value.orig, psycopg.errors.InsufficientPrivilege)


async def _say(database: db.Database, statement: str) -> None:
    async with database.transaction() as session:
        await session.execute(text(statement))


def test_the_owner_cannot_put_it_behind_the_real_clock_either(server: Server, database_name: str) -> None:
    with psycopg.connect(server.dsn(database_name)) as owner, pytest.raises(psycopg.errors.CheckViolation):
        owner.execute("UPDATE clock_offset SET ahead = '-1 second'")


async def test_a_row_is_stamped_with_business_time(
    database: db.Database, advance: Callable[..., Awaitable[None]]
) -> None:
    await advance(days=30)
    async with database.transaction() as session:
        row = Organisation(kind="brand", name="Busana Melati")
        session.add(row)
        await session.flush()
        stamped, real = (await session.execute(select(Organisation.created_at, text("clock_timestamp()")))).one()
    assert 29 * DAY < stamped - real < 31 * DAY


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 6, 1, 16, 59, 59, tzinfo=UTC), date(2026, 6, 1)),
        (datetime(2026, 6, 1, 17, tzinfo=UTC), date(2026, 6, 2)),
        (datetime(2026, 12, 31, 17, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_a_day_begins_at_midnight_in_western_indonesia(instant: datetime, day: date) -> None:
    assert local_date(instant) == day


def test_durations_are_measured_on_a_clock_that_never_goes_back() -> None:
    measured = [clock.monotonic() for _ in range(1_000)]
    assert measured == sorted(measured)
