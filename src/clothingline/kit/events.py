"""What has happened: one row per event, and one job per reaction, in the transaction of the change itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb
from sqlalchemy import BigInteger, Identity, Index, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from clothingline.kit import captured, jobs
from clothingline.kit.clock import business_time
from clothingline.kit.db import Base, Identified, flush, with_commit
from clothingline.kit.ids import new_id
from clothingline.kit.trace import request_id


class Event(Base, Identified):
    """The audit trail: who did what, when, to which rows. The application role may insert and read, nothing else.

    `captured_at`: when a phone without signal took it down; None for what was sent at once.
    """

    __tablename__ = "event"
    seq: Mapped[int] = mapped_column(BigInteger, Identity(always=True), unique=True)
    name: Mapped[str]
    at: Mapped[datetime] = mapped_column(server_default=business_time())
    captured_at: Mapped[datetime | None]
    actor: Mapped[UUID | None]
    request: Mapped[str | None]
    facts: Mapped[dict[str, Any]]
    audience: Mapped[list[UUID]] = mapped_column(server_default=text("'{}'"))

    __table_args__ = (
        Index("ix_event_audience", "audience", postgresql_using="gin"),
        Index("ix_event_name_seq", "name", "seq"),
        Index(
            "ix_event_order_id_seq",
            text("(facts ->> 'order_id')"),
            "seq",
            postgresql_where=text("facts ->> 'order_id' IS NOT NULL"),
        ),
    )


class Happening:
    """Base of a house's events: frozen dataclasses in the past tense whose fields are ids."""

    @property
    def name(self) -> str:
        """Name of the event, as in `OrderPaid`."""
        return type(self).__name__

    def facts(self) -> dict[str, Any]:
        """The fields, ids as text."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}  # type: ignore[arg-type]  # subclasses are dataclasses
        return {name: str(value) if isinstance(value, UUID) else value for name, value in values.items()}


def kinds() -> frozenset[str]:
    """Names of all events of the package whose houses have been imported; what others are made from is none."""
    package = __name__.split(".")[0]
    return frozenset(one.__name__ for one in _below(Happening) if one.__module__.split(".")[0] == package)


def _below(kind: type[Happening]) -> Iterator[type[Happening]]:
    for one in kind.__subclasses__():
        yield from _below(one) if one.__subclasses__() else (one,)


_reactions: dict[str, tuple[jobs.Job, ...]] = {}


def react(table: Mapping[type[Happening], Sequence[jobs.Job]]) -> None:
    """Install the one table of what follows what; the edge calls it at start."""
    _reactions.clear()
    _reactions.update({kind.__name__: tuple(functions) for kind, functions in table.items()})


_INSERT = (
    "INSERT INTO event (id, name, actor, request, facts, audience, at, captured_at)"
    " VALUES (%s, %s, %s, %s, %s, %s, business_now(), business_now() - %s::interval)"
)


async def emit(
    session: AsyncSession, happening: Happening, *, by: UUID | None = None, audience: Sequence[UUID] = ()
) -> UUID:
    """Write the event and queue its reactions in the session's own transaction.

    `by` is the acting account (None = the system), `audience` the accounts and organisations that may see the event.
    Pending changes of the session are flushed first; the event is written with the commit, after its rows.
    """
    await flush(session)
    event_id, facts = new_id(), happening.facts()
    row = (event_id, happening.name, by, request_id(), Jsonb(facts), list(audience), captured.age())
    await with_commit(session, _INSERT, row)
    for function in _reactions.get(happening.name, ()):
        await jobs.defer(session, function, facts)
    return event_id
