"""Two requests with one key at the same time: one of them acts, the other waits outside or hears the same answer."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator

import httpx
import psycopg
import pytest
from sqlalchemy import func, select, text

from clothingline.accounts.models import SignInCode
from clothingline.kit import db
from clothingline.kit.db.embedded import Server
from clothingline.kit.events import Event

BODY = {"phone": "081234567801"}
KEY = {"idempotency-key": "satu-kunci"}
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'sign_in_code'::regclass"


@pytest.fixture
async def owner(server: Server, database_name: str) -> AsyncIterator[psycopg.AsyncConnection]:
    """A connection beside the service, to stand in its way."""
    connection = await psycopg.AsyncConnection.connect(server.dsn(database_name))
    async with connection:
        yield connection


async def ask(client: httpx.AsyncClient, body: dict[str, str] = BODY) -> httpx.Response:
    return await client.post("/v1/sign-in-codes", json=body, headers=KEY)


async def effects(database: db.Database) -> tuple[int | None, int | None, int | None]:
    """How many codes were made, how many events tell of it, and how many jobs send them."""
    async with database.transaction() as session:
        codes = await session.scalar(select(func.count()).select_from(SignInCode))
        told = await session.scalar(select(func.count()).where(Event.name == "SignInCodeRequested"))
        jobs = await session.scalar(text("SELECT count(*) FROM jobs.procrastinate_jobs"))
    return codes, told, jobs


async def is_held_up(owner: psycopg.AsyncConnection) -> None:
    """Returns when the service stands before the locked table."""
    while await (await owner.execute(WAITING)).fetchone() == (0,):  # noqa: ASYNC110  # another process knows it
        await asyncio.sleep(0.01)


async def test_while_the_first_is_running_the_second_is_told_to_wait_and_then_hears_the_first_answer(
    client: httpx.AsyncClient, database: db.Database, owner: psycopg.AsyncConnection
) -> None:
    await owner.execute("LOCK TABLE sign_in_code IN EXCLUSIVE MODE")
    first = asyncio.create_task(ask(client))
    await is_held_up(owner)
    second = await ask(client)
    assert (second.status_code, second.json()["code"]) == (409, "idempotency_in_progress")
    assert second.json()["retryable"]
    assert second.headers["retry-after"] == "1"
    await owner.rollback()
    answered, again = await first, await ask(client)
    assert answered.status_code == again.status_code == 202
    assert (again.content, again.headers["idempotent-replayed"]) == (answered.content, "true")
    assert await effects(database) == (1, 1, 1)


async def test_another_body_with_the_key_of_a_running_request_is_told_to_wait_too_and_then_refused(
    client: httpx.AsyncClient, database: db.Database, owner: psycopg.AsyncConnection
) -> None:
    other = {"phone": "081234567802"}
    await owner.execute("LOCK TABLE sign_in_code IN EXCLUSIVE MODE")
    first = asyncio.create_task(ask(client))
    await is_held_up(owner)
    meanwhile = await ask(client, other)
    await owner.rollback()
    await first
    assert meanwhile.json()["code"] == "idempotency_in_progress"
    assert (await ask(client, other)).json()["code"] == "idempotency_key_reused"
    assert await effects(database) == (1, 1, 1)


async def test_a_request_that_failed_leaves_its_key_free(
    client: httpx.AsyncClient, database: db.Database, owner: psycopg.AsyncConnection
) -> None:
    await owner.execute("ALTER TABLE sign_in_code ADD CONSTRAINT never CHECK (false) NOT VALID")
    await owner.commit()
    with pytest.raises(Exception, match="never"):
        await ask(client)
    assert await effects(database) == (0, 0, 0)
    await owner.execute("ALTER TABLE sign_in_code DROP CONSTRAINT never")
    await owner.commit()
    repaired = await ask(client)
    assert (repaired.status_code, "idempotent-replayed" in repaired.headers) == (202, False)
    assert await effects(database) == (1, 1, 1)


async def test_a_crowd_with_one_key_has_one_effect_and_one_answer(
    client: httpx.AsyncClient, database: db.Database
) -> None:
    answers = await asyncio.gather(*(ask(client) for _ in range(24)))
    counted = Counter(answer.status_code for answer in answers)
    assert counted.keys() <= {202, 409}
    assert {one.json()["code"] for one in answers if one.status_code == 409} <= {"idempotency_in_progress"}
    assert len({one.content for one in answers if one.status_code == 202}) == 1
    assert sum("idempotent-replayed" not in one.headers for one in answers if one.status_code == 202) == 1
    assert await effects(database) == (1, 1, 1)
