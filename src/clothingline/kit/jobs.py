"""The queue: procrastinate, whose jobs are deferred on the session's own connection."""

from collections.abc import Awaitable, Callable
from typing import Any, cast

import procrastinate
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.db import raw_connection

Job = Callable[..., Awaitable[None]]
MOST_TRIES = 8
RETRY = procrastinate.RetryStrategy(max_attempts=MOST_TRIES, exponential_wait=2)

_registered: dict[str, Job] = {}
# Never opened: it only writes jobs through connections that it is handed.
_writer = procrastinate.App(connector=procrastinate.PsycopgConnector())


def task(function: Job) -> Job:
    """Register a coroutine function as a job. Its arguments are ids only; it may run more than once."""
    _registered[name_of(function)] = function
    return function


def name_of(function: Job) -> str:
    """`routing.route_order` for `clothingline.routing.tasks.route_order`."""
    parts = function.__module__.split(".")
    return f"{parts[1]}.{function.__name__}"


def registered() -> dict[str, Job]:
    """Every job by name."""
    return dict(_registered)


async def defer(session: AsyncSession, function: Job, arguments: dict[str, Any]) -> None:
    """Queue `function(**arguments)`: the job commits or vanishes with the session's transaction."""
    connection = await raw_connection(session)
    await _writer.configure_task(name_of(function), connection=connection).defer_async(**arguments)


def queue(dsn: str, *, options: str) -> procrastinate.App:
    """The procrastinate app with every registered job, on a libpq `dsn` with connection `options`."""
    connector = procrastinate.PsycopgConnector(conninfo=dsn, kwargs={"options": options}, min_size=1, max_size=4)
    app = procrastinate.App(connector=connector)
    for name, function in _registered.items():
        app.task(name=name, retry=RETRY)(cast(Any, function))
    return app
