"""Entries as a table for bookkeeping."""

from fastapi import Response

from clothingline.kit.http import csv
from clothingline.kit.http.route import Session
from clothingline.ledger.routes.street import Since, Until, router
from clothingline.ledger.tables import entries_as_csv

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
    name, table = await entries_as_csv(session, since=since, until=until)
    return Response(table, media_type=csv.MEDIA_TYPE, headers={"Content-Disposition": f'attachment; filename="{name}"'})
