"""Cursor pages: whoever reads to the end has seen each row once, whatever is added meanwhile."""

import random
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.models import Organisation
from clothingline.kit import clock, page
from clothingline.kit.db import Database
from clothingline.kit.errors import Invalid
from clothingline.kit.page import Page, Window
from tests.cast import Cast

SEED = 20261121


@pytest.fixture(autouse=True)
def _each_row_is_younger(monkeypatch: pytest.MonkeyPatch) -> None:
    """A millisecond lies between two rows, as between two people."""
    moments = iter(range(1_795_000_000_000, 1_795_000_100_000))
    monkeypatch.setattr(clock, "milliseconds", lambda: next(moments))


async def add(database: Database, number: int) -> list[UUID]:
    """So many organisations, each in a transaction of its own."""
    made = []
    for _ in range(number):
        async with database.transaction() as session:
            row = Organisation(kind="brand", name="Busana Melati")
            session.add(row)
            await session.flush()
            made.append(row.id)
    return made


async def turn(session: AsyncSession, limit: int, cursor: str | None) -> Page[Organisation]:
    asked = Window(limit, page.decode(cursor) if cursor else None)
    return await page.take(session, select(Organisation), key=Organisation.id, asked=asked)


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
async def test_no_row_is_lost_or_repeated_while_others_are_added(database: Database, limit: int) -> None:
    draw = random.Random(SEED + limit)
    before = await add(database, 12)
    seen: list[UUID] = []
    cursor: str | None = None
    while True:
        async with database.transaction() as session:
            found = await turn(session, limit, cursor)
        assert 1 <= len(found.rows) <= limit
        seen += [row.id for row in found.rows]
        if (cursor := found.next_cursor) is None:
            break
        await add(database, draw.randint(0, 3))
    assert seen == before[::-1], f"seed {SEED + limit}"


async def test_a_page_that_holds_the_last_row_says_so(database: Database) -> None:
    await add(database, 4)
    async with database.transaction() as session:
        assert (await turn(session, 4, None)).next_cursor is None
        assert (await turn(session, 3, None)).next_cursor is not None


async def test_nothing_is_one_empty_page(database: Database) -> None:
    async with database.transaction() as session:
        found = await turn(session, 20, None)
    assert found.listing([]) == {"data": [], "has_more": False, "next_cursor": None}


async def test_a_cursor_whose_row_is_gone_still_leads_on(database: Database) -> None:
    oldest, _, _ = await add(database, 3)
    async with database.transaction() as session:
        first = await turn(session, 2, None)
        await session.delete(first.rows[-1])
        await session.flush()
        rest = await turn(session, 2, first.next_cursor)
    assert [row.id for row in rest.rows] == [oldest]


@settings(derandomize=True, deadline=None)
@given(st.uuids())
def test_a_cursor_is_read_as_it_was_written(value: UUID) -> None:
    assert page.decode(page.encode(value)) == value


@settings(derandomize=True, deadline=None)
@given(st.text(max_size=64).filter(lambda text: len(text) != 22))
def test_a_cursor_that_is_not_ours_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        page.decode(text)
    assert refused.value.pointer == "/starting_after"


async def test_a_list_of_the_api_refuses_windows_that_are_none(cast: Cast) -> None:
    rina = await cast.sign_in("081234567801")
    for query in ("limit=0", "limit=101", "limit=x", "starting_after=acc_1", "starting_after=" + "A" * 65):
        answer = await rina.get(f"/v1/events?{query}")
        assert (answer.status_code, answer.json()["code"]) == (422, "validation_failed"), query
        assert [one["pointer"] for one in answer.json()["errors"]] == [f"/{query.partition('=')[0]}"]
