"""Reads a CSV file of a `data` folder into frozen dataclasses.

The dataclass is the specification: a field takes the column of its own name, or the one that `column()` names, and
its annotation says how the text is read. An empty cell is None; a list is separated by `|`. What does not fit raises
at the first reading: a column that no field takes, a number that is not whole in its unit, a key that stands twice.
"""

import csv
import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import Field, fields
from datetime import date
from decimal import Decimal
from importlib.resources import files
from io import StringIO
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from clothingline.reference.errors import UnknownFact

Status = Literal["verified", "partial", "assumed"]

K = TypeVar("K")
R = TypeVar("R")


class Facts(Mapping[K, R]):
    """A read-only mapping in file order; a key that is not held raises `UnknownFact` and names what is near."""

    def __init__(self, subject: str, rows: Mapping[K, R]) -> None:
        self._subject, self._rows = subject, rows

    def __getitem__(self, key: K) -> R:
        try:
            return self._rows[key]
        except KeyError:
            raise UnknownFact(self._subject, key, self._rows) from None

    def __iter__(self) -> Iterator[K]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def column(name: str, scale: int = 1) -> dict[str, Any]:
    """Metadata of a field that takes column `name`, multiplied by `scale` to a smaller unit (cm to mm: 10)."""
    return {"column": name, "scale": scale}


def read(
    file: str, row: type[R], *, subject: str, key: Callable[[R], K], package: str = "clothingline.reference"
) -> Facts[K, R]:
    """All rows of `file` in the folder `data` of a package, by `key`."""
    held: dict[K, R] = {}
    for one in _rows(file, row, package):
        if key(one) in held:
            raise ValueError(f"{file}: {key(one)} stands twice")
        held[key(one)] = one
    return Facts(subject, held)


def _rows(file: str, row: type[R], package: str) -> Iterator[R]:
    cells = [(_column_of(one), *_reader_of(one, row)) for one in fields(row)]  # type: ignore[arg-type]  # R is a dataclass
    text = files(package).joinpath("data", file).read_text(encoding="utf-8")
    table = csv.DictReader(StringIO(text, newline=""), strict=True)
    _refuse_unread_columns(file, set(table.fieldnames or ()), {name for name, *_ in cells})
    for line in table:
        yield row(*(_cell(line[name], optional, convert, name) for name, optional, convert in cells))


def _column_of(field: Field[Any]) -> str:
    return str(field.metadata.get("column", field.name))


def _reader_of(field: Field[Any], row: type[Any]) -> tuple[bool, Callable[[str], Any]]:
    """Whether the cell may be empty, and how its text is read."""
    kind = get_type_hints(row)[field.name]
    optional = get_origin(kind) in (Union, types.UnionType)
    if optional:
        (kind,) = (part for part in get_args(kind) if part is not type(None))
    if kind is int:
        return optional, lambda text: _whole(text, field.metadata.get("scale", 1))
    return optional, _READERS[get_origin(kind) or kind]


def _refuse_unread_columns(file: str, header: set[str], taken: set[str]) -> None:
    if header != taken:
        raise ValueError(f"{file}: columns and fields differ in {sorted(header ^ taken)}")


def _cell(text: str, optional: bool, convert: Callable[[str], Any], name: str) -> Any:
    if text == "" and optional:
        return None
    if text == "" and convert is not _items:
        raise ValueError(f"column {name} may not be empty")
    return convert(text)


def _whole(text: str, scale: int) -> int:
    exact = Decimal(text) * scale
    if exact != int(exact):
        raise ValueError(f"{text} times {scale} is not whole")
    return int(exact)


def _items(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)


def _truth(text: str) -> bool:
    return {"true": True, "false": False}[text]


def _status(text: str) -> str:
    if text not in get_args(Status):
        raise ValueError(f"unknown status {text!r}")
    return text


_READERS: dict[Any, Callable[[str], Any]] = {
    str: str,
    bool: _truth,
    date: date.fromisoformat,
    tuple: _items,
    Literal: _status,
}
