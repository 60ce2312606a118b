"""Files that no row names are gone within a day, and no other file is."""

import os
import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from clothingline import reactions, worker
from clothingline.accounts import service as accounts
from clothingline.certification.photos import Kept
from clothingline.certification.service import show_certificate
from clothingline.kit import db, storage, strays
from clothingline.kit.access import Reach, Role
from tests.conftest import ROOT
from tests.parties import make_organisation

HOURS = 3600
SOURCES = ROOT / "src" / "clothingline"
NAMED = re.compile(r'^FOLDER(?:: Final)? = "(\w+)"', re.MULTILINE)
Advance = Callable[..., Awaitable[None]]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A store of this test's own."""
    storage.use(storage.Files(tmp_path))
    return tmp_path


async def stored(files: Path, folder: str, *, hours_ago: float) -> str:
    path = await storage.current().put(folder, b"a picture", ending="jpg")
    then = (files / path).stat().st_mtime - hours_ago * HOURS
    os.utime(files / path, (then, then))
    return path


async def test_a_photo_of_a_sign_up_that_was_not_finished_is_gone_and_a_young_one_is_left(
    database: db.Database, files: Path
) -> None:
    old, young = [await stored(files, "certificates", hours_ago=hours) for hours in (13, 11)]
    other = await stored(files, "photos", hours_ago=13)
    assert await strays.sweep(reactions.FILES) == 2
    assert [(files / path).exists() for path in (old, young, other)] == [False, True, False]


async def test_a_photo_that_a_row_names_stays(database: db.Database, files: Path) -> None:
    named = await stored(files, "certificates", hours_ago=500)
    async with db.transaction() as session:
        siti = await accounts.open_account(session, phone="+628123456811", name="Siti", memberships=[])
        workshop = (await make_organisation(session, "tailor", "Jahit Siti")).id
        photos = {"front": Kept(named, bytes(32), 1000, 800, 9)}
        reach = Reach(organisations={Role.TAILOR: frozenset({workshop})})
        await show_certificate(session, tailor_id=workshop, photos=photos, number=None, reach=reach, by=siti.id)
    assert await strays.sweep(reactions.FILES) == 0
    assert (files / named).exists()


def test_every_folder_of_pictures_is_looked_through() -> None:
    written = {name for path in SOURCES.rglob("*.py") for name in NAMED.findall(path.read_text())}
    assert written == {"certificates", "photos", "reviews"}
    assert reactions.FILES.keys() == written


async def test_the_worker_looks_every_six_hours_and_is_missed_when_it_does_not(
    database: db.Database, files: Path, advance: Advance
) -> None:
    assert reactions.HEARTBEATS["files.strays"] == timedelta(hours=6)
    await stored(files, "certificates", hours_ago=13)
    await worker.sweep()
    left = await stored(files, "certificates", hours_ago=13)
    await worker.sweep()
    assert (files / left).exists()
    await advance(hours=6)
    await worker.sweep()
    assert not (files / left).exists()
