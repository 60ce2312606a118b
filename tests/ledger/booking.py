"""Bookings of the tests: money comes into an escrow, and goes where it is told."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import psycopg
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit import db
from clothingline.ledger.chart import PROVIDER, Account
from clothingline.ledger.service import Posting, book_all, contrary

ESCROW, TRANSPORT = Account("escrow:CL-2606-0001"), Account("transport:CL-2606-0001")
Owner = psycopg.Connection[tuple[Any, ...]]


def posting(*lines: tuple[Account, int], kind: str = "capture", source: UUID | None = None, step: int = 0) -> Posting:
    """Something that happened to what no house knows: the invariants of the others find nothing to compare."""
    return Posting("test", source or uuid4(), kind, lines, step)


def comes_in(amount: int, escrow: Account = ESCROW) -> Posting:
    """A consumer has paid."""
    return posting((PROVIDER, amount), (escrow, -amount))


def goes_out(amount: int, escrow: Account = ESCROW, to: Account = TRANSPORT) -> Posting:
    """It is somebody's."""
    return posting((escrow, amount), (to, -amount), kind="release")


async def booked(*postings: Posting) -> int:
    """Book in a transaction of its own."""
    async with db.transaction() as session:
        return await book_all(session, postings)


async def book(session: AsyncSession, kind: str, lines: Sequence[tuple[Account, int]], **told: Any) -> bool:
    """Book one fact of a source of the tests; False when this step of it was booked before."""
    given: dict[str, Any] = {"source_type": "test", "source_id": uuid4()} | told
    return await book_all(session, [Posting(kind=kind, lines=tuple(lines), **given)]) == 1


async def reverse(session: AsyncSession, source: UUID, kind: str, step: int = 0) -> bool:
    """Undo what was booked of a source of the tests; False when it was undone before."""
    undoing = await contrary(session, source_type="test", source_id=source, kind=kind, step=step)
    return await book_all(session, [undoing]) == 1


async def balance_of(session: AsyncSession, account: Account) -> int:
    """Debits minus credits, by the entries alone."""
    query = text(
        "SELECT coalesce(sum(amount), 0) FROM ledger_entry JOIN ledger_account AS one ON one.id = account_id "
        "WHERE code = :code"
    )
    return int((await session.execute(query, {"code": account.code})).scalar_one())


@contextmanager
def as_owner(database: db.Database) -> Iterator[Owner]:
    """A connection of the schema's owner, in one transaction that is undone at the end."""
    with psycopg.connect(db.libpq(database.url)) as connection, connection.transaction(force_rollback=True):
        yield connection


def faults(connection: Owner) -> Sequence[tuple[Any, ...]]:
    """(place, fault) of everything that is wrong in the whole chain."""
    return connection.execute("SELECT * FROM ledger_faults(0, (SELECT max(position) FROM ledger_link))").fetchall()
