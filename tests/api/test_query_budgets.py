"""How many SQL statements a list may take: who asks, the page, and at most two more, however many rows there are."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import psycopg
import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.models import RoleHeld
from clothingline.app import operations
from clothingline.kit.access import Role
from clothingline.kit.db import raw_connection
from clothingline.kit.policy import TABLE
from tests.pilot_fixture import pilot_template
from tests.story_fixture import database_name, story_template, token_of

__all__ = ["database_name", "pilot_template", "story_template"]

ENDLESS = "events_stream"
LISTS = {
    route.unique_id: route.path
    for route in operations()
    if "GET" in (route.methods or ()) and "{" not in route.path and route.unique_id != ENDLESS
}
USUAL = 4
"""The caller, the page, and two more."""
BUDGETS: dict[str, int] = {}
"""Lists that may take another number, each with its reason beside it."""
NEEDED = {"calendar_show": {"from": "2026-08-15", "until": "2026-08-18"}, "sampling_plans_show": {"lot": "200"}}
MOST = "100"


@contextmanager
def counted() -> Iterator[list[str]]:
    """Every statement that goes to the database while the block runs, by whatever way it gets there."""
    said: list[str] = []
    execute = psycopg.AsyncCursor.execute

    async def note(cursor: Any, query: Any, *rest: Any, **named: Any) -> Any:
        said.append(str(query))
        return await execute(cursor, query, *rest, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(psycopg.AsyncCursor, "execute", note)
        yield said


def reader_of(operation: str) -> Role:
    """Who sees the most of a list."""
    return Role.ADMIN if Role.ADMIN in TABLE[operation] else Role.CONSUMER


def budget_of(operation: str) -> int:
    """Statements that a list may take."""
    return BUDGETS.get(operation, USUAL)


async def ask(client: httpx.AsyncClient, operation: str, token: str, **query: str) -> tuple[int, list[str]]:
    """Rows of one answer, and the statements that it took."""
    headers = {"authorization": f"Bearer {token}"}
    with counted() as said:
        answer = await client.get(LISTS[operation], params=NEEDED.get(operation, {}) | query, headers=headers)
    assert answer.status_code == 200, answer.text
    return _rows(answer), said


def _rows(answer: httpx.Response) -> int:
    if answer.headers["content-type"].startswith("text/csv"):
        return answer.text.count("\n") - 1
    return len(answer.json().get("data", ()))


@pytest.fixture
async def tokens(session: AsyncSession) -> dict[Role, str]:
    """A token of the first account that holds each role."""
    rows = await session.execute(select(RoleHeld.role, RoleHeld.account_id).order_by(RoleHeld.id.desc()))
    return {Role(role): token_of(account) for role, account in rows}


@pytest.mark.parametrize("operation", LISTS)
async def test_a_list_keeps_to_its_budget_however_many_rows_it_shows(
    client: httpx.AsyncClient, tokens: dict[Role, str], operation: str
) -> None:
    token = tokens[reader_of(operation)]
    _, few = await ask(client, operation, token, limit="1")
    rows, many = await ask(client, operation, token, limit=MOST)
    print(f"{operation}: {len(many)} statements for {rows} rows, budget {budget_of(operation)}")
    assert max(len(few), len(many)) <= budget_of(operation), "\n".join(many)


async def test_the_lists_are_asked_where_they_have_several_rows(
    client: httpx.AsyncClient, tokens: dict[Role, str]
) -> None:
    shown = {name: (await ask(client, name, tokens[reader_of(name)], limit=MOST))[0] for name in LISTS}
    busiest = (
        "orders_list",
        "offers_list",
        "jobs_list",
        "designs_list",
        "accounts_list",
        "events_list",
        "payments_list",
    )
    assert min(shown[name] for name in busiest) > 1, shown


async def test_statements_are_counted_whether_they_go_through_the_orm_or_past_it(session: AsyncSession) -> None:
    await session.execute(select(1))
    with counted() as said:
        await session.execute(select(1))
        await (await raw_connection(session)).execute("SELECT 2")
    assert len(said) == 2
