"""The street of the trade, with people of the brand at their browsers."""

import pytest
from fastapi import FastAPI

from tests.routing.conftest import provider, street
from tests.routing.street import Street
from tests.web.desk import Desk, desk_of

__all__ = ["provider", "street"]


@pytest.fixture
def dewi(app: FastAPI, street: Street) -> Desk:
    """The owner of the brand at her browser."""
    return desk_of(app, street.dewi)
