"""Many statements in one trip to the database, for the few paths where a trip each and the unit of work cost too much.

What is sent goes past the session: pending changes of the session must be flushed before, and its objects stay as
they are.
"""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from functools import cache, cached_property
from typing import Any, Generic, TypeVar
from uuid import UUID

from psycopg import AsyncConnection, AsyncCursor
from psycopg.types.json import Jsonb
from sqlalchemy import ARRAY, Executable, Select, SQLColumnExpression, Uuid, any_, bindparam
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.elements import CompilerElement

from clothingline.kit.db.session import flush, raw_connection
from clothingline.kit.db.tables import Base

Row = TypeVar("Row")
_DIALECT = PGDialect_psycopg()  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped


class Prebuilt(Generic[Row]):
    """A statement that is compiled once, with names for what varies (`bindparam`); `row` is called with the columns.

    It may hold no `IN` list, whose text varies with its length.
    """

    def __init__(self, statement: Executable, row: Callable[..., Row]) -> None:
        self.statement, self.row = statement, row

    # At first use, for a statement of mapped classes compiles only when all houses are imported.
    @cached_property
    def compiled(self) -> tuple[bytes, dict[str, Any]]:
        """The text for the driver, and the values that never vary."""
        if not isinstance(self.statement, CompilerElement):
            raise TypeError(f"{self.statement} is nothing to compile")
        made = self.statement.compile(dialect=_DIALECT)
        return str(made).encode(), dict(made.params)


class Listing(Generic[Row]):
    """A statement of many rows, `whole`, or only of the `some` whose `key` is one of the ids that `among` lists."""

    def __init__(
        self, statement: Select[*tuple[Any, ...]], key: SQLColumnExpression[UUID], row: Callable[..., Row]
    ) -> None:
        listed = bindparam("among", type_=ARRAY(Uuid))
        self.whole, self.some = Prebuilt(statement, row), Prebuilt(statement.where(key == any_(listed)), row)


class Sent(Generic[Row]):
    """What a statement will have answered when the trip is over."""

    def __init__(self, cursor: AsyncCursor[Any], row: Callable[..., Row]) -> None:
        self._cursor, self._row = cursor, row

    async def rows(self) -> list[Row]:
        """All rows."""
        return [self._row(*found) for found in await self._cursor.fetchall()]


class Trip:
    """Statements on their way, in the order in which they were sent, each with a snapshot of its own."""

    def __init__(self, session: AsyncSession, connection: AsyncConnection) -> None:
        self.session, self._connection = session, connection
        self.checks: list[Callable[[], Awaitable[None]]] = []

    async def send(self, statement: Prebuilt[Row], **values: object) -> Sent[Row]:
        """Send a statement; its rows are there after the trip."""
        text, fixed = statement.compiled
        return Sent(await self._connection.execute(text, fixed | values), statement.row)

    async def write(self, rows: Sequence[Base]) -> None:
        """Insert new rows of one table, all with the same attributes set, by one statement.

        What is not set is left to the database; the objects learn nothing of it.
        """
        if rows:
            table = rows[0].__table__
            names = tuple(column.name for column in table.columns if column.name in vars(rows[0]))
            values = [{name: vars(row)[name] for name in names} for row in rows]
            await self._connection.execute(_insert(str(table), names), (Jsonb(values, dumps=_written),))

    def afterwards(self, check: Callable[[], Awaitable[None]]) -> None:
        """Look at an answer when all are there, in the order of these calls; a check raises the refusal."""
        self.checks.append(check)


@cache
def _insert(table: str, names: tuple[str, ...]) -> bytes:
    columns = ", ".join(f'"{name}"' for name in names)
    return f"INSERT INTO {table} ({columns}) SELECT {columns} FROM jsonb_populate_recordset(NULL::{table}, %s)".encode()  # noqa: S608  # names of our own tables


def _written(values: object) -> str:
    return json.dumps(values, default=_as_text)


def _as_text(value: object) -> str:
    return f"\\x{value.hex()}" if isinstance(value, bytes) else str(value)


@asynccontextmanager
async def trip(session: AsyncSession) -> AsyncIterator[Trip]:
    """A trip in the session's transaction: it ends with the block; then the checks run.

    Raises `psycopg.Error` as the database does, or the refusal of a check: then the transaction must be given up.
    """
    await flush(session)
    connection = await raw_connection(session)
    going = Trip(session, connection)
    async with connection.pipeline():
        yield going
    for check in going.checks:
        await check()
