"""What a command says: data on stdout as a table, as JSON or as plain lines; talk on stderr."""

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Keluaran JSON. / JSON output.")]
AsPlain = Annotated[
    bool, typer.Option("--plain", help="Satu baris per catatan, dengan tab. / A line per record, tabs.")
]
Row = Mapping[str, Any]


def say(*lines: str) -> None:
    """Talk: on stderr, so that data can be piped."""
    for line in lines:
        print(line, file=sys.stderr, flush=True)


def show_json(data: object) -> None:
    """One JSON document."""
    print(json.dumps(data, ensure_ascii=False, indent=2, default=str))


def show(rows: Sequence[Row], columns: Mapping[str, str], *, as_json: bool = False, as_plain: bool = False) -> None:
    """Rows by `columns` (key → heading). JSON keeps every key of a row, the other forms those of the columns."""
    if as_json:
        show_json(list(rows))
    elif as_plain or not sys.stdout.isatty():
        _show_plain(rows, columns)
    else:
        _show_table(rows, columns)


def _show_plain(rows: Sequence[Row], columns: Mapping[str, str]) -> None:
    for row in rows:
        print("\t".join(_cell(row.get(key)) for key in columns))


def _show_table(rows: Sequence[Row], columns: Mapping[str, str]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False)
    for key, heading in columns.items():
        numeric = bool(rows) and all(isinstance(row.get(key), int) for row in rows)
        table.add_column(heading, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(_cell(row.get(key)) for key in columns))
    Console(highlight=False, markup=False).print(table)


def show_record(record: Row, *, as_json: bool = False) -> None:
    """One record: a line for each field, or JSON."""
    if as_json:
        show_json(record)
        return
    width = max((len(key) for key in record), default=0)
    for key, value in record.items():
        print(f"{key:<{width}}  {_cell(value)}")


def _cell(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, Mapping) and set(value) == {"amount", "currency"}:
        return money(value)
    if isinstance(value, Mapping | list):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value).replace("\t", " ").replace("\n", " ")


def money(value: Row | None) -> str:
    """An amount as the API gives it, written as people write it."""
    from clothingline.kit.money import Money

    return "–" if value is None else str(Money(int(value["amount"]), str(value["currency"])))
