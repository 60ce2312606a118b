"""Shoppers in front of the pilot, with the provider of the tests."""

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from clothingline.integrations.messaging import ConsoleMessenger
from clothingline.integrations.payments.fake import FakeProvider
from tests.cast import Cast
from tests.pilot_fixture import database_name, pilot_template
from tests.routing.conftest import provider
from tests.web.desk import OWN, Desk
from tests.web.shop.members import Group
from tests.web.shop.shopper import Shopper

__all__ = ["database_name", "pilot_template", "provider"]


@pytest.fixture
async def shopper(app: FastAPI, messages: ConsoleMessenger, provider: FakeProvider) -> AsyncIterator[Shopper]:
    """Somebody whom nobody knows yet, with a browser of their own."""
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://clothingline.test", headers=OWN) as client:
        yield Shopper(Desk(client), messages, provider)


@pytest.fixture
async def stranger(app: FastAPI, cast: Cast) -> AsyncIterator[Desk]:
    """Somebody else, signed in."""
    actor = await cast.sign_in("0812-9999-0001", "Orang Lain")
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://clothingline.test", headers=OWN) as client:
        client.cookies.set("sesi", actor.token)
        yield Desk(client)


@pytest.fixture
def group(app: FastAPI, shopper: Shopper) -> Group:
    """Somebody who will arrange an order for many."""
    return Group(app, shopper)
