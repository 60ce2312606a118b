"""Waiting for what a browser does by itself, without an event that tells of it."""

import asyncio
from collections.abc import Awaitable, Callable

IN_CACHE = """
(paths) => Promise.all(paths.map((one) => caches.match(one, { ignoreVary: true }))).then((all) => all.every(Boolean))
"""


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    """Wait until it is so. Raises `TimeoutError` after twenty seconds."""
    async with asyncio.timeout(20):
        while not await true():  # noqa: ASYNC110  # the browser has no event for it
            await asyncio.sleep(0.1)
