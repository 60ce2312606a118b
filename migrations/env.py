"""Alembic's door to the database: it runs on a connection that the package hands over, as the owner of the schema."""

from alembic import context
from sqlalchemy import Connection

from clothingline.schema import METADATA


def include(name: str | None, kind: str, parents: object) -> bool:
    """The tables of the models; the queue's schema belongs to its library, the clock to plain SQL."""
    return not (kind == "schema" and name == "jobs") and not (kind == "table" and name == "clock_offset")


def run(connection: Connection) -> None:
    """Upgrade inside the transaction of the connection."""
    context.configure(
        connection=connection, target_metadata=METADATA, include_name=include, compare_server_default=False
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
