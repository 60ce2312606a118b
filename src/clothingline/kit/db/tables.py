"""Declarative base: names of constraints, column types, and the two mixins that almost every table has."""

from datetime import date, datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

from sqlalchemy import BigInteger, Date, DateTime, MetaData, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from clothingline.kit.clock import business_time
from clothingline.kit.ids import new_id

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

Rupiah = Annotated[int, mapped_column(BigInteger)]


class Base(DeclarativeBase):
    """Every table. Strings are `text`, ints of money are `bigint`, times carry a zone, JSON is `jsonb`."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text,
        UUID: Uuid,
        datetime: DateTime(timezone=True),
        date: Date,
        dict[str, Any]: JSONB,
        list[dict[str, Any]]: JSONB,
        list[str]: ARRAY(Text),
        list[int]: ARRAY(BigInteger),
        list[UUID]: ARRAY(Uuid),
    }


class Identified:
    """A UUIDv7 made in the application, so that a row's id is known before it is written."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id, sort_order=-10)


class Stamped:
    """When the row came to be, in business time."""

    created_at: Mapped[datetime] = mapped_column(server_default=business_time(), sort_order=90)


class Followed:
    """In which transaction (the number of `pg_current_xact_id`) a row was last written; None: before that was noted.

    A trigger sets it on every such table, whoever writes, and another refuses to delete, for a row that is gone says
    nothing. So whoever keeps rows, and the snapshot in which it read them, finds those that have changed since.
    """

    changed_in: Mapped[int | None] = mapped_column(
        BigInteger, index=True, deferred=True, deferred_raiseload=True, sort_order=99
    )
