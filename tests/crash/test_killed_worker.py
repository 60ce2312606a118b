"""A worker killed in the middle of every kind of job loses nothing, repeats nothing and leaves nothing undone."""

import sqlite3
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import text

from clothingline.kit import db
from clothingline.kit.db.embedded import Server
from tests import invariants
from tests.crash.scene import dying_worker, stage_on
from tests.crash.story import Story
from tests.crash.zygote import ALL

# Each must return no row.
NEVER = {
    "a job that did not end well": "SELECT id, task_name, status::text FROM jobs.procrastinate_jobs "
    "WHERE status <> 'succeeded'",
    "a transaction that does not sum to zero": "SELECT transaction_id FROM ledger_entry "
    "GROUP BY transaction_id HAVING sum(amount) <> 0",
    "one fact booked twice": "SELECT source_id FROM ledger_transaction "
    "GROUP BY source_type, source_id, kind HAVING count(*) > 1",
    "an event told twice": "SELECT name, facts FROM event WHERE name NOT IN ('OfferSeen', 'OfferAccepted', 'SignedIn') "
    "GROUP BY name, facts HAVING count(*) > 1",
    "two live offers for one place": "SELECT order_id FROM offer WHERE state IN ('sent', 'seen', 'accepted') "
    "GROUP BY order_id, kind, share_id HAVING count(*) > 1",
    "two live jobs for one offer": "SELECT offer_id FROM job WHERE state <> 'cancelled' "
    "GROUP BY offer_id HAVING count(*) > 1",
    "an instalment paid twice": "SELECT order_id FROM payment WHERE state = 'captured' "
    "GROUP BY order_id, instalment HAVING count(*) > 1",
    "a plan without its reasons": "SELECT id FROM plan WHERE explanation IS NULL",
    "a refund that did not arrive": "SELECT id FROM refund WHERE state <> 'settled'",
    "an event without its webhook": "SELECT event.id FROM event JOIN webhook_endpoint AS endpoint "
    "ON endpoint.organisation_id = ANY (event.audience) AND endpoint.created_at < event.at WHERE NOT EXISTS "
    "(SELECT FROM webhook_delivery AS one WHERE one.event_id = event.id AND one.endpoint_id = endpoint.id)",
    "cloth held for an order that has ended": "SELECT reservation.id FROM reservation JOIN orders ON orders.id = claim "
    "WHERE orders.state IN ('draft', 'cancelled') AND reservation.state NOT IN ('released', 'refused')",
}


async def test_a_worker_killed_once_at_every_point_of_every_job_finishes_all_of_it_exactly_once(
    database: db.Database, server: Server, database_name: str, tmp_path: Path
) -> None:
    with dying_worker(server.url(database_name), tmp_path) as deaths:
        async with stage_on(tmp_path) as stage:
            told = Story(stage)
            await told.tell()
            made, ended = [await told.bayu.get(f"/v1/orders/{one}") for one in (told.made, told.cancelled)]
    assert Counter(deaths.fallen) == Counter(ALL), set(deaths.fallen) ^ set(ALL)
    assert (made["status"], ended["status"]) == ("accepted", "cancelled")
    assert {name: rows for name, query in NEVER.items() if (rows := await rows_of(query))} == {}
    with psycopg.connect(server.dsn(database_name)) as connection:
        assert invariants.found(connection) == {}
    await the_provider_agrees(tmp_path / "books.db")
    await every_code_was_sent_and_a_repeat_was_the_same(tmp_path / "messages.txt")


async def rows_of(query: str) -> Sequence[Any]:
    """The rows of a query on the database in use."""
    async with db.transaction() as session:
        return (await session.execute(text(query))).all()


async def the_provider_agrees(books: Path) -> None:
    """Each payment has one charge, each refund went out once, and what the provider holds is what the ledger says."""
    with sqlite3.connect(books) as connection:
        paid, charges = connection.execute(
            "SELECT sum(amount_idr) FILTER (WHERE status IN ('paid', 'refunded')), count(*) FROM charge"
        ).fetchone()
        back, refunds = connection.execute("SELECT sum(amount_idr), count(*) FROM refund").fetchone()
    connection.close()
    assert await rows_of("SELECT count(*) FROM payment") == [(charges,)]
    assert await rows_of("SELECT count(*), sum(amount_idr) FROM refund") == [(refunds, back)]
    assert refunds == 1
    held = "SELECT sum(amount) FROM ledger_entry JOIN ledger_account ON ledger_account.id = account_id WHERE code = "
    assert await rows_of(held + "'provider:idr'") == [(paid - back,)]


async def every_code_was_sent_and_a_repeat_was_the_same(messages: Path) -> None:
    """The first code was sent once for each death between its sending and its end, and once more; the others once."""
    sent = Counter(Path.read_text(messages).splitlines())
    [(asked,)] = await rows_of("SELECT count(*) FROM sign_in_code")
    assert len(sent) == asked
    assert sorted(sent.values(), reverse=True) == [3, *[1] * (asked - 1)]
