"""A database that goes away in the middle of a transaction asks for patience; what does not fit stays a fault."""

from collections.abc import Awaitable, Callable

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts import tasks as accounts
from clothingline.accounts.events import SignInCodeRequested
from clothingline.kit import db, events, jobs
from clothingline.kit.db.embedded import Server
from clothingline.kit.http.problem import is_busy
from clothingline.kit.ids import new_id

Act = Callable[[AsyncSession], Awaitable[object]]


async def read(session: AsyncSession) -> object:
    return await session.scalar(text("SELECT 1"))


async def emit(session: AsyncSession) -> object:
    return await events.emit(session, SignInCodeRequested(new_id()))


async def defer(session: AsyncSession) -> None:
    await jobs.defer(session, accounts.send_code, {"code_id": str(new_id())})


@pytest.mark.parametrize("act", [read, emit, defer])
async def test_a_connection_that_is_cut_means_busy_whoever_was_using_it(
    database: db.Database, server: Server, act: Act
) -> None:
    with pytest.raises((DBAPIError, psycopg.Error)) as met:
        await _cut_then(act, database, server)
    assert is_busy(met.value)
    async with database.transaction() as session:
        await act(session)


async def _cut_then(act: Act, database: db.Database, server: Server) -> None:
    async with database.transaction() as session:
        backend = await session.scalar(text("SELECT pg_backend_pid()"))
        with psycopg.connect(server.dsn(), autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", (backend,))
        await act(session)


async def _hold(database: db.Database, given: str) -> None:
    async with database.transaction() as session:
        await session.execute(text("SELECT CAST(:given AS text)"), {"given": given})


async def test_a_text_that_the_database_cannot_hold_is_a_fault_and_no_reason_to_wait(database: db.Database) -> None:
    with pytest.raises(DBAPIError) as met:
        await _hold(database, "\0")
    assert not is_busy(met.value)
