"""Tables for bookkeeping: a text that a spreadsheet would run as a formula stays a text."""

import csv
import io
from collections.abc import Iterable, Sequence

Cell = str | int | None
MEDIA_TYPE = "text/csv; charset=utf-8"
# What a spreadsheet takes for the beginning of a formula, and what it skips before it looks.
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def line(cells: Sequence[Cell]) -> str:
    """One line of RFC 4180. Numbers stay numbers, negative ones too; a text that could run gets a leading quote."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow([_told(cell) for cell in cells])
    return written.getvalue()


def table(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """All lines of a table that fits into memory."""
    return "".join((line(header), *(line(row) for row in rows)))


def _told(cell: Cell) -> str:
    if isinstance(cell, str):
        return f"'{cell}" if cell.lstrip(" ").startswith(RUNS) else cell
    return "" if cell is None else str(cell)
