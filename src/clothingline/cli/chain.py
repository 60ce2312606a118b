"""The chain of the ledger, judged place by place."""

from dataclasses import dataclass
from typing import Any, Final

import psycopg

PAGE: Final = 10_000
_NEWEST = "SELECT position, encode(hash, 'hex') FROM ledger_link ORDER BY position DESC LIMIT 1"
_HASH_AT = "SELECT encode(hash, 'hex') FROM ledger_link WHERE position = %s"
_FAULT = "SELECT place, fault FROM ledger_faults(%s, %s) ORDER BY place LIMIT 1"
_WORDS: Final = {
    "gap": "tempat sebelumnya hilang / the place before is missing",
    "time": "waktu mundur / time goes back",
    "hash": "isi tidak sama dengan yang dicatat / what it says is not what was booked",
}

Connection = psycopg.Connection[tuple[Any, ...]]


@dataclass(frozen=True)
class Place:
    """A place in the chain, 0 before the first, and the hash of all that was booked up to it."""

    place: int
    hash: str

    def __str__(self) -> str:
        return f"{self.place}:{self.hash}"

    @classmethod
    def read(cls, text: str) -> "Place":
        """What `str` wrote. Raises `ValueError`."""
        place, _, said = text.partition(":")
        if len(bytes.fromhex(said)) != 32:
            raise ValueError(text)
        return cls(int(place), said)


@dataclass(frozen=True)
class Fault:
    """The first place that does not follow from the one before."""

    place: int
    fault: str

    def __str__(self) -> str:
        return f"{self.place}: {_WORDS[self.fault]}"


def newest(connection: Connection) -> Place:
    """The end of the chain."""
    row = connection.execute(_NEWEST).fetchone()
    return Place(row[0], row[1]) if row else Place(0, "")


def first_fault(connection: Connection, *, since: int, until: int) -> Fault | None:
    """The first fault after place `since` up to `until`, page by page."""
    for start in range(since, max(until, 1), PAGE):
        if row := connection.execute(_FAULT, (start, min(start + PAGE, until))).fetchone():
            return Fault(*row)
    return None


def stands(connection: Connection, seen: Place) -> bool:
    """Whether the chain still says at that place what it said when somebody noted it."""
    return connection.execute(_HASH_AT, (seen.place,)).fetchone() == (seen.hash,)
