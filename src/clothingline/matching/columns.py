"""Columns of a problem: what each may hold, and errors that name the column and the row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray


class ProblemError(ValueError):
    """A column of the problem is missing, of the wrong kind or shape, or holds a value that cannot be."""


@dataclass(frozen=True)
class Column:
    """What one column may hold: its dtype, the smallest and largest value, and its shape behind the row."""

    dtype: str
    low: int
    high: int
    width: int | None = None
    """None: one value a row. 0: any number of values a row. n: exactly n."""
    per_row: bool = True
    """False for lists of pairs, whose length is their own."""
    default: int | None = None
    """The value of every row when the column is left out."""


def column(
    dtype: str, low: int = 0, high: int = 10**12, *, width: int | None = None, default: int | None = None
) -> Any:
    """Declare a column with one entry (or a list of `width` entries) for each row; `default` makes it optional."""
    spec = Column(dtype, low, high, width, True, default)
    return field(metadata={"column": spec}) if default is None else field(default=None, metadata={"column": spec})


def pairs(width: int, high: int = 10**9) -> Any:
    """Declare a list of pairs or triples (int64, no fixed length, empty when left out)."""
    return field(default=None, metadata={"column": Column("int64", 0, high, width, False, None)})


class Table:
    """A frozen set of columns of equal length; arrays are converted without loss, checked and made read-only."""

    noun = "table"

    def __post_init__(self) -> None:
        """Raise ProblemError, naming column and row, when a column does not hold what it may."""
        rows = self._rows()
        for name, spec in specs(self).items():
            value = getattr(self, name)
            array = _left_out(spec, rows) if value is None else _checked(f"{self.noun}.{name}", value, spec, rows)
            array.flags.writeable = False
            object.__setattr__(self, name, array)

    def with_columns(self, **arrays: NDArray[Any]) -> Self:
        """The same table with other columns, which are known to hold: nothing is converted or checked."""
        changed = object.__new__(type(self))
        vars(changed).update(vars(self))
        for name, array in arrays.items():
            array.flags.writeable = False
            object.__setattr__(changed, name, array)
        return changed

    def __len__(self) -> int:
        return self._rows()

    def _rows(self) -> int:
        return len(getattr(self, fields(self)[0].name))  # type: ignore[arg-type]  # every subclass is a dataclass


def specs(table: Table) -> Mapping[str, Column]:
    """The declared columns of a table, in order."""
    return {f.name: f.metadata["column"] for f in fields(table)}  # type: ignore[arg-type]  # a dataclass, as above


def within(table: type[Table], name: str, value: int) -> int:
    """A single value of a column; raises ProblemError when the column may not hold it."""
    spec: Column = table.__dataclass_fields__[name].metadata["column"]  # type: ignore[attr-defined]  # a dataclass
    if not spec.low <= value <= spec.high:
        raise ProblemError(f"{table.noun}.{name}: must lie in {spec.low}..{spec.high}, is {value}")
    return value


def _left_out(spec: Column, rows: int) -> NDArray[Any]:
    if spec.per_row:
        return np.full(rows, spec.default, dtype=spec.dtype)
    return np.zeros((0, spec.width or 1), dtype=spec.dtype)


def _checked(name: str, value: Any, spec: Column, rows: int) -> NDArray[Any]:
    raw = _whole(name, value)
    if raw.size == 0 and not spec.per_row:
        return np.zeros((0, spec.width or 1), dtype=spec.dtype)
    _check_shape(name, raw, spec, rows)
    _check_range(name, raw, spec)
    return np.array(raw, dtype=spec.dtype)


def _whole(name: str, value: Any) -> NDArray[Any]:
    """The values as an array of whole numbers; a list may mix small ones with some above 2^63, which no signed array
    holds."""
    raw = np.asarray(value)
    if raw.dtype.kind in "iub" or not raw.size:
        return raw
    mixed = np.array(value, dtype=object)
    if isinstance(value, np.ndarray) or not all(isinstance(each, (int, np.integer)) for each in mixed.flat):
        raise ProblemError(f"{name}: must hold whole numbers, holds {raw.dtype}")
    return mixed


def _check_shape(name: str, raw: NDArray[Any], spec: Column, rows: int) -> None:
    dimensions = 1 if spec.width is None else 2
    if raw.ndim != dimensions:
        raise ProblemError(f"{name}: must have {dimensions} dimension(s), has {raw.ndim}")
    if spec.per_row and len(raw) != rows:
        raise ProblemError(f"{name}: must have {rows} rows, has {len(raw)}")
    if spec.width and raw.shape[1] != spec.width:
        raise ProblemError(f"{name}: must have {spec.width} columns, has {raw.shape[1]}")


def _check_range(name: str, raw: NDArray[Any], spec: Column) -> None:
    wrong = (raw < spec.low) | (raw > spec.high)
    if wrong.any():
        place = tuple(int(i) for i in np.argwhere(wrong)[0])
        where = f"row {place[0]}" + (f", column {place[1]}" if len(place) > 1 else "")
        raise ProblemError(f"{name} {where}: must lie in {spec.low}..{spec.high}, is {raw[place]}")
