"""A database whose work can be undone: every transaction is a savepoint in one that is rolled back in the end."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from psycopg import AsyncConnection
from sqlalchemy.ext.asyncio import async_sessionmaker

from clothingline.kit import db


class UndoneDatabase(db.Database):
    """One connection for one request at a time; what the API commits is seen by the next one and undone at the end."""

    @asynccontextmanager
    async def undone(self) -> AsyncIterator[None]:
        """Everything that happens in the block has not happened after it."""
        async with self.engine.connect() as connection, connection.begin() as outer:
            self._sessions = async_sessionmaker(
                connection, expire_on_commit=False, autoflush=False, join_transaction_mode="create_savepoint"
            )
            yield
            await outer.rollback()

    async def commit(self, connection: AsyncConnection) -> None:
        """Nothing: the savepoint is released by the session."""
