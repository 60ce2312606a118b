"""The street of the trade, with people of the brand at their browsers."""

import pytest
from fastapi import FastAPI

from clothingline.kit import db
from clothingline.kit.access import Role
from tests import parties
from tests.routing.conftest import provider, street
from tests.routing.street import Street, signed_in
from tests.web.desk import Desk, desk_of

__all__ = ["provider", "street"]


@pytest.fixture
def dewi(app: FastAPI, street: Street) -> Desk:
    """The owner of the brand at her browser."""
    return desk_of(app, street.dewi)


@pytest.fixture
async def other(street: Street, app: FastAPI) -> Desk:
    """The owner of another brand."""
    async with db.transaction() as session:
        brand = await parties.make_brand(session, name="Busana Kenanga")
        actor = await signed_in(session, street.client, Role.BRAND_OWNER, brand.id)
    return desk_of(app, actor)
