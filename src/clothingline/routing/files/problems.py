"""A problem as a file: every column an array of one `.npz`, with a header (docs/formats/problem.md)."""

import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from numpy.typing import NDArray

from clothingline.matching import Brands, Lots, Makers, Orders, Params, Problem
from clothingline.matching.columns import Column, ProblemError, specs
from clothingline.routing.files.archive import MOST_BYTES, PAGE, Archive, write_arrays
from clothingline.routing.files.faults import FileError, missing, unreadable, unwritable
from clothingline.routing.files.header import Header, read_header

TABLES: dict[str, Any] = {"orders": Orders, "brands": Brands, "lots": Lots, "makers": Makers}
COLUMNS: dict[str, Column] = {
    f"{noun}.{name}": spec for noun, table in TABLES.items() for name, spec in specs(table).items()
}
KNOWN = ("header", *COLUMNS)
LEVEL = 1
"""Of deflate: higher ones take three times as long for a tenth of the size."""


@dataclass(frozen=True, eq=False)
class Instance:
    """A problem with the weights that belong to it and what its maker says about it."""

    problem: Problem
    params: Params = field(default_factory=Params)
    text: str = ""


def optional(spec: Column) -> bool:
    """Whether a column may be left out."""
    return not spec.per_row or spec.default is not None


def write_problem(path: Path, instance: Instance) -> None:
    """Write an instance; the file is whole or is not there. Raises FileError."""
    problem = instance.problem
    header = Header(instance.params, instance.text, problem.weeks, problem.digest()).as_array()
    read_header(path.name, header)  # weights that nobody could read back are refused here
    with replacing(path) as file:
        write_arrays(file, {"header": header, **_columns(problem)}, level=LEVEL)


def read_problem(path: Path, *, most_bytes: int = MOST_BYTES) -> Instance:
    """The instance in a file. Raises FileError, which names what is wrong and where."""
    try:
        with path.open("rb") as file:
            return _instance(Archive(file, path.name, KNOWN, most_bytes=most_bytes))
    except OSError as error:
        raise unreadable(path.name, error) from error


def pack(problem: Problem) -> bytes:
    """The columns of a problem as the bytes of such a file without a header, compressed as one."""
    plain = BytesIO()
    write_arrays(plain, _columns(problem), level=0)
    return zlib.compress(plain.getbuffer(), 1)


def unpack(packed: bytes) -> Problem:
    """The problem again; its digest is the same."""
    return _problem(Archive(BytesIO(zlib.decompress(packed)), "packed", COLUMNS))


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file that takes its place when all is written; until then what was there stays. Raises FileError."""
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with new.open("wb") as file:
            yield file
        new.replace(path)
    except OSError as error:
        raise unwritable(path.name, error) from error
    finally:
        with suppress(OSError):  # it has its new name, or was never made
            new.unlink()


def _columns(problem: Problem) -> dict[str, NDArray[Any]]:
    return {name: getattr(getattr(problem, name.split(".")[0]), name.split(".")[1]) for name in COLUMNS}


def _instance(archive: Archive) -> Instance:
    if "header" not in archive.names:
        raise missing(archive.name, "header", PAGE)
    header = read_header(archive.name, archive.array("header"))
    problem = _problem(archive)
    _check(archive.name, header.weeks, lambda: problem.weeks, "header.weeks")
    _check(archive.name, header.digest, problem.digest, "header.digest")
    return Instance(problem, header.params, header.text)


def _problem(archive: Archive) -> Problem:
    for name, spec in COLUMNS.items():
        if name not in archive.names and not optional(spec):
            raise missing(archive.name, name, PAGE)
    try:
        return Problem(**{noun: table(**_arrays(archive, noun)) for noun, table in TABLES.items()})
    except ProblemError as error:
        place = str(error).split(":")[0].replace(" row ", " baris ").replace(" column ", " kolom ")
        raise FileError(archive.name, f"{place} salah, lihat {PAGE}.", str(error)) from error


def _arrays(archive: Archive, noun: str) -> dict[str, NDArray[Any]]:
    names = [name for name in COLUMNS if name.startswith(f"{noun}.") and name in archive.names]
    return {name.split(".")[1]: archive.array(name) for name in names}


def _check(file: str, said: object, true: Callable[[], object], place: str) -> None:
    """Raise FileError when the header says something else than what the columns come to."""
    if said is not None and said != (found := true()):
        raise FileError(
            file,
            f"{place} menyebut {said}, kolomnya {found}; tulis ulang, atau hapus {place}.",
            f"{place} says {said}, the columns come to {found}; write it again, or take {place} out.",
        )
