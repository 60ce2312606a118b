"""Payments from before instalments had rows are taken over: each was an instalment of its own, whole."""

import os
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from alembic import command
from psycopg import sql

from clothingline.kit import migrating
from clothingline.kit.db.embedded import Server
from clothingline.kit.ids import new_id

OLD = "0019"
ORDER, ACCOUNT = new_id(), new_id()
PAYMENTS = (
    ("expired", "deposit", 900),
    ("captured", "deposit", 1_000),
    ("open", "balance", 700),
    ("captured_late", "deposit", 950),
)
REFUND = "INSERT INTO refund (id, payment_id, amount_idr, reason, state) VALUES (%s, %s, 950, 'late', 'settled')"


@pytest.fixture
def old(server: Server) -> Iterator[str]:
    """Name of a database with the schema and the payments of old; gone after the test."""
    name = f"unpaid_{os.getpid()}"
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        migrating.with_alembic(server.url(name), lambda config: command.upgrade(config, OLD))
        with psycopg.connect(server.dsn(name)) as owner:
            owner.execute("SET session_replication_role = replica")
            _write(owner)
        yield name
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _write(owner: psycopg.Connection[Any]) -> None:
    owner.execute(
        "INSERT INTO orders (id, consumer_id, state, needed_by, recipient, street, regency_code) "
        "VALUES (%s, %s, 'ready', '2026-12-01', 'Rina', 'Jl. Braga 1', '32.73')",
        (ORDER, ACCOUNT),
    )
    words = "INSERT INTO payment (id, order_id, instalment, amount_idr, state) VALUES (%s, %s, %s, %s, %s)"
    for state, kind, amount in PAYMENTS:
        payment = new_id()
        owner.execute(words, (payment, ORDER, kind, amount, state))
        if state == "captured_late":
            owner.execute(REFUND, (new_id(), payment))


def test_what_was_paid_before_instalments_is_carried_over(server: Server, old: str) -> None:
    migrating.with_alembic(server.url(old), lambda config: command.upgrade(config, "0020"))
    query = (
        "SELECT payment.state, instalment.kind, instalment.amount_idr, instalment.state, captured_idr, refunded_idr "
        "FROM payment JOIN instalment ON instalment.id = payment.instalment_id ORDER BY payment.amount_idr"
    )
    with psycopg.connect(server.dsn(old)) as owner:
        found = owner.execute(query).fetchall()
        numbers = owner.execute("SELECT array_agg(number ORDER BY number) FROM instalment").fetchone()
        back = owner.execute("SELECT from_escrow_idr, from_fund_idr, sent_at IS NULL FROM refund").fetchall()
    assert found == [
        ("open", "balance", 700, "due", 0, 0),
        ("expired", "deposit", 900, "dropped", 0, 0),
        ("captured_late", "deposit", 950, "dropped", 950, 950),
        ("captured", "deposit", 1_000, "met", 1_000, 0),
    ]
    assert (numbers, back) == (([1, 2, 3, 4],), [(950, 0, False)])
