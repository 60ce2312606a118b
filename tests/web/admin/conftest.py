"""The programme's people at their browsers, in the pilot."""

from collections.abc import Awaitable, Callable

import pytest
from fastapi import FastAPI

from clothingline.pilot import cast as people
from clothingline.pilot.cast import Person
from tests.cast import Cast
from tests.pilot_fixture import database_name, pilot_template
from tests.web.desk import Desk, desk_of

__all__ = ["database_name", "pilot_template"]

Seat = Callable[[Person], Awaitable[Desk]]


@pytest.fixture
def seat(app: FastAPI, cast: Cast) -> Seat:
    """Signs somebody of the pilot in at a browser."""

    async def sit(who: Person) -> Desk:
        return desk_of(app, await cast.sign_in(who.phone, who.name))

    return sit


@pytest.fixture
async def wahyu(seat: Seat) -> Desk:
    """An officer of the programme."""
    return await seat(people.ADMIN)


@pytest.fixture
async def dian(seat: Seat) -> Desk:
    """A field officer."""
    return await seat(people.FIELD_OFFICER)


@pytest.fixture
async def retno(seat: Seat) -> Desk:
    """An auditor."""
    return await seat(people.AUDITOR)
