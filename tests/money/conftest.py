"""What the tests of all houses of money share, and where the stories of the machine are told."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from clothingline.kit.db.embedded import Server
from tests.clones import Clones
from tests.money.scenery import Ground
from tests.payments.fixtures import _only_money_reacts, books, falsify, provider

__all__ = ["_only_money_reacts", "books", "falsify", "provider"]


@pytest.fixture
def ground(server: Server, clones: Clones, template: str, tmp_path: Path) -> Iterator[Ground]:
    """Where the stories of a test are told."""
    with Ground(server, clones, template, tmp_path) as opened:
        yield opened
