"""A sweep goes on behind a row that fails, and says which it was."""

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from structlog.testing import capture_logs

from clothingline.kit import db, sweeping


async def keep(session: AsyncSession, number: int) -> bool:
    """Keep the number, or fail behind it."""
    await session.execute(text("INSERT INTO job_failure (job_id, task, cause) VALUES (:n, 'x', 'x')"), {"n": number})
    if number == 2:
        raise ValueError("Rina Kartika")
    return number != 4


async def test_every_row_has_a_transaction_of_its_own_and_one_that_fails_is_named_and_raised_at_the_end(
    database: db.Database,
) -> None:
    with capture_logs() as said, pytest.raises(ExceptionGroup) as raised:
        await sweeping.each([1, 2, 3], keep)
    assert [type(error) for error in raised.value.exceptions] == [ValueError]
    [line] = said
    assert (line["event"], line["of"], line["cause"].split(":")[0]) == ("sweep failed", "2", "ValueError")
    assert "Rina" not in str(line)
    async with db.transaction() as session:
        kept = list(await session.scalars(text("SELECT job_id FROM job_failure ORDER BY job_id")))
    assert kept == [1, 3]


async def test_a_sweep_counts_the_rows_that_moved(database: db.Database) -> None:
    assert await sweeping.each([1, 3, 4], keep) == 2


async def test_rows_that_stay_as_they_are_keep_none_behind_them_from_their_turn(database: db.Database) -> None:
    read = list[int | None]()

    async def page(_: AsyncSession, *, after: int | None) -> list[int]:
        read.append(after)
        return [number for number in range(1, 6) if after is None or number > after][:2]

    with pytest.raises(ExceptionGroup) as raised:
        await sweeping.page_by_page(page, keep)
    assert ([type(error) for error in raised.value.exceptions], read) == ([ValueError], [None, 2, 4, 5])
    async with db.transaction() as session:
        kept = list(await session.scalars(text("SELECT job_id FROM job_failure ORDER BY job_id")))
    assert kept == [1, 3, 4, 5]
