"""Engine and transaction. No other file of the package says commit or rollback."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from psycopg import AsyncConnection
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from clothingline.kit import failpoints

_HAS_WRITTEN = text("SELECT pg_current_xact_id_if_assigned() IS NOT NULL")
_OPTIONS = (
    "-c search_path=public,jobs -c timezone=UTC -c lock_timeout={lock} "
    "-c statement_timeout={statement} -c idle_in_transaction_session_timeout={idle}{role}"
)


# In a session's `info`: statements that go with the commit, and the connection of its one transaction.
_LAST, _RAW = "with_commit", "raw_connection"


def libpq(url: str) -> str:
    """The form of a SQLAlchemy address that psycopg itself reads."""
    return url.replace("postgresql+psycopg://", "postgresql://", 1)


@dataclass(frozen=True)
class Limits:
    """What a connection may take: durations of PostgreSQL (`5s`), its role, size and patience (seconds) of the pool."""

    lock: str = "3s"
    statement: str = "5s"
    idle: str = "15s"
    role: str = ""
    pool_size: int = 10
    pool_patience: int = 10

    @property
    def options(self) -> str:
        """The `options` of a libpq connection."""
        role = f" -c role={self.role}" if self.role else ""
        return _OPTIONS.format(lock=self.lock, statement=self.statement, idle=self.idle, role=role)


class Database:
    """One engine with its pool; `transaction()` is the only way to write. `more` goes to SQLAlchemy's engine."""

    def __init__(self, url: str, limits: Limits | None = None, **more: Any) -> None:
        self.url, self.limits = url, limits or Limits()
        self.engine: AsyncEngine = create_async_engine(
            url,
            pool_size=self.limits.pool_size,
            max_overflow=0,
            pool_timeout=self.limits.pool_patience,
            pool_use_lifo=True,
            hide_parameters=True,
            connect_args={"options": self.limits.options, "connect_timeout": 3},
            **more,
        )
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False, autoflush=False)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """A session whose work is committed at the end of the block, or vanishes with the exception that left it."""
        async with self._sessions() as session, session.begin():
            yield session
            await self._send_last(session)

    async def _send_last(self, session: AsyncSession) -> None:
        """Commit with the last statements; what goes wrong in any of them is raised, and nothing is committed."""
        if not (last := session.info.pop(_LAST, None)):
            return
        await flush(session)
        connection = await raw_connection(session)
        async with connection.pipeline():
            for statement, values in last:
                await connection.execute(statement, values)
            await self.commit(connection)

    async def commit(self, connection: AsyncConnection) -> None:
        """End the transaction of a session by its connection; the session then finds nothing left to do."""
        await connection.commit()

    async def close(self) -> None:
        """Close the pool."""
        await self.engine.dispose()


_in_use: list[Database] = []


def use(chosen: Database) -> Database:
    """Make `chosen` the database of this process; the edge calls it once at start."""
    _in_use[:] = [chosen]
    return chosen


def current() -> Database:
    """The database of this process; `RuntimeError` before the edge has chosen one."""
    if not _in_use:
        raise RuntimeError("no database in use: the edge calls kit.db.use() at start")
    return _in_use[0]


@asynccontextmanager
async def transaction() -> AsyncIterator[AsyncSession]:
    """One transaction on the database of this process, for tasks and the looking half of a look-think-write request."""
    async with current().transaction() as session:
        yield session
        if (job := failpoints.armed_job()) is not None:
            await session.flush()
            if session.info.get(_LAST) or await session.scalar(_HAS_WRITTEN):
                await failpoints.failpoint(f"job:{job}:commit")


async def with_commit(session: AsyncSession, statement: str, values: tuple[Any, ...]) -> None:
    """Send a statement of psycopg's together with the commit, in one trip; nothing in the transaction sees its rows.

    Within a savepoint it is sent at once, so that it vanishes with the savepoint.
    """
    if session.in_nested_transaction():
        await flush(session)
        await (await raw_connection(session)).execute(statement, values)
    else:
        session.info.setdefault(_LAST, []).append((statement, values))


async def raw_connection(session: AsyncSession) -> AsyncConnection:
    """The psycopg connection under a session, for what must run inside the same transaction."""
    known: AsyncConnection | None = session.info.get(_RAW)
    if known is None:
        session.info[_RAW] = known = await _find_connection(session)
    return known


async def _find_connection(session: AsyncSession) -> AsyncConnection:
    inner = await session.run_sync(lambda sync: sync.connection().connection.driver_connection)
    if not isinstance(inner, AsyncConnection):
        raise TypeError(f"the engine must speak psycopg, not {type(inner)}")
    return inner


async def flush(session: AsyncSession) -> None:
    """Write pending changes, where there are any: an empty flush costs as much as a statement."""
    if session.new or session.dirty or session.deleted:
        await session.flush()
