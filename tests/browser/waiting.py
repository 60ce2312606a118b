"""Waiting for what a browser does by itself, without an event that tells of it."""

import asyncio
from collections.abc import Awaitable, Callable

PATIENCE_SECONDS = 20
"""For all that a page does: slow processors do the same, later. Waiting costs nothing where nothing is wrong."""
IN_CACHE = """
(paths) => Promise.all(paths.map((one) => caches.match(one, { ignoreVary: true }))).then((all) => all.every(Boolean))
"""


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    """Wait until it is so. Raises `TimeoutError` when patience ends."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not await true():  # noqa: ASYNC110  # the browser has no event for it
            await asyncio.sleep(0.1)
