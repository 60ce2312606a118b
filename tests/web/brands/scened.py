"""The scene of production with people of the brand at their browsers."""

import pytest
from fastapi import FastAPI

from tests.cast import Cast
from tests.production.scene import Scene, set_scene
from tests.web.desk import Desk, desk_of


@pytest.fixture
async def scene(cast: Cast) -> Scene:
    """A confirmed order of 12 shirts that one maker has accepted."""
    return await set_scene(cast)


@pytest.fixture
def dewi(app: FastAPI, scene: Scene) -> Desk:
    """The owner of the brand at her browser."""
    return desk_of(app, scene.dewi)
