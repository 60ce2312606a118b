"""The street of the trade, with a supplier at a browser."""

import pytest
from fastapi import FastAPI

from tests.routing.conftest import provider, street
from tests.routing.street import Street
from tests.web.desk import Desk, desk_of

__all__ = ["provider", "street"]


@pytest.fixture
def desks(app: FastAPI, street: Street) -> list[Desk]:
    """The suppliers of the street at their browsers."""
    return [desk_of(app, street.people[supplier.id]) for supplier in street.suppliers]
