"""Pages that carry their style inside carry all of it that they use."""

import re

import pytest

from clothingline.web import assets
from tests.browser import visits
from tests.browser.rounds import Round
from tests.browser.visits import Visit

CARRIED = assets.style(assets.DESKS).decode()
_CLASS = re.compile(r"\.([a-z][\w-]*)")


def classes_of(sheet: str) -> set[str]:
    """The classes that a sheet has rules for."""
    return {name for selectors in re.findall(r"([^{}]+)\{", sheet) for name in _CLASS.findall(selectors)}


LEFT_AT_THE_DESK = classes_of(assets.style().decode()) - classes_of(CARRIED)


@pytest.mark.parametrize("visit", visits.of_pages(), ids=str)
async def test_a_page_that_carries_its_style_uses_nothing_that_only_desks_have(the_round: Round, visit: Visit) -> None:
    page = await the_round.read(visit, "id")
    used = {name for names in re.findall(r'class="([^"]*)"', page) for name in names.split()}
    assert not (used & LEFT_AT_THE_DESK if CARRIED in page else set())


def test_desks_have_something_of_their_own() -> None:
    assert {"verdict", "tally"} <= LEFT_AT_THE_DESK
