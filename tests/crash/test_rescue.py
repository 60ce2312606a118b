"""Jobs of dead workers are put back; one that kills its worker every time is set aside, and the others go on."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from sqlalchemy import text

from clothingline import worker
from clothingline.accounts import tasks as accounts
from clothingline.cli import health
from clothingline.integrations import messaging
from clothingline.kit import db, failpoints, jobs
from clothingline.kit.db.embedded import Server
from clothingline.kit.ids import new_id
from clothingline.settings import Settings

MISSING = str(new_id())
# What a sequence has counted outlives the transaction that fell.
_CUT_AT_THE_FIRST_END = """
    CREATE SEQUENCE ends;
    GRANT USAGE ON ends TO PUBLIC;
    CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    BEGIN
        IF nextval('ends') = 1 THEN
            PERFORM pg_terminate_backend(pg_backend_pid());
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER cut BEFORE UPDATE ON jobs.procrastinate_jobs FOR EACH ROW WHEN (NEW.status = 'succeeded')
        EXECUTE FUNCTION cut()
"""


async def queue_codes(count: int) -> list[int]:
    """Jobs that have nothing to do; returns their numbers."""
    async with db.transaction() as session:
        for _ in range(count):
            await jobs.defer(session, accounts.send_code, {"code_id": MISSING})
    return [row.id for row in await say("SELECT id FROM jobs.procrastinate_jobs ORDER BY id")]


async def say(words: str, **given: Any) -> Sequence[Any]:
    """The rows of a query."""
    async with db.transaction() as session:
        return (await session.execute(text(words), given)).all()


async def change(words: str, **given: Any) -> None:
    """A statement without rows."""
    async with db.transaction() as session:
        await session.execute(text(words), given)


async def taken_by_a_worker(job: int, *, silent: timedelta) -> None:
    """A job that a worker has begun who has been silent for so long."""
    await change(
        "WITH worker AS (INSERT INTO jobs.procrastinate_workers (last_heartbeat) "
        "VALUES (now() - :silent) RETURNING id) "
        "UPDATE jobs.procrastinate_jobs SET status = 'doing', worker_id = worker.id FROM worker "
        "WHERE procrastinate_jobs.id = :job",
        silent=silent,
        job=job,
    )


async def states() -> list[tuple[int, str]]:
    """Jobs by state."""
    rows = await say("SELECT id, status::text FROM jobs.procrastinate_jobs ORDER BY id")
    return [(row[0], row[1]) for row in rows]


async def test_a_job_of_a_silent_worker_is_put_back_and_done_and_that_of_a_living_one_is_left(
    database: db.Database, messages: messaging.ConsoleMessenger
) -> None:
    dead, alive = await queue_codes(2)
    await taken_by_a_worker(dead, silent=timedelta(seconds=31))
    await taken_by_a_worker(alive, silent=timedelta(seconds=5))
    assert await worker.rescue() == 1
    assert await states() == [(dead, "todo"), (alive, "doing")]
    await worker.drain()
    assert await states() == [(dead, "succeeded"), (alive, "doing")]


async def test_a_job_that_a_living_worker_has_forgotten_is_put_back_after_the_longest_time_of_a_job(
    database: db.Database,
) -> None:
    [forgotten] = await queue_codes(1)
    await taken_by_a_worker(forgotten, silent=timedelta())
    assert await worker.rescue() == 0
    long_ago = timedelta(seconds=jobs.LONGEST_SECONDS + 31)
    await change("UPDATE jobs.procrastinate_events SET at = now() - :ago WHERE type = 'started'", ago=long_ago)
    assert await worker.rescue() == 1


async def test_a_job_that_kills_its_worker_every_time_stands_failed_with_its_cause_while_good_ones_are_done(
    database: db.Database, messages: messaging.ConsoleMessenger, server: Server, database_name: str
) -> None:
    poison, *good = await queue_codes(4)
    for _ in range(jobs.MOST_TRIES):
        await taken_by_a_worker(poison, silent=timedelta(seconds=31))
        assert await worker.rescue() == 1
    await worker.drain()
    assert await states() == [(poison, "failed"), *((job, "succeeded") for job in good)]
    with psycopg.connect(server.dsn(database_name)) as connection:
        ok, detail = health._jobs(Settings(), connection)
    assert (ok, detail) == (False, "1 × accounts.send_code: WorkerDied")


async def test_those_that_stalled_together_run_again_one_after_the_other(database: db.Database) -> None:
    together = await queue_codes(3)
    for job in together:
        await taken_by_a_worker(job, silent=timedelta(seconds=31))
    await worker.rescue()
    rows = await say(
        "SELECT extract(epoch FROM scheduled_at - min(scheduled_at) OVER ())::int "
        "FROM jobs.procrastinate_jobs ORDER BY id"
    )
    assert [row[0] for row in rows] == [0, 1, 2]


async def test_a_job_that_raises_is_tried_eight_times_and_its_cause_is_kept(
    database: db.Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await queue_codes(1)
    failpoints.arm({"job:accounts.send_code:before": "raise"})
    tries = 0
    while (await states())[0][1] == "todo":
        await change("UPDATE jobs.procrastinate_jobs SET scheduled_at = now()")
        await worker.drain()
        tries += 1
    failpoints.arm({})
    assert (tries, (await states())[0][1]) == (jobs.MOST_TRIES, "failed")
    [(task, cause)] = await say("SELECT task, cause FROM job_failure")
    assert task == "accounts.send_code"
    assert cause.startswith("Planted: kit/failpoints.py:")


async def test_the_end_of_a_job_that_was_lost_with_its_connection_is_said_again(
    database: db.Database, messages: messaging.ConsoleMessenger, server: Server, database_name: str
) -> None:
    await queue_codes(2)
    with psycopg.connect(server.dsn(database_name), autocommit=True) as connection:
        connection.execute(_CUT_AT_THE_FIRST_END)
    await worker.drain()
    assert [state for _, state in await states()] == ["succeeded", "succeeded"]
