"""The places in which a provider is tried."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.integrations.places import EVERYWHERE, OURS, PLACES, Place


@pytest.fixture(params=EVERYWHERE)
async def anywhere(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Place]:
    """Every place, also Stripe's test mode when there is a key."""
    async with PLACES[request.param](tmp_path) as place:
        yield place


@pytest.fixture(params=OURS)
async def place(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Place]:
    """The places whose world outside can be played by hand; a million rupiah of ours is there."""
    async with PLACES[request.param](tmp_path) as chosen:
        chosen.hand.top_up(1_000_000)
        yield chosen
