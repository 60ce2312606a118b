"""Who writes in the books: an SQLite file that several processes may share, with a clock of its own."""

import sqlite3
import weakref
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from clothingline.integrations.payments.fake.schema import CREATE
from clothingline.kit.clock import milliseconds
from clothingline.kit.ids import new_id, show

ACCOUNT = "acct_fake"
PATIENCE_SECONDS = 10


@dataclass(frozen=True)
class Clerk:
    """Somebody who has the books open.

    `now` is in seconds since 1970 by the provider's own clock, `pages` the address of its pages.
    """

    connection: sqlite3.Connection
    now: int
    pages: str

    def write(self, statement: str, *values: object) -> int:
        """Run a statement; returns how many rows it changed."""
        return self.connection.execute(statement, values).rowcount

    def find(self, query: str, *values: object) -> sqlite3.Row | None:
        """The first row of a query."""
        found: sqlite3.Row | None = self.connection.execute(query, values).fetchone()
        return found

    def rows(self, query: str, *values: object) -> list[sqlite3.Row]:
        """All rows of a query."""
        return self.connection.execute(query, values).fetchall()

    def count(self, query: str, *values: object) -> int:
        """The one number of a query."""
        return int(self.connection.execute(query, values).fetchone()[0])


class File:
    """A file of books. `pages` is where the pages of the provider are served. Every method blocks: call it in a thread.

    They outlive a killed process; a machine without power may lose the last of them.
    """

    def __init__(self, path: Path, pages: str) -> None:
        self.path, self.pages = path, pages.rstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        # As long as one connection stays open, closing another one does not bring the whole journal into the file.
        kept = sqlite3.connect(path, timeout=PATIENCE_SECONDS, isolation_level=None, check_same_thread=False)
        weakref.finalize(self, kept.close)
        kept.execute("PRAGMA journal_mode = WAL")
        kept.executescript(CREATE)

    @contextmanager
    def reading(self) -> Iterator[Clerk]:
        """The books as they are now."""
        with self._connection() as connection:
            yield self._clerk(connection)

    @contextmanager
    def writing(self) -> Iterator[Clerk]:
        """The books for one act: all of it is written, or nothing."""
        with self._connection() as connection, connection:
            connection.execute("BEGIN IMMEDIATE")
            yield self._clerk(connection)

    def _clerk(self, connection: sqlite3.Connection) -> Clerk:
        (ahead,) = connection.execute("SELECT ahead FROM clock").fetchone()
        return Clerk(connection, milliseconds() // 1000 + ahead, self.pages)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path, timeout=PATIENCE_SECONDS, isolation_level=None)) as connection:
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = OFF")
            yield connection


def name(prefix: str) -> str:
    """A new id of the provider's."""
    return show(prefix, new_id())
