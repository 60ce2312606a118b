"""Entries as a table for bookkeeping."""

import asyncio

from fastapi import Response

from clothingline.kit.clock import WIB, local_date
from clothingline.kit.errors import Invalid
from clothingline.kit.http import csv
from clothingline.kit.http.route import Session
from clothingline.kit.ids import show
from clothingline.ledger import statements
from clothingline.ledger.routes.street import Since, Until, check_span, router
from clothingline.ledger.statements import Entry, begin_of, end_of

MOST_DAYS, MOST_ROWS = 366, 50_000
HEADER = ("place", "booked_at", "transaction", "source", "kind", "step", "account", "debit", "credit", "currency")
SHOWN = {200: {"description": "A line for each entry.", "content": {"text/csv": {"schema": {"type": "string"}}}}}


@router.get(
    "/ledger-entries",
    tags=["ledger_entries"],
    name="export",
    response_class=Response,
    responses=SHOWN,  # type: ignore[arg-type]  # wider key type in FastAPI
)
async def export_entries(session: Session, since: Since = None, until: Until = None) -> Response:
    """Every entry of at most 366 days as CSV, the oldest first: 50,000 at most. Today unless you name days."""
    last = until or local_date(await statements.await_writers(session))
    first = since or last
    check_span(first, last, most_days=MOST_DAYS)
    entries = await statements.list_entries(session, since=begin_of(first), until=end_of(last), most=MOST_ROWS + 1)
    if len(entries) > MOST_ROWS:
        raise Invalid("/until", "Terlalu banyak baris; pilih rentang lebih pendek", "Too many rows; choose fewer days")
    table = await asyncio.to_thread(csv.table, HEADER, [_cells(one) for one in entries])
    name = f"buku-besar-{first}-{last}.csv"
    return Response(table, media_type=csv.MEDIA_TYPE, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _cells(one: Entry) -> tuple[csv.Cell, ...]:
    at, transaction = one.at.astimezone(WIB).isoformat(timespec="seconds"), show("txn", one.transaction_id)
    sides = (one.amount, None) if one.amount > 0 else (None, -one.amount)
    return (one.position, at, transaction, one.source_type, one.kind, one.step, one.code, *sides, one.currency)
