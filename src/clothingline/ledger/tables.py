"""Entries as a table for bookkeeping, for programs and for a page."""

import asyncio
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.clock import WIB, local_date
from clothingline.kit.errors import Invalid
from clothingline.kit.http import csv
from clothingline.kit.ids import show
from clothingline.ledger import statements
from clothingline.ledger.statements import Entry, begin_of, check_span, end_of

MOST_DAYS, MOST_ROWS = 366, 50_000
HEADER = ("place", "booked_at", "transaction", "source", "kind", "step", "account", "debit", "credit", "currency")


async def entries_as_csv(session: AsyncSession, *, since: date | None, until: date | None) -> tuple[str, str]:
    """The name of a file and every entry of at most 366 days in it, the oldest first; today unless days are named.

    Raises `Invalid` for a span that is too long, or has too many entries.
    """
    last = until or local_date(await statements.await_writers(session))
    first = since or last
    check_span(first, last, most_days=MOST_DAYS)
    entries = await statements.list_entries(session, since=begin_of(first), until=end_of(last), most=MOST_ROWS + 1)
    if len(entries) > MOST_ROWS:
        raise Invalid("/until", "Terlalu banyak baris; pilih rentang lebih pendek", "Too many rows; choose fewer days")
    table = await asyncio.to_thread(csv.table, HEADER, [_cells(one) for one in entries])
    return f"buku-besar-{first}-{last}.csv", table


def _cells(one: Entry) -> tuple[csv.Cell, ...]:
    at, transaction = one.at.astimezone(WIB).isoformat(timespec="seconds"), show("txn", one.transaction_id)
    sides = (one.amount, None) if one.amount > 0 else (None, -one.amount)
    return (one.position, at, transaction, one.source_type, one.kind, one.step, one.code, *sides, one.currency)
