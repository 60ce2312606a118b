"""Phones of people who are not known here yet."""

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from clothingline.kit import db
from tests.parties import make_regency
from tests.routing.conftest import provider

__all__ = ["provider"]

OWN = {"sec-fetch-site": "same-origin", "accept": "text/html"}
PLACES = ("32.73", "32.04", "32.77")  # Kota Bandung, Kabupaten Bandung, Kota Cimahi


@pytest.fixture
async def browser(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A phone that nobody has signed in, and three places to live in."""
    async with db.transaction() as session:
        for code in PLACES:
            await make_regency(session, code)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://clothingline.test", headers=OWN
    ) as opened:
        yield opened
