"""Files beside the rows: an object store, or a folder on this machine. A row keeps the path that was drawn for it."""

import secrets
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from pathlib import Path

import obstore
from obstore.store import LocalStore, ObjectStore, from_url


class Files:
    """Files of one store. `location` is a URL (`s3://…`) or a folder, which is made when it is missing."""

    def __init__(self, location: str | Path) -> None:
        self._location = location
        self._opened: ObjectStore | None = None

    async def put(self, folder: str, content: bytes, *, ending: str) -> str:
        """Write bytes under a new random name in `folder`; returns the path to keep in a row."""
        path = f"{folder}/{secrets.token_hex(16)}.{ending}"
        await obstore.put_async(self._store, path, content)
        return path

    async def read(self, path: str) -> AsyncIterator[bytes]:
        """The bytes of a file, piece by piece. Raises `FileNotFoundError`."""
        found = await obstore.get_async(self._store, path)
        async for piece in found.stream():
            yield bytes(piece)

    async def older(self, folder: str, *, before: datetime) -> AsyncIterator[list[str]]:
        """The paths of a folder's files that were written before a time, some hundred at once."""
        async for found in obstore.list(self._store, prefix=folder):
            yield [one["path"] for one in found if one["last_modified"] < before]

    async def delete(self, paths: Sequence[str]) -> int:
        """Delete these files; returns how many."""
        if paths:
            await obstore.delete_async(self._store, list(paths))
        return len(paths)

    @property
    def _store(self) -> ObjectStore:
        if self._opened is None:
            self._opened = _open(self._location)
        return self._opened


def _open(location: str | Path) -> ObjectStore:
    if "://" in str(location):
        return from_url(str(location))
    return LocalStore(Path(location).absolute(), mkdir=True)


_in_use: list[Files] = []


def use(chosen: Files) -> Files:
    """Make `chosen` the files of this process; the edge calls it once at start."""
    _in_use[:] = [chosen]
    return chosen


def current() -> Files:
    """The files of this process; `RuntimeError` before the edge has chosen them."""
    if not _in_use:
        raise RuntimeError("no files in use: the edge calls kit.storage.use() at start")
    return _in_use[0]
