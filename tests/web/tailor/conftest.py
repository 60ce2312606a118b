"""A street of the trade, and phones on which its tailors are signed in."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack

import httpx
import pytest
from fastapi import FastAPI

from clothingline.accounts.door import COOKIE
from tests.cast import Actor
from tests.routing.conftest import provider, street

__all__ = ["provider", "street"]

OWN = {"sec-fetch-site": "same-origin", "accept": "text/html"}
Phone = Callable[[Actor], httpx.AsyncClient]


@pytest.fixture
async def phone(app: FastAPI) -> AsyncIterator[Phone]:
    """Opens the pages of somebody who is signed in."""
    async with AsyncExitStack() as stack:

        def open_for(actor: Actor) -> httpx.AsyncClient:
            browser = httpx.AsyncClient(
                transport=httpx.ASGITransport(app),
                base_url="http://clothingline.test",
                headers=OWN,
                cookies={COOKIE: actor.token},
            )
            stack.push_async_callback(browser.aclose)
            return browser

        yield open_for
