"""Rows whose time has come, each in a transaction of its own, so that one that fails hinders no other."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import TypeVar

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit import db
from clothingline.kit.jobs import cause_of

log = structlog.get_logger("sweep")
Row = TypeVar("Row")


def ending() -> bool:
    """Whether this task was told to end.

    A driver that is cancelled at the wrong moment fails with an error of its own, and nothing else tells of it then.
    """
    this = asyncio.current_task()
    return this is not None and this.cancelling() > 0


async def each(rows: Iterable[Row], act: Callable[[AsyncSession, Row], Awaitable[bool]]) -> int:
    """Act on every row, named by its id; returns how many moved.

    A row that fails is logged, and the others go on unless this task was told to end; `ExceptionGroup` of what failed
    is raised at the end.
    """

    async def alone(row: Row) -> int:
        async with db.transaction() as session:
            return await act(session, row)

    return await every(rows, alone)


async def page_by_page(
    read: Callable[..., Awaitable[Sequence[Row]]], act: Callable[[AsyncSession, Row], Awaitable[bool]]
) -> int:
    """`each` of all rows: `read(session, after=None)` is the first page, then each `after` its last row, up to none.

    For rows that may stay as they are: those that do not move keep none behind them from their turn.
    """
    moved, failed, after = 0, list[Exception](), None
    while not ending():
        async with db.transaction() as session:
            rows = await read(session, after=after)
        if not rows:
            break
        try:
            moved += await each(rows, act)
        except ExceptionGroup as group:
            failed += group.exceptions
        after = rows[-1]
    if failed:
        raise ExceptionGroup("sweep", failed)
    return moved


async def every(things: Iterable[Row], act: Callable[[Row], Awaitable[int]]) -> int:
    """The sum of what `act` says of each thing. Raises as `each`."""
    total, failed = 0, list[Exception]()
    for thing in things:
        try:
            total += await act(thing)
        except Exception as error:  # noqa: BLE001  # whatever failed, the others have their turn, and it is raised below
            log.error("sweep failed", of=_name_of(thing), cause=cause_of(error))
            failed.append(error)
            if ending():
                break
    if failed:
        raise ExceptionGroup("sweep", failed)
    return total


def _name_of(thing: object) -> str:
    return str(getattr(thing, "__name__", None) or getattr(thing, "id", thing))
