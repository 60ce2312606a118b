"""Arrays in a `.npz`, read with suspicion: nothing is unpickled, and nothing is unpacked before its size is known."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Collection, Mapping
from math import prod
from typing import IO, Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from clothingline.routing.files.faults import FileError, printable, unknown

MOST_BYTES = 2**31
"""All arrays of a file together; a problem of 1.2 million makers with 64 skills and 26 weeks has 0.7 · 10⁹."""
LONGEST_HEADER = 10_000
PAGE = "docs/formats/problem.md"
DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError, OverflowError)
"""What `zipfile` and its decompressors raise on bytes that are not what they say."""


def write_arrays(file: BinaryIO, arrays: Mapping[str, NDArray[Any]], *, level: int) -> None:
    """Write arrays as a `.npz`: the same arrays give the same bytes. `level`: of deflate, 0 for none."""
    method = zipfile.ZIP_DEFLATED if level else zipfile.ZIP_STORED
    with zipfile.ZipFile(file, "w") as archive:
        for name, array in arrays.items():
            plain = io.BytesIO()
            np.lib.format.write_array(plain, array, allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), plain.getbuffer(), method, level)


class Archive:
    """The arrays of one `.npz` by name; `known` are the names that it may hold. Raises FileError."""

    def __init__(self, file: BinaryIO, name: str, known: Collection[str], *, most_bytes: int = MOST_BYTES) -> None:
        self.name = name
        self._zip = _opened(file, name)
        self._members = _members(self._zip.infolist(), name, known)
        size = sum(member.file_size for member in self._members.values())
        if size > most_bytes:
            raise FileError(
                name,
                f"isinya {size} bita bila dibuka, paling banyak {most_bytes}; pecah menurut wilayah.",
                f"holds {size} bytes when unpacked, at most {most_bytes} are read; split it by region.",
            )

    @property
    def names(self) -> Collection[str]:
        """The arrays that are there."""
        return self._members.keys()

    def array(self, name: str) -> NDArray[Any]:
        """One array, row by row in memory, whatever its dtype; only Python objects are refused."""
        member = self._members[name]
        try:
            with self._zip.open(member) as stream:
                return _array(stream, member.file_size)
        except DAMAGE as error:
            raise _damaged(self.name, f"{name} ({printable(str(error))})") from error


def _opened(file: BinaryIO, name: str) -> zipfile.ZipFile:
    begins_well = file.read(2) == b"PK"
    file.seek(0)
    try:
        return zipfile.ZipFile(file)
    except DAMAGE as error:
        if begins_well:
            raise _damaged(name, ".npz") from error
        raise FileError(
            name,
            "bukan arsip .npz; tulis dengan numpy.savez.",
            "is no .npz archive; write it with numpy.savez.",
        ) from error


def _members(found: list[zipfile.ZipInfo], name: str, known: Collection[str]) -> dict[str, zipfile.ZipInfo]:
    members: dict[str, zipfile.ZipInfo] = {}
    for member in found:
        array = member.filename.removesuffix(".npy")
        if array not in known or array == member.filename:
            raise unknown(name, array, known, PAGE)
        if array in members:
            raise FileError(name, f"{array} ada dua kali; hapus satu.", f"{array} stands twice; take one out.")
        if member.flag_bits & 1 or member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise FileError(
                name,
                f"{array} disandi atau dimampatkan dengan cara lain; tulis dengan numpy.savez.",
                f"{array} is encrypted or packed in another way; write it with numpy.savez.",
            )
        members[array] = member
    return members


def _damaged(name: str, place: str) -> FileError:
    return FileError(
        name,
        f"rusak atau terpotong di {place}; salin atau tulis ulang.",
        f"is damaged or cut off at {place}; copy or write it again.",
    )


def _array(stream: IO[bytes], size: int) -> NDArray[Any]:
    """The array of a `.npy` stream of `size` bytes. Raises ValueError when the bytes are not what they say."""
    dtype, shape, by_column, begin = _form(stream)
    if dtype.hasobject:
        raise ValueError("Python objects are never read")
    if prod(shape) * dtype.itemsize != size - begin:
        raise ValueError("its length does not fit its shape")
    plain = np.frombuffer(stream.read(size - begin), dtype).reshape(shape, order="F" if by_column else "C")
    return np.asarray(plain, order="C")


def _form(stream: IO[bytes]) -> tuple[np.dtype[Any], tuple[int, ...], bool, int]:
    """Dtype, shape, whether columns stand together, and where the numbers begin. The header is a Python expression,
    which is not evaluated: its three entries are looked for."""
    begin = stream.read(8)
    if len(begin) < 8 or begin[:6] != b"\x93NUMPY" or begin[6] not in (1, 2, 3):
        raise ValueError("no .npy header")
    length = 2 if begin[6] == 1 else 4
    size = int.from_bytes(stream.read(length), "little")
    if size > LONGEST_HEADER:
        raise ValueError("its header is too long")
    header = stream.read(size).decode()
    kind = re.search(r"'descr':\s*'([<>|=]?[a-zA-Z]\d{0,9})'", header)
    order = re.search(r"'fortran_order':\s*(True|False)", header)
    shape = re.search(r"'shape':\s*\(([\d, ]{0,200})\)", header)
    if not (kind and order and shape):
        raise ValueError("its header names no plain numbers")
    sizes = tuple(int(each) for each in shape[1].replace(" ", "").split(",") if each)
    return _dtype(kind[1]), sizes, order[1] == "True", 8 + length + size


def _dtype(kind: str) -> np.dtype[Any]:
    try:
        return np.dtype(kind)
    except TypeError as error:
        raise ValueError(f"numpy knows no {kind}") from error
