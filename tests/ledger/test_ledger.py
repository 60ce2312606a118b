"""Double entry, and the guards that the database keeps by itself."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Row, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit import db
from clothingline.kit.money import split_among
from clothingline.ledger import chart, service
from clothingline.ledger.chart import Account
from clothingline.ledger.errors import Unbalanced
from clothingline.ledger.models import LedgerAccount, LedgerEntry, LedgerTransaction
from tests import invariants
from tests.ledger.booking import book

SEEDED = settings(derandomize=True, deadline=None, max_examples=200, print_blob=True)
ON_DATABASE = settings(SEEDED, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
PROVIDER, ESCROW = chart.PROVIDER, Account("escrow:CL-2606-0001")
AMOUNTS = st.integers(1, 10**12)


@pytest.fixture(autouse=True)
def _say_the_seed() -> None:
    print("SEED=derandomized: the examples follow from the name of the test")


async def test_a_booking_opens_its_accounts_and_stands_once(session: AsyncSession) -> None:
    source, lines = uuid4(), [(PROVIDER, 500), (ESCROW, -500)]
    first = await book(session, "capture", lines, source_id=source)
    again = await book(session, "capture", lines, source_id=source)
    kinds = dict((await session.execute(select(LedgerAccount.code, LedgerAccount.kind))).all())
    assert (first, again) == (True, False)
    assert kinds == {"provider:idr": "provider", "escrow:CL-2606-0001": "escrow"}
    assert (await service.held(session, ESCROW), await off_balance(session)) == (500, [])


async def off_balance(session: AsyncSession) -> Sequence[Row[Any]]:
    """Currencies in which debits and credits differ."""
    rule = invariants.queries()["the ledger does not sum to zero in a currency"]
    return (await session.execute(text(rule))).all()


@pytest.mark.parametrize("amounts", [(500, -499), (500,), (0, 0), (500, -500, 0)])
async def test_lines_that_do_not_balance_are_refused_before_the_database_sees_them(
    session: AsyncSession, amounts: Sequence[int]
) -> None:
    lines = [(Account(f"escrow:{number}"), amount) for number, amount in enumerate(amounts)]
    with pytest.raises(Unbalanced):
        await book(session, "capture", lines)
    assert (await session.scalars(select(LedgerTransaction))).all() == []


async def test_entries_that_do_not_sum_to_zero_fail_at_commit(database: db.Database) -> None:
    """What `book` refuses is written past it: the deferred trigger is the last guard."""

    async def write(*amounts: int) -> None:
        async with db.transaction() as session:
            transaction = LedgerTransaction(source_type="test", source_id=uuid4(), kind="capture")
            account = LedgerAccount(code=f"bank:{uuid4()}", kind="bank")
            session.add_all([transaction, account])
            await session.flush()
            session.add_all(_entries(transaction.id, account.id, amounts))

    await write(500, -500)
    with pytest.raises(IntegrityError, match="does not sum to zero"):
        await write(500, -499)
    async with db.transaction() as session:
        assert sorted((await session.scalars(select(LedgerEntry.amount))).all()) == [-500, 500]


def _entries(transaction: UUID, account: UUID, amounts: Sequence[int]) -> list[LedgerEntry]:
    return [
        LedgerEntry(transaction_id=transaction, account_id=account, amount=amount, currency="IDR") for amount in amounts
    ]


async def test_two_currencies_do_not_make_up_for_each_other(database: db.Database) -> None:
    async def write() -> None:
        async with db.transaction() as session:
            transaction = LedgerTransaction(source_type="test", source_id=uuid4(), kind="capture")
            accounts = [LedgerAccount(code=f"bank:{name}", kind="bank", currency=name) for name in ("IDR", "USD")]
            session.add_all([transaction, *accounts])
            await session.flush()
            session.add_all(_entries(transaction.id, accounts[0].id, [500]))
            other = {"transaction_id": transaction.id, "account_id": accounts[1].id, "amount": -500, "currency": "USD"}
            session.add(LedgerEntry(**other))

    with pytest.raises(IntegrityError, match="does not sum to zero"):
        await write()


WRITTEN_ONCE = (
    "ledger_account",
    "ledger_entry",
    "ledger_link",
    "ledger_transaction",
    "provider_notice",
    "notice_verdict",
)
CHANGES = ("UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE")


async def test_the_service_may_not_change_what_is_written_once(database: db.Database) -> None:
    async def change(statement: str) -> None:
        async with db.transaction() as session:
            await session.execute(text(statement))

    for statement in (words.format(table) for words in CHANGES for table in WRITTEN_ONCE):
        with pytest.raises(DBAPIError, match="permission denied"):
            await change(statement)


KEPT_BY_TRIGGERS = ("ledger_balance", "ledger_link")
WRITES = ("INSERT INTO {} DEFAULT VALUES", "UPDATE {} SET transaction_id = NULL", "DELETE FROM {}", "TRUNCATE {}")


async def test_the_service_may_not_write_balances_or_links(database: db.Database) -> None:
    async def write(statement: str) -> None:
        async with db.transaction() as session:
            await session.execute(text(statement))

    await book_once()
    for statement in (words.format(table) for words in WRITES for table in KEPT_BY_TRIGGERS):
        with pytest.raises(DBAPIError, match="permission denied"):
            await write(statement.replace("transaction_id", "side") if "balance" in statement else statement)


async def book_once() -> None:
    """Something was paid."""
    async with db.transaction() as session:
        lines = [(PROVIDER, 500), (ESCROW, -500)]
        await book(session, "capture", lines)


async def test_an_account_without_entries_holds_nothing(session: AsyncSession) -> None:
    assert await service.held(session, Account("escrow:CL-0000-0000")) == 0


@ON_DATABASE
@given(facts=st.lists(st.tuples(AMOUNTS, st.lists(st.integers(0, 10_000), min_size=1, max_size=6)), max_size=8))
async def test_after_any_bookings_the_ledger_sums_to_zero_and_every_rupiah_is_somewhere(
    database: db.Database, facts: list[tuple[int, list[int]]]
) -> None:
    async with db.transaction() as session:
        before = await service.held(session, ESCROW)
        for amount, weights in facts:
            await _capture_and_divide(session, amount, [weight + 1 for weight in weights])
        assert await off_balance(session) == []
        assert await service.held(session, ESCROW) == before


async def _capture_and_divide(session: AsyncSession, amount: int, weights: list[int]) -> None:
    source = uuid4()
    await book(session, "capture", [(PROVIDER, amount), (ESCROW, -amount)], source_type="p", source_id=source)
    assert await service.held(session, ESCROW) >= amount
    parts = [(number, part) for number, part in split_among(amount, dict(enumerate(weights))).items() if part]
    lines = [(ESCROW, amount), *((Account(f"transport:{number}"), -part) for number, part in parts)]
    await book(session, "release", lines, source_type="p", source_id=source)
