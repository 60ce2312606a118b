"""A worker killed in the middle of every kind of job loses nothing, repeats nothing and leaves nothing undone."""

import re
import sqlite3
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import text

from clothingline.kit import db, failpoints
from clothingline.kit.db.embedded import Server
from clothingline.settings import settings
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
    "GROUP BY source_type, source_id, kind, step HAVING count(*) > 1",
    "an event told twice": "SELECT name, facts FROM event WHERE name NOT IN ('OfferSeen', 'OfferAccepted', 'SignedIn') "
    "GROUP BY name, facts HAVING count(*) > 1",
    "two live offers for one place": "SELECT order_id FROM offer WHERE state IN ('sent', 'seen', 'accepted') "
    "GROUP BY order_id, kind, share_id HAVING count(*) > 1",
    "two live jobs for one offer": "SELECT offer_id FROM job WHERE state <> 'cancelled' "
    "GROUP BY offer_id HAVING count(*) > 1",
    "an instalment paid twice": "SELECT instalment.id FROM instalment JOIN payment ON instalment_id = instalment.id "
    "GROUP BY instalment.id HAVING sum(captured_idr) > instalment.amount_idr",
    "a plan without its reasons": "SELECT id FROM plan WHERE explanation IS NULL",
    "a refund that did not arrive": "SELECT id FROM refund WHERE state <> 'settled'",
    "a payout that is under way": "SELECT id FROM payout WHERE state NOT IN ('settled', 'failed')",
    "a payout without a transfer": "SELECT id FROM payout "
    "WHERE transfer IS NULL OR (state = 'failed' AND reversal IS NULL)",
    "an earning in two payouts": "SELECT earning_id FROM payout_item JOIN payout ON payout.id = payout_id "
    "WHERE payout.state = 'settled' GROUP BY earning_id HAVING count(*) > 1",
    "an account of something in flight that is not empty": "SELECT code FROM ledger_entry "
    "JOIN ledger_account ON ledger_account.id = account_id WHERE kind IN ('clearing', 'connected', 'in_batch') "
    "GROUP BY code HAVING sum(amount) <> 0",
    "a paper that was not made": "SELECT id FROM document WHERE state <> 'made'",
    "money or a payout without its paper": "SELECT id FROM payment WHERE state = 'captured' AND NOT EXISTS "
    "(SELECT FROM document WHERE kind = 'receipt' AND document.order_id = payment.order_id) "
    "UNION ALL SELECT id FROM payout WHERE state = 'settled' AND NOT EXISTS "
    "(SELECT FROM document WHERE kind = 'payout_statement' AND organisation_id = payee_id)",
    "one paper twice": "SELECT kind FROM document GROUP BY kind, subject HAVING count(*) > 1",
    "an event without its webhook": "SELECT event.id FROM event JOIN webhook_endpoint AS endpoint "
    "ON endpoint.organisation_id = ANY (event.audience) AND endpoint.created_at < event.at "
    "WHERE name NOT LIKE 'Webhook%' AND NOT EXISTS "
    "(SELECT FROM webhook_delivery AS one WHERE one.event_id = event.id AND one.endpoint_id = endpoint.id)",
    "a phone that is gone and was told of an offer": "SELECT push_target.id FROM push_target "
    "JOIN role_held ON role_held.account_id = push_target.account_id "
    "JOIN offer ON offer.organisation_id = role_held.organisation_id WHERE offer.kind = 'tailor'",
    "cloth held for an order that has ended": "SELECT reservation.id FROM reservation JOIN orders ON orders.id = claim "
    "WHERE orders.state IN ('draft', 'cancelled') AND reservation.state NOT IN ('released', 'refused')",
    "a text that is under way": "SELECT id FROM text_message "
    "WHERE queued_at IS NOT NULL AND num_nonnulls(sent_at, dropped_at) = 0",
}

