"""A folder for pictures, and an officer."""

from pathlib import Path

import pytest
from fastapi import FastAPI

from clothingline.kit import db, storage
from clothingline.kit.access import Role
from tests.cast import Actor, Cast
from tests.parties import member


@pytest.fixture(autouse=True)
def files(app: FastAPI, tmp_path: Path) -> Path:
    """Pictures of a test in a folder of its own."""
    storage.use(storage.Files(tmp_path))
    return tmp_path


@pytest.fixture
async def officer(cast: Cast) -> Actor:
    """An administrator."""
    async with db.transaction() as session:
        return await member(cast, session, "0812-3456-7899", Role.ADMIN, None, name="Petugas Ani")
