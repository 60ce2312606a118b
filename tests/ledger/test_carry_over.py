"""A ledger from before balances and links is taken over: nothing is lost, and the old kinds of account end at zero."""

import os
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from alembic import command
from psycopg import sql

from clothingline import invariants
from clothingline.kit import migrating
from clothingline.kit.db.embedded import Server
from clothingline.kit.ids import new_id, show

OLD = "0014"
ACCOUNT = "INSERT INTO ledger_account (id, code, kind, organisation_id) VALUES (%s, %s, %s, %s)"
TRANSACTION = "INSERT INTO ledger_transaction (id, source_type, source_id, kind, at) VALUES (%s, 'p', %s, 'x', %s)"
ENTRY = "INSERT INTO ledger_entry (id, transaction_id, account_id, amount, currency) VALUES (%s, %s, %s, %s, 'IDR')"
BALANCES = (
    "SELECT code, sum(amount)::int FROM ledger_account JOIN ledger_entry ON account_id = ledger_account.id GROUP BY 1"
)
KEPT = "SELECT code, balance FROM ledger_balance JOIN ledger_account ON account_id = id"
TAILOR = new_id()
THEIRS = show("tlr", TAILOR)
PAYABLE, ESCROW, TRANSPORT = f"payable:{THEIRS}", "escrow:CL-2605-0001", "transport:CL-2605-0001"
FACTS = (
    ("2026-05-01", (("clearing:provider", 1_000), (ESCROW, -1_000))),
    ("2026-05-03", ((ESCROW, 600), (PAYABLE, -600))),
    ("2026-05-02", ((ESCROW, 50), (TRANSPORT, -50))),
    ("2026-05-04", (("clearing:refund:rfd_x", 100), ("clearing:provider", -100))),
    ("2026-05-04", ((ESCROW, 100), ("clearing:refund:rfd_x", -100))),
)


@pytest.fixture
def old(server: Server) -> Iterator[str]:
    """Name of a database with the schema and the ledger of old; gone after the test."""
    name = f"old_{os.getpid()}"
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        migrating.with_alembic(server.url(name), lambda config: command.upgrade(config, OLD))
        with psycopg.connect(server.dsn(name)) as owner:
            _write(owner)
        yield name
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _write(owner: psycopg.Connection[Any]) -> None:
    owner.execute("INSERT INTO organisation (id, kind, name) VALUES (%s, 'tailor', 'Siti')", (TAILOR,))
    ids = {code: new_id() for code in sorted({code for _, lines in FACTS for code, _ in lines})}
    for code, row_id in ids.items():
        owner.execute(ACCOUNT, (row_id, code, code.partition(":")[0], TAILOR if code == PAYABLE else None))
    for day, lines in FACTS:
        transaction = new_id()
        owner.execute(TRANSACTION, (transaction, new_id(), day))
        for code, amount in lines:
            owner.execute(ENTRY, (new_id(), transaction, ids[code], amount))


def test_an_old_ledger_is_carried_over_and_still_sums_to_zero(server: Server, old: str) -> None:
    migrating.upgrade(server.url(old))
    with psycopg.connect(server.dsn(old)) as owner:
        balances = {code: amount for code, amount in owner.execute(BALANCES).fetchall() if amount}
        kept: dict[str, int] = dict(
            owner.execute("SELECT code, balance FROM ledger_balance JOIN ledger_account ON account_id = id").fetchall()
        )
        heir = owner.execute("SELECT kind, side, organisation_id FROM ledger_account WHERE code LIKE 'available:%'")
        said = [one for one in invariants.statements() if one.house == "ledger"]
        assert invariants.gather(owner.execute(invariants.together(said))) == {}
        assert heir.fetchall() == [("available", "credit", TAILOR)]
        assert owner.execute("SELECT array_agg(position ORDER BY at, position) FROM ledger_link").fetchone() == (
            list(range(1, len(FACTS) + 3)),
        )
    available = f"available:{show('org', TAILOR)}"
    assert balances == {"provider:idr": 900, ESCROW: -250, available: -600, TRANSPORT: -50}
    assert kept == {ESCROW: -250, available: -600, TRANSPORT: -50}


def test_what_is_carried_over_is_booked_once_and_linked(server: Server, old: str) -> None:
    migrating.upgrade(server.url(old))
    migrating.upgrade(server.url(old))
    with psycopg.connect(server.dsn(old)) as owner:
        query = (
            "SELECT kind, count(*) FROM ledger_transaction JOIN ledger_link ON transaction_id = ledger_transaction.id"
        )
        found: dict[str, int] = dict(owner.execute(f"{query} WHERE source_type = 'migration' GROUP BY kind").fetchall())
    assert found == {"carry_over": 2}
