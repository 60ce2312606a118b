"""Folders for servers."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from clothingline.kit.db.embedded import acquire
from tests.kit.embedded.servers import FAST


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a server that has once been started and stopped: copied, it spares a test its initdb."""
    folder = tmp_path_factory.mktemp("made")
    acquire(folder, fsync=False, settings=FAST).release()
    return folder / "data"


@pytest.fixture
def root(tmp_path: Path, made: Path) -> Path:
    shutil.copytree(made, tmp_path / "data")
    return tmp_path


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may walk into: pytest's own are for their owner only."""
    folder = Path(tempfile.mkdtemp(prefix="clothingline-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)
