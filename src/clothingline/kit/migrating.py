"""Bring a database to the newest schema, as its owner, and tell it the machines and whether its clock may be moved."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, NullPool, create_engine, text
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from clothingline.kit import states

HERE = Path(__file__).resolve()
# Where a database stands; before the first migration the table is missing.
STANDS_AT: Final = "SELECT version_num FROM alembic_version"


class MigrationsMissing(RuntimeError):
    """The folder `migrations` is neither beside the sources nor in the working directory."""


def folder() -> Path:
    """Where the migrations are. Raises `MigrationsMissing`."""
    for candidate in (HERE.parents[3] / "migrations", Path.cwd() / "migrations"):
        if (candidate / "env.py").is_file():
            return candidate
    raise MigrationsMissing("Folder `migrations` tidak ditemukan; jalankan dari akar repositori.")


def configured(connection: Connection) -> Config:
    """Alembic's configuration for one connection."""
    config = Config()
    config.set_main_option("script_location", str(folder()))
    config.attributes["connection"] = connection
    return config


def with_alembic(url: str, act: Callable[[Config], None]) -> None:
    """Run one Alembic command in one transaction of the schema's owner."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        act(configured(connection))


def upgrade(url: str) -> None:
    """Apply every migration that is missing; all or nothing."""
    with_alembic(url, lambda config: command.upgrade(config, "head"))


async def settle(url: str, *, clock_movable: bool) -> None:
    """Teach the machines, and say whether business time may be moved (never in production)."""
    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.begin() as connection:
        session = AsyncSession(connection, join_transaction_mode="create_savepoint")
        await states.teach(session)
        await session.flush()
        await connection.execute(text("UPDATE clock_offset SET movable = :movable"), {"movable": clock_movable})
