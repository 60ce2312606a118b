"""Prices as JSON: of each table only those that are not zero, by their place in the flat table."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from clothingline.matching import Prices
from clothingline.routing.files.faults import FileError
from clothingline.routing.files.strict import Names, exactly, named, record, rows, whole

PAGE = "docs/formats/matching.md"
TABLES = ("second", "piece", "cm", "large_piece", "large_cm")
OF_PRICES = Names(PAGE, TABLES)
OF_TABLE = Names(PAGE, ("shape", "index", "value"))


def prices_record(prices: Prices) -> dict[str, Any]:
    """The prices as they stand in a file."""
    return {name: _sparse(getattr(prices, name)) for name in TABLES}


def read_prices(file: str, value: object, shapes: tuple[tuple[int, ...], ...]) -> Prices:
    """The prices of a problem whose price tables have these shapes. Raises FileError."""
    found = record(file, value, "prices")
    named(file, found, "prices.", OF_PRICES)
    tables = (_table(file, found[name], f"prices.{name}", shape) for name, shape in zip(TABLES, shapes, strict=True))
    return Prices(*tables)


def _sparse(table: NDArray[np.int64]) -> dict[str, list[int]]:
    flat = np.ravel(table)
    index = np.flatnonzero(flat)
    return {"shape": list(table.shape), "index": index.tolist(), "value": flat[index].tolist()}


def _table(file: str, value: object, place: str, shape: tuple[int, ...]) -> NDArray[np.int64]:
    found = record(file, value, place)
    named(file, found, f"{place}.", OF_TABLE)
    exactly(file, found["shape"], f"{place}.shape", list(shape))
    table = np.zeros(shape, dtype=np.int64)
    index = _wholes(file, found["index"], f"{place}.index", 0, table.size - 1)
    values = _wholes(file, found["value"], f"{place}.value", 1, 2**62)
    if len(index) != len(values) or (np.diff(index) <= 0).any():
        raise FileError(
            file,
            f"{place}: index harus menaik dan sebanyak value.",
            f"{place}: index must ascend and be as long as value.",
        )
    table.flat[index] = values
    return table


def _wholes(file: str, value: object, place: str, low: int, high: int) -> NDArray[np.int64]:
    found = rows(file, value, place)
    if not all(type(each) is int and low <= each <= high for each in found):
        for at, each in enumerate(found):
            whole(file, each, f"{place}[{at}]", low, high)
    return np.array(found, dtype=np.int64)
