"""Money that moves on a fake provider, and papers that follow it into a folder of this test."""

from pathlib import Path

import pytest

from clothingline import reactions
from clothingline.kit import storage
from tests.payments.fixtures import HOUSES, books, provider

__all__ = ["books", "provider"]


@pytest.fixture(autouse=True)
def _only_money_and_papers_react(monkeypatch: pytest.MonkeyPatch) -> None:
    """The orders of these tests are rows without a past, which other houses would stumble over."""
    kept = {
        happening: [job for job in jobs if job.__module__.split(".")[1] in (*HOUSES, "papers")]
        for happening, jobs in reactions.TABLE.items()
    }
    monkeypatch.setattr(reactions, "TABLE", kept)


@pytest.fixture
def folder(tmp_path: Path, app: object) -> Path:
    """Where files of this test are stored."""
    chosen = tmp_path / "files"
    storage.use(storage.Files(chosen))
    return chosen