QRIS_MOST_IDR = 1_000_000
CODE = re.compile(r"\t\d{6} ")
# The same, as the books of the provider say it and as ours do.
BOOKS = {
    "charges": "SELECT count(*), sum(captured_idr) FROM charge",
    "refunds": "SELECT count(*), sum(amount_idr) FROM refund",
    "chargebacks": "SELECT count(*), sum(amount_idr) FROM dispute WHERE status = 'won'",
    "payees": "SELECT count(*) FROM payee",
    "transfers": "SELECT count(*), sum(amount_idr) FROM transfer",
    "taken back": "SELECT count(*), sum(amount_idr) FROM reversal",
    "arrived at a bank": "SELECT count(*), sum(amount_idr) FROM payout WHERE status = 'paid'",
    "sent back by a bank": "SELECT count(*), sum(amount_idr) FROM payout WHERE status = 'failed'",
    "held": "SELECT sum(amount_idr - fee_idr) FROM movement WHERE account = 'acct_fake'",
}
LEDGER = {
    "charges": "SELECT count(*), sum(captured_idr) FROM payment",
    "refunds": "SELECT count(*), sum(amount_idr) FROM refund WHERE state = 'settled'",
    "chargebacks": "SELECT count(*), sum(amount_idr) FROM dispute WHERE state = 'won'",
    "payees": "SELECT count(*) FROM payee WHERE state = 'active'",
    "transfers": "SELECT count(*), sum(amount_idr) FROM payout",
    "taken back": "SELECT count(reversal), sum(amount_idr) FROM payout WHERE reversal IS NOT NULL",
    "arrived at a bank": "SELECT count(*), sum(amount_idr) FROM payout WHERE state = 'settled'",
    "sent back by a bank": "SELECT count(*), sum(amount_idr) FROM payout WHERE state = 'failed'",
    "held": "SELECT sum(amount) FROM ledger_entry JOIN ledger_account ON ledger_account.id = account_id "
    "WHERE code = 'provider:idr'",
}


async def test_a_worker_killed_once_at_every_point_of_every_job_finishes_all_of_it_exactly_once(
    database: db.Database, server: Server, database_name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings().payments, "qris_most_idr", QRIS_MOST_IDR)
    with dying_worker(server.url(database_name), tmp_path) as deaths:
        async with stage_on(tmp_path) as stage:
            told = Story(stage)
            await told.tell()
            made, ended = [await told.bayu.get(f"/v1/orders/{one}") for one in (told.made, told.cancelled)]
            different = await told.till.compare()
    assert Counter(deaths.fallen) == Counter(ALL), set(deaths.fallen) ^ set(ALL)
    assert different == []
    assert (made["status"], ended["status"]) == ("accepted", "cancelled")
    assert {name: rows for name, query in NEVER.items() if (rows := await rows_of(query))} == {}
    with psycopg.connect(server.dsn(database_name)) as connection:
        assert invariants.found(connection) == {}
    await the_provider_agrees(tmp_path / "books.db")
    await every_code_was_sent_and_a_repeat_was_the_same(tmp_path / "messages.txt")
    await everything_was_told(tmp_path / "messages.txt")


async def rows_of(query: str) -> Sequence[Any]:
    """The rows of a query on the database in use."""
    async with db.transaction() as session:
        return (await session.execute(text(query))).all()


async def the_provider_agrees(books: Path) -> None:
    """What was done at the provider was done once, and what the provider holds is what the ledger says."""
    with sqlite3.connect(books) as connection:
        said = {name: connection.execute(query).fetchall() for name, query in BOOKS.items()}
    connection.close()
    assert {name: await rows_of(query) for name, query in LEDGER.items()} == said
    assert said["refunds"][0][0] == 2
    assert said["sent back by a bank"][0][0] == 1


async def every_code_was_sent_and_a_repeat_was_the_same(messages: Path) -> None:
    """The first code was sent once for each death between its sending and its end, and once more; the others once."""
    sent = Counter(line for line in Path.read_text(messages).splitlines() if CODE.search(line))
    [(asked,)] = await rows_of("SELECT count(*) FROM sign_in_code")
    assert len(sent) == asked
    assert sorted(sent.values(), reverse=True) == [3, *[1] * (asked - 1)]


async def everything_was_told(messages: Path) -> None:
    """A text was written of each kind of thing, and sent once; once more for each death of the job that sends it."""
    lines = [line for line in Path.read_text(messages).splitlines() if not CODE.search(line)]
    written = {kind for (kind,) in await rows_of("SELECT DISTINCT kind FROM text_message")}
    assert written >= {"offer", "payment", "action_required", "confirmed", "shipped", "delivered", "payout"}
    [(sent,)] = await rows_of("SELECT count(*) FROM text_message WHERE sent_at IS NOT NULL")
    assert sent <= len(lines) <= sent + len(failpoints.MOMENTS)
