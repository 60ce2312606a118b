"""Cursor pages: newest first by id, which sorts by age, so that a page never shifts under a reader."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import Select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.errors import Invalid

Row = TypeVar("Row")
LARGEST = 100


@dataclass(frozen=True)
class Window:
    """Which part of a list is asked for: at most `limit` rows (1–100) older than the row `after`."""

    limit: int = 20
    after: UUID | None = None


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows of one window and the cursor of the next, None on the last page."""

    rows: Sequence[Row]
    next_cursor: str | None

    def listing(self, items: Sequence[Any]) -> dict[str, Any]:
        """The wire form with `items` in the place of the rows."""
        return {"data": items, "has_more": self.next_cursor is not None, "next_cursor": self.next_cursor}


async def take(session: AsyncSession, query: Select[Row], *, key: Any, asked: Window) -> Page[Row]:
    """The rows of `query` in the window, newest `key` first. One statement."""
    if asked.after is not None:
        query = query.where(key < asked.after)
    rows = list((await session.scalars(query.order_by(key.desc()).limit(asked.limit + 1))).all())
    more = len(rows) > asked.limit
    rows = rows[: asked.limit]
    return Page(rows, encode(getattr(rows[-1], key.key)) if more else None)


def encode(value: UUID) -> str:
    """Cursor of a row."""
    return base64.urlsafe_b64encode(value.bytes).decode().rstrip("=")


def decode(cursor: str) -> UUID:
    """Row of a cursor; `Invalid` when it is not one of ours."""
    try:
        return UUID(bytes=base64.urlsafe_b64decode(cursor + "=="))
    except ValueError as error:
        raise Invalid(
            "/starting_after", "Kursor halaman tidak dikenal; mulai dari halaman pertama", "Unknown cursor; start over"
        ) from error
