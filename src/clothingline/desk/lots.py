"""Lots of cloth as a supplier writes them: in a form, or as the lines of a table from a spreadsheet."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, Field, ValidationError

from clothingline.kit.http.corrections import corrections
from clothingline.kit.http.plain import Line
from clothingline.materials.schemas import ClothClass
from clothingline.reference import facts
from clothingline.web.forms import PageForm, WholeRupiah

METRE_CM = 100
MOST_LINES: Final = 200
MOST_BYTES: Final = 100_000


def read_cm(given: Any) -> int:
    """`12`, `12,5`, `12.5 m` are metres; the answer is centimetres. Raises `ValueError`."""
    text = str(given).casefold().removesuffix("m").strip().replace(",", ".")
    if not re.fullmatch(r"\d{1,6}(\.\d{1,2})?", text):
        raise ValueError("Tulis meter sebagai angka, misalnya 12,5. (Write metres as a number, such as 12.5.)")
    return int(Decimal(text) * METRE_CM)


def as_metres(cm: int) -> str:
    """`12,5` for 1,250 cm."""
    return f"{Decimal(cm) / METRE_CM:f}".replace(".", ",")


def read_class(given: Any) -> Any:
    """A kind of cloth by its code or by its name in either language."""
    named = str(given).strip().casefold()
    for code, word in facts.FABRIC_CLASS_WORDS.items():
        if named in (code, word.name_id.casefold(), word.name_en.casefold()):
            return code
    return given


Metres = Annotated[int, BeforeValidator(read_cm)]


class NewLot(PageForm):
    """A new lot: one class, colour and dye lot of cloth."""

    code: Line
    name: Line
    cloth_class: Annotated[ClothClass, BeforeValidator(read_class)]
    colour: Line
    shade: Line
    fibre: Line
    width_cm: Annotated[int, Field(ge=30, le=400)]
    price_idr: Annotated[WholeRupiah, Field(ge=1, le=100_000_000)]
    min_cut_cm: Annotated[int, Field(ge=0, le=10_000)] = 50
    lead_days: Annotated[int, Field(ge=0, le=180)] = 1


class StockedLot(NewLot):
    """A line of a table: a new lot, and how much of it lies on the shelf."""

    metres: Annotated[Metres, Field(le=10_000_000)] = 0


COLUMNS: Final[Mapping[str, str]] = {
    "kode": "code",
    "nama": "name",
    "jenis": "cloth_class",
    "warna": "colour",
    "celupan": "shade",
    "serat": "fibre",
    "lebar_cm": "width_cm",
    "harga_per_meter": "price_idr",
    "potongan_terpendek_cm": "min_cut_cm",
    "hari_kerja": "lead_days",
    "meter": "metres",
}
"""Heading of a column of the table → field of a line. The field's own name is a heading too."""
HEADINGS: Final[Mapping[str, str]] = {name: heading for heading, name in COLUMNS.items()}
NEEDED: Final = tuple(name for name, one in StockedLot.model_fields.items() if one.is_required())
SAMPLE: Final = (
    "KTN-0142",
    "Katun Jepang",
    "tenun ringan",
    "biru dongker",
    "A",
    "katun murni",
    150,
    42_000,
    50,
    1,
    120,
)


@dataclass(frozen=True)
class Fault:
    """What is wrong in a line of the table (the heading is the first one; 0 is the whole file), and where."""

    line: int
    column: str
    message: str


@dataclass
class Table:
    """What was read of a table: its lots by line, and its faults; it is taken as a whole or not at all."""

    lots: dict[int, StockedLot] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


# For each fault of the table itself: Indonesian, English.
_FAULTS: Final = {
    "size": ("Paling banyak 100 kB. Bagi menjadi beberapa berkas.", "100 kB at most. Split it into several files."),
    "text": (
        "Simpan tabel sebagai CSV (UTF-8), lalu kirim lagi.",
        "Save the table as CSV (UTF-8), then send it again.",
    ),
    "empty": (
        "Berkas CSV ini belum punya baris di bawah judul kolom.",
        "This CSV file has no line below the headings yet.",
    ),
    "lines": (
        "Paling banyak 200 baris. Bagi menjadi beberapa berkas.",
        "200 lines at most. Split it into several files.",
    ),
    "column": ("Kolom ini belum ada; tambahkan.", "This column is missing; add it."),
    "unknown": ("Kolom ini tidak dikenal; hapus.", "This column is unknown; remove it."),
    "twice": ("Kode ini sudah ada di baris lain.", "This code stands in another line."),
    "known": ("Kode ini sudah ada di stok Anda.", "This code is in your stock already."),
    "cells": ("Jumlah kolom tidak sama dengan judulnya.", "There are more cells than headings."),
}


def read_table(content: bytes, *, known: frozenset[str], language: str) -> Table:
    """Every lot of a table, or every fault of it. `known`: codes of the lots that the supplier has."""
    table = Table()
    rows = _rows(content, table, language)
    if rows:
        names = _names(rows[0], table, language)
        if not table.faults:
            _read_lines(rows[1:], names, table, language)
            _check_codes(table, known, language)
    return table


def _say(table: Table, line: int, column: str, kind: str, language: str) -> None:
    table.faults.append(Fault(line, column, _FAULTS[kind][language != "id"]))


def _rows(content: bytes, table: Table, language: str) -> list[list[str]]:
    """All lines, the headings first; none, with what is wrong, for what is no table."""
    found = _found(content)
    if isinstance(found, str):
        _say(table, 0, "", found, language)
        return []
    return found


def _found(content: bytes) -> list[list[str]] | str:
    """All lines, or the kind of fault of the whole."""
    if len(content) > MOST_BYTES:
        return "size"
    try:
        rows = _cells(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, csv.Error):
        return "text"
    if not any(map(any, rows[1:])):
        return "empty"
    return rows if len(rows) <= MOST_LINES + 1 else "lines"


def _cells(text: str) -> list[list[str]]:
    heading = text.partition("\n")[0]
    delimiter = ";" if heading.count(";") > heading.count(",") else ","
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


def _names(heading: list[str], table: Table, language: str) -> list[str]:
    """The field of each column."""
    given = [one.strip().casefold().replace(" ", "_") for one in heading]
    names = [COLUMNS.get(one, one) for one in given]
    for one, name in zip(given, names, strict=True):
        if name not in StockedLot.model_fields or names.count(name) > 1:
            _say(table, 1, one, "unknown", language)
    for name in NEEDED:
        if name not in names:
            _say(table, 1, HEADINGS[name], "column", language)
    return names


def _read_lines(rows: list[list[str]], names: list[str], table: Table, language: str) -> None:
    for line, cells in enumerate(rows, 2):
        if not any(one.strip() for one in cells):
            continue
        if len(cells) > len(names):
            _say(table, line, "", "cells", language)
            continue
        try:
            table.lots[line] = StockedLot.model_validate(dict(zip(names, cells, strict=False)))
        except ValidationError as error:
            table.faults += _of_line(line, error, language)


def _of_line(line: int, error: ValidationError, language: str) -> Iterator[Fault]:
    for one in corrections(error.errors(), language):
        name = one.pointer.strip("/").partition("/")[0]
        yield Fault(line, HEADINGS.get(name, name), one.message)


def _check_codes(table: Table, known: frozenset[str], language: str) -> None:
    seen: set[str] = set()
    for line, lot in table.lots.items():
        code = lot.code.casefold()
        if code in seen or code in known:
            _say(table, line, HEADINGS["code"], "twice" if code in seen else "known", language)
        seen.add(code)
    table.faults.sort(key=lambda one: one.line)
